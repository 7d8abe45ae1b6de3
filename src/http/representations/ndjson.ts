// NDJSON: a list as lines, each one JSON text; streamed out, read as an array.

import { jsonText } from '../../wire/index.ts'
import { parseNdjson } from '../content/ndjson.ts'
import { Entity, plainText } from './hypermedia.ts'
import type { Representation } from './representation.ts'
import { rowsOf } from './rows.ts'
import { streamItems } from './stream.ts'

/**
 * `application/x-ndjson`: one line for each item of an array, a page or an iterable; other content is the only line.
 * An item that JSON has no word for is `null`, as in an array.
 *
 * @throws TypeError as the error of the stream, for what `JSON.stringify` refuses (circles)
 * @example
 * ndjson.write([{ id: 1 }, { id: 2 }])
 * // {"id":1}␊
 * // {"id":2}␊
 */
export const ndjson: Representation = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  showsLinks: false,
  write: (content) => streamItems(rowsOf(content), line),
  read: (octets, { limits }) => parseNdjson(octets, limits),
}

function line(item: unknown): string {
  if (item instanceof Entity) return `${plainText(item)}\n`
  // `stringify` gives undefined for functions and symbols, though its type does not say so.
  const json = jsonText(item) as string | undefined
  return `${json ?? 'null'}\n`
}
