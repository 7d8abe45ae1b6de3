// Negotiation of the language: the lookup of RFC 4647 §3.4, exclusion by q=0, and the default.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { negotiateLanguage } from '../../../src/http/negotiation/negotiate-language.ts'

const choose = (acceptLanguage: string | null, offers: readonly string[] = ['en', 'fr', 'de']) =>
  negotiateLanguage(acceptLanguage, offers)

test('H089 lookup finds a language, and one that is not there is the default, not a 406', () => {
  expect(choose('de')).toBe('de')
  expect(choose('de', ['en'])).toBe('en')
  expect(choose('ja')).toBe('en')
  expect(choose(null)).toBe('en')
  expect(choose('')).toBe('en')
})

test('without offers there is none', () => {
  expect(choose(null, [])).toBeUndefined()
  expect(choose('de', [])).toBeUndefined()
  expect(choose('*;q=0', [])).toBeUndefined()
})

describe('lookup', () => {
  test('the example of RFC 4647 §3.4: cut off from the end until something matches', () => {
    const range = 'zh-Hant-CN-x-private1-private2'
    const tags = ['zh-Hant-CN-x-private1-private2', 'zh-Hant-CN-x-private1', 'zh-Hant-CN', 'zh-Hant', 'zh']
    for (const [index, tag] of tags.entries()) {
      expect(choose(range, ['en', ...tags.slice(index).toReversed()])).toBe(tag)
    }
    expect(choose(range, ['en', 'zh-Hans', 'zh-TW'])).toBe('en')
  })

  test('only whole subtags are cut off', () => {
    expect(choose('der-DE', ['en', 'de'])).toBe('en')
    expect(choose('de-DEU', ['en', 'de-DE', 'de'])).toBe('de')
  })

  test('each range is looked up to its end before the next', () => {
    expect(choose('de-CH, fr')).toBe('de')
    expect(choose('de-CH-1996, fr-FR, en')).toBe('de')
    expect(choose('en-US, en;q=0.5, de;q=0.8', ['de', 'en'])).toBe('en')
  })

  test('the highest weight first, then the order of the client', () => {
    expect(choose('fr;q=0.8, de;q=0.9, en;q=0.7')).toBe('de')
    expect(choose('fr;q=0.998, de;q=0.999')).toBe('de')
    expect(choose('de;q=0.001')).toBe('de')
    expect(choose('de, fr')).toBe('de')
    expect(choose('fr, de')).toBe('fr')
    expect(choose('de;q=0.5, fr;q=0.5')).toBe('de')
  })

  test('case makes no difference, and the offer comes back as it was given', () => {
    expect(choose('DE-ch', ['en', 'de-CH'])).toBe('de-CH')
    expect(choose('de', ['en', 'DE', 'de'])).toBe('DE')
    expect(choose('zh-hANT-tw;Q=0.5', ['en', 'zh-Hant'])).toBe('zh-Hant')
    expect(choose('DE;q=0', ['De', 'en'])).toBe('en')
  })

  test('an asterisk is passed over: what else is listed is wanted more', () => {
    expect(choose('*, de;q=0.5')).toBe('de')
    expect(choose('*;q=0.5, de')).toBe('de')
    expect(choose('ja, *;q=0.5')).toBe('en')
    expect(choose('*')).toBe('en')
  })
})

describe('the default', () => {
  test('is the first offer within a range, where lookup finds none', () => {
    expect(choose('de', ['en', 'de-CH', 'de-AT'])).toBe('de-CH')
    expect(choose('de-CH', ['en', 'de-CH-1996'])).toBe('de-CH-1996')
    expect(choose('d', ['en', 'de'])).toBe('en')
    expect(choose('fr;q=0.5, de', ['en', 'fr-FR', 'de-AT'])).toBe('de-AT')
    expect(choose('ja, de', ['en', 'de-AT'])).toBe('de-AT')
  })

  test('comes after the lookup of every range', () => {
    expect(choose('de, fr;q=0.5', ['en', 'de-CH', 'fr'])).toBe('fr')
  })

  test('an offer has the weight of the longest range it lies in, else that of the asterisk, else less than any', () => {
    expect(choose('*, de;q=0.5', ['de-CH', 'en'])).toBe('en')
    expect(choose('*;q=0.4, de;q=0.5', ['en', 'de-CH'])).toBe('de-CH')
    expect(choose('*;q=0.1, *;q=0.5, de;q=0.3', ['de-CH', 'en'])).toBe('en')
    expect(choose('de;q=0.001', ['en', 'de-CH'])).toBe('de-CH')
    expect(choose('de;q=0.9, de-CH;q=0.1, fr;q=0.5', ['de-CH-1996', 'fr-FR'])).toBe('fr-FR')
    expect(choose('de-CH;q=0.1, de;q=0.9, fr;q=0.5', ['de-CH-1996', 'fr-FR'])).toBe('fr-FR')
  })

  test('among equals is the first', () => {
    expect(choose('de, fr', ['en', 'fr-FR', 'de-AT'])).toBe('fr-FR')
    expect(choose('*, de', ['en', 'de-AT'])).toBe('en')
  })
})

describe('q=0 excludes', () => {
  test.each<[string, readonly string[], string]>([
    ['en;q=0', ['en', 'fr'], 'fr'],
    ['en;q=0, *', ['en', 'fr'], 'fr'],
    ['en;q=0.0, ja', ['en', 'fr'], 'fr'],
    ['*;q=0, de', ['en', 'de'], 'de'],
    ['*;q=0, de', ['en', 'de-CH'], 'de-CH'],
    ['*;q=0, de-CH', ['en', 'de'], 'de'],
    ['*;q=0.000, de;q=0.001', ['en', 'de'], 'de'],
    // the languages within the range too, but for those that a longer range lets in
    ['en;q=0', ['en-US', 'fr'], 'fr'],
    ['en;q=0, en-GB', ['en-US', 'en-GB', 'fr'], 'en-GB'],
    ['en;q=0, en-GB;q=0.001, fr;q=0.5', ['en-US', 'en-GB', 'de'], 'en-GB'],
    ['en-GB, en-GB-oed;q=0', ['en-GB-oed', 'en-US'], 'en-US'],
    ['en-GB-oed;q=0, en-GB', ['en-GB-oed', 'en-US'], 'en-US'],
    ['*, en;q=0', ['en', 'fr'], 'fr'],
    ['*;q=0.001, en;q=0', ['en', 'fr'], 'fr'],
    // and says nothing of a shorter tag
    ['en-GB;q=0', ['en', 'fr'], 'en'],
    ['eng;q=0', ['en', 'fr'], 'en'],
    ['de-CH;q=0', ['en', 'de'], 'en'],
    ['e;q=0', ['en', 'fr'], 'en'],
    // lookup finds no excluded tag, at whatever length
    ['de-CH, de;q=0', ['en', 'de'], 'en'],
    ['de-CH, de;q=0', ['en', 'de', 'de-CH'], 'de-CH'],
    // a range given twice has its higher weight
    ['en;q=0, en;q=0.1', ['en', 'fr'], 'en'],
    ['en;q=0.1, en;q=0', ['en', 'fr'], 'en'],
  ])('%j of %j is %s', (acceptLanguage, offers, expected) => {
    expect(choose(acceptLanguage, offers)).toBe(expected)
  })

  test('but where everything is excluded, the default is better than nothing', () => {
    expect(choose('*;q=0')).toBe('en')
    expect(choose('en;q=0, de;q=0', ['de', 'en'])).toBe('de')
  })
})

test.each([
  'de_DE',
  'de-',
  '-de',
  'de--CH',
  'de-toolonger',
  'undreamtof',
  '1',
  'd3',
  '3d',
  '1994-de',
  'de-*',
  '*-CH',
  '**',
  'de;q=1.1',
  'de;q',
  'de fr',
  'dé',
])('a malformed range is ignored: %j', (malformed) => {
  expect(choose(malformed, ['en', 'de', 'de-CH', malformed])).toBe('en')
  expect(choose(`${malformed}, fr;q=0.001`)).toBe('fr')
})

test.each(['de', 'abcdefgh', 'de-12345678', 'de-1996', 'i-klingon', 'x-a'])('a range: %s', (range) => {
  expect(choose(range, ['en', range])).toBe(range)
})

test('hostile fields are read at once', () => {
  const offers = ['en', 'fr', 'de-CH']
  const start = performance.now()
  for (const field of [
    'a,'.repeat(50_000),
    `de${'-a'.repeat(50_000)}`,
    `de-${'a'.repeat(100_000)}`,
    ','.repeat(100_000),
  ]) {
    expect(offers).toContain(choose(field, offers))
  }
  expect(performance.now() - start).toBeLessThan(2000)
})

describe('properties', () => {
  const subtag = fc.constantFrom('de', 'en', 'CH', 'at', '1996', 'Latn')
  const tag = fc.array(subtag, { minLength: 0, maxLength: 3 }).map((more) => ['de', ...more].join('-'))
  const other = fc.constantFrom('en', 'en-GB', 'fr', 'zh-Hant-TW')
  const anyTag = fc.oneof(tag, other)

  /** §3.4, step by step. */
  const lookup = (ranges: readonly string[], offers: readonly string[]): string | undefined => {
    for (const range of ranges) {
      const subtags = range.toLowerCase().split('-')
      for (let length = subtags.length; length > 0; length--) {
        const candidate = subtags.slice(0, length).join('-')
        const found = offers.find((offer) => offer.toLowerCase() === candidate)
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  test('what lookup finds, step by step, is chosen', () => {
    fc.assert(
      fc.property(fc.array(anyTag, { maxLength: 4 }), fc.array(anyTag, { maxLength: 4 }), (ranges, offers) => {
        const found = lookup(ranges, offers)
        const chosen = negotiateLanguage(ranges.join(', '), offers)
        if (found === undefined) expect(chosen === undefined).toBe(offers.length === 0)
        else expect(chosen).toBe(found)
      }),
    )
  })

  test('never throws, and chooses an offer wherever there is one', () => {
    const unit = fc.constantFrom('de', 'en', '-', '*', ';q=', '0', '1', '.', ',', ' ', '"', 'é')
    const field = fc.oneof(fc.string(), fc.string({ unit }))
    fc.assert(
      fc.property(field, fc.array(fc.oneof(anyTag, field), { minLength: 1 }), (acceptLanguage, offers) => {
        expect(offers).toContain(negotiateLanguage(acceptLanguage, offers))
      }),
    )
  })
})
