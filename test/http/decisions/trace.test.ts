// The way through the decision table, as `x-slumber-trace` tells it; and that who is told it gets the answer that all others get.
import * as fc from 'fast-check'
import { parseList, Token } from 'structured-headers'
import { expect, test } from 'vitest'
import { aboutTheRequest, aboutTheTarget, GONE, Resource, router, type ResourceClass } from 'slumberjs/http'
import { asking, bearer, saying, setting, throwing } from './asking.ts'
import { Article, Articles, ask, Creatable, html, Missing } from '../fixture.ts'
import { seed } from '../../seed.ts'

const Traced = setting(Article, { trace: true })
const names = [...aboutTheRequest, ...aboutTheTarget].map(({ name }) => name)

test('it is there only where a resource sets `trace`, whatever the request asks for', async () => {
  const headers = { 'x-slumber-trace': '?1', prefer: 'trace' }
  expect((await ask(Article, 'GET', { headers })).headers.has('x-slumber-trace')).toBe(false)
  expect((await ask(Article, 'FROB', { headers })).headers.has('x-slumber-trace')).toBe(false)
  expect((await ask(Traced, 'GET', { headers })).headers.has('x-slumber-trace')).toBe(true)
})

test('it is a Structured Field List: tokens, each with at most one parameter', async () => {
  for (const [resource, method] of [
    [Traced, 'GET'],
    [Traced, 'FROB'],
    [setting(Missing, { trace: true }), 'DELETE'],
  ] as const) {
    const field = (await ask(resource, method)).headers.get('x-slumber-trace') ?? ''
    const list = parseList(field)
    expect(list.length).toBeGreaterThan(1)
    for (const entry of field.split(', ')) expect(names).toContain(entry.split(';')[0])
    for (const [item, parameters] of list) {
      expect(item).toBeInstanceOf(Token)
      expect([[], [['no', true]], [['own', true]]]).toContainEqual([...parameters])
    }
  }
})

test('it tells the way of a GET to its end', async () => {
  const { trace } = await asking(Article, 'GET')(true)
  expect(trace.join(', ')).toBe(
    'isAvailable, isKnownMethod, isUriShort, isAnsweredBeforeAuth;no, isMethodAllowed, areFieldsWellFormed, ' +
      'isQueryWellFormed, isWellFormed, isAddressWithinLimit, isAuthenticated, isAllowed, isCallerWithinLimit, ' +
      'isAnsweredByMiddleware;no, isOptions;no, isAcceptable, exists, isMoved;no, isElsewhere;no, isGone;no, ' +
      'isThereOrCreated, areConditionsWellFormed, doesIfMatchHold, isUnmodifiedSince, doesIfNoneMatchHold, isModifiedSince',
  )
})

test.each([
  ['a no', asking(saying('isAllowed', false), 'GET'), 'isAllowed;no'],
  ['a yes that is an end', asking(saying('hasConflict', true), 'DELETE'), 'hasConflict'],
  ['an answer', asking(saying('isAllowed', GONE), 'GET'), 'isAllowed;own'],
  ['a thrown answer', asking(throwing('isAllowed', GONE), 'GET'), 'isAllowed;own'],
  ['a fault', asking(throwing('exists', new Error('no')), 'GET'), 'exists;own'],
  ['content that cannot be read', asking(Articles, 'POST', { body: '{' }), 'isContentReadable;own'],
])('it ends with %s', async (_what, one, last) => {
  const { trace } = await one(true)
  expect(trace.at(-1)).toBe(last)
  expect(new Set(trace).size).toBe(trace.length)
})

test('it is on every answer: of HEAD, without content, and where there is no resource', async () => {
  expect((await ask(Traced, 'HEAD')).headers.has('x-slumber-trace')).toBe(true)
  expect((await ask(Traced, 'GET', { headers: { 'if-none-match': '*' } })).headers.has('x-slumber-trace')).toBe(true)
  const nothing = await router([], { defaults: { trace: true } }).fetch(new Request('http://h/'))
  expect(nothing.status).toBe(404)
  expect(nothing.headers.get('x-slumber-trace')).toMatch(/, isAllowed;own$/)
})

const verdicts = fc.constantFrom<unknown>(
  true,
  true,
  true,
  true,
  false,
  GONE,
  Promise.resolve(true),
  Promise.resolve(false),
  'yes',
)
const questions = [
  'isAvailable',
  'isUriShort',
  'isWellFormed',
  'isAuthenticated',
  'isAllowed',
  'exists',
  'movedTo',
  'isGone',
  'isContentValid',
  'hasConflict',
]
const resources = fc.record({
  base: fc.constantFrom<ResourceClass>(Article, Articles, Creatable, Resource),
  says: fc.dictionary(fc.constantFrom(...questions), verdicts, { maxKeys: 3 }),
  settings: fc.record(
    {
      schemes: fc.constant([bearer]),
      allowedMethods: fc.constant(['GET', 'PUT']),
      requiresCondition: fc.boolean(),
      produces: fc.constant([html]),
      middleware: fc.boolean().map((beforeAuth) => [{ name: 'any', beforeAuth, request: () => undefined }]),
    },
    { requiredKeys: [] },
  ),
})
const requests = fc.record({
  method: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'QUERY', 'PUT', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'FROB'),
  path: fc.constantFrom('/', '/', '/?a=b', '/?%ff'),
  headers: fc.record(
    {
      authorization: fc.constantFrom('Bearer ada', 'Bearer ada', 'Bearer eve', 'a b, c d'),
      accept: fc.constantFrom('text/html', 'text/csv', '*/*'),
      'content-type': fc.constantFrom('application/json', 'application/merge-patch+json', 'text/csv', '/'),
      'if-match': fc.constantFrom('*', '"v1"', '"v0"', 'v1'),
      'if-none-match': fc.constantFrom('*', '"v1"', '"v0"'),
      'content-range': fc.constant('bytes 0-1/2'),
    },
    { requiredKeys: [] },
  ),
  body: fc.constantFrom('{}', '{}', '{', ''),
})

test(`who is told the way gets the same answer (seed ${seed})`, async () => {
  const property = fc.asyncProperty(
    resources,
    fc.array(requests, { minLength: 1, maxLength: 8 }),
    async (made, asked) => {
      const resource = Object.entries(made.says).reduce(
        (base, [name, value]) => saying(name, value, base),
        setting(made.base, made.settings),
      )
      for (const { method, path, headers, body } of asked) {
        const content = method === 'GET' || method === 'HEAD' ? {} : { body }
        const one = asking(resource, method, { path, headers: { ...headers, 'request-id': '12345678' }, ...content })
        const [told, untold] = [(await one(true)).response, (await one(false)).response]
        expect(untold.status).toBe(told.status)
        told.headers.delete('x-slumber-trace')
        for (const { headers: fields } of [told, untold]) fields.delete('date')
        expect([...untold.headers]).toEqual([...told.headers])
        expect(await untold.text()).toBe(await told.text())
      }
    },
  )
  await fc.assert(property, { numRuns: 300, seed })
})
