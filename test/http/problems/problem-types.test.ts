// The table of problem types against the source that gives the codes.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { problemTypeOf, problemTypes } from '../../../src/http/problems/problem-types.ts'

const folder = new URL('../../../src/http/', import.meta.url)

/** What is no comment: codes in examples are the reader's own. */
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8').replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, ''))

/** Every refusal that has its status and its code beside it, as `404 not-found`. */
const given = sources.flatMap((source) =>
  source.split(/(?=\b(?:refusal|refuse|new Problem)\()/).flatMap((piece) => {
    const status = /^(?:refusal|refuse|new Problem)\((\d{3})/.exec(piece)?.[1]
    const [, named, last] = /code: '([a-z-]+)'|, '([a-z]+(?:-[a-z]+)*)'\)/.exec(piece) ?? []
    const code = named ?? last
    return status === undefined || code === undefined ? [] : [`${status} ${code}`]
  }),
)

test('every code of the source is in the table, with its status', () => {
  expect(given.length).toBeGreaterThan(35)
  const known = new Set(problemTypes.map(({ status, code }) => `${status} ${code}`))
  expect([...new Set(given)].filter((one) => !known.has(one))).toEqual([])
})

test('so is every code that stands elsewhere, and nothing that no source gives', () => {
  const codes = new Set(
    sources.flatMap((source) => [...source.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code)),
  )
  expect([...codes].filter((code) => problemTypeOf(code!) === undefined)).toEqual([])
  const all = new Set([...codes, ...given.map((one) => one.slice(4))])
  expect(problemTypes.map(({ code }) => code).filter((code) => !all.has(code))).toEqual([])
})

describe('a type', () => {
  test('is found by its code', () => {
    expect(problemTypeOf('not-found')).toMatchObject({ code: 'not-found', status: 404 })
  })

  test.each(['', 'nothing', 'constructor', '__proto__', 'toString'])('is not found by %j', (code) => {
    expect(problemTypeOf(code)).toBeUndefined()
  })

  test('has a code that fits a URL, a title of its own and a sentence or more', () => {
    for (const { code, title, explanation } of problemTypes) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(title).toMatch(/^[A-Z].*[^.]$/)
      expect(explanation).toMatch(/^[A-Z].*\.$/)
    }
    expect(new Set(problemTypes.map(({ title }) => title)).size).toBe(problemTypes.length)
  })

  test('stands in the order of its status', () => {
    const statuses = problemTypes.map(({ status }) => status)
    expect(statuses).toEqual(statuses.toSorted((a, b) => a - b))
  })
})
