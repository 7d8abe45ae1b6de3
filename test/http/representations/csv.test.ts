// CSV: what an independent parser reads is what was written, and no cell is a formula.
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Entity, Page } from '../../../src/http/representations/hypermedia.ts'
import { csv } from '../../../src/http/representations/csv.ts'
import { hostileText, hostileValue, textOf, written } from './reading.ts'

const parsed = (text: string): string[][] => parse(text, { recordDelimiter: '\r\n', skipEmptyLines: false })

/** What a cell must hold, as the documentation of `csv` says it. */
function cellOf(value: unknown): string {
  if (value === null) return ''
  if (typeof value !== 'string') return JSON.stringify(value)
  const text = value.toWellFormed()
  return ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0'].includes(text.charAt(0))
    ? `'${text}`
    : text
}

describe('a list', () => {
  test('has a header, a line for each row, and CRLF at the end of each', async () => {
    const rows = [
      { id: 1, title: 'Say "hi", you', cut: null, at: new Date(0), tags: ['a', 1], run: undefined },
      { id: -2, isHot: undefined, title: ' two\nlines ' },
    ]
    expect(await textOf(csv, rows.slice(0, 1))).toBe(
      'id,title,cut,at,tags,run\r\n1,"Say ""hi"", you",,1970-01-01T00:00:00.000Z,"[""a"",1]",\r\n',
    )
    expect(await textOf(csv, [rows[0], { id: -2, title: ' two\nlines ' }])).toMatch(/\r\n-2," two\nlines ",,,,\r\n$/)
    expect(await textOf(csv, rows)).toMatch(/^id,title,cut,at,tags,run,isHot\r\n1,.*,\r\n-2," two\nlines ",,,,,\r\n$/)
  })

  test('comes back from a parser', async () => {
    const table = fc
      .uniqueArray(hostileText, { minLength: 2, maxLength: 4, selector: (name) => name.toWellFormed() })
      .chain((columns) =>
        fc.tuple(
          fc.constant(columns.filter((name) => name !== '__proto__' && !name.startsWith('\ufeff'))),
          fc.array(fc.array(hostileValue, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        ),
      )
      .filter(([columns]) => columns.length > 0)
    await fc.assert(
      fc.asyncProperty(table, async ([columns, values]) => {
        const rows = values.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at]])))
        const header = Object.keys(rows[0] ?? {})
        expect(parsed(await textOf(csv, rows))).toEqual([
          header.map(cellOf),
          ...rows.map((row) => header.map((name) => cellOf(row[name]).toWellFormed())),
        ])
      }),
      { numRuns: 400 },
    )
  })

  test('is the same as an array, as an iterable and as a page, and always streamed', async () => {
    const rows = [{ id: 1 }, { id: 2 }]
    const expected = 'id\r\n1\r\n2\r\n'
    const page = new Page(
      rows.map((data) => new Entity(data, {}, '"t"')),
      {},
    )
    for (const content of [rows, rows.values(), page]) {
      const body = written(csv, content)
      expect(body).toBeInstanceOf(ReadableStream)
      expect(await new Response(body).text()).toBe(expected)
    }
    expect(await textOf(csv, [])).toBe('')
  })

  test('of anything else has one column, and one thing is one row', async () => {
    expect(await textOf(csv, [1, '', null, [2], true])).toBe('value\r\n1\r\n""\r\n""\r\n[2]\r\ntrue\r\n')
    expect(await textOf(csv, [new Date(0)])).toBe('value\r\n1970-01-01T00:00:00.000Z\r\n')
    expect(await textOf(csv, { a: 1 })).toBe('a\r\n1\r\n')
    expect(await textOf(csv, new Entity({ a: 1 }, {}, '"t"'))).toBe('a\r\n1\r\n')
    expect(await textOf(csv, 'x')).toBe('value\r\nx\r\n')
  })

  test('reads no member that a row has not itself', async () => {
    expect(await textOf(csv, [JSON.parse('{"__proto__":1,"toString":2}'), {}])).toBe(
      '__proto__,toString\r\n1,2\r\n,\r\n',
    )
  })
})

describe('what is broken', () => {
  test('a member that the first row of a stream has not breaks it off', async () => {
    const reader = new Response(written(csv, new Set([{ a: 1 }, { a: 1, b: 2 }])))
    await expect(reader.text()).rejects.toThrow(new TypeError('The first row of this CSV has no member "b".'))
  })

  test('what JSON cannot hold is a TypeError', async () => {
    const circle: unknown[] = []
    circle.push(circle)
    await expect(textOf(csv, [{ a: circle }])).rejects.toThrow(TypeError)
  })
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠A', '\t=1', '\r=1', '\n=1', '\0=1'])(
  'the text %j is no formula, as a value or as a name',
  async (text) => {
    expect(parsed(await textOf(csv, [{ [text]: text, b: { toJSON: () => text } }]))).toEqual([
      [`'${text}`, 'b'],
      [`'${text}`, `'${text}`],
    ])
  },
)

test('a cell with what parts cells elsewhere is quoted', async () => {
  expect(await textOf(csv, [{ a: 'x;=1+1', 'b;c': 'x\t=1' }])).toBe('a,"b;c"\r\n"x;=1+1","x\t=1"\r\n')
})

test('numbers are no text', async () => {
  expect(await textOf(csv, [{ a: -1, b: -1.5e-7, c: Number.NaN }])).toBe('a,b,c\r\n-1,-1.5e-7,\r\n')
})
