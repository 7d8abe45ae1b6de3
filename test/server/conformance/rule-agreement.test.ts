// Whatever the rules: every path gives what plain JavaScript says they allow, and rows out of sight change nothing in any answer.
// FUZZ_SEED and FUZZ_RUNS make other and longer runs.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { model, type Rule } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import { lastingText, linkOf } from './asking.ts'
import {
  compareRows,
  questions,
  ruleQuestions,
  sampleRows,
  sorts,
  type Question,
  type SampleRow,
} from './sample-queries.ts'
import { seed } from '../../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 12)

const cases = fc.record({
  rows: sampleRows,
  read: ruleQuestions,
  update: ruleQuestions,
  filter: questions,
  sort: sorts,
  limit: fc.integer({ min: 1, max: 4 }),
})

describe.each(dialects)('$name', (dialect) => {
  let read: Rule = true
  let update: Rule = true
  const api = servingOn(
    dialect,
    ({ samples }) => ({
      apps: [
        menuOver(dialect, {
          Sample: model(samples, { access: { read: () => read, update: () => update } }),
        }),
      ],
    }),
    'once',
  )

  /** The keys of all pages, and what the answers say. */
  async function walk(path: string): Promise<readonly [keys: unknown[], answers: unknown[][]]> {
    const keys: unknown[] = []
    const answers: unknown[][] = []
    for (let url: string | undefined = path; url !== undefined;) {
      const answer = await api.get(url, { headers: { prefer: 'count=exact' } })
      if (answer.status !== 200) throw new Error(answer.text)
      keys.push(...answer.body.map((row: SampleRow) => row['id']))
      answers.push([answer.headers.get('total-count'), answer.headers.get('etag'), answer.text])
      url = linkOf(answer, 'next')
    }
    return [keys, answers]
  }

  /** What a PATCH of `whole` comes to. */
  function statusOf(row: SampleRow, may: { readonly read: Question; readonly update: Question }): number {
    if (!may.read.holds(row)) return 404
    const changed = { ...row, whole: 1 }
    if (!may.update.holds(row) || !may.update.holds(changed)) return 403
    return may.read.holds(changed) ? 200 : 204
  }

  test(`rules agree with JavaScript, and hidden rows with none (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, filter, sort, limit, ...may }) => {
        read = may.read.where
        update = may.update.where
        await api.replace('samples', rows)
        const parameters = new URLSearchParams({ limit: String(limit), where: JSON.stringify(filter.where) })
        if (sort.length > 0) parameters.set('sort', sort.join(','))
        const visible = rows.filter((row) => may.read.holds(row))
        const expected = visible.filter((row) => filter.holds(row)).toSorted(compareRows(sort))
        const [keys, answers] = await walk(`/menu/Sample?${parameters}`)
        expect(keys).toEqual(expected.map(({ id }) => id))
        expect(answers[0]?.[0]).toBe(String(expected.length))

        const one = async ({ id }: SampleRow): Promise<readonly unknown[]> => {
          const answer = await api.get(`/menu/Sample/${String(id)}`)
          return [answer.status, answer.headers.get('etag'), lastingText(answer)]
        }
        const each = await Promise.all(rows.map(one))
        expect(each.map(([status]) => status)).toEqual(rows.map((row) => (visible.includes(row) ? 200 : 404)))

        await api.replace('samples', visible)
        expect(await walk(`/menu/Sample?${parameters}`)).toEqual([keys, answers])
        expect(await Promise.all(rows.map(one))).toEqual(each)

        await api.replace('samples', rows)
        for (const row of rows) {
          const before = await api.dump()
          const { status } = await api.patch(`/menu/Sample/${String(row['id'])}`, { whole: 1 })
          expect([status, row]).toEqual([statusOf(row, may), row])
          const isSame = status >= 400 || row['whole'] === 1
          expect((await api.dump()) === before).toBe(isSame)
        }
      }),
      { numRuns, seed },
    )
  }, 600_000)
})
