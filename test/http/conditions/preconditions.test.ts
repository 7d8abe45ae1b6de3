// Preconditions: the rules of section G of the HTTP checklist. 'not-modified' is 304, 'failed' 412, 'malformed' 400.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluatePreconditions, hasCondition, type Conditions } from '../../../src/http/conditions/preconditions.ts'

const strongTag = { opaque: 'v1', weak: false }
const weakTag = { opaque: 'v1', weak: true }
const lastModified = new Date(Date.UTC(1994, 10, 6, 8, 49, 37))
const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'
const BEFORE_LM = 'Sun, 06 Nov 1994 08:49:36 GMT'
const AFTER_LM = 'Sun, 06 Nov 1994 08:49:38 GMT'
const FUTURE = 'Sat, 06 Nov 2094 00:00:00 GMT'

/** Asks the fixture of the checklist, `/articles/1/`, unless told otherwise. */
const ask = (method: string, headers: Record<string, string>, other: Partial<Conditions> = {}) =>
  evaluatePreconditions({
    method,
    headers: new Headers(headers),
    exists: true,
    validators: { entityTag: strongTag, lastModified },
    ...other,
  })

const withWeakTag = { validators: { entityTag: weakTag } }
const withoutTag = { validators: {} }
const missing = { exists: false, validators: {} }

describe('If-None-Match', () => {
  test('H139 uses the weak comparison', () => {
    expect(ask('GET', { 'if-none-match': 'W/"v1"' })).toBe('not-modified')
    expect(ask('GET', { 'if-none-match': '"v1"' }, withWeakTag)).toBe('not-modified')
  })

  test('H140 may be a list', () => {
    expect(ask('GET', { 'if-none-match': '"x", "v1"' })).toBe('not-modified')
  })

  test('H141 without a match gives the full response', () => {
    expect(ask('GET', { 'if-none-match': '"x"' })).toBe('proceed')
  })

  test('H144 a comma inside the tag does not split it', () => {
    const validators = { entityTag: { opaque: 'a,b', weak: false } }
    expect(ask('GET', { 'if-none-match': '"a,b"' }, { validators })).toBe('not-modified')
  })

  test('H145 a list is true of a resource without entity tag', () => {
    expect(ask('GET', { 'if-none-match': '"x"' }, withoutTag)).toBe('proceed')
    expect(ask('PUT', { 'if-none-match': '"x"' }, withoutTag)).toBe('proceed')
  })

  test('H159 guards a PUT that must create', () => {
    expect(ask('PUT', { 'if-none-match': '*' })).toBe('failed')
    expect(ask('PUT', { 'if-none-match': '*' }, missing)).toBe('proceed')
  })

  test('H172 is honoured for HEAD', () => {
    expect(ask('HEAD', { 'if-none-match': '"v1"' })).toBe('not-modified')
  })

  test('A065 1000 tags are all looked at', () => {
    const tags = Array.from({ length: 1000 }, (_, index) => `W/"${index}"`)
    expect(ask('GET', { 'if-none-match': tags.join(', ') })).toBe('proceed')
    expect(ask('GET', { 'if-none-match': [...tags, '"v1"'].join(', ') })).toBe('not-modified')
  })

  test('* is false of whatever exists, with a tag or without', () => {
    expect(ask('GET', { 'if-none-match': '*' })).toBe('not-modified')
    expect(ask('GET', { 'if-none-match': '*' }, withoutTag)).toBe('not-modified')
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'POST'])('a match fails a %s', (method) => {
    expect(ask(method, { 'if-none-match': 'W/"v1"' })).toBe('failed')
  })

  test.each(['v1', '"v1', '*, "v1"'])('a syntax error is malformed: %s', (value) => {
    expect(ask('GET', { 'if-none-match': value })).toBe('malformed')
  })
})

describe('If-Modified-Since', () => {
  test('H147 equal or later is not modified', () => {
    expect(ask('GET', { 'if-modified-since': LM })).toBe('not-modified')
    expect(ask('HEAD', { 'if-modified-since': AFTER_LM })).toBe('not-modified')
  })

  test('H148 earlier is modified', () => {
    expect(ask('GET', { 'if-modified-since': BEFORE_LM })).toBe('proceed')
  })

  test('H149 is ignored when If-None-Match is present', () => {
    expect(ask('GET', { 'if-none-match': '"x"', 'if-modified-since': FUTURE })).toBe('proceed')
    expect(ask('GET', { 'if-none-match': '"x"', 'if-modified-since': FUTURE }, withoutTag)).toBe('proceed')
  })

  test('H150 is ignored for methods other than GET and HEAD', () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'get']) {
      expect(ask(method, { 'if-modified-since': FUTURE })).toBe('proceed')
    }
  })

  test('QUERY, which came after that rule, reads as GET does (RFC 10008 §2.6)', () => {
    expect(ask('QUERY', { 'if-modified-since': FUTURE })).toBe('not-modified')
    expect(ask('QUERY', { 'if-none-match': '"v1"' })).toBe('not-modified')
  })

  test('H151 an invalid date is ignored', () => {
    const values = ['2094-11-06T00:00:00Z', '0', 'Sat, 06 Nov 2094 00:00:00 UTC', `${FUTURE}, ${FUTURE}`, '']
    for (const value of values) expect(ask('GET', { 'if-modified-since': value })).toBe('proceed')
  })

  test('the two old formats of a date count too', () => {
    expect(ask('GET', { 'if-modified-since': 'Sunday, 06-Nov-94 08:49:37 GMT' })).toBe('not-modified')
    expect(ask('GET', { 'if-modified-since': 'Sun Nov  6 08:49:37 1994' })).toBe('not-modified')
  })

  test('milliseconds do not count: the client never saw them', () => {
    const validators = { lastModified: new Date(lastModified.getTime() + 999) }
    expect(ask('GET', { 'if-modified-since': LM }, { validators })).toBe('not-modified')
  })

  test('is ignored where the resource has no date', () => {
    expect(ask('GET', { 'if-modified-since': FUTURE }, withoutTag)).toBe('proceed')
    expect(ask('GET', { 'if-modified-since': FUTURE }, { validators: { lastModified: new Date(Number.NaN) } })).toBe(
      'proceed',
    )
  })
})

describe('If-Match', () => {
  test('H153 uses the strong comparison: a weak tag never matches', () => {
    expect(ask('PUT', { 'if-match': 'W/"v1"' }, withWeakTag)).toBe('failed')
    expect(ask('PUT', { 'if-match': '"v1"' }, withWeakTag)).toBe('failed')
    expect(ask('PUT', { 'if-match': 'W/"v1"' })).toBe('failed')
    expect(ask('PUT', { 'if-match': '"v1"' })).toBe('proceed')
  })

  test('H156 * proceeds on what exists', () => {
    expect(ask('DELETE', { 'if-match': '*' })).toBe('proceed')
    expect(ask('DELETE', { 'if-match': '*' }, withoutTag)).toBe('proceed')
  })

  test('H157 fails a PUT that would create', () => {
    expect(ask('PUT', { 'if-match': '*' }, missing)).toBe('failed')
    expect(ask('PUT', { 'if-match': '"v1"' }, missing)).toBe('failed')
  })

  test('H173 an unquoted tag is a syntax error', () => {
    expect(ask('PUT', { 'if-match': 'v1' })).toBe('malformed')
    expect(ask('PUT', { 'if-match': 'v1' }, missing)).toBe('malformed')
  })

  test('may be a list, of which one must match; an empty one never does', () => {
    expect(ask('PATCH', { 'if-match': '"x", W/"v1", "v1"' })).toBe('proceed')
    expect(ask('PATCH', { 'if-match': '"x", "y"' })).toBe('failed')
    expect(ask('PATCH', { 'if-match': '' })).toBe('failed')
  })

  test('fails on a resource without entity tag', () => {
    expect(ask('PUT', { 'if-match': '"v1"' }, withoutTag)).toBe('failed')
  })

  test('counts for GET too', () => {
    expect(ask('GET', { 'if-match': '"x"' })).toBe('failed')
  })

  test('the resource may compare in its own way, but is not asked about weak tags', () => {
    const asked: string[] = []
    const matchesIfMatch = ({ opaque }: { opaque: string }) => {
      asked.push(opaque)
      return opaque.startsWith('v1.')
    }
    expect(ask('PUT', { 'if-match': '"v1.html"' }, { matchesIfMatch })).toBe('proceed')
    expect(ask('PUT', { 'if-match': '"v1", W/"v1.weak"' }, { matchesIfMatch })).toBe('failed')
    expect(asked).toEqual(['v1.html', 'v1'])
  })
})

describe('If-Unmodified-Since', () => {
  test('H160 older than the last change fails', () => {
    expect(ask('PUT', { 'if-unmodified-since': BEFORE_LM })).toBe('failed')
    expect(ask('PUT', { 'if-unmodified-since': LM })).toBe('proceed')
    expect(ask('PUT', { 'if-unmodified-since': AFTER_LM })).toBe('proceed')
  })

  test('H161 is ignored when If-Match is present', () => {
    expect(ask('PUT', { 'if-match': '"v1"', 'if-unmodified-since': BEFORE_LM })).toBe('proceed')
  })

  test('an invalid date is ignored, and so is any where the resource has none', () => {
    expect(ask('PUT', { 'if-unmodified-since': '1994-11-06' })).toBe('proceed')
    expect(ask('PUT', { 'if-unmodified-since': BEFORE_LM }, withoutTag)).toBe('proceed')
  })

  test('milliseconds do not count: the client never saw them', () => {
    const validators = { lastModified: new Date(lastModified.getTime() + 999) }
    expect(ask('PUT', { 'if-unmodified-since': LM }, { validators })).toBe('proceed')
  })
})

describe('order', () => {
  test('H162 If-Match or If-Unmodified-Since come before If-None-Match, and that before If-Modified-Since', () => {
    expect(ask('GET', { 'if-match': '"v1"', 'if-none-match': '"v1"' })).toBe('not-modified')
    expect(ask('PUT', { 'if-match': '"v1"', 'if-none-match': '"v1"' })).toBe('failed')
    expect(ask('GET', { 'if-match': '"x"', 'if-none-match': '"v1"' })).toBe('failed')
    expect(ask('GET', { 'if-unmodified-since': BEFORE_LM, 'if-none-match': '"v1"' })).toBe('failed')
    expect(ask('GET', { 'if-unmodified-since': LM, 'if-none-match': '"v1"' })).toBe('not-modified')
    expect(ask('GET', { 'if-match': '"v1"', 'if-modified-since': LM })).toBe('not-modified')
    expect(ask('GET', { 'if-none-match': '"v1"', 'if-modified-since': BEFORE_LM })).toBe('not-modified')
  })

  test.each(['OPTIONS', 'TRACE', 'CONNECT'])('conditions of %s are ignored (§13.2.1)', (method) => {
    const headers = { 'if-match': '"x"', 'if-none-match': 'malformed', 'if-unmodified-since': BEFORE_LM }
    expect(ask(method, headers)).toBe('proceed')
  })

  test('no conditions', () => {
    expect(ask('GET', {})).toBe('proceed')
    expect(ask('PUT', {}, missing)).toBe('proceed')
  })
})

test.each([
  ['if-match', true],
  ['if-none-match', true],
  ['if-unmodified-since', true],
  ['if-modified-since', false],
  ['if-range', false],
])('%s as a condition of a write: %s', (name, expected) => {
  expect(hasCondition(new Headers({ [name]: '*' }))).toBe(expected)
  expect(hasCondition(new Headers())).toBe(false)
})

test('never throws', () => {
  const value = fc.option(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', 'W/', ',', ' ', '*', 'v1') })))
  const fields = fc.record({
    'if-match': value,
    'if-none-match': value,
    'if-modified-since': value,
    'if-unmodified-since': value,
  })
  const validators = fc.record(
    { entityTag: fc.record({ opaque: fc.string(), weak: fc.boolean() }), lastModified: fc.date() },
    { requiredKeys: [] },
  )
  const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'OPTIONS', '')
  fc.assert(
    fc.property(method, fields, fc.boolean(), validators, (name, given, exists, state) => {
      const lookUp = new Map<string, string | null>(Object.entries(given))
      const headers = { get: (field: string) => lookUp.get(field) ?? null }
      const outcome = evaluatePreconditions({ method: name, headers, exists, validators: state })
      expect(['proceed', 'not-modified', 'failed', 'malformed']).toContain(outcome)
    }),
  )
})
