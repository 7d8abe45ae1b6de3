// How a resource can refuse, or lead elsewhere, as its description tells: from the table of decisions, and by what it overrides.

import { describe as group, expect, test } from 'vitest'
import { z } from 'zod'
import {
  aboutTheRequest,
  aboutTheTarget,
  at,
  describe,
  resource,
  router,
  type BaseClass,
  type MethodDescription,
  type Mount,
  type Settings,
} from 'slumberjs/http'
import { possible } from '../../../src/http/openapi/describe-statuses.ts'
import { app } from '../openapi-app/app.ts'
import requests from '../openapi-app/requests.json' with { type: 'json' }

class All extends resource('/all') {
  GET(): void {}
  POST(): void {}
  QUERY(): void {}
  PUT(): void {}
  PATCH(): void {}
  DELETE(): void {}
}

const methodsOf = (given: BaseClass | Mount): readonly MethodDescription[] => describe(router([given]))[0]!.methods

const statusesOf = (given: BaseClass | Mount, method: string): readonly number[] =>
  methodsOf(given).find((each) => each.method === method)!.statuses

/** What a class adds to what `All` can answer. */
const added = (given: BaseClass | Mount, method: string): readonly number[] => {
  const usual = statusesOf(All, method)
  return statusesOf(given, method).filter((status) => !usual.includes(status))
}

group('statuses', () => {
  test('without anything set', () => {
    expect(statusesOf(All, 'GET')).toEqual([400, 406, 414])
    expect(statusesOf(All, 'DELETE')).toEqual([400, 406, 414])
    expect(statusesOf(All, 'PUT')).toEqual([400, 406, 413, 414, 415])
  })

  test.for<readonly [question: string, method: string, statuses: readonly number[]]>([
    ['isAvailable', 'GET', [503]],
    ['isAllowed', 'GET', [403]],
    ['isAuthenticated', 'GET', [403]],
    ['exists', 'GET', [404]],
    ['movedTo', 'GET', [308]],
    ['temporarilyAt', 'GET', [307]],
    ['isGone', 'GET', [410]],
    ['hasConflict', 'PUT', [409]],
    ['hasConflict', 'GET', []],
    ['isContentValid', 'PUT', [422]],
    ['isContentValid', 'GET', []],
    ['entityTag', 'GET', [304, 412]],
    ['entityTag', 'DELETE', [412]],
    ['lastModified', 'GET', [304, 412]],
    ['lastModified', 'DELETE', [412]],
  ])('whoever answers %s can answer %s with %j, too', ([question, method, statuses]) => {
    class Asked extends All {}
    Object.defineProperty(Asked.prototype, question, { value: () => undefined })
    expect(added(Asked, method)).toEqual(statuses)
  })

  test.for<readonly [Partial<Settings>, method: string, statuses: readonly number[]]>([
    [{ input: { PUT: z.string() } }, 'PUT', [422]],
    [{ input: { PUT: z.string() } }, 'POST', []],
    [{ requiresCondition: true }, 'PUT', [428]],
    [{ requiresCondition: true }, 'POST', []],
    [{ requiresCondition: ['POST'] }, 'POST', [428]],
    [{ needsLength: true }, 'PUT', [411]],
    [{ rateLimit: { count: 1 } }, 'GET', [429]],
    [{ ranges: true }, 'GET', [416]],
    [{ ranges: true }, 'HEAD', []],
    [{ createsByPut: true }, 'PUT', [412]],
    [{ createsByPut: true }, 'GET', []],
  ])('with %o a %s can end in %j, too', ([settings, method, statuses]) => {
    expect(added(at('/all', All, settings), method)).toEqual(statuses)
  })

  test('a PUT that creates has no 404, but a 412 for If-None-Match: *', () => {
    class Creates extends All {
      override readonly createsByPut = true
      override exists(): boolean {
        return false
      }
    }
    expect(added(Creates, 'PUT')).toEqual([412])
    expect(added(Creates, 'GET')).toEqual([404])
  })

  test('idempotency, of the methods that are not idempotent', () => {
    class Keyed extends All {
      override readonly idempotency = { required: true }
    }
    expect(added(Keyed, 'POST')).toEqual(expect.arrayContaining([409, 422]))
    expect(added(Keyed, 'PATCH')).toEqual(expect.arrayContaining([409, 422]))
    expect(added(Keyed, 'PUT')).toEqual([])
    expect(methodsOf(Keyed).map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      'none',
      'none',
      'needed',
      'none',
      'none',
      'needed',
      'none',
      'none',
    ])
  })

  test('what is said of a decision is said of one that there is', () => {
    const names = [...aboutTheRequest, ...aboutTheTarget].map(({ name }) => name)
    expect(Object.keys(possible).filter((name) => !names.includes(name))).toEqual([])
  })

  test('every answer of the app has a status that its description has', async () => {
    const resources = describe(app)
    for (const {
      path,
      method = 'GET',
      headers = {},
      json: data,
      body = JSON.stringify(data),
      status,
    } of requests as readonly {
      readonly path: string
      readonly method?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly json?: unknown
      readonly body?: string
      readonly status: number
    }[]) {
      const { pathname } = new URL(path, 'http://h')
      const found = resources.find((each) => each.path.read(pathname) !== undefined)
      const type = data === undefined ? {} : { 'content-type': 'application/json' }
      const asked = new Request(`http://h${path}`, {
        method,
        headers: { ...type, ...headers },
        ...(body === undefined ? {} : { body }),
      })
      const response = await app.fetch(asked)
      expect([path, response.status]).toEqual([path, status])
      if (found === undefined || status < 300) continue
      expect([path, found.methods.find((each) => each.method === method)?.statuses]).toEqual([
        path,
        expect.arrayContaining([status]),
      ])
    }
  })
})
