// `npm run mutate`: changes the decisions, preconditions, negotiation, entity tags and media types in every small way that
// Stryker knows, one change at a time, and lists the mutants that no test notices. Fails where these are more than 10 %.
// `npm run mutate -- src/wire/entity-tag.ts` is about these files only. test/rules/mutants.md says why survivors survive.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { install } from './install.mjs'

const least = 90

const targets = [
  'src/http/decisions/*.ts',
  '!src/http/decisions/graph.ts', // draws the table, and decides nothing
  'src/http/conditions/*.ts',
  'src/http/negotiation/*.ts',
  'src/wire/entity-tag.ts',
  'src/wire/media-type.ts',
]

/** The tests that are about them. Of graph.ts only the drawing is tested, which every change of the table changes. */
const tests = [
  'http/{decisions,conditions,negotiation}/*',
  'http/{answers,authentication,methods}',
  'http/conformance/{cases,conditional-fields,conditional-writes,content,negotiation-answers}',
  'http/content/{content,digest,json,standard-schema}',
  'http/found-by-attack/*',
  'http/remembered/{idempotency,in-a-router}',
  'http/response/{caching,response-fields}',
  'wire/{entity-tag,media-type}',
]

/** The tests near the mutated files run first. */
const vitestConfig = `
import { BaseSequencer } from 'vitest/node'
import config from './vitest.config.ts'

const near = /decisions|conditions\\/|negotiation\\/|wire/
class NearFirst extends BaseSequencer {
  sort(files) {
    return files.toSorted((a, b) => near.test(b.moduleId) - near.test(a.moduleId) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

export default {
  resolve: config.resolve,
  test: {
    include: ${JSON.stringify(tests.map((name) => `test/${name}.test.ts`))},
    exclude: ['test/http/decisions/graph.test.ts'],
    sequence: { sequencer: NearFirst },
    testTimeout: 20_000,
  },
}
`

/** Left alone: the prose of the table of decisions, that is `question`, `section` and the sentences of its endings. */
const prose = `
const shouldIgnore = ({ node, parent }) => {
  if (node.type !== 'StringLiteral' || !node.value.includes(' ')) return undefined
  const name = parent.type === 'CallExpression' ? parent.callee.name : parent.key?.name
  return ['question', 'section', 'refuse', 'given'].includes(name) ? 'prose' : undefined
}
export const strykerPlugins = [{ kind: 'Ignore', name: 'prose', value: { shouldIgnore } }]
`

const options = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './prose.mjs'],
  ignorers: ['prose'],
  vitest: { configFile: 'vitest.config.mjs', related: false },
  mutate: process.argv.length > 2 ? process.argv.slice(2) : targets,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 30_000, // a machine may be busy: none is to count as killed for that
  inPlace: true, // it is a copy
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'mutants.json' },
  allowConsoleColors: false,
}

/** Of killed mutants and those that ran for ever, in percent; `Ignored` ones and those that do not compile do not count. */
const scoreOf = (mutants) => {
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length
  const killed = count('Killed', 'Timeout')
  const all = killed + count('Survived', 'NoCoverage')
  return { killed, all, score: all === 0 ? 100 : (100 * killed) / all }
}

const tell = (name, { killed, all, score }) =>
  console.log(`${score.toFixed(1).padStart(6)} %  ${String(killed).padStart(4)} of ${String(all).padEnd(4)}  ${name}`)

const report = (files) => {
  for (const [name, { mutants, source }] of files) {
    const lines = source.split('\n')
    for (const { status, mutatorName, location, replacement } of mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue
      const { line, column } = location.start
      const change = replacement.replaceAll(/\s+/g, ' ').slice(0, 100)
      console.log(`${name}:${line}:${column} ${status} ${mutatorName}\n  ${lines[line - 1].trim()}\n  → ${change}`)
    }
  }
  console.log()
  for (const [name, { mutants }] of files) tell(name, scoreOf(mutants))
  const total = scoreOf(files.flatMap(([, { mutants }]) => mutants))
  tell('all', total)
  return total.score
}

install('tools')
const folder = mkdtempSync(join(tmpdir(), 'slumberjs-mutate-'))
const write = (name, text) => writeFileSync(join(folder, name), text)
const runs = (file, ...parameters) => {
  const { status, error } = spawnSync(process.execPath, [resolve(file), ...parameters], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${file} ended with ${status}`)
}
try {
  // Without tsconfig.json: Stryker would read it with the API of TypeScript, which 7 has not.
  for (const name of ['src', 'test', 'package.json', 'vitest.config.ts']) {
    cpSync(name, join(folder, name), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  write('vitest.config.mjs', vitestConfig)
  write('prose.mjs', prose)
  write('stryker.config.json', JSON.stringify(options))
  // Stryker passes over test files that cannot be loaded.
  runs('node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.config.mjs', '--silent')
  runs('tools/node_modules/@stryker-mutator/core/bin/stryker.js', 'run')
  const { files } = JSON.parse(readFileSync(join(folder, 'mutants.json'), 'utf8'))
  process.exitCode = report(Object.entries(files)) < least ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
