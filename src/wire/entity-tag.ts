// Entity tags (RFC 9110 §8.8.3): written, read strictly, and compared in the two ways of §8.8.3.2.

import { skipBlanks } from './media-type.ts'

export interface EntityTag {
  /** What stands between the quotes. */
  readonly opaque: string
  readonly weak: boolean
}

/**
 * Writes a tag as it stands in `ETag`, `If-Match` and `If-None-Match`.
 *
 * @throws TypeError on a character that an opaque-tag may not hold: quotes, blanks, controls, anything above U+00FF.
 * @example
 * formatEntityTag({ opaque: 'v1', weak: false })  // '"v1"'
 * formatEntityTag({ opaque: 'v1', weak: true })   // 'W/"v1"'
 */
export function formatEntityTag({ opaque, weak }: EntityTag): string {
  if (!isOpaqueTag(opaque)) {
    throw new TypeError(`An entity tag cannot hold ${JSON.stringify(opaque)}.`)
  }
  return weak ? `W/"${opaque}"` : `"${opaque}"`
}

/** Whether this text can stand between the quotes of an entity tag. */
export function isOpaqueTag(text: string): boolean {
  return endOfOpaque(text, 0) === text.length
}

/**
 * Reads exactly one tag; undefined for a syntax error. `W/` is case-sensitive (§8.8.3).
 *
 * @example
 * parseEntityTag('W/"v1"')  // { opaque: 'v1', weak: true }
 * parseEntityTag('v1')      // undefined
 */
export function parseEntityTag(text: string): EntityTag | undefined {
  const found = readTag(text, 0)
  return found !== undefined && found.end === text.length ? found.tag : undefined
}

/**
 * Reads the value of `If-Match` or `If-None-Match` (§13.1.1, §13.1.2): `'*'`, or the tags of a list that may have
 * empty elements (§5.6.1.2); undefined for a syntax error. One pass: every character is looked at a fixed number of times.
 *
 * @example
 * parseEntityTagList('"a,b", W/"c"')  // [{ opaque: 'a,b', weak: false }, { opaque: 'c', weak: true }]
 */
export function parseEntityTagList(text: string): '*' | readonly EntityTag[] | undefined {
  const tags: EntityTag[] = []
  let at = skipBlanks(text, 0)
  if (text.charCodeAt(at) === asterisk) return skipBlanks(text, at + 1) === text.length ? '*' : undefined
  while (at < text.length) {
    if (text.charCodeAt(at) !== comma) {
      const found = readTag(text, at)
      if (found === undefined) return undefined
      tags.push(found.tag)
      at = skipBlanks(text, found.end)
      if (at < text.length && text.charCodeAt(at) !== comma) return undefined
    }
    at = skipBlanks(text, at + 1)
  }
  return tags
}

/** Whether two tags name the same octets: equal, and neither of them weak (§8.8.3.2). */
export function strongMatch(a: EntityTag, b: EntityTag): boolean {
  return !a.weak && !b.weak && a.opaque === b.opaque
}

/** Whether two tags name equivalent content: equal, weak or not (§8.8.3.2). */
export function weakMatch(a: EntityTag, b: EntityTag): boolean {
  return a.opaque === b.opaque
}

const quote = 0x22
const asterisk = 0x2a
const comma = 0x2c
const slash = 0x2f
const capitalW = 0x57

function readTag(text: string, start: number): { readonly tag: EntityTag; readonly end: number } | undefined {
  const weak = text.charCodeAt(start) === capitalW && text.charCodeAt(start + 1) === slash
  const open = weak ? start + 2 : start
  if (text.charCodeAt(open) !== quote) return undefined
  const close = endOfOpaque(text, open + 1)
  if (text.charCodeAt(close) !== quote) return undefined
  return { tag: { opaque: text.slice(open + 1, close), weak }, end: close + 1 }
}

/** Where the etagc end that begin at `start`: %x21 / %x23-7E / obs-text. A backslash is one of them and escapes nothing. */
function endOfOpaque(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit <= 0x20 || unit === quote || unit === 0x7f || unit > 0xff) break
  }
  return at
}
