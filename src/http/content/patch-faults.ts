// What a JSON Patch finds where it looks, in words: never more than a few of the names and values there.

import { jsonText, pointerTo } from '../../wire/index.ts'

const maxNames = 20
const maxLength = 100

/**
 * Why nothing is found.
 *
 * @param path of what has been found, which was looked into.
 * @param token what is not in it.
 */
export function notThere(path: readonly string[], token: string): string {
  const where = path.length === 0 ? 'the document' : `"${shorten(pointerTo(path))}"`
  return `${where} has no "${shorten(token)}"`
}

/** What there is instead: for those who may see it. */
export function whatIsThere(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `it is ${jsonOf(value)}`
  if (Array.isArray(value)) return `it is an array of ${value.length}`
  const names = Object.keys(value)
  if (names.length === 0) return 'it is empty'
  const more = names.length > maxNames ? `, and ${names.length - maxNames} more` : ''
  return `there are: ${names.slice(0, maxNames).map(shorten).join(', ')}${more}`
}

/** The beginning of its JSON. */
export function jsonOf(value: unknown): string {
  return value === undefined ? 'nothing' : shorten(jsonText(value))
}

function shorten(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength).toWellFormed()}…` : text
}
