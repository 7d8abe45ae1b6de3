// Proactive negotiation of the media type (RFC 9110 §12.5.1): which of the server's offers an `Accept` header asks for.

import { endOfElement, parseMediaType, type MediaType } from '../wire/index.ts'

export interface Offer {
  /** For example `application/hal+json` or `text/html; charset=utf-8`. */
  readonly mediaType: string
}

/**
 * The offer with the highest quality; among equals the server's order decides. Undefined where none is acceptable.
 * For each offer the most specific range that matches it decides, and `q=0` excludes.
 * A malformed range or quality is ignored; an `Accept` without a well-formed range counts as none and takes the first offer.
 * Never throws.
 *
 * @param offers in the server's order of preference
 * @example
 * negotiate('application/*;q=0.5, text/html', [{ mediaType: 'application/json' }, { mediaType: 'text/html' }])
 * // { mediaType: 'text/html' }
 */
export function negotiate<T extends Offer>(accept: string | null, offers: readonly T[]): T | undefined {
  const ranges = accept === null ? [] : remember(knownAccepts, accept, parseAccept)
  if (ranges.length === 0) return offers[0]
  let best: T | undefined
  let bestQuality = 0
  for (const offer of offers) {
    const mediaType = remember(knownOffers, offer.mediaType, parseMediaType)
    const quality = ranges.find((range) => mediaType !== undefined && includes(range, mediaType))?.quality ?? 0
    if (quality > bestQuality) {
      best = offer
      bestQuality = quality
    }
  }
  return best
}

interface MediaRange extends MediaType {
  readonly quality: number
}

/** The well-formed ranges, the most specific first, so that the first one that includes an offer decides its quality. */
function parseAccept(accept: string): readonly MediaRange[] {
  const ranges: MediaRange[] = []
  for (let start = 0; start < accept.length;) {
    const end = endOfElement(accept, start)
    const range = parseRange(accept.slice(start, end))
    if (range !== undefined) ranges.push(range)
    start = end + 1
  }
  // §12.5.1 does not say which of two equally specific ranges counts: the one that is kinder to the client.
  return ranges.toSorted((a, b) => specificity(b) - specificity(a) || b.quality - a.quality)
}

/** Any parameter named `q` is the weight, wherever it stands (§12.5.1). */
function parseRange(element: string): MediaRange | undefined {
  const mediaType = parseMediaType(element)
  if (mediaType === undefined || (mediaType.type === '*' && mediaType.subtype !== '*')) return undefined
  const parameters = new Map(mediaType.parameters)
  const weight = parameters.get('q') ?? '1'
  parameters.delete('q')
  return qvalue.test(weight) ? { ...mediaType, parameters, quality: Number(weight) } : undefined
}

/** §12.4.2: at most three digits, none of them above 1. */
const qvalue = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** A range of all types is the least specific, then `type/*`, then one type; among equals the number of parameters counts. */
function specificity({ type, subtype, parameters }: MediaRange): number {
  const level = type === '*' ? 0 : subtype === '*' ? 1 : 2
  return level * 1e6 + parameters.size
}

function includes(range: MediaRange, offer: MediaType): boolean {
  if (range.type !== '*' && range.type !== offer.type) return false
  if (range.subtype !== '*' && range.subtype !== offer.subtype) return false
  for (const [name, value] of range.parameters) {
    const offered = offer.parameters.get(name) ?? defaultParameters.get(name)
    if (offered !== value && (name !== 'charset' || offered?.toLowerCase() !== value.toLowerCase())) return false
  }
  return true
}

/**
 * What is written here is UTF-8 whether its media type says so or not: JSON knows no `charset` since it is nothing else
 * (RFC 8259 §8.1, §11). Real clients ask for `application/json;charset=utf-8` all the same, and get what they mean.
 */
const defaultParameters: ReadonlyMap<string, string> = new Map([['charset', 'utf-8']])

/** A process sees few distinct headers, so their parsed forms are kept: the oldest goes first, long ones are never kept. */
const knownAccepts = new Map<string, readonly MediaRange[]>()
const knownOffers = new Map<string, MediaType | undefined>()
const mostKnown = 256
const longestKnown = 200

function remember<V>(known: Map<string, V>, text: string, parse: (text: string) => V): V {
  const found = known.get(text)
  if (found !== undefined) return found
  const parsed = parse(text)
  if (text.length >= longestKnown) return parsed
  const [oldest] = known.size < mostKnown ? [] : known.keys()
  if (oldest !== undefined) known.delete(oldest)
  known.set(text, parsed)
  return parsed
}
