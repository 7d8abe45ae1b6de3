// The decision table: each question with both of its outcomes, the order, and what a resource may answer to a question.
import { describe, expect, test } from 'vitest'
import {
  aboutTheRequest,
  aboutTheTarget,
  GONE,
  json,
  Problem,
  Resource,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  TEMPORARY_REDIRECT,
  PERMANENT_REDIRECT,
  type Principal,
  type ResourceClass,
  type Scheme,
  type Verdict,
} from 'slumberjs/http'
import { Article, Articles, ask, Creatable, html, Missing, outcomeOf, problemOf, type Asked } from './fixture.ts'

const ada: Principal = { name: 'ada', superuser: false, can: () => true }

class Guarded extends Article {
  override get schemes(): readonly Scheme[] {
    return [
      { challenge: 'Bearer', authenticate: async ({ headers }) => (headers.has('authorization') ? ada : undefined) },
    ]
  }
}

/** A resource that says no to one question. */
const saying = (question: string, verdict: unknown): ResourceClass<Readonly<Record<string, string>>> => {
  class Saying extends Article {}
  Object.defineProperty(Saying.prototype, question, { value: () => verdict })
  return Saying
}

class Small extends Articles {
  override get contentLimits(): { readonly size: number; readonly depth: number } {
    return { size: 8, depth: 2 }
  }
}

class OnlyHtml extends Article {
  override get produces() {
    return [html]
  }
}

class Strict extends Article {
  override requiresCondition(): boolean {
    return true
  }
}

type Case = readonly [resource: ResourceClass<Readonly<Record<string, string>>>, method: string, asked: Asked]

const anyGet: Case = [Article, 'GET', {}]

/** Question → a request that passes, a request that does not, and how that one ends. */
const cases: Readonly<Record<string, { readonly yes: Case; readonly no: Case; readonly outcome: string }>> = {
  isAvailable: { yes: anyGet, no: [saying('isAvailable', false), 'GET', {}], outcome: '503 unavailable' },
  isKnownMethod: { yes: anyGet, no: [Article, 'FROB', {}], outcome: '501 method-not-implemented' },
  isUriShort: { yes: anyGet, no: [Article, 'GET', { path: `/${'a'.repeat(9000)}` }], outcome: '414 uri-too-long' },
  isMethodAllowed: { yes: anyGet, no: [Article, 'POST', {}], outcome: '405 method-not-allowed' },
  isWellFormed: { yes: anyGet, no: [saying('isWellFormed', false), 'GET', {}], outcome: '400 malformed-request' },
  isAuthenticated: {
    yes: [Guarded, 'GET', { headers: { authorization: 'Signature ada' } }],
    no: [Guarded, 'GET', {}],
    outcome: '401 unauthenticated',
  },
  isAllowed: { yes: anyGet, no: [saying('isAllowed', false), 'GET', {}], outcome: '403 forbidden' },
  isContentEncodingKnown: {
    yes: [Articles, 'POST', { body: '1', headers: { 'content-encoding': 'Identity' } }],
    no: [Articles, 'POST', { body: '1', headers: { 'content-encoding': 'br' } }],
    outcome: '415 unsupported-coding',
  },
  isContentTypeKnown: {
    yes: [Articles, 'POST', { body: '1' }],
    no: [Articles, 'POST', { body: '1', headers: { 'content-type': 'text/csv' } }],
    outcome: '415 unsupported-media-type',
  },
  isContentReceived: {
    yes: [Small, 'POST', { body: '12345678' }],
    no: [Small, 'POST', { body: '123456789' }],
    outcome: '413 content-too-large',
  },
  isOptions: { yes: [Article, 'OPTIONS', {}], no: anyGet, outcome: '200' },
  isAcceptable: {
    yes: anyGet,
    no: [OnlyHtml, 'GET', { headers: { accept: 'text/csv' } }],
    outcome: '406 not-acceptable',
  },
  exists: { yes: anyGet, no: [Missing, 'GET', {}], outcome: '404 not-found' },
  isConditionGiven: {
    yes: [Strict, 'DELETE', { headers: { 'if-match': '"v1"' } }],
    no: [Strict, 'DELETE', {}],
    outcome: '428 condition-required',
  },
  doConditionsHold: {
    yes: [Article, 'DELETE', { headers: { 'if-match': '"v1"' } }],
    no: [Article, 'DELETE', { headers: { 'if-match': '"v0"' } }],
    outcome: '412 precondition-failed',
  },
}

const table = [...aboutTheRequest, ...aboutTheTarget]

test('every decision of the table has its cases here, in the order of the table', () => {
  expect(Object.keys(cases)).toEqual(table.map(({ name }) => name))
})

describe('both outcomes', () => {
  test.each(Object.entries(cases))('%s', async (_name, { yes, no, outcome }) => {
    expect((await ask(...yes)).status).toBeLessThan(300)
    expect(await outcomeOf(await ask(...no))).toBe(outcome)
  })
})

test('each decision has a question and a section', () => {
  for (const { question, section } of table) {
    expect(question.endsWith('?')).toBe(true)
    expect(section).toMatch(/^RFC \d+ §/)
  }
})

test('of two that say no, the first of the table answers', async () => {
  const names = ['isAvailable', 'isWellFormed', 'isAllowed', 'exists']
  const statuses = [503, 400, 403, 404]
  for (const first of names.keys()) {
    class Unwilling extends Article {}
    for (const name of names.slice(first)) Object.defineProperty(Unwilling.prototype, name, { value: () => false })
    expect((await ask(Unwilling, 'GET')).status).toBe(statuses[first])
  }
})

describe('an answer of the resource to a question', () => {
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
    class Gone extends Article {
      override exists(): Verdict {
        return GONE
      }
    }
    expect((await problemOf(await ask(Gone, 'GET')))['title']).toBe('Gone')
  })

  test('H098 moved for good is 308, with the method kept', async () => {
    const moved = saying('exists', PERMANENT_REDIRECT(undefined, { location: '/articles/1/' }))
    const response = await ask(moved, 'PUT', { body: '{}' })
    expect(response.status).toBe(308)
    expect(response.headers.get('location')).toBe('/articles/1/')
  })

  test('H099 moved for a while is 307', async () => {
    const response = await ask(saying('exists', TEMPORARY_REDIRECT(undefined, { location: '/articles/1/' })), 'GET')
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe('/articles/1/')
  })

  test('it may come late, and from a thenable that is no Promise', async () => {
    expect((await ask(saying('exists', Promise.resolve(SEE_OTHER)), 'GET')).status).toBe(303)
    // oxlint-disable-next-line unicorn/no-thenable -- query builders are such things
    const thenable = { then: (resolve: (verdict: boolean) => void) => resolve(true) }
    expect((await ask(saying('exists', thenable), 'GET')).status).toBe(200)
  })

  test('a Problem may be thrown at any question', async () => {
    class Picky extends Article {
      override isWellFormed(): boolean {
        throw new Problem(400, 'No.', { code: 'picky' })
      }
    }
    expect(await outcomeOf(await ask(Picky, 'GET'))).toBe('400 picky')
  })

  test.each([undefined, null, 0, 1, '', 'yes', {}, [], ada])('%j is not a yes', async (verdict) => {
    expect((await ask(saying('isAllowed', verdict), 'GET')).status).toBe(403)
    expect((await ask(saying('isAuthenticated', verdict), 'GET')).status).toBe(403)
    expect((await ask(saying('exists', verdict), 'DELETE')).status).toBe(404)
  })
})

test('H106 a PUT where creation is not allowed is 404', async () => {
  expect((await ask(Missing, 'PUT', { body: '{}' })).status).toBe(404)
  expect((await ask(Creatable, 'PUT', { body: '{}' })).status).toBe(201)
  for (const method of ['GET', 'DELETE']) expect((await ask(Creatable, method)).status).toBe(404)
})

test('what is not there is not asked for its tag or its date', async () => {
  class Nothing extends Creatable {
    override entityTag(): string {
      throw new Error('no row')
    }
    override lastModified(): Date {
      throw new Error('no row')
    }
  }
  expect((await ask(Nothing, 'PUT', { body: '{}' })).status).toBe(201)
})

test('a resource without handlers has OPTIONS', async () => {
  expect((await ask(Resource, 'GET')).status).toBe(405)
  expect((await ask(Resource, 'OPTIONS')).status).toBe(204)
  expect(json.name).toBe('json')
})
