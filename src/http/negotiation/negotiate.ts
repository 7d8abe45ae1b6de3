// Proactive negotiation of the media type (RFC 9110 §12.5.1): which of the server's offers an `Accept` header asks for.

import { parseMediaType, type MediaType } from '../../wire/index.ts'
import { elementsOf, parseQuality, remembered } from './negotiate-weights.ts'

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
  const ranges = accept === null ? [] : rangesOf(accept)
  if (ranges.length === 0) return offers[0]
  let best: T | undefined
  let bestQuality = 0
  for (const offer of offers) {
    const mediaType = mediaTypeOf(offer.mediaType)
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

const mediaTypeOf = remembered(parseMediaType)

/** The well-formed ranges, the most specific first, so that the first one that includes an offer decides its quality. */
const rangesOf = remembered((accept: string): readonly MediaRange[] =>
  elementsOf(accept)
    .flatMap((element) => parseRange(element) ?? [])
    // §12.5.1 does not say which of two equally specific ranges counts: the one that is kinder to the client.
    .toSorted((a, b) => specificity(b) - specificity(a) || b.quality - a.quality),
)

/** Any parameter named `q` is the weight, wherever it stands (§12.5.1), and quoted like any other (§5.6.6). */
function parseRange(element: string): MediaRange | undefined {
  const mediaType = parseMediaType(element)
  if (mediaType === undefined || (mediaType.type === '*' && mediaType.subtype !== '*')) return undefined
  const parameters = new Map(mediaType.parameters)
  const quality = parseQuality(parameters.get('q') ?? '1')
  parameters.delete('q')
  return quality === undefined ? undefined : { ...mediaType, parameters, quality }
}

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
