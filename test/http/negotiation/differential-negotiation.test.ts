// Negotiation against `negotiator`, which others wrote: where they differ, a sentence of an RFC says why.
import * as fc from 'fast-check'
import Negotiator from 'negotiator'
import { describe, expect, test } from 'vitest'
import { negotiateCoding } from '../../../src/http/negotiation/negotiate-coding.ts'
import { negotiateLanguage } from '../../../src/http/negotiation/negotiate-language.ts'
import { negotiate } from '../../../src/http/negotiation/negotiate.ts'

interface Weighted {
  readonly name: string
  readonly quality: number
}

/** Both ends, their neighbours and one between, so that ties and exclusions are common. */
const weights = [0, 0.001, 0.5, 0.999, 1]
const weight = fc.constantFrom(...weights)

const fieldOf = (list: readonly Weighted[]): string =>
  list.map(({ name, quality }) => (quality === 1 ? name : `${name};q=${quality}`)).join(', ')

describe('media types and negotiator', () => {
  interface Type {
    readonly essence: string
    readonly parameters: readonly string[]
  }
  interface Range extends Type {
    readonly quality: number
  }

  const parameters = fc
    .tuple(fc.subarray(['v=a', 'v=A'], { maxLength: 1 }), fc.subarray(['level=1', 'charset=utf-8']))
    .map((lists) => lists.flat())
  const offered = fc.record({ essence: fc.constantFrom('text/html', 'text/plain', 'image/png'), parameters })
  const wanted = fc.record({
    essence: fc.constantFrom('*/*', 'text/*', 'text/html', 'text/plain'),
    parameters,
    quality: weight,
  })

  const write = ({ essence, parameters: list }: Type): string => [essence, ...list].join(';')
  /** RFC 8259 §8.1: JSON "MUST be encoded using UTF-8", and so is all that is written here: an offer need not say so. */
  const explicit = ({ essence, parameters: list }: Type): Type => ({
    essence,
    parameters: [...new Set([...list, 'charset=utf-8'])],
  })
  /** RFC 9110 §8.3.1: "Parameter values might or might not be case-sensitive": they are, where nothing else is known. */
  const withoutCase = (text: string): string => text.replaceAll('v=A', 'v=upper-a')
  const acceptOf = (ranges: readonly Range[]): string =>
    fieldOf(ranges.map((range) => ({ name: write(range), quality: range.quality })))

  /** The weight that negotiator gives an offer: the highest that wins against a reference just below it. */
  const weightOf = (accept: string, offer: string): number =>
    weights.findLast((quality) => {
      const headers = { accept: `${accept}, x/reference;q=${quality - 0.0005}` }
      return new Negotiator({ headers }).mediaType([offer, 'x/reference']) === offer
    }) ?? 0

  /**
   * RFC 9110 §12.5.1: "If more than one media range applies to a given type, the most specific reference has precedence",
   * which in its example is the one with the parameter; negotiator takes one parameter for as specific as two.
   */
  const isParameterCounted = (ranges: readonly Range[], offer: Type): boolean =>
    ranges.some(
      (range, index) =>
        range.parameters.length > 0 &&
        ranges
          .slice(0, index)
          .some(
            (other) =>
              other.essence === range.essence &&
              other.parameters.length > 0 &&
              other.parameters.length !== range.parameters.length &&
              [range, other].every((one) => one.parameters.every((parameter) => offer.parameters.includes(parameter))),
          ),
    )

  test('the highest weight, then the order of the server', () => {
    fc.assert(
      fc.property(
        fc.array(wanted, { minLength: 1, maxLength: 5 }),
        fc.array(offered, { minLength: 1, maxLength: 4 }),
        (ranges, offers) => {
          const accept = acceptOf(ranges)
          const theirWeights = offers.map((offer) => weightOf(withoutCase(accept), withoutCase(write(explicit(offer)))))
          const highest = Math.max(...theirWeights)
          const types = offers.map((offer) => ({ mediaType: write(offer) }))
          const theirs = highest === 0 ? undefined : types[theirWeights.indexOf(highest)]
          const ours = negotiate(accept, types)
          if (ours === theirs) return
          expect(offers.map(explicit).filter((offer) => isParameterCounted(ranges, offer))).not.toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('content codings and negotiator', () => {
  const codings = ['gzip', 'deflate', 'br']
  const names = fc.constantFrom(...codings, 'x-gzip', 'GZIP', 'zstd', 'identity', '*')
  const listed = fc.array(fc.record({ name: names, quality: weight }), { maxLength: 5 })

  test('the highest weight, then the order of the server, then identity', () => {
    fc.assert(
      fc.property(listed, fc.shuffledSubarray(codings), (list, offers) => {
        const candidates = [...offers, 'identity']
        // RFC 9110 §8.4.1.3: "A recipient SHOULD consider "x-gzip" to be equivalent to "gzip"."
        const headers = { 'accept-encoding': fieldOf(list).replaceAll('x-gzip', 'gzip') }
        // Its types do not know the option yet.
        const negotiator = new Negotiator({ headers }) as unknown as {
          encoding(available: readonly string[], options: { readonly preferred: readonly string[] }): string | undefined
        }
        const theirs = negotiator.encoding(candidates, { preferred: candidates })
        expect(negotiateCoding(fieldOf(list), offers)).toBe(theirs)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('languages and negotiator', () => {
  const wanted = (acceptLanguage: string, offers: readonly string[]): string | undefined =>
    new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language([...offers])

  test('browsers: each language once, each weight once', () => {
    const primary = ['en', 'fr', 'de', 'ja']
    const list = fc
      .tuple(
        fc.shuffledSubarray(primary),
        fc.array(fc.constantFrom('', '-CH', '-Latn-CH'), { minLength: 4, maxLength: 4 }),
      )
      .map(([languages, ends]) =>
        languages.map((language, index) => ({
          name: `${language}${ends[index]}`,
          quality: 1 - index / 10,
        })),
      )
    fc.assert(
      fc.property(list, fc.boolean(), fc.shuffledSubarray(primary, { minLength: 1 }), (ranges, hasAny, offers) => {
        const acceptLanguage = fieldOf(hasAny ? [...ranges, { name: '*', quality: 0.1 }] : ranges)
        // H089: no match is no 406.
        expect(negotiateLanguage(acceptLanguage, offers)).toBe(wanted(acceptLanguage, offers) ?? offers[0])
      }),
      { numRuns: 500 },
    )
  })

  const tag = fc.constantFrom<string[]>('de', 'de-CH', 'de-Latn-CH', 'en', 'en-GB', 'fr')
  const anyRanges = fc.array(fc.record({ name: fc.oneof(tag, fc.constant('*')), quality: weight }), {
    minLength: 1,
    maxLength: 5,
  })

  const beginsWith = (longer: string, shorter: string): boolean => `${longer}-`.startsWith(`${shorter}-`)

  /** RFC 4647 §3.4, step by step, over offers that no range excludes. */
  const lookup = (ranges: readonly Weighted[], offers: readonly string[]): string | undefined => {
    const about = (offer: string) => ranges.filter(({ name }) => beginsWith(offer, name))
    const acceptable = offers.filter((offer) => {
      const longest = Math.max(...about(offer).map(({ name }) => name.length))
      const qualities = about(offer)
        .filter(({ name }) => name.length === longest)
        .map(({ quality }) => quality)
      return qualities.length === 0 || Math.max(...qualities) > 0
    })
    for (const { name } of ranges.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality)) {
      const subtags = name.split('-')
      for (let length = subtags.length; length > 0; length--) {
        const candidate = subtags.slice(0, length).join('-')
        if (acceptable.includes(candidate)) return candidate
      }
    }
    return undefined
  }

  /** The weight that negotiator gives an offer, as for media types. */
  const weightOf = (acceptLanguage: string, offer: string): number =>
    weights.findLast(
      (quality) => wanted(`${acceptLanguage}, reference;q=${quality - 0.0005}`, [offer, 'reference']) === offer,
    ) ?? 0

  test('all: a difference has its reason in RFC 4647', () => {
    fc.assert(
      fc.property(anyRanges, fc.uniqueArray(tag, { minLength: 1, maxLength: 4 }), (ranges, offers) => {
        const acceptLanguage = fieldOf(ranges)
        const ours = negotiateLanguage(acceptLanguage, offers)
        const theirs = wanted(acceptLanguage, offers)
        if (ours === undefined) throw new Error('There is always a default.')
        if (ours === theirs) return
        const reasons = [
          // §3.4.1: "Each application […] that uses lookup MUST define the defaulting behavior when no tag matches".
          theirs === undefined,
          // §3.4: "the progressive search MUST process each language range in the list before seeking […] the default".
          lookup(ranges, offers) === ours,
          // §3.3.1: a range matches a tag if it "exactly equals a prefix of the tag": `de-CH;q=0` says nothing of `de`.
          ranges.some(({ name, quality }) => quality === 0 && name !== ours && beginsWith(name, ours)),
          // Equal weights: the default is the server's choice.
          theirs !== undefined &&
            weightOf(acceptLanguage, ours) === weightOf(acceptLanguage, theirs) &&
            offers.indexOf(ours) < offers.indexOf(theirs),
        ]
        expect(reasons).toContain(true)
      }),
      { numRuns: 1000 },
    )
  })
})
