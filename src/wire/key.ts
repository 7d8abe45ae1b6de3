// The key of an instance as one path segment: `1`, `margherita`, `3,m` for a composite key, `~` + base64url for what cannot stand in a path.

import { base64UrlToText, textToBase64Url } from './base64url.ts'

/**
 * Writes the parts of a key, each as its text, as one path segment. A lone surrogate, which is no text, becomes U+FFFD.
 *
 * @example
 * formatKey(['3', 'm'])  // '3,m'
 * formatKey(['a/b'])     // '~YS9i'
 */
export function formatKey(parts: readonly string[]): string {
  return parts.map(formatPart).join(',')
}

/**
 * Reads a raw (still percent-encoded) path segment back into `count` parts.
 * Undefined where `formatKey` writes no key like that, so that one key has one URL.
 *
 * @example
 * parseKey('3,m', 2)  // ['3', 'm']
 * parseKey('%61', 1)  // undefined: it is written 'a'
 */
export function parseKey(segment: string, count: number): readonly string[] | undefined {
  const raw = segment.split(',')
  if (raw.length !== count) return undefined
  const parts: string[] = []
  for (const piece of raw) {
    const part = parsePart(piece)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return parts
}

/** Most parts: what is written as it is, asked quickest. */
const plain = /^\w[\w-]*$/

function formatPart(part: string): string {
  if (plain.test(part)) return part
  return cannotStand(part) ? `~${textToBase64Url(part)}` : encodeURIComponent(part.toWellFormed())
}

function parsePart(piece: string): string | undefined {
  if (plain.test(piece)) return piece
  const part = piece.startsWith('~') ? base64UrlToText(piece.slice(1)) : percentDecode(piece)
  return part !== undefined && formatPart(part) === piece ? part : undefined
}

function percentDecode(piece: string): string | undefined {
  try {
    return decodeURIComponent(piece)
  } catch {
    return undefined
  }
}

function cannotStand(part: string): boolean {
  if (part === '' || part === '-' || part === '.' || part === '..' || part.startsWith('~')) return true
  for (let index = 0; index < part.length; index++) {
    const unit = part.charCodeAt(index)
    if (unit < 0x20 || unit === 0x7f || unit === 0x2f || unit === 0x5c) return true
  }
  return false
}
