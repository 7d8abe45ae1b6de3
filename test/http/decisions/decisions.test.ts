// The decision table: every question with a request that passes it, and one that ends at each of its ends.
import { describe, expect, test } from 'vitest'
import { aboutTheRequest, aboutTheTarget, Resource } from 'slumberjs/http'
import { cases } from './decision-cases.ts'
import { outcomeOf, problemOf } from '../fixture.ts'

const table = [...aboutTheRequest, ...aboutTheTarget]

test('every decision of the table has its cases here, in the order of the table', () => {
  expect(Object.keys(cases)).toEqual(table.map(({ name }) => name))
})

describe.each(table)('$name', ({ name, yes, no }) => {
  const onwards = [...(yes === 'next' ? [name] : []), ...(no === 'next' ? [`${name};no`] : [])]
  const { passes = [], ends = [] } = cases[name] ?? {}

  test('lets on', async () => {
    const seen = new Set<string | undefined>()
    for (const one of passes) {
      const { trace } = await one(true)
      seen.add(trace.find((entry) => entry.startsWith(name) && onwards.includes(entry)))
      expect(trace.indexOf(`${name};own`)).toBe(-1)
    }
    expect(seen).toEqual(new Set(onwards))
  })

  test.each(ends)('ends: %s', async (outcome, one) => {
    const [told, untold] = [await one(true), await one(false)]
    expect(told.trace.at(-1)?.split(';')[0]).toBe(name)
    expect(await outcomeOf(told.response.clone())).toBe(outcome)
    expect(untold.response.status).toBe(told.response.status)
    if (told.response.status >= 400) expect((await problemOf(told.response))['detail']).toMatch(/\w \w/)
  })
})

test('each decision has a question, and says where it is written', () => {
  for (const { question, section } of table) {
    expect(question).toMatch(/^[A-Z].*\?$/)
    expect(section).toMatch(/^RFC \d+ §|^draft-|^no RFC/)
  }
})

test('a question that answers by itself has no answer in the table', () => {
  const ends = table.flatMap(({ yes, no }) => [yes, no]).filter((end) => end !== 'next')
  const given = ends.filter(({ others }) => others !== undefined)
  expect(given).toHaveLength(3)
  for (const { answer } of given) {
    expect(() => answer(Resource.prototype)).toThrow(new TypeError('This question answers by itself.'))
  }
})
