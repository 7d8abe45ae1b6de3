// Header fields on their way into an answer.

import { encodeFieldValue, encodeUriReference } from '../../wire/index.ts'
import { isResponse, type Answer, type AnswerHeaders } from '../answer.ts'

/** Names in lower case. */
export type Fields = Record<string, string>

/**
 * Adds what the program gave, each name once, without cookies. Whatever its data holds, a value stays in its line (RFC 9110 §5.5),
 * and a URI is one.
 */
export function addFields(fields: Fields, given: AnswerHeaders): void {
  for (const [name, value] of Object.entries(given)) {
    addField(fields, name.toLowerCase(), typeof value === 'string' ? value : value.join(', '))
  }
}

function addField(fields: Fields, name: string, value: string): void {
  if (name === 'set-cookie') return
  // Lists, to which the layer has its own part.
  if ((name === 'vary' || name === 'link') && fields[name] !== undefined) fields[name] += `, ${encodeFieldValue(value)}`
  else fields[name] = uriFields.has(name) ? encodeUriReference(value) : encodeFieldValue(value)
}

const uriFields: ReadonlySet<string> = new Set(['location', 'content-location'])

/** The cookies that an answer sets. They alone cannot stand in one line, separated by commas (RFC 9110 §5.3). */
export function cookiesOf({ headers, content }: Answer): readonly string[] {
  const cookies = isResponse(content) ? content.headers.getSetCookie() : []
  for (const name in headers) {
    if (name.toLowerCase() === 'set-cookie') cookies.push(...[headers[name] ?? []].flat())
  }
  return cookies
}

/** The fields as a Response takes them. */
export function linesOf(fields: Fields, cookies: readonly string[]): Fields | [string, string][] {
  if (cookies.length === 0) return fields
  return [...Object.entries(fields), ...cookies.map((each): [string, string] => ['set-cookie', encodeFieldValue(each)])]
}
