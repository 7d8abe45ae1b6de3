// What a resource may answer to a question of the decision table, besides yes and no: answers given, thrown, and late.
import { describe, expect, test } from 'vitest'
import {
  aboutTheRequest,
  aboutTheTarget,
  Answer,
  GONE,
  json,
  memoryStore,
  PERMANENT_REDIRECT,
  Problem,
  Resource,
  resource,
  router,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  TEMPORARY_REDIRECT,
  type Verdict,
} from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ada, asking, saying, setting, throwing } from './asking.ts'
import { Article, Articles, ask, Creatable, Missing, outcomeOf, problemOf } from '../fixture.ts'

/** The questions that are methods of a resource, with a resource and a method for which each is asked. */
const questions = [
  ['isAvailable', 'GET', Article],
  ['isUriShort', 'GET', Article],
  ['isWellFormed', 'GET', Article],
  ['isAuthenticated', 'GET', Article],
  ['isAllowed', 'GET', Article],
  ['exists', 'GET', Article],
  ['isGone', 'GET', Missing],
  ['isContentValid', 'POST', Articles],
  ['hasConflict', 'DELETE', Article],
] as const

/** What may be thrown, anywhere. */
const thrown = [
  ['a Problem', () => new Problem(451, 'No.', { code: 'no' }), 451],
  ['an Answer', () => new Answer(303, undefined, { location: '/b' }), 303],
  ['a status constant', () => SEE_OTHER, 303],
  ['a status constant with content', () => [GONE, 'Long ago.'], 410],
  ['a Response', () => new Response('moved', { status: 307, headers: { location: '/b' } }), 307],
  ['a fault', () => new Error('secret'), 500],
] as const

describe.each(questions)('%s', (question, method, base) => {
  const bodyOf = method === 'POST' ? { body: '1' } : {}

  test.each(thrown)('may throw %s', async (_what, value, status) => {
    const { response, trace } = await asking(throwing(question, value(), base), method, bodyOf)(true)
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain('secret')
    expect(trace.at(-1)).toBe(`${question};own`)
  })

  test.each([GONE, GONE(), new Answer(410), Promise.resolve(GONE)])('may answer %o', async (value) => {
    const { response, trace } = await asking(saying(question, value, base), method, bodyOf)(true)
    expect(response.status).toBe(410)
    expect(trace.at(-1)).toBe(`${question};own`)
  })

  test('may say so late, and with a thenable that is no Promise', async () => {
    const statusOf = async (verdict: unknown) => (await ask(saying(question, verdict, base), method, bodyOf)).status
    for (const verdict of [true, false]) {
      const status = await statusOf(verdict)
      // oxlint-disable-next-line unicorn/no-thenable -- query builders are such things
      const thenable = { then: (resolve: (given: boolean) => void) => resolve(verdict) }
      expect(await statusOf(Promise.resolve(verdict))).toBe(status)
      expect(await statusOf(thenable)).toBe(status)
    }
  })

  test.each([undefined, null, 0, 1, '', 'yes', {}, [], ada, new Response('yes')])(
    '%o is not a yes',
    async (verdict) => {
      const no = await ask(saying(question, false, base), method, bodyOf)
      expect((await ask(saying(question, verdict, base), method, bodyOf)).status).toBe(no.status)
    },
  )
})

test('every question that a resource can override is among these', () => {
  const names = [...aboutTheRequest, ...aboutTheTarget].map(({ name }) => name)
  const overridable = names.filter((name) => name in Resource.prototype)
  expect(questions.map(([name]) => name as string)).toEqual(overridable)
})

test('a constructor may throw, also where plain absence was asked for before', async () => {
  class Broken extends resource('/broken/:id?') {
    readonly length = this.params.id === undefined ? 0 : BigInt(this.params.id)
    GET(): unknown {
      return String(this.length)
    }
  }
  const app = router([Broken], { logger: silentLogger })
  expect((await app.fetch(new Request('http://h/nothing'))).status).toBe(404)
  expect((await app.fetch(new Request('http://h/broken/x'))).status).toBe(500)
})

describe('what it says', () => {
  test('H052 without a known end there is no Retry-After', async () => {
    const response = await ask(saying('isAvailable', false), 'GET')
    expect(response.status).toBe(503)
    expect(response.headers.has('retry-after')).toBe(false)
  })

  test('H050 an unavailable resource may say when to come back', async () => {
    const down = saying('isAvailable', SERVICE_UNAVAILABLE(undefined, { 'retry-after': '20' }))
    const response = await ask(down, 'GET')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('20')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('H097 what is known to be gone is 410', async () => {
    for (const gone of [saying('exists', GONE), saying('isGone', true, Missing)]) {
      expect((await problemOf(await ask(gone, 'GET')))['title']).toBe('Gone')
    }
  })

  test('H098 moved for good is 308, with the method kept', async () => {
    const location = '/articles/1/'
    for (const moved of [
      saying('exists', PERMANENT_REDIRECT(undefined, { location })),
      saying('movedTo', location, Missing),
    ]) {
      const response = await ask(moved, 'PUT', { body: '{}' })
      expect(response.status).toBe(308)
      expect(response.headers.get('location')).toBe(location)
    }
  })

  test('H099 moved for a while is 307', async () => {
    const location = '/articles/1/'
    for (const moved of [
      saying('exists', TEMPORARY_REDIRECT(undefined, { location })),
      saying('temporarilyAt', location, Missing),
    ]) {
      const response = await ask(moved, 'GET')
      expect(response.status).toBe(307)
      expect(response.headers.get('location')).toBe(location)
    }
  })

  test('H106 a PUT where creation is not allowed is 404', async () => {
    expect((await ask(Missing, 'PUT', { body: '{}' })).status).toBe(404)
    expect((await ask(Creatable, 'PUT', { body: '{}' })).status).toBe(201)
    for (const method of ['GET', 'DELETE']) expect((await ask(Creatable, method)).status).toBe(404)
  })

  test('what a question answers is written as what a handler returns, a problem with its code', async () => {
    class Picky extends Article {
      override isWellFormed(): Verdict {
        throw new Problem(400, 'No.', { code: 'picky' })
      }
    }
    expect(await outcomeOf(await ask(Picky, 'GET'))).toBe('400 picky')
  })
})

test('what is not there is not asked for its tag or its date', async () => {
  const unasked = throwing('entityTag', new Error('no row'), throwing('lastModified', new Error('no row'), Creatable))
  expect((await ask(unasked, 'PUT', { body: '{}' })).status).toBe(201)
  expect((await ask(unasked, 'PUT', { body: '{}', headers: { 'if-none-match': '*' } })).status).toBe(201)
})

test('nor is what a write without a condition is about', async () => {
  const unasked = throwing('entityTag', new Error('unasked'), throwing('lastModified', new Error('unasked')))
  expect((await ask(unasked, 'DELETE')).status).toBe(204)
  expect((await ask(unasked, 'DELETE', { headers: { 'if-match': '"v1"' } })).status).toBe(500)
})

test('where something is there, it is not asked where else it may be', async () => {
  for (const question of ['movedTo', 'temporarilyAt', 'isGone']) {
    expect((await ask(throwing(question, new Error('asked')), 'GET')).status).toBe(200)
    expect((await ask(throwing(question, new Error('asked'), Creatable), 'PUT', { body: '{}' })).status).toBe(500)
  }
})

test('a condition is needed for the methods that are named, or for all that replace or remove', async () => {
  const statuses = async (requiresCondition: boolean | readonly string[]) => {
    const asked = { body: '{}' }
    const writes = [asking(setting(Articles, { requiresCondition }), 'POST', asked)]
    for (const method of ['PUT', 'PATCH', 'DELETE', 'GET']) {
      const type = { headers: { 'content-type': 'application/merge-patch+json' } }
      const content = { PUT: asked, PATCH: { ...asked, ...type } }[method] ?? {}
      writes.push(asking(setting(Article, { requiresCondition }), method, content))
    }
    return await Promise.all(writes.map(async (write) => (await write(true)).response.status))
  }
  expect(await statuses(true)).toEqual([201, 428, 428, 428, 200])
  expect(await statuses(['POST', 'DELETE'])).toEqual([428, 204, 200, 428, 200])
  expect(await statuses(false)).toEqual([201, 204, 200, 204, 200])
})

test('a count by address and one by caller are told in one list', async () => {
  const rateLimit = [
    { count: 5, window: 60, name: 'caller' },
    { count: 9, window: 60, by: 'address', name: 'address' },
  ] as const
  const { headers } = await ask(setting(Article, { rateLimit, sharedStore: memoryStore() }), 'GET')
  expect(headers.get('ratelimit-policy')).toBe('"address";q=9;w=60, "caller";q=5;w=60')
  expect(headers.get('ratelimit')).toBe('"address";r=8;t=60, "caller";r=4;t=60')
})

test('a resource without handlers has OPTIONS', async () => {
  expect((await ask(Resource, 'GET')).status).toBe(405)
  expect((await ask(Resource, 'OPTIONS')).status).toBe(204)
  expect((await ask(setting(Article, { ranges: false }), 'OPTIONS')).headers.get('accept-ranges')).toBe('none')
  expect((await ask(setting(Article, { ranges: true }), 'OPTIONS')).headers.get('accept-ranges')).toBe('bytes')
  expect(json.name).toBe('json')
})
