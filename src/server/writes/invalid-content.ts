// The 422 about content: what is wrong with it, told with pointers, and no more of it than somebody reads.

import { Problem } from '../../http/index.ts'
import type { Fault } from '../../wire/index.ts'

/** Whoever looks for faults may stop after one more than this. */
export const maxFaults = 20

/** Of all faults together: content of a megabyte must not be answered with twenty. */
const maxOctets = 6_000

/**
 * @param faults the first of them are told; those after `maxFaults` are never looked at.
 * @param hint one more thing that is true of many faults, said once.
 */
export function invalidContent(faults: Iterable<Fault>, hint?: string): Problem {
  const errors: Fault[] = []
  let octets = 0
  let hasMore = false
  for (const fault of faults) {
    octets += new TextEncoder().encode(JSON.stringify(fault)).byteLength
    hasMore = errors.length === maxFaults || (octets > maxOctets && errors.length > 0)
    if (hasMore) break
    errors.push(fault)
  }
  const words = errors.map(({ pointer = '', detail }) => `${pointer} ${detail}`.trim())
  const detail = [...words, ...(hint === undefined ? [] : [hint]), ...(hasMore ? ['and more'] : [])].join('; ')
  return new Problem(422, sentence(detail), { code: 'invalid-content', errors })
}

/** With one full stop at its end, where what was said last may have had its own. */
export function sentence(words: string): string {
  return words.endsWith('.') ? words : `${words}.`
}

/** Text that repeats what was sent, cut to a length in UTF-16 units. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`
}
