// All databases give the same answers: those of plain JavaScript over the same rows. FUZZ_SEED and FUZZ_RUNS make other and
// longer runs.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialects, servingOn } from '../dialects.ts'
import { keysOf, linkOf } from './asking.ts'
import { asJson, compareRows, questions, sampleRows, sorts, type SampleRow } from './sample-queries.ts'
import { seed } from '../../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 15)

/** Enough rows at once to make questions worth asking. */
const asked = fc.array(fc.record({ question: questions, sort: sorts, limit: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 4,
  maxLength: 4,
})

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, undefined, 'once')

  /** Every key of a list, page by page. */
  async function walk(path: string, most: number): Promise<unknown[]> {
    const seen: unknown[] = []
    for (let url: string | undefined = path; url !== undefined;) {
      const answer = await api.get(url)
      if (answer.status !== 200) throw new Error(answer.text)
      seen.push(...answer.body.map((row: SampleRow) => row['id']))
      if (seen.length > most) throw new Error(`${seen.length} rows where there are ${most}`)
      url = linkOf(answer, 'next')
    }
    return seen
  }

  test(`whatever the rows, the filter, the sort and the page size (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(sampleRows, asked, async (rows, cases) => {
        await api.replace('samples', rows)
        for (const { question, sort, limit } of cases) {
          const expected = rows
            .filter(question.holds)
            .toSorted(compareRows(sort))
            .map(({ id }) => id)
          const parameters = new URLSearchParams({ limit: String(limit), where: JSON.stringify(question.where) })
          if (sort.length > 0) parameters.set('sort', sort.join(','))
          expect(await walk(`/menu/Sample?${parameters}`, rows.length)).toEqual(expected)
        }
      }),
      { numRuns, seed },
    )
  }, 600_000)

  test(`what is written is what is stored and shown (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(sampleRows, async (rows) => {
        await api.replace('samples', [])
        for (const row of rows) {
          const json = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asJson(value)]))
          const { status, body } = await api.post('/menu/Sample', json)
          expect([status, { ...body, decimal: body.decimal && Number(body.decimal) }]).toMatchObject([
            201,
            { ...json, decimal: json['decimal'] && Number(json['decimal']) },
          ])
        }
        expect(await keysOf(api, '/menu/Sample')).toEqual(rows.map(({ id }) => id))
      }),
      { numRuns: Math.ceil(numRuns / 3), seed },
    )
  }, 600_000)
})
