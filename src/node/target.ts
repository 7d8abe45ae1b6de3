// The request target (RFC 9112 §3.2): absolute-form taken apart, and paths that two readers could read as two resources.

import { refusal, type Refusal } from './refusal.ts'

export interface AbsoluteTarget {
  /** Lower case, without the colon. */
  readonly scheme: string
  /** As sent; may be empty or carry userinfo, which no authority may. */
  readonly authority: string
  /** Path and query as origin-form, or `*` where both are empty (RFC 9112 §3.2.4: OPTIONS of the whole server). */
  readonly target: string
}

const misread = (what: string): Refusal => refusal(400, 'malformed-path', `The path of the request target has ${what}.`)
const fragment = refusal(400, 'malformed-path', 'The request target has a fragment.')
const backslash = misread('a backslash')
const emptySegment = misread('an empty segment')
const dotSegment = misread('a dot segment')
const badEscape = misread('a percent sign without two hexadecimal digits')
const hiddenSeparator = misread('an encoded slash, backslash or NUL')

/** Takes `scheme://authority/path?query` apart; undefined where the text is not that. */
export function parseAbsoluteTarget(text: string): AbsoluteTarget | undefined {
  const colon = text.indexOf('://')
  if (colon < 1) return undefined
  const start = colon + 3
  let end = start
  while (end < text.length && !isEndOfAuthority(text.charCodeAt(end))) end++
  const rest = text.slice(end)
  return {
    scheme: text.slice(0, colon).toLowerCase(),
    authority: text.slice(start, end),
    target: rest === '' ? '*' : rest.startsWith('/') ? rest : `/${rest}`,
  }
}

/**
 * Why a target in origin-form is refused, in one pass. WHATWG URLs resolve `.` and `..`, encoded ones too, and read a
 * backslash as a slash, while routers split before they decode: each of these could be another resource to another
 * reader (RFC 9110 §4.2.3), and no client that parses its URLs sends them.
 */
export function pathFault(target: string): Refusal | undefined {
  let start = 1 // of the segment
  let dots = 0
  let index = 1
  for (; index < target.length; index++) {
    const code = target.charCodeAt(index)
    if (code === 0x2f) {
      if (index === start) return emptySegment
      if (isDotSegment(dots, start, index)) return dotSegment
      start = index + 1
      dots = 0
    } else if (code === 0x25) {
      const octet = octetAt(target, index)
      if (octet === undefined) return badEscape
      if (octet === 0x2f || octet === 0x5c || octet === 0) return hiddenSeparator
      if (octet === 0x2e) {
        dots++
        start += 2 // counts as one character of its segment
      }
      index += 2
    } else if (code === 0x2e) dots++
    else if (code === 0x3f) break
    else if (code === 0x5c) return backslash
    else if (code === 0x23) return fragment
  }
  if (isDotSegment(dots, start, index)) return dotSegment
  return index < target.length && target.includes('#', index) ? fragment : undefined
}

function isDotSegment(dots: number, start: number, end: number): boolean {
  return dots > 0 && dots <= 2 && end - start === dots
}

function octetAt(text: string, percent: number): number | undefined {
  const high = hexDigit(text.charCodeAt(percent + 1))
  const low = hexDigit(text.charCodeAt(percent + 2))
  return high < 0 || low < 0 ? undefined : high * 16 + low
}

/** The value of a hexadecimal digit, or -1; NaN, past the end of the text, is none. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function isEndOfAuthority(code: number): boolean {
  return code === 0x2f || code === 0x3f || code === 0x23 // / ? #
}
