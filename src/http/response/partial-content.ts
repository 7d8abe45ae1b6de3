// Range requests (RFC 9110 §14), the last thing that happens to an answer: a 200 of known size becomes a 206 or a 416.

import { refusal, type Answer } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import type { Fields } from './fields.ts'
import { contentRange, rangeSource, selectRange, type RangeSource } from './range.ts'
import type { Writable } from './write-content.ts'

/** What is asked for of the content of a 200; undefined is all of it, an Answer the refusal. Adds the fields that say so. */
export function takePart(
  exchange: Exchange,
  content: Writable | undefined,
  fields: Fields,
): BodyInit | Answer | undefined {
  fields['accept-ranges'] = 'bytes'
  const source = content === undefined ? undefined : sourceOf(content)
  if (source === undefined) return undefined
  const { method, headers, entityTag, lastModified } = exchange
  const selection = selectRange({ method, headers, size: source.size, validators: { entityTag, lastModified } })
  if (selection.kind === 'whole') return undefined
  if (selection.kind === 'unsatisfiable') {
    return refusal(416, `There are ${source.size} octets here.`, {
      code: 'range-not-satisfiable',
      headers: { 'content-range': contentRange('unsatisfiable', source.size) },
    })
  }
  fields['content-range'] = contentRange(selection, source.size)
  delete fields['content-length'] // of the whole, as is this digest (RFC 9530 §2)
  delete fields['content-digest']
  return source.slice(selection.first, selection.last + 1)
}

/** Nobody knows where a stream ends, so that no part of one can be named. */
function sourceOf(content: Writable): RangeSource | undefined {
  if (content instanceof ReadableStream) return undefined
  return rangeSource(content)
}
