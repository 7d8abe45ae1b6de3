// Conditional requests through the door: section G of the HTTP checklist, where it is about more than the evaluation itself
// (which is in preconditions.test.ts).
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Article, ask, Creatable, Missing, outcomeOf, problemOf } from '../fixture.ts'

const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'

const tagged = (entityTag: unknown) => {
  class Tagged extends Article {}
  Object.defineProperty(Tagged.prototype, 'entityTag', { value: () => entityTag })
  return Tagged
}

const statusOf = async (method: string, headers: Record<string, string>, resource: typeof Article = Article) =>
  (await ask(resource, method, { headers, ...(method === 'PUT' ? { body: '{}' } : {}) })).status

afterEach(() => {
  vi.useRealTimers()
})

test('H138 an entity tag is quoted, a weak one has W/ before it', async () => {
  expect((await ask(Article, 'GET')).headers.get('etag')).toBe('"v1"')
  expect((await ask(tagged({ opaque: 'v1', weak: true }), 'GET')).headers.get('etag')).toBe('W/"v1"')
  expect((await ask(tagged(undefined), 'GET')).headers.has('etag')).toBe(false)
})

describe('304', () => {
  test('H146 has the fields of the 200 that say something of the state, and no content', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00.900Z'), toFake: ['Date'] })
    const ok = Object.fromEntries((await ask(Article, 'GET')).headers)
    const response = await ask(Article, 'GET', { headers: { 'if-none-match': '"v1"' } })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
    expect(ok['content-type']).toBe('application/json')
    delete ok['content-type']
    delete ok['last-modified'] // the tag says it
    expect(Object.fromEntries(response.headers)).toEqual({ ...ok, 'request-id': response.headers.get('request-id') })
    expect(ok).toMatchObject({ etag: '"v1"', vary: 'accept', 'cache-control': 'no-cache' })
  })

  test('H139 by the weak comparison', async () => {
    expect(await statusOf('GET', { 'if-none-match': 'W/"v1"' })).toBe(304)
  })

  test('H172 for HEAD too', async () => {
    expect(await statusOf('HEAD', { 'if-none-match': '"v1"' })).toBe(304)
  })

  test('H145 not of a list where there is no tag', async () => {
    expect(await statusOf('GET', { 'if-none-match': '"x"' }, tagged(undefined))).toBe(200)
  })

  test('H152 by a date in each of the three formats, of which one is sent', async () => {
    for (const date of [LM, 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994']) {
      expect(await statusOf('GET', { 'if-modified-since': date })).toBe(304)
    }
    expect((await ask(Article, 'GET')).headers.get('last-modified')).toBe(LM)
  })

  test('H151 not by what is no HTTP date', async () => {
    for (const date of ['2094-11-06T00:00:00Z', '0', `${LM}, ${LM}`, 'Sun, 06 Nov 2094 08:49:37 UTC']) {
      expect(await statusOf('GET', { 'if-modified-since': date })).toBe(200)
    }
  })

  test('H150 never for a write', async () => {
    expect(await statusOf('PUT', { 'if-modified-since': 'Sat, 06 Nov 2094 00:00:00 GMT' })).toBe(204)
  })
})

describe('what is not there', () => {
  test('H143 If-None-Match: * on a GET of it is 404', async () => {
    expect(await statusOf('GET', { 'if-none-match': '*' }, Missing)).toBe(404)
  })

  test('H157 If-Match on a PUT that could create it is 412', async () => {
    expect(await statusOf('PUT', { 'if-match': '*' }, Creatable)).toBe(412)
  })

  test.each(['GET', 'DELETE', 'PATCH', 'PUT'])('H158 If-Match on a %s of it is ignored: 404', async (method) => {
    const headers = { 'if-match': '"v1"', 'content-type': 'application/merge-patch+json' }
    const resource = Missing
    const type = method === 'PUT' ? { 'content-type': 'application/json' } : {}
    expect(await statusOf(method, { ...headers, ...type }, resource)).toBe(404)
  })

  test('H159 If-None-Match: * lets a PUT create only', async () => {
    expect(await statusOf('PUT', { 'if-none-match': '*' })).toBe(412)
    expect(await statusOf('PUT', { 'if-none-match': '*' }, Creatable)).toBe(201)
  })
})

test('H164 conditions come before the content is processed', async () => {
  const response = await ask(Article, 'PUT', { headers: { 'if-match': '"v0"' }, body: '{' })
  expect(await outcomeOf(response)).toBe('412 precondition-failed')
})

test('H173 an unquoted tag is 400', async () => {
  expect(await outcomeOf(await ask(Article, 'DELETE', { headers: { 'if-match': 'v1' } }))).toBe('400 malformed-header')
  expect(await outcomeOf(await ask(Article, 'GET', { headers: { 'if-none-match': 'v1' } }))).toBe(
    '400 malformed-header',
  )
})

describe('a resource that demands a condition', () => {
  class Strict extends Article {
    override get requiresCondition(): boolean {
      return true
    }
  }

  test('H165 a PUT without one is 428, and learns of If-Match', async () => {
    const response = await ask(Strict, 'PUT', { body: '{}' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await problemOf(response)).toMatchObject({ status: 428, detail: expect.stringContaining('If-Match') })
  })

  test('H166 PATCH and DELETE too, GET and HEAD never', async () => {
    const type = { 'content-type': 'application/merge-patch+json' }
    expect(await statusOf('PATCH', type, Strict)).toBe(428)
    expect(await statusOf('DELETE', {}, Strict)).toBe(428)
    expect(await statusOf('GET', {}, Strict)).toBe(200)
    expect(await statusOf('HEAD', {}, Strict)).toBe(200)
  })

  test.each([
    [204, { 'if-match': '"v1"' }],
    [204, { 'if-match': '*' }],
    [204, { 'if-unmodified-since': LM }],
    [412, { 'if-none-match': '*' }],
    [428, { 'if-none-match': '"v2"' }],
    [428, { 'if-modified-since': LM }],
  ])('H165 is answered %i where it is given %j', async (status, headers) => {
    expect(await statusOf('DELETE', headers, Strict)).toBe(status)
  })
})

test('a 412 says whether something is there already, or is another by now', async () => {
  const detailOf = async (headers: Record<string, string>) =>
    (await problemOf(await ask(Article, 'PUT', { body: '{}', headers })))['detail']
  expect(await detailOf({ 'if-none-match': ' * ' })).toBe('There is something here already.')
  expect(await detailOf({ 'if-none-match': '"v1"' })).toBe('The state has changed since.')
  expect(await detailOf({ 'if-match': '"v2"' })).toBe('The state has changed since.')
  expect(await detailOf({ 'if-match': 'W/"v1"' })).toBe('A weak entity tag never matches If-Match.')
  expect(await detailOf({ 'if-match': '"v2", W/"v1"' })).toBe('The state has changed since.')
  expect(await detailOf({ 'if-match': 'W/"v1"', 'if-none-match': '*' })).toBe(
    'A weak entity tag never matches If-Match.',
  )
  expect(await detailOf({ 'if-match': '"v2"', 'if-none-match': '*' })).toBe('The state has changed since.')
})
