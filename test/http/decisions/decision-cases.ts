// The cases of decisions.test.ts: for every question requests that pass it, and one that ends at each of its ends.
import { BAD_REQUEST, memoryStore, query, SEE_OTHER } from 'slumberjs/http'
import {
  asking,
  breaking,
  streamed,
  Guarded,
  gzipped,
  number,
  saying,
  setting,
  together,
  twice,
  type Case,
} from './asking.ts'
import { Article, Articles, Creatable, Missing } from '../fixture.ts'

const get = asking(Article, 'GET')
const post = asking(Articles, 'POST', { body: '1' })
const posting = (headers: Record<string, string>, body = '1') => ({ body, headers })
const patching = { body: '{}', headers: { 'content-type': 'application/merge-patch+json' } }
const long = '/'.padEnd(8_200, 'a')
const small = setting(Articles, { contentLimits: { size: 8, depth: 2 } })
const needsLength = setting(Articles, { needsLength: true })
const strict = setting(Article, { requiresCondition: true })
const coded = setting(Article, { encodings: ['gzip'] })
const limited = (by: 'address' | 'caller') =>
  setting(Article, { rateLimit: { count: 1, by }, sharedStore: memoryStore() })
const answering = (beforeAuth: boolean) =>
  setting(Article, { middleware: [{ name: 'answers', beforeAuth, request: () => SEE_OTHER }] })
const once = (idempotency = {}, store = memoryStore()) => setting(Articles, { idempotency, sharedStore: store })
const keyed = (key: string, body = '1') => posting({ 'idempotency-key': key }, body)
const old = 'Sat, 05 Nov 1994 08:49:37 GMT'
const gzip = { 'content-encoding': 'gzip' }

class Filtered extends Article {
  static override readonly parameters = { page: query.integer() }
}

class Asking extends Article {
  static override readonly parameters = { page: query.integer(), year: query.integer({ required: true }) }
}

let letGo: () => void = () => undefined

class Waiting extends once() {
  override async POST(): Promise<unknown> {
    await new Promise<void>((resolve) => (letGo = resolve))
    return BAD_REQUEST // so that the key may be used again
  }
}

/** For each question: requests that pass it, and those that end there, with what they are told. */
export const cases: Readonly<
  Record<string, { readonly passes: readonly Case[]; readonly ends: readonly (readonly [string, Case])[] }>
> = {
  isAvailable: { passes: [get], ends: [['503 unavailable', asking(saying('isAvailable', false), 'GET')]] },
  isKnownMethod: {
    passes: [get],
    ends: ['FROB', 'patch', 'toString'].map((method) => ['501 method-not-implemented', asking(Article, method)]),
  },
  isUriShort: {
    passes: [asking(Article, 'GET', { path: long.slice(0, 8_192 - 'http://h'.length) })],
    ends: [['414 uri-too-long', asking(Article, 'GET', { path: long.slice(0, 8_193 - 'http://h'.length) })]],
  },
  isAnsweredBeforeAuth: { passes: [get], ends: [['303', asking(answering(true), 'GET')]] },
  isMethodAllowed: { passes: [get], ends: [['405 method-not-allowed', asking(Article, 'POST', { body: '1' })]] },
  areFieldsWellFormed: {
    passes: [get, asking(Article, 'GET', { headers: { authorization: 'Digest a=b, c=d' } })],
    ends: ['Basic YQ==, Basic Yg==', 'Basic YQ==,Basic Yg==', 'Basic YQ== ,\t Basic  Yg=='].map((authorization) => [
      '400 malformed-header',
      asking(Article, 'GET', { headers: { authorization } }),
    ]),
  },
  isQueryWellFormed: {
    passes: [get, asking(Article, 'GET', { path: '/?any=%C3%A9' }), asking(Filtered, 'GET', { path: '/?page=1' })],
    ends: [
      ['400 malformed-query', asking(Article, 'GET', { path: '/?any=%C3' })],
      ['400 invalid-parameter', asking(Filtered, 'GET', { path: '/?page=one' })],
      ['400 invalid-parameter', asking(Asking, 'GET')],
    ],
  },
  isWellFormed: { passes: [get], ends: [['400 malformed-request', asking(saying('isWellFormed', false), 'GET')]] },
  isAddressWithinLimit: {
    passes: [get, asking(limited('address'), 'GET'), twice(limited('caller'), 'GET')],
    ends: [['429 rate-limited', twice(limited('address'), 'GET')]],
  },
  isAuthenticated: {
    passes: [get, asking(Guarded, 'GET', { headers: { authorization: 'Bearer ada' } })],
    ends: [
      ['401 unauthenticated', asking(Guarded, 'GET')],
      ['401 unauthenticated', asking(Guarded, 'GET', { headers: { authorization: 'Bearer eve' } })],
      ['403 forbidden', asking(saying('isAuthenticated', false), 'GET')],
    ],
  },
  isAllowed: { passes: [get], ends: [['403 forbidden', asking(saying('isAllowed', false), 'GET')]] },
  isCallerWithinLimit: {
    passes: [get, asking(limited('caller'), 'GET')],
    ends: [['429 rate-limited', twice(limited('caller'), 'GET')]],
  },
  isAnsweredByMiddleware: { passes: [get], ends: [['303', asking(answering(false), 'GET')]] },
  isContentEncodingKnown: {
    passes: [post, asking(Articles, 'POST', posting({ 'content-encoding': 'Identity' }))],
    ends: [
      ['415 unsupported-coding', asking(Articles, 'POST', posting({ 'content-encoding': 'br' }))],
      ['415 unsupported-coding', asking(setting(Articles, { acceptsEncodings: [] }), 'POST', posting(gzip))],
    ],
  },
  isWhole: {
    passes: [asking(Article, 'PUT', { body: '{}' })],
    ends: [['400 partial-put', asking(Article, 'PUT', posting({ 'content-range': 'bytes 0-1/2' }))]],
  },
  isContentTypeKnown: {
    passes: [post, asking(Articles, 'POST', posting({ 'content-type': 'Application/JSON; charset=UTF-8' }))],
    ends: [
      ['415 unsupported-media-type', asking(Articles, 'POST', posting({ 'content-type': 'text/csv' }))],
      [
        '415 unsupported-media-type',
        asking(Articles, 'POST', posting({ 'content-type': 'application/json; charset=utf-16' })),
      ],
      ['400 malformed-header', asking(Articles, 'POST', posting({ 'content-type': 'json' }))],
      ['400 malformed-header', asking(saying('QUERY', 1), 'QUERY')],
    ],
  },
  isLengthGiven: {
    passes: [post, asking(needsLength, 'POST', posting({ 'content-length': '1' }))],
    ends: [['411 length-required', asking(needsLength, 'POST', posting({ 'transfer-encoding': 'chunked' }))]],
  },
  isContentReceived: {
    passes: [asking(small, 'POST', { body: '12345678' })],
    ends: [
      ['413 content-too-large', asking(small, 'POST', { body: '123456789' })],
      ['413 content-too-large', asking(small, 'POST', posting({ 'content-length': '9' }))],
      ['413 content-too-large', asking(small, 'POST', {}, streamed('12345', '6789'))],
      [
        '413 content-too-large',
        asking(
          setting(Articles, { contentLimits: { size: 30, depth: 2 } }),
          'POST',
          { headers: gzip },
          gzipped('1'.repeat(99)),
        ),
      ],
      ['400 incomplete-content', asking(Articles, 'POST', {}, breaking)],
      ['400 malformed-content', asking(Articles, 'POST', posting(gzip))],
      ['415 unsupported-media-type', asking(Articles, 'POST', { body: new TextEncoder().encode('1') })],
    ],
  },
  isOptions: { passes: [get], ends: [['204', asking(Article, 'OPTIONS')]] },
  isAcceptable: {
    passes: [
      get,
      asking(Article, 'GET', { headers: { 'accept-encoding': 'identity;q=0' } }),
      asking(coded, 'GET', { headers: { 'accept-encoding': 'gzip, identity;q=0' } }),
    ],
    ends: [
      ['406 not-acceptable', asking(Article, 'GET', { headers: { accept: 'text/csv' } })],
      ['406 not-acceptable', asking(coded, 'GET', { headers: { 'accept-encoding': 'identity;q=0' } })],
    ],
  },
  isAttemptNew: {
    passes: [
      post,
      twice(Articles, 'POST', keyed('a')),
      asking(once(), 'POST', { body: '1' }),
      asking(once({ required: true }), 'POST', keyed('"a"')),
    ],
    ends: [
      ['400 idempotency-key-missing', asking(once({ required: true }), 'POST', { body: '1' })],
      [
        '400 idempotency-key-missing',
        asking(setting(Article, { idempotency: { required: true }, sharedStore: memoryStore() }), 'PATCH', patching),
      ],
      ['400 malformed-header', asking(once(), 'POST', keyed('a'))],
      ['409 idempotency-in-progress', together(Waiting, 'POST', keyed('"a"'), () => letGo())],
      ['409 idempotency-answer-not-kept', twice(once({ maxContent: 1 }), 'POST', keyed('"a"', '"long"'))],
      ['422 idempotency-key-reused', twice(once(), 'POST', keyed('"a"', '2'), keyed('"a"', '1'))],
      ['503 store-full', twice(once({}, memoryStore({ max: 1 })), 'POST', keyed('"a"'), keyed('"b"'))],
      ['201', twice(once(), 'POST', keyed('"a"'))],
    ],
  },
  exists: { passes: [get, asking(Missing, 'GET')], ends: [] },
  isMoved: {
    passes: [get, asking(Missing, 'GET'), asking(saying('movedTo', '/b'), 'GET')],
    ends: [['308', asking(saying('movedTo', '/b', Missing), 'PUT', { body: '{}' })]],
  },
  isElsewhere: {
    passes: [get, asking(Missing, 'GET'), asking(saying('temporarilyAt', '/b'), 'GET')],
    ends: [['307', asking(saying('temporarilyAt', '/b', Missing), 'GET')]],
  },
  isGone: {
    passes: [get, asking(Missing, 'GET'), asking(saying('isGone', true), 'GET')],
    ends: [['410 gone', asking(saying('isGone', true, Missing), 'GET')]],
  },
  isThereOrCreated: {
    passes: [get, asking(Creatable, 'PUT', { body: '{}' })],
    ends: [
      ['404 not-found', asking(Missing, 'GET')],
      ['404 not-found', asking(Missing, 'PUT', { body: '{}' })],
      ['404 not-found', asking(Creatable, 'DELETE')],
    ],
  },
  isConditionGiven: {
    passes: [asking(Article, 'DELETE'), asking(strict, 'DELETE', { headers: { 'if-match': '"v1"' } })],
    ends: [
      ['428 condition-required', asking(strict, 'DELETE')],
      ['428 condition-required', asking(setting(Articles, { requiresCondition: ['POST'] }), 'POST', { body: '1' })],
    ],
  },
  areConditionsWellFormed: {
    passes: [get, asking(Article, 'GET', { headers: { 'if-none-match': '"v0"' } })],
    ends: [['400 malformed-header', asking(Article, 'GET', { headers: { 'if-none-match': 'v1' } })]],
  },
  doesIfMatchHold: {
    passes: [asking(Article, 'DELETE', { headers: { 'if-match': '"v1"' } })],
    ends: [
      ['412 precondition-failed', asking(Article, 'DELETE', { headers: { 'if-match': '"v0"' } })],
      ['412 precondition-failed', asking(Creatable, 'PUT', posting({ 'if-match': '*' }))],
    ],
  },
  isUnmodifiedSince: {
    passes: [asking(Article, 'DELETE', { headers: { 'if-unmodified-since': 'Mon, 07 Nov 1994 08:49:37 GMT' } })],
    ends: [['412 precondition-failed', asking(Article, 'DELETE', { headers: { 'if-unmodified-since': old } })]],
  },
  doesIfNoneMatchHold: {
    passes: [asking(Article, 'GET', { headers: { 'if-none-match': '"v0"' } })],
    ends: [
      ['304', asking(Article, 'GET', { headers: { 'if-none-match': '"v1"' } })],
      ['412 precondition-failed', asking(Article, 'PUT', posting({ 'if-none-match': '*' }))],
    ],
  },
  isModifiedSince: {
    passes: [asking(Article, 'GET', { headers: { 'if-modified-since': old } })],
    ends: [['304', asking(Article, 'GET', { headers: { 'if-modified-since': 'Mon, 07 Nov 1994 08:49:37 GMT' } })]],
  },
  isContentIntact: {
    passes: [
      post,
      asking(Articles, 'POST', posting({ 'content-digest': 'sha-256=:a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=:' })),
    ],
    ends: [
      ['400 digest-mismatch', asking(Articles, 'POST', posting({ 'content-digest': 'sha-256=:AAAA:' }))],
      ['400 malformed-header', asking(Articles, 'POST', posting({ 'content-digest': '=' }))],
    ],
  },
  isContentReadable: {
    passes: [post, asking(saying('POST', undefined), 'POST')],
    ends: [
      ['400 malformed-content', asking(Articles, 'POST', { body: '{' })],
      ['400 malformed-content', asking(setting(Articles, { input: { POST: number } }), 'POST')],
    ],
  },
  isContentValid: {
    passes: [post, asking(setting(Articles, { input: { POST: number } }), 'POST', { body: '1' })],
    ends: [
      ['422 invalid-content', asking(setting(Articles, { input: { POST: number } }), 'POST', { body: '"1"' })],
      ['422 invalid-content', asking(saying('isContentValid', false, Articles), 'POST', { body: '1' })],
    ],
  },
  hasConflict: {
    passes: [post, asking(saying('hasConflict', false), 'DELETE')],
    ends: [
      ['409 conflict', asking(saying('hasConflict', true), 'DELETE')],
      ['409 conflict', asking(saying('hasConflict', true), 'PUT', { body: '1' })],
      ['409 conflict', asking(saying('hasConflict', true), 'PATCH', patching)],
      ['409 conflict', asking(saying('hasConflict', true, Articles), 'POST', { body: '1' })],
    ],
  },
}
