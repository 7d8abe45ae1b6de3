// The rule lists of the project: a rule id in a test's name is one of theirs, so that a typing error claims no rule.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const tests = fileURLToPath(new URL('..', import.meta.url))

function idsOf(list: string): readonly string[] {
  const records = JSON.parse(readFileSync(join(tests, 'rules', list), 'utf8')) as readonly { readonly id: string }[] // our own file
  return records.map(({ id }) => id)
}

/** `H153` and `A041` where they begin a word, as the names of tests have them. */
function namedIn(source: string): readonly string[] {
  return [...source.matchAll(/['`" (]([HA]\d{3})\b/g)].map(([, id = '']) => id)
}

test('a name of a rule is found where a test has it', () => {
  expect(namedIn("test('H153 a weak tag never matches') // A041x, xH001")).toEqual(['H153'])
})

test('every rule that a test names is in the lists', () => {
  const known = new Set([...idsOf('http-checklist.json'), ...idsOf('attack-cases.json')])
  expect(known.size).toBeGreaterThan(300)
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const unknown = files
    .filter((file) => !file.startsWith('rules'))
    .flatMap((file) => namedIn(readFileSync(join(tests, file), 'utf8')).map((id) => `${id} in ${file}`))
    .filter((claim) => !known.has(claim.slice(0, 4)))
  expect(unknown).toEqual([])
})

test('every deviation is from a rule of the checklist, and has its reason from a specification', () => {
  const deviations = JSON.parse(readFileSync(join(tests, 'rules', 'deviations.json'), 'utf8')) as Record<string, string> // our own file
  const known = idsOf('http-checklist.json')
  for (const [id, reason] of Object.entries(deviations)) {
    expect(known).toContain(id)
    expect(reason).toMatch(/RFC \d{4,5} §\d|No RFC/)
  }
})
