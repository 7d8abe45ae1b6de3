// `npm run bench -- <name>`: runs bench/<name>/contest.ts, prints a table and writes bench/results/<name>.json.
// Options: --only=a,b runs these contestants alone, the first as ours, --variants=a,b these variants; either writes nothing;
// --rounds=N; --requests=N.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runContest, type Contest } from './frame/contest.ts'
import { printTable } from './frame/table.ts'

const BENCH = new URL('../', import.meta.url) // this file is compiled into bench/.build

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    variants: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    requests: { type: 'string', default: '5000' },
  },
})

const contests = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'frame')
  .map((entry) => entry.name)
const [name = ''] = positionals
if (!contests.includes(name)) {
  console.error(`usage: npm run bench -- <name>, where <name> is one of: ${contests.join(', ')}`)
  process.exit(2)
}

const folder = new URL(`./${name}/`, import.meta.url)
const { contest } = (await import(new URL('contest.js', folder).href)) as { contest: Contest } // each bench exports it
const [ours = contest.ours, ...references] = values.only?.split(',') ?? [contest.ours, ...contest.references]
const variants = values.variants?.split(',') ?? contest.variants ?? ['']
const outcomes = await runContest({ ...contest, ours, references, variants }, folder, {
  rounds: Number(values.rounds),
  requests: Number(values.requests),
})

printTable(name, ours, outcomes)
if (values.only === undefined && values.variants === undefined) {
  const results = outcomes.flatMap((outcome) => outcome.results)
  mkdirSync(new URL('results/', BENCH), { recursive: true })
  writeFileSync(new URL(`results/${name}.json`, BENCH), `${JSON.stringify(results, null, 2)}\n`)
}
