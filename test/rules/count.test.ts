// `npm run rules` over lists and a report of a run that are made up: what it counts, and when it fails.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'slumberjs-rules-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Test = readonly [status: string, title: string, ...ancestors: string[]]

interface Run {
  readonly tests: readonly Test[]
  readonly deviations?: Readonly<Record<string, string>>
  readonly emptyFile?: string
}

/** The lists are H001 and H002 in A, H231 in K, A001 on injection, A060 on exhaustion, sig-b21. */
function count({ tests, deviations = {}, emptyFile }: Run): {
  readonly status: number | null
  readonly lines: string[]
} {
  const write = (file: string, value: unknown): void => writeFileSync(join(folder, file), JSON.stringify(value))
  write('http-checklist.json', [
    { id: 'H001', section: 'A. Wire' },
    { id: 'H002', section: 'A. Wire' },
    { id: 'H231', section: 'K. Caching client' },
  ])
  write('attack-cases.json', [
    { id: 'A001', group: 'Injection into headers' },
    { id: 'A060', group: 'Resource exhaustion: all of it' },
  ])
  write('rfc9421-vectors.json', { vectors: [{ label: 'sig-b21' }] })
  write('deviations.json', deviations)
  const assertionResults = tests.map(([status, title, ...ancestorTitles]) => ({ status, title, ancestorTitles }))
  const files = [{ name: 'a.test.ts', assertionResults }]
  const broken = emptyFile === undefined ? [] : [{ name: emptyFile, assertionResults: [] }]
  write('report.json', { testResults: [...files, ...broken] })
  const args = ['scripts/rules.mjs', join(folder, 'report.json'), '--lists', folder]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return { status, lines: stdout.split('\n').filter((line) => line !== '') }
}

const one: Test = ['passed', 'H001 is right']
const two: Test = ['passed', 'is right too', 'H002 a group']
const attack: Test = ['passed', 'A060 is refused']

test('counts rules, not tests, by list and section', () => {
  expect(
    count({ tests: [one, one, two, attack, ['passed', 'without an id'], ['passed', 'sig-b21 verifies']] }),
  ).toEqual({
    status: 0,
    lines: [
      'http-checklist A               2 of 2',
      'http-checklist K               0 of 1  (not required)  none: H231',
      'attack-cases                   0 of 1  (not required)  none: A001',
      'attacks: Resource exhaustion   1 of 1',
      'rfc9421-vectors                1 of 1  (not required)',
    ],
  })
})

test('a rule or an attack that is required needs a test that passes, or a reason', () => {
  expect(count({ tests: [one] })).toMatchObject({
    status: 1,
    lines: expect.arrayContaining(['No test that passes and no deviation: H002, A060']),
  })
  const excused = count({ tests: [one, attack], deviations: { H002: 'because' } })
  expect([excused.status, excused.lines[0]]).toEqual([
    0,
    'http-checklist A               1 of 2  none: H002 (deviation)',
  ])
})

test.each(['failed', 'skipped', 'pending', 'todo'])(
  'a rule that tests are named after needs one that passes: %s',
  (status) => {
    const claim: Test = [status, 'A001 is refused']
    expect(count({ tests: [one, two, attack, claim] })).toMatchObject({
      status: 1,
      lines: expect.arrayContaining(['Tests named after these, but none passes: A001']),
    })
    expect(count({ tests: [one, two, attack, claim, ['passed', 'A001 otherwise']] }).status).toBe(0)
  },
)

test('only an id that stands by itself is one', () => {
  const { status, lines } = count({ tests: [one, ['passed', 'xH002, H0021, H002x and e-H002']] })
  expect([status, lines[0]]).toEqual([1, 'http-checklist A               1 of 2  none: H002'])
  expect(count({ tests: [attack, ['passed', 'H001 is 412; H002 with what is missing 404']] }).status).toBe(0)
})

test('a deviation from what is no rule, and a file that did not run, fail', () => {
  expect(count({ tests: [one, two, attack], deviations: { H999: 'a typing error' } }).lines).toContain(
    'Deviations from what is no rule: H999',
  )
  expect(count({ tests: [one, two, attack], emptyFile: 'broken.test.ts' })).toMatchObject({
    status: 1,
    lines: expect.arrayContaining(['Files without a test that ran: broken.test.ts']),
  })
})
