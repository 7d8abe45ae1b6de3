// `npm run bench -- <name>`: runs bench/<name>/contest.ts, prints a table and writes bench/results/<name>.json.
// Options: --only=a,b runs these contestants alone, the first as ours (of callers: the comparisons of these), --variants=a,b these variants, --rows=N lays so many rows
// where a contest can do with fewer; --rounds=N; --requests=N, a fifth of them before each run, and four times as many before all.
// Results are written where the whole contest was held, nothing of it was skipped, and in enough rounds.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runCallers, type CallersContest } from './frame/callers.ts'
import { runContest } from './frame/contest.ts'
import type { Contest } from './frame/scenario.ts'
import { printTable } from './frame/table.ts'

const BENCH = new URL('../', import.meta.url) // this file is compiled into bench/.build

/** Quartiles of fewer say little. */
const ENOUGH_ROUNDS = 7

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    variants: { type: 'string' },
    rows: { type: 'string' },
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

if (values.rows !== undefined) process.env['BENCH_ROWS'] = values.rows // for the contest and the processes of its contestants
const folder = new URL(`./${name}/`, import.meta.url)
const { contest } = (await import(new URL('contest.js', folder).href)) as { contest: Contest | CallersContest } // each bench exports it
const effort = { rounds: Number(values.rounds), requests: Number(values.requests) }
const only = values.only?.split(',')

const runServers = (whole: Contest) => {
  const [ours = whole.ours, ...references] = only ?? [whole.ours, ...whole.references]
  const variants = values.variants?.split(',') ?? whole.variants ?? ['']
  return runContest({ ...whole, ours, references, variants }, folder, effort)
}

const runComparisons = (whole: CallersContest) => {
  const comparisons = whole.comparisons.filter(({ ours }) => only?.includes(ours) ?? true)
  return runCallers({ ...whole, comparisons }, folder, effort)
}

const isOfCallers = 'comparisons' in contest
const { outcomes, skipped, absent } = await (isOfCallers ? runComparisons(contest) : runServers(contest))

printTable(name, isOfCallers ? 'ours' : (only?.[0] ?? contest.ours), outcomes)
for (const line of [...absent, ...skipped]) console.log(line)
const isWhole = values.only === undefined && values.variants === undefined && values.rows === undefined
if (isWhole && skipped.length === 0 && Number(values.rounds) >= ENOUGH_ROUNDS) {
  const results = outcomes.flatMap((outcome) => [...outcome.results, ...outcome.peaks])
  mkdirSync(new URL('results/', BENCH), { recursive: true })
  writeFileSync(new URL(`results/${name}.json`, BENCH), `${JSON.stringify(results, null, 2)}\n`)
}
