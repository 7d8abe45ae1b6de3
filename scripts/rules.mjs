// `npm run rules`: runs the tests, or reads the report of a run (`-- report.json`, of vitest's json reporter), and counts of
// each list in test/rules how many rules have a test that passes. A test is for the rules whose ids stand in its name.
// Fails where a rule that tests are named after has none that passes, and where a rule of the HTTP checklist, but for its
// sections K and M, or an attack case on the model server or the word of proxies has neither such a test nor its reason in
// test/rules/deviations.json. `--lists <folder>` reads others.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** Sections of the HTTP checklist that are for other parts of the project: the caching client, message signatures. */
const notRequired = ['K', 'M']

/** How the groups of attack cases begin that are for what is there already: the model server, what reads its requests, caches between. */
const requiredAttacks = [
  'Proxy headers',
  'Model access',
  'Resource exhaustion',
  'Prototype pollution and parsing',
  'Shared caches',
]

const { values: options, positionals } = parseArgs({
  options: { lists: { type: 'string', default: 'test/rules' } },
  allowPositionals: true,
})
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const list = (file) => read(join(options.lists, file))

/** Groups of ids, in the order of the lists; `isRequired` where each needs a test or a reason. */
const groups = new Map()
const enter = (group, id, isRequired) => {
  if (!groups.has(group)) groups.set(group, { ids: [], isRequired })
  groups.get(group).ids.push(id)
}
for (const { id, section } of list('http-checklist.json')) {
  const letter = section.slice(0, 1)
  enter(`http-checklist ${letter}`, id, !notRequired.includes(letter))
}
for (const { id, group } of list('attack-cases.json')) {
  const required = requiredAttacks.find((name) => group.startsWith(name))
  enter(required === undefined ? 'attack-cases' : `attacks: ${required}`, id, required !== undefined)
}
for (const { label } of list('rfc9421-vectors.json').vectors) enter('rfc9421-vectors', label, false)
const known = [...groups.values()].flatMap(({ ids }) => ids)
const deviations = list('deviations.json')

const { testResults: files } = positionals[0] === undefined ? runTests() : read(positionals[0])
const tests = files.flatMap(({ assertionResults }) => assertionResults)
const anyId = new RegExp(`(?<![\\w-])(?:${known.join('|')})(?![\\w-])`, 'g')
const idsIn = ({ ancestorTitles, title }) => [...ancestorTitles, title].join(' ').match(anyId) ?? []
const claimed = new Set(tests.flatMap(idsIn))
const passing = new Set(tests.filter(({ status }) => status === 'passed').flatMap(idsIn))

let isRight = true
const complain = (about, ids) => {
  if (ids.length === 0) return
  isRight = false
  console.log(`\n${about}: ${ids.join(', ')}`)
}

const width = Math.max(...[...groups.keys()].map(({ length }) => length))
const isOpen = (id) => !passing.has(id) && !(id in deviations)
for (const [group, { ids, isRequired }] of groups) {
  const without = ids.filter((id) => !passing.has(id))
  const missing = without.map((id) => (id in deviations ? `${id} (deviation)` : id)).join(' ')
  const count = `${String(ids.length - without.length).padStart(4)} of ${ids.length}`
  console.log(`${group.padEnd(width)}${count}${isRequired ? '' : '  (not required)'}${missing && `  none: ${missing}`}`)
}
complain(
  'Tests named after these, but none passes',
  [...claimed].filter((id) => !passing.has(id)),
)
complain(
  'No test that passes and no deviation',
  [...groups.values()].flatMap(({ ids, isRequired }) => (isRequired ? ids.filter(isOpen) : [])),
)
complain(
  'Deviations from what is no rule',
  Object.keys(deviations).filter((id) => !known.includes(id)),
)
complain(
  'Files without a test that ran',
  files.filter(({ assertionResults }) => assertionResults.length === 0).map(({ name }) => name),
)
process.exitCode = isRight ? 0 : 1

/** The report of a run; what fails in it is in the report. */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'slumberjs-rules-'))
  const report = join(folder, 'report.json')
  try {
    const vitest = 'node_modules/vitest/vitest.mjs'
    const { error } = spawnSync(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${report}`], {
      stdio: 'inherit',
    })
    if (error) throw error
    return read(report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
