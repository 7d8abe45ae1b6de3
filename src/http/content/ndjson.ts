// Newline-delimited JSON (application/x-ndjson) as content of a request: one JSON value a line.

import { defaultContentLimits, parseJson, type ContentLimits } from './content.ts'
import { Problem } from '../problems/problem.ts'

const lineFeed = 0x0a

/**
 * The values of the lines, each read under the limits of JSON content; blank lines are left out. No octets are no values.
 *
 * @throws Problem 400 of the first line that is not JSON; its number, counted from 1, is in the text and in the member `line`.
 * @example
 * parseNdjson(new TextEncoder().encode('{"a":1}\n[2]\n'))  // [{ a: 1 }, [2]]
 */
export function parseNdjson(octets: Uint8Array, limits: ContentLimits = defaultContentLimits): readonly unknown[] {
  const values: unknown[] = []
  for (let start = 0, line = 1; start < octets.length; line++) {
    const feed = octets.indexOf(lineFeed, start)
    const end = feed === -1 ? octets.length : feed
    const content = octets.subarray(start, end)
    if (!content.every(isBlank)) values.push(parseLine(content, line, limits))
    start = end + 1
  }
  return values
}

/** What JSON takes for white space, but for the line feed (RFC 8259 §2). */
function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x09 || octet === 0x0d
}

function parseLine(content: Uint8Array, line: number, limits: ContentLimits): unknown {
  try {
    return parseJson(content, limits)
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    const { status, message, code = 'malformed-content' } = cause
    throw new Problem(status, `Line ${line}: ${message}`, { code, members: { line }, cause })
  }
}
