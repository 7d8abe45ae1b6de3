// Negotiation of the language (RFC 9110 §12.5.4): the lookup of RFC 4647 §3.4 among the languages a resource is written in.

import { parseWeights, remembered, type Weighted } from './negotiate-weights.ts'

/**
 * The language to answer in; undefined only where there are no offers, because an answer in a language that nobody asked
 * for is better than none.
 *
 * 1. Lookup: range by range, the highest weight first, the longest offer that the range begins with (`de-CH` finds `de`).
 * 2. The default of §3.4.1, where lookup finds nothing: the offer of the highest weight, which is that of the longest range
 *    it lies in (`de-CH` lies in `de`), else that of `*`, else less than any; among equals the server's order decides.
 *
 * So an offer with `q=0` is chosen only where there is no other. A malformed range is ignored. Never throws.
 *
 * @param offers language tags (RFC 5646), the default first
 * @example
 * negotiateLanguage('de-CH, fr;q=0.8', ['en', 'fr', 'de'])  // 'de'
 * negotiateLanguage('ja', ['en', 'fr', 'de'])               // 'en'
 */
export function negotiateLanguage(acceptLanguage: string | null, offers: readonly string[]): string | undefined {
  if (acceptLanguage === null) return offers[0]
  const ranges = rangesOf(acceptLanguage)
  return lookup(ranges, offers) ?? mostWanted(ranges, offers)
}

/** The well-formed ranges, the highest weight first, equal ones in the order of the field. */
const rangesOf = remembered((field: string): readonly Weighted[] =>
  parseWeights(field)
    .filter(({ name }) => isRange(name))
    .toSorted((a, b) => b.quality - a.quality),
)

/** RFC 4647 §2.1: subtags of one to eight letters or, behind the first, digits. */
function isRange(name: string): boolean {
  const isSubtag = (text: string, index: number): boolean => (index === 0 ? letters : lettersAndDigits).test(text)
  return name === '*' || name.split('-').every(isSubtag)
}

const letters = /^[a-z]{1,8}$/
const lettersAndDigits = /^[a-z\d]{1,8}$/

/** A range that is cut off from its end comes to the longest offer first; `*` comes to none, and is passed over (§3.4). */
function lookup(ranges: readonly Weighted[], offers: readonly string[]): string | undefined {
  const acceptable = offers.filter((offer) => qualityOf(offer, ranges) !== 0)
  for (const { name, quality } of ranges) {
    const found = quality === 0 ? [] : acceptable.filter((offer) => isWithin(name, offer.toLowerCase()))
    if (found.length > 0) return found.reduce((longest, offer) => (offer.length > longest.length ? offer : longest))
  }
  return undefined
}

function mostWanted(ranges: readonly Weighted[], offers: readonly string[]): string | undefined {
  const ofOthers = ranges.find(({ name }) => name === '*')?.quality ?? leastQuality
  const qualities = offers.map((offer) => qualityOf(offer, ranges) ?? ofOthers)
  return offers[qualities.indexOf(Math.max(...qualities))]
}

/** Below the least weight that can be written, 0.001. */
const leastQuality = 0.0001

/** The weight of the longest range that includes an offer (§3.3.1), and of two that are equal the higher one; `*` does not count. */
function qualityOf(offer: string, ranges: readonly Weighted[]): number | undefined {
  const tag = offer.toLowerCase()
  let decisive: Weighted | undefined
  for (const range of ranges) {
    if (range.name.length > (decisive?.name.length ?? 0) && isWithin(tag, range.name)) decisive = range
  }
  return decisive?.quality
}

/** Whether a tag begins with all subtags of another; both in lower case. */
function isWithin(tag: string, other: string): boolean {
  return tag === other || tag.startsWith(`${other}-`)
}
