// Negotiation of the content coding (RFC 9110 §12.5.3): whether, and how, `Accept-Encoding` wants content to be compressed.

import { parseWeights, remembered } from './negotiate-weights.ts'

/**
 * The offer with the highest weight, or `identity`; undefined where the client excludes identity and everything offered.
 *
 * The RFC does not rank equal weights: among offers the server's order decides, and identity comes last, because who
 * lists a coding wants it. Identity that is neither listed nor under a `*` is acceptable with less weight than anything listed.
 * Without the field every coding is acceptable, yet nothing says that the client can decode one: identity.
 * A malformed element is ignored, an offer that stands twice has its highest weight, `x-gzip` is `gzip`. Never throws.
 *
 * @param offers codings other than identity, in the server's order of preference
 * @example
 * negotiateCoding('br;q=0.5, gzip', ['gzip', 'deflate'])    // 'gzip'
 * negotiateCoding('br', ['gzip', 'deflate'])                // 'identity'
 * negotiateCoding('br, identity;q=0', ['gzip', 'deflate'])  // undefined: 406
 */
export function negotiateCoding(acceptEncoding: string | null, offers: readonly string[]): string | undefined {
  if (acceptEncoding === null) return 'identity'
  const weights = weightsOf(acceptEncoding)
  const other = weights.get('*')
  let best: string | undefined
  let bestQuality = 0
  for (const offer of offers) {
    const quality = weights.get(codingName(offer)) ?? other ?? 0
    if (quality > bestQuality) {
      best = offer
      bestQuality = quality
    }
  }
  return (weights.get('identity') ?? other ?? leastQuality) > bestQuality ? 'identity' : best
}

/**
 * The name under which a coding is registered: in lower case, without the `x-` of old (§8.4.1).
 *
 * @example
 * codingName('X-GZip')  // 'gzip'
 */
export function codingName(coding: string): string {
  const name = coding.toLowerCase()
  return oldNames.get(name) ?? name
}

const oldNames: ReadonlyMap<string, string> = new Map([
  ['x-gzip', 'gzip'],
  ['x-compress', 'compress'],
])

/** Below the least weight that can be written, 0.001. */
const leastQuality = 0.0001

const weightsOf = remembered((field: string): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>()
  for (const { name, quality } of parseWeights(field)) {
    const coding = codingName(name)
    weights.set(coding, Math.max(quality, weights.get(coding) ?? 0))
  }
  return weights
})
