// The `Link` header (RFC 8288): written so that no octet of the data can leave its place, read with patience.

import { endOfElement, endOfToken, readQuotedString, skipBlanks } from './media-type.ts'
import { encodeExtendedValue, encodeUriReference, percentEncode } from './percent-encoding.ts'

export interface Link {
  /** A URI reference, as it stands between `<` and `>`. */
  readonly target: string
  /** One relation type, or several with blanks between. Relation types are compared without regard to case (§2.1). */
  readonly rel: string
  readonly title?: string
  /** A hint at the target's media type. */
  readonly type?: string
}

/**
 * Writes links as one field value; the empty text for no links. Never throws, whatever the data holds:
 * what a URI cannot hold is percent-encoded, a title beyond printable ASCII becomes `title*` (RFC 8187).
 *
 * @example
 * formatLinks([{ target: '/a?page=2', rel: 'next', title: 'On' }])  // '</a?page=2>; rel="next"; title="On"'
 * formatLinks([{ target: '/é', rel: 'up', title: 'Ä' }])            // "</%C3%A9>; rel="up"; title*=UTF-8''%C3%84"
 */
export function formatLinks(links: Iterable<Link>): string {
  let text = ''
  for (const link of links) text += text === '' ? formatLink(link) : `, ${formatLink(link)}`
  return text
}

/**
 * Reads a `Link` field value in linear time. A link that is malformed, has no relation type, or is about another
 * resource (`anchor`, which §3.2 allows to ignore) is left out; several relation types give as many links.
 *
 * @example
 * parseLinks('</a>; rel="next last"')  // [{ target: '/a', rel: 'next' }, { target: '/a', rel: 'last' }]
 */
export function parseLinks(text: string): readonly Link[] {
  const links: Link[] = []
  for (let at = 0; at < text.length; at += 1) {
    const { parts, end } = readLink(text, at)
    if (parts !== undefined) for (const link of linksOf(parts)) links.push(link)
    at = end
  }
  return links
}

function formatLink({ target, rel, title, type }: Link): string {
  let text = `<${encodeUriReference(target)}>; rel="${formatRel(rel)}"`
  if (title !== undefined) text += `; ${formatTitle(title)}`
  if (type !== undefined) text += `; type=${quoted(percentEncode(type, outsidePrintable))}`
  return text
}

/** Most are of one word. */
function formatRel(rel: string): string {
  if (!rel.includes(' ')) return encodeUriReference(rel)
  return rel
    .split(' ')
    .map((word) => encodeUriReference(word))
    .join(' ')
}

function formatTitle(title: string): string {
  return /[^ -~]/.test(title) ? `title*=UTF-8''${encodeExtendedValue(title)}` : `title=${quoted(title)}`
}

const outsidePrintable = /[^ -~]/gu

function quoted(text: string): string {
  return /["\\]/.test(text) ? `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${text}"`
}

interface Parts {
  readonly target: string
  readonly parameters: ReadonlyMap<string, string>
}

/** One element of the list (§B.2); `end` is the index of the comma behind it, or the text's length. */
function readLink(text: string, start: number): { readonly parts?: Parts; readonly end: number } {
  const open = skipBlanks(text, start)
  if (text[open] !== '<') return { end: endOfElement(text, open) }
  const close = text.indexOf('>', open)
  if (close === -1) return { end: text.length }
  const parameters = new Map<string, string>()
  let at = skipBlanks(text, close + 1)
  while (text[at] === ';') {
    const parameter = readParameter(text, skipBlanks(text, at + 1))
    if (parameter === undefined) return { end: endOfElement(text, at) }
    // §3.3, §3.4.1: of a parameter given twice, the first counts.
    if (!parameters.has(parameter.name)) parameters.set(parameter.name, parameter.value)
    at = skipBlanks(text, parameter.end)
  }
  if (at < text.length && text[at] !== ',') return { end: endOfElement(text, at) }
  return { parts: { target: text.slice(open + 1, close), parameters }, end: at }
}

/** One parameter (§B.3): blanks around `=` and unquoted values beyond tokens are forgiven, an open quote is not. */
function readParameter(
  text: string,
  start: number,
): { readonly name: string; readonly value: string; readonly end: number } | undefined {
  const nameEnd = endOfToken(text, start)
  const name = text.slice(start, nameEnd).toLowerCase()
  const equals = skipBlanks(text, nameEnd)
  if (text[equals] !== '=') return { name, value: '', end: equals }
  const from = skipBlanks(text, equals + 1)
  if (text[from] === '"') {
    const string = readQuotedString(text, from)
    return string && { name, value: string.text, end: string.end }
  }
  let end = from
  while (end < text.length && !' \t,;'.includes(text.charAt(end))) end += 1
  return { name, value: text.slice(from, end), end }
}

function linksOf({ target, parameters }: Parts): readonly Link[] {
  const rel = parameters.get('rel')
  if (rel === undefined || parameters.has('anchor')) return []
  const title = decodeExtended(parameters.get('title*')) ?? parameters.get('title')
  const type = parameters.get('type')
  const hints = { ...(title === undefined ? {} : { title }), ...(type === undefined ? {} : { type }) }
  return rel
    .split(/[ \t]/)
    .filter((word) => word !== '')
    .map((word) => ({ target, rel: word, ...hints }))
}

/** `UTF-8'language'percent-encoded` (RFC 8187 §3.2); undefined where it is not, so that the plain parameter counts. */
function decodeExtended(value: string | undefined): string | undefined {
  const [charset, , encoded, ...more] = value?.split("'") ?? []
  if (charset?.toLowerCase() !== 'utf-8' || encoded === undefined || more.length > 0) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
