// CSV (RFC 4180): lists for spreadsheets, streamed row by row, and safe to open in one.

import { jsonText } from '../../wire/index.ts'
import type { Representation } from './representation.ts'
import { toJsonValue } from './json-value.ts'
import { dataOf, rowsOf } from './rows.ts'
import { streamItems } from './stream.ts'

/**
 * `text/csv`: a header, then one line for each row of an array, a page or an iterable; other content is the only row.
 *
 * - The columns are the members of the first row. A later row may lack some; one that has others is a TypeError, which
 *   breaks the stream off: a table must not lose data silently. A list without rows is empty text, without a header.
 * - A row that is no object is one cell in the column `value`.
 * - Null and undefined are empty cells; arrays and objects are JSON text.
 * - Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection): text
 *   beginning with `=`, `+`, `-`, `@`, their full-width forms, a tab, a line end or NUL. Numbers stay as they are.
 *
 * @throws TypeError as the error of the stream, as above and for what JSON cannot hold
 * @example
 * csv.write([{ id: 1, title: 'Say "hi"' }, { id: -2, title: '=1+1' }])
 * // id,title␍␊
 * // 1,"Say ""hi"""␍␊
 * // -2,'=1+1␍␊
 */
export const csv: Representation = {
  name: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  showsLinks: false,
  write: (content) => {
    const rows = rowsOf(content)
    return streamItems(rows, lineWriter(Array.isArray(rows) ? columnsOf(rows) : undefined))
  },
}

type Row = Readonly<Record<string, unknown>>

/** All members of rows that are there already, in the order in which they come. */
function columnsOf(rows: readonly unknown[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(rowOf(dataOf(row)))))]
}

/** Of rows that are still to come the first says what the columns are. */
function lineWriter(given: readonly string[] | undefined): (item: unknown) => string {
  let columns = given
  let known: ReadonlySet<string> | undefined
  return (item) => {
    const row = rowOf(dataOf(item))
    let header = ''
    columns ??= Object.keys(row)
    if (known === undefined) {
      known = new Set(columns)
      header = line(columns.map(textCell))
    }
    for (const name of Object.keys(row)) {
      if (!known.has(name)) throw new TypeError(`The first row of this CSV has no member ${JSON.stringify(name)}.`)
    }
    return header + line(columns.map((name) => (Object.hasOwn(row, name) ? cell(row[name]) : '')))
  }
}

function rowOf(item: unknown): Row {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { value: item }
  // What knows how to become JSON, a date say, is shown as that.
  if ('toJSON' in item && typeof item.toJSON === 'function') return rowOf(toJsonValue(item))
  return item as Row // any other object is read as one
}

/** One empty cell is quoted: an empty line would be no row. */
function line(cells: readonly string[]): string {
  return `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(',')}\r\n`
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return textCell(value)
  // `stringify` gives undefined for functions and symbols, though its type does not say so.
  const json = jsonText(value) as string | undefined
  if (json === undefined || json === 'null') return ''
  return json.startsWith('"') ? textCell(String(JSON.parse(json))) : quoted(json)
}

const formula = /^[=+\-@＝＋－＠\t\r\n\0]/

function textCell(text: string): string {
  return quoted(formula.test(text) ? `'${text}` : text)
}

/** Semicolons and tabs too: spreadsheets part cells by them where the comma is the decimal sign. */
function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
