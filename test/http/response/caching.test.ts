// Caching: section J of the HTTP checklist, as far as settings become fields.
import * as fc from 'fast-check'
import { parseList } from 'structured-headers'
import { describe, expect, test } from 'vitest'
import { cacheFields, checkCaching, invalidationFields, type Caching } from '../../../src/http/response/caching.ts'
import { parseHttpDate } from '../../../src/wire/index.ts'

const now = new Date(Date.UTC(1994, 10, 6, 8, 49, 37, 900))
const anonymous = { isAuthenticated: false, setsCookie: false, now }
const authenticated = { ...anonymous, isAuthenticated: true }
const withCookie = { ...anonymous, setsCookie: true }
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)

const fieldsOf = (caching: Caching | undefined, context = anonymous) => {
  if (caching !== undefined) checkCaching(caching)
  return cacheFields(caching, context)
}
const controlOf = (caching: Caching | undefined, context = anonymous) => fieldsOf(caching, context)['cache-control']

test('without a setting everything is asked about before each use', () => {
  expect(fieldsOf(undefined)).toEqual({ 'cache-control': 'no-cache' })
  expect(fieldsOf({})).toEqual({ 'cache-control': 'no-cache' })
})

test('H220 what an authenticated caller is answered is private, unless it is said to be public', () => {
  expect(controlOf(undefined, authenticated)).toBe('private, no-cache')
  expect(controlOf({ maxAge: 60 }, authenticated)).toBe('private, max-age=60')
  expect(controlOf({ maxAge: 60, mustRevalidate: true }, authenticated)).toBe('private, max-age=60, must-revalidate')
  expect(controlOf({ noStore: true }, authenticated)).toBe('no-store')
  expect(controlOf({ visibility: 'public', maxAge: 60 }, authenticated)).toBe('public, max-age=60')
})

describe('H221 public and s-maxage', () => {
  test('are there because they were set', () => {
    expect(controlOf({ visibility: 'public', maxAge: 60 })).toBe('public, max-age=60')
    expect(controlOf({ visibility: 'public', maxAge: 60, sharedMaxAge: 600 })).toBe('public, max-age=60, s-maxage=600')
    expect(controlOf({ maxAge: 60 })).toBe('max-age=60')
  })

  test('are never beside a cookie', () => {
    const caching: Caching = { visibility: 'public', maxAge: 60, sharedMaxAge: 600, cdn: 'max-age=600' }
    expect(fieldsOf(caching, withCookie)).toEqual({ 'cache-control': 'private, max-age=60' })
    expect(controlOf(undefined, withCookie)).toBe('private, no-cache')
  })
})

describe('max-age', () => {
  test('of 0 is no-cache', () => {
    expect(controlOf({ maxAge: 0 })).toBe('no-cache')
    expect(controlOf({ maxAge: 0, mustRevalidate: true })).toBe('no-cache, must-revalidate')
  })

  test('of 0 beside a shared one is not: no-cache would hold for shared caches, too', () => {
    expect(controlOf({ visibility: 'public', maxAge: 0, sharedMaxAge: 600 })).toBe('public, max-age=0, s-maxage=600')
    expect(controlOf({ visibility: 'public', sharedMaxAge: 600 })).toBe('public, max-age=0, s-maxage=600')
    expect(controlOf({ visibility: 'public', sharedMaxAge: 600 }, withCookie)).toBe('private, no-cache')
  })

  test('may be a date, and is no-cache when that is past', () => {
    expect(fieldsOf({ maxAge: inSeconds(3600) })).toEqual({
      'cache-control': 'max-age=3600',
      expires: 'Sun, 06 Nov 1994 09:49:37 GMT',
    })
    expect(fieldsOf({ maxAge: inSeconds(-1) })).toEqual({ 'cache-control': 'no-cache' })
    expect(fieldsOf({ maxAge: now })).toEqual({ 'cache-control': 'no-cache' })
    const past: Caching = { maxAge: inSeconds(-1), immutable: true, staleIfError: 60 }
    expect(fieldsOf(past)).toEqual({ 'cache-control': 'no-cache' })
  })

  test('H223 and Expires name the same second; without a date there is no Expires', () => {
    expect(fieldsOf({ maxAge: 3600 })).not.toHaveProperty('expires')
    const date = fc.date({ min: new Date(0), max: new Date(Date.UTC(2500, 0)), noInvalidDate: true })
    fc.assert(
      fc.property(date, date, (maxAge, at) => {
        const fields = cacheFields({ maxAge }, { ...anonymous, now: at })
        const age = /^max-age=(\d+)$/.exec(String(fields['cache-control']))?.[1]
        const expires = fields['expires']
        expect(age === undefined).toBe(expires === undefined)
        if (age === undefined) return
        const dated = Math.floor(at.getTime() / 1_000) // as the field Date has it
        expect(parseHttpDate(String(expires))?.getTime()).toBe((dated + Number(age)) * 1_000)
      }),
    )
  })
})

test('H225 immutable is there where it was set, with an age', () => {
  expect(controlOf({ maxAge: 31_536_000, immutable: true })).toBe('max-age=31536000, immutable')
  expect(controlOf({ maxAge: 31_536_000 })).toBe('max-age=31536000')
  expect(() => checkCaching({ immutable: true })).toThrow('immutable needs a maxAge')
})

test('what is stale may be used for a time that is set (RFC 5861)', () => {
  expect(controlOf({ maxAge: 60, staleWhileRevalidate: 30, staleIfError: 600 })).toBe(
    'max-age=60, stale-while-revalidate=30, stale-if-error=600',
  )
})

describe('H227 groups', () => {
  test('are lists of strings, on what is read and on what is written', () => {
    expect(fieldsOf({ groups: ['articles'] })).toEqual({ 'cache-control': 'no-cache', 'cache-groups': '"articles"' })
    expect(invalidationFields({ groups: ['articles'] })).toEqual({ 'cache-group-invalidation': '"articles"' })
  })

  test('may have any printable name', () => {
    const group = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.array(group, { minLength: 1 }), (groups) => {
        const read = parseList(String(fieldsOf({ groups })['cache-groups']))
        expect(read.map(([name]) => name)).toEqual(groups)
      }),
    )
  })

  test('are not there where none are set, nor on what is not stored', () => {
    expect(invalidationFields(undefined)).toEqual({})
    expect(invalidationFields({ groups: [] })).toEqual({})
    expect(fieldsOf({ groups: [] })).not.toHaveProperty('cache-groups')
    expect(fieldsOf({ noStore: true, groups: ['a'] })).toEqual({ 'cache-control': 'no-store' })
  })
})

describe('H230 CDN-Cache-Control', () => {
  test('is there only if it was set', () => {
    expect(fieldsOf({ visibility: 'public', maxAge: 60, sharedMaxAge: 60 })).not.toHaveProperty('cdn-cache-control')
    expect(fieldsOf({ cdn: 'max-age=600' })).toEqual({
      'cache-control': 'no-cache',
      'cdn-cache-control': 'max-age=600',
    })
  })

  test('is not there for an authenticated caller, unless what they get is public', () => {
    expect(fieldsOf({ cdn: 'max-age=600' }, authenticated)).toEqual({ 'cache-control': 'private, no-cache' })
    expect(fieldsOf({ cdn: 'max-age=600', visibility: 'public' }, authenticated)).toHaveProperty('cdn-cache-control')
  })
})

describe('a setting is refused', () => {
  test.each<[string, Caching]>([
    ['noStore beside an age', { noStore: true, maxAge: 60 }],
    ['noStore beside visibility', { noStore: true, visibility: 'private' }],
    ['noStore beside a CDN', { noStore: true, cdn: 'max-age=60' }],
    ['noCache beside an age', { noCache: true, maxAge: 60 }],
    ['noCache beside a date', { noCache: true, maxAge: inSeconds(60) }],
    ['noCache beside a shared age', { noCache: true, visibility: 'public', sharedMaxAge: 60 }],
    ['noCache beside staleness', { noCache: true, staleIfError: 60 }],
    ['mustRevalidate beside staleness', { maxAge: 60, mustRevalidate: true, staleWhileRevalidate: 60 }],
    ['a shared age without public', { maxAge: 60, sharedMaxAge: 60 }],
    ['a shared age beside private', { visibility: 'private', sharedMaxAge: 60 }],
    ['a CDN beside private', { visibility: 'private', cdn: 'max-age=60' }],
    ['immutable without an age', { visibility: 'public', immutable: true }],
    ['immutable with none', { maxAge: 0, immutable: true }],
    ['staleness without an age', { staleIfError: 60 }],
    ['an age below zero', { maxAge: -1 }],
    ['a fraction', { maxAge: 1.5 }],
    ['no number', { visibility: 'public', sharedMaxAge: Number.NaN }],
    ['an invalid date', { maxAge: new Date(Number.NaN) }],
    ['a year of five digits', { maxAge: new Date(Date.UTC(10_000, 0)) }],
    ['directives that are none', { cdn: 'Max-Age=60' }],
    ['no directives', { cdn: '' }],
    ['a line break in directives', { cdn: 'max-age=60\r\nset-cookie: a=b' }],
    ['an empty group', { groups: [''] }],
    ['a group that no String holds', { groups: ['Käse'] }],
    ['a group with a line break', { groups: ['a\r\nb'] }],
    ['an unknown visibility', { visibility: 'secret' as 'private' }],
    ['an unknown name', { maxage: 60 } as Caching],
  ])('%s', (_name, caching) => {
    expect(() => checkCaching(caching)).toThrow(TypeError)
  })

  test('with a sentence that says why', () => {
    expect(() => checkCaching({ noStore: true, maxAge: 60 })).toThrow('caching: noStore stands alone.')
  })
})

test.each<[Caching]>([
  [{}],
  [{ noStore: true, groups: ['a'] }],
  [{ noStore: false, maxAge: 60 }],
  [{ noCache: true, maxAge: 0, mustRevalidate: true }],
  [{ visibility: 'public', sharedMaxAge: 60, staleIfError: 60 }],
  [{ maxAge: new Date(0) }],
  [{ cdn: 'no-store' }],
])('%j is a setting', (caching) => {
  expect(() => checkCaching(caching)).not.toThrow()
})

test('whatever passes the check gives one Cache-Control that contradicts nothing', () => {
  const seconds = fc.integer({ min: 0, max: 100 })
  const caching = fc.record(
    {
      maxAge: fc.oneof(
        seconds,
        seconds.map((value) => inSeconds(value - 50)),
      ),
      sharedMaxAge: seconds,
      visibility: fc.constantFrom('public' as const, 'private' as const),
      noStore: fc.boolean(),
      noCache: fc.boolean(),
      mustRevalidate: fc.boolean(),
      immutable: fc.boolean(),
      staleWhileRevalidate: seconds,
      staleIfError: seconds,
      cdn: fc.constant('max-age=60'),
    },
    { requiredKeys: [] },
  )
  const isAccepted = (setting: Caching): boolean => {
    try {
      checkCaching(setting)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(caching.filter(isAccepted), fc.boolean(), fc.boolean(), (setting, isAuthenticated, setsCookie) => {
      const fields = cacheFields(setting, { isAuthenticated, setsCookie, now })
      const names = String(fields['cache-control'])
        .split(', ')
        .map((directive) => directive.split('=')[0])
      expect(new Set(names).size).toBe(names.length)
      expect(names.some((name) => ['no-store', 'no-cache', 'max-age'].includes(name!))).toBe(true)
      const isShareable =
        fields['cdn-cache-control'] !== undefined || names.includes('public') || names.includes('s-maxage')
      if (setsCookie || names.includes('private')) expect(isShareable).toBe(false)
      if (isAuthenticated && setting.visibility !== 'public') expect(names[0]).toMatch(/^(?:private|no-store)$/)
      if (names.includes('no-cache')) expect(names).not.toContain('max-age')
    }),
  )
})
