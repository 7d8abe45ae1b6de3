// What a class tells about itself, without a request: methods, types, parameters, who may ask, and how it can refuse.

import * as v from 'valibot'
import { describe as group, expect, test } from 'vitest'
import { z } from 'zod'
import {
  at,
  csv,
  describe,
  hal,
  html,
  json,
  jsonPatchJson,
  mergePatchJson,
  query,
  requireUser,
  resource,
  Resource,
  router,
  type BaseClass,
  type MethodDescription,
  type Mount,
  type ResourceDescription,
  type Scheme,
} from 'slumberjs/http'

const only = (given: BaseClass | Mount): ResourceDescription => describe(router([given]))[0]!

const methodOf = (given: BaseClass | Mount, method: string): MethodDescription =>
  only(given).methods.find((each) => each.method === method)!

class All extends resource('/all') {
  GET(): void {}
  POST(): void {}
  QUERY(): void {}
  PUT(): void {}
  PATCH(): void {}
  DELETE(): void {}
}

const basic: Scheme = { challenge: 'Basic realm="x"', authenticate: async () => undefined }

group('methods', () => {
  test('each is safe and idempotent as RFC 9110 §9.2 says', () => {
    const properties = only(All).methods.map(({ method, isSafe, isIdempotent }) => [method, isSafe, isIdempotent])
    expect(properties).toEqual([
      ['GET', true, true],
      ['HEAD', true, true],
      ['POST', false, false],
      ['QUERY', true, true],
      ['PUT', false, true],
      ['PATCH', false, false],
      ['DELETE', false, true],
      ['OPTIONS', true, true],
    ])
  })

  test('a mount narrows them, and sets what it sets', () => {
    const mounted = at('/some', All, { allowedMethods: ['GET'], description: 'Some.', ranges: true })
    expect(only(mounted).methods.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'OPTIONS'])
    expect(only(mounted)).toMatchObject({ path: { path: '/some' }, description: 'Some.', name: 'All' })
    expect(methodOf(mounted, 'GET').hasRanges).toBe(true)
  })

  test('a setting may depend on the method', () => {
    class Varied extends All {
      override get produces() {
        return this.exchange.method === 'POST' ? [html] : [json]
      }
    }
    const produced = only(Varied).methods.map(({ method, produces }) => [method, produces.map(({ name }) => name)])
    expect(produced).toContainEqual(['GET', ['json']])
    expect(produced).toContainEqual(['POST', ['html']])
  })
})

group('types', () => {
  class Typed extends All {
    override readonly produces = [json, csv, hal]
    override readonly acceptsPatch = [mergePatchJson, jsonPatchJson]
    override readonly input = { POST: z.object({ a: z.string() }), PUT: v.object({ a: v.string() }) }
    override readonly output = { GET: z.object({ b: z.number() }) }
  }
  const types = (all: readonly { mediaType: string }[]): readonly string[] => all.map(({ mediaType }) => mediaType)

  test('what it writes, what it reads, and what a PATCH may be', () => {
    expect(types(methodOf(Typed, 'GET').produces)).toEqual([
      'application/json',
      'text/csv; charset=utf-8; header=present',
      'application/hal+json',
    ])
    expect(types(methodOf(Typed, 'GET').accepts)).toEqual([])
    expect(types(methodOf(Typed, 'PUT').accepts)).toEqual(['application/json'])
    expect(types(methodOf(Typed, 'PATCH').accepts)).toEqual([
      'application/merge-patch+json',
      'application/json-patch+json',
    ])
    expect(methodOf(Typed, 'OPTIONS').produces).toEqual([])
  })

  test('schemas, where they have a JSON Schema', () => {
    expect(methodOf(Typed, 'POST')).toMatchObject({ input: { type: 'object', required: ['a'] }, needsContent: true })
    expect(methodOf(Typed, 'PUT')).toMatchObject({ input: undefined, needsContent: true })
    expect(methodOf(Typed, 'PATCH')).toMatchObject({ input: undefined, output: undefined, needsContent: false })
    expect(methodOf(Typed, 'HEAD').output).toMatchObject({ required: ['b'] })
  })
})

group('parameters', () => {
  test('of the path: pattern, optional, rest', () => {
    class Paths extends resource('/a/:id{[0-9]+}/:slug?') {}
    expect(only(Paths).parameters).toEqual([
      { name: 'id', pattern: '[0-9]+', isOptional: false, isRest: false },
      { name: 'slug', pattern: undefined, isOptional: true, isRest: false },
    ])
    class Rest extends resource('/a/:path{.+}') {}
    expect(only(Rest).parameters).toEqual([{ name: 'path', pattern: '.+', isOptional: false, isRest: true }])
  })

  test('of the query: with those of the base; nothing is said where nothing is declared', () => {
    class Paged extends resource('/paged', { query: { page: query.integer({ default: 1 }) } }) {}
    class Found extends resource('/found', { extends: Paged, query: { words: query.text({ name: 'q' }) } }) {}
    expect(only(Found).query?.map(({ name, schema }) => [name, schema])).toEqual([
      ['page', { type: 'integer', default: 1 }],
      ['q', { type: 'string' }],
    ])
    class Undeclared extends Resource {}
    expect(only(at('/x', Undeclared)).query).toBeUndefined()
  })
})

group('who may ask', () => {
  const needs = (given: BaseClass): unknown =>
    Object.fromEntries(only(given).methods.map(({ method, needsUser }) => [method, needsUser]))

  test('everybody, without schemes', () => {
    expect(only(All).challenges).toEqual([])
    expect(methodOf(All, 'GET').needsUser).toBe(false)
    expect(methodOf(All, 'GET').statuses).not.toContain(401)
  })

  test('those with credentials, with schemes; wrong ones are refused where none are needed, too', () => {
    class Closed extends All {
      override readonly schemes = [basic]
    }
    class Open extends Closed {
      override readonly allowsAnonymous = true
    }
    expect(only(Closed).challenges).toEqual(['Basic realm="x"'])
    expect(methodOf(Closed, 'GET')).toMatchObject({ needsUser: true, statuses: expect.arrayContaining([401]) })
    expect(methodOf(Open, 'GET')).toMatchObject({ needsUser: false, statuses: expect.arrayContaining([401]) })
  })

  test('by method, with requireUser', () => {
    class Wall extends resource('/wall') {
      override readonly schemes = [basic]
      override readonly allowsAnonymous = true
      override readonly middleware = [requireUser({ methods: ['POST'] })]
      GET(): void {}
      POST(): void {}
    }
    expect(needs(Wall)).toEqual({ GET: false, HEAD: false, POST: true, OPTIONS: false })
    expect(methodOf(Wall, 'POST').statuses).toEqual(expect.arrayContaining([401, 403]))
    expect(methodOf(Wall, 'GET').statuses).not.toContain(403)
  })
})

group('words', () => {
  test('are made of what is set', () => {
    class Told extends All {
      override readonly requiresCondition = true
      override readonly createsByPut = true
      override readonly rateLimit = { count: 10, window: 60 }
      override readonly languages = ['en', 'de']
      override readonly deprecation = {
        since: new Date('2026-01-01'),
        sunset: new Date('2027-01-01'),
        documentation: '/why',
      }
    }
    expect(only(Told).description).toBe(
      'Has GET, HEAD, POST, QUERY, PUT, PATCH, DELETE and OPTIONS. Answers come as application/json. They come in these languages: ' +
        'en, de. Deprecated since 2026-01-01, there until 2027-01-01: see /why.',
    )
    expect(methodOf(Told, 'PUT').description).toBe(
      'Idempotent: sent twice, it has the effect of once. Creates what does not exist. Needs a condition: send `If-Match` with the ' +
        'entity tag of the state you have seen. At most 10 requests in 60 s.',
    )
  })

  test('those written by hand win: for the whole, or by method', () => {
    class Whole extends All {
      override readonly description = 'All of it.'
    }
    class Each extends All {
      override readonly description = { resource: 'All.', GET: 'Gets it.' }
    }
    expect(only(Whole).description).toBe('All of it.')
    expect(methodOf(Whole, 'GET').description).toBe('Safe: changes nothing.')
    expect(only(Each).description).toBe('All.')
    expect(methodOf(Each, 'GET').description).toBe('Gets it.')
    expect(methodOf(Each, 'PUT').description).toBe('Idempotent: sent twice, it has the effect of once.')
  })
})
