// Requests that reach a certain end of the decision table, or nearly always do; by that end.
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { anyHeaders, digestOf, some, type Headers } from './values.ts'

export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** As a stream; one that breaks off. */
  readonly way?: 'stream' | 'breaks'
  readonly peer?: string
}

/** Some requests, one after the other or at one time. */
export interface Step {
  readonly requests: readonly Sent[]
  readonly atOnce?: boolean
}

export type Steps = fc.Arbitrary<Step>

const jsonType = { 'content-type': 'application/json' }
const ada = { authorization: 'Bearer ada' }
const patchType = { 'content-type': 'application/json-patch+json' }
export const title = '{"title":"x"}'
const longAgo = 'Sat, 05 Nov 1994 08:49:37 GMT'
const later = 'Mon, 07 Nov 2094 08:49:37 GMT'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const parts = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
const multipart = { 'content-type': 'multipart/form-data; boundary=b' }

export const sent = (
  method: string,
  path: string,
  headers: Headers = {},
  body?: Sent['body'],
  more: Partial<Sent> = {},
): Sent => ({
  method,
  path,
  headers: typeof body === 'string' ? { ...jsonType, ...headers } : headers,
  ...(body === undefined ? {} : { body }),
  ...more,
})
const one = (...request: Parameters<typeof sent>): Steps => fc.constant({ requests: [sent(...request)] })
const each = (...requests: readonly Sent[]): Steps => some(...requests.map((request) => ({ requests: [request] })))
export const gzipped = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(gzipSync(text))
const keyed = (key: string, body = title, path = '/articles'): Sent =>
  sent('POST', path, { 'idempotency-key': key }, body)

/** By what they reach. */
export const targets: Readonly<Record<string, Steps>> = {
  'isAvailable no': each(sent('GET', '/down/down'), sent('DELETE', '/down/down'), sent('GET', '/down/back')),
  'isKnownMethod no': some('FROB', 'PROPFIND', 'patch', 'toString').map((method) => ({
    requests: [sent(method, '/articles/1', {}, method === 'patch' ? title : undefined)],
  })),
  'isUriShort no': each(sent('GET', `/articles?q=${'x'.repeat(9_000)}`), sent('PUT', `/${'x/'.repeat(5_000)}`)),
  'isAnsweredBeforeAuth yes': some('https://a.example', 'https://b.example', 'null').map((origin) => ({
    requests: [sent('OPTIONS', '/shared', { origin, 'access-control-request-method': 'PUT' })],
  })),
  'isMethodAllowed no': each(
    sent('DELETE', '/articles'),
    sent('POST', '/articles/1', {}, title),
    sent('QUERY', '/blobs/view', {}, '1'),
  ),
  'areFieldsWellFormed no': each(sent('GET', '/vault/open', { authorization: 'Bearer a, Bearer ada' })),
  'isQueryWellFormed no': some(
    '/articles?page=0',
    '/articles?nope=1',
    '/articles/1?draft=1&draft=2',
    '/cached?a=%zz',
  ).map((path) => ({
    requests: [sent('GET', path)],
  })),
  'isWellFormed no': one('GET', '/articles/1', { 'x-form': 'bad' }),
  'isAddressWithinLimit no': some('192.0.2.1', '2001:db8::1').map((peer) => ({
    requests: [1, 2, 3].map(() => sent('GET', '/limited', {}, undefined, { peer })),
  })),
  'isAuthenticated no, 401': each(
    sent('GET', '/vault/open'),
    sent('DELETE', '/vault/open', { authorization: 'Bearer eve' }),
  ),
  'isAuthenticated no, 403': each(sent('GET', '/nobody'), sent('HEAD', '/nobody')),
  'isAllowed no': each(sent('GET', '/vault/shut', ada), sent('DELETE', '/vault/shut', ada)),
  'isAllowed, where nothing is': some(
    '/nothing',
    '/articles/',
    '/articles/x',
    '/%2F',
    '//',
    '/a%00',
    '/vault/open/?x=1',
    '/%ff',
  ).chain((path) => some('GET', 'PUT', 'OPTIONS').map((method) => ({ requests: [sent(method, path)] }))),
  'isCallerWithinLimit no': fc.constant({
    requests: [1, 2, 3, 4].map((peer) => sent('GET', '/limited', ada, undefined, { peer: `192.0.2.1${peer}` })),
  }),
  'isAnsweredByMiddleware yes': each(
    sent('GET', '/shared', { 'x-holiday': '1' }),
    sent('PUT', '/shared', {}, '1'),
    sent('GET', '/cached'),
  ),
  'isContentEncodingKnown no': some('br', 'gzip, gzip', 'x').map((coding) => ({
    requests: [sent('POST', '/articles', { 'content-encoding': coding }, title)],
  })),
  'isWhole no': one('PUT', '/articles/1', { 'content-range': 'bytes 0-1/2' }, title),
  'isContentTypeKnown no, 415': some('text/csv', 'application/json; charset=utf-16').map((type) => ({
    requests: [sent('PUT', '/articles/1', { 'content-type': type }, title)],
  })),
  'isContentTypeKnown no, 400': each(
    sent('QUERY', '/articles'),
    sent('POST', '/articles', { 'content-type': 'json' }, title),
  ),
  'isLengthGiven no': one('POST', '/uploads', { 'transfer-encoding': 'chunked' }, title, { way: 'stream' }),
  'isContentReceived no, 413': each(
    sent('POST', '/uploads', {}, `"${'x'.repeat(3_000)}"`),
    sent('POST', '/uploads', { ...jsonType, 'content-encoding': 'gzip' }, gzipped(`"${'x'.repeat(3_000)}"`)),
    sent('POST', '/uploads', { 'content-length': '5000' }, title),
    sent('POST', '/uploads', {}, `"${'x'.repeat(3_000)}"`, { way: 'stream' }),
  ),
  'isContentReceived no, 400': each(
    sent('POST', '/uploads', {}, title, { way: 'breaks' }),
    sent('POST', '/articles', { 'content-encoding': 'gzip' }, title),
    sent('POST', '/articles', { ...jsonType, 'content-encoding': 'gzip' }, gzipped(title).subarray(0, 15)),
  ),
  'isContentReceived no, 415': one('POST', '/uploads', {}, new TextEncoder().encode(title)),
  'isOptions yes': some('/articles', '/articles/1', '/slots/full', '/shared', '/single').map((path) => ({
    requests: [sent('OPTIONS', path)],
  })),
  'isAcceptable no': each(
    sent('GET', '/articles/1', { accept: 'image/*' }),
    sent('GET', '/cached?format=xml'),
    sent('POST', '/articles', { accept: 'image/png' }, title),
  ),
  'isAttemptNew no, 400': each(keyed('a'), sent('POST', '/jobs/quick', {}, '1')),
  'isAttemptNew no, 409': some<Step>(
    { requests: [keyed('"a"', '1', '/jobs/quick'), keyed('"a"', '1', '/jobs/quick')], atOnce: true },
    { requests: [keyed('"l"', '1', '/jobs/long'), keyed('"l"', '1', '/jobs/long')] },
  ),
  'isAttemptNew no, 422': fc.constant({ requests: [keyed('"c"'), keyed('"c"', '{"title":"y"}')] }),
  'isAttemptNew no, 503': fc.constant({ requests: [keyed('"a"', '1', '/forgetful'), keyed('"b"', '1', '/forgetful')] }),
  'isAttemptNew no, the first answer': some('/articles', '/jobs/quick', '/jobs/elsewhere', '/forgetful').map(
    (path) => ({
      requests: [keyed('"d"', title, path), keyed('"d"', title, path)],
    }),
  ),
  'isMoved yes': some('GET', 'DELETE').map((method) => ({ requests: [sent(method, '/articles/90')] })),
  'isElsewhere yes': some('GET', 'DELETE').map((method) => ({ requests: [sent(method, '/articles/80')] })),
  'isGone yes': some('GET', 'HEAD', 'DELETE').map((method) => ({ requests: [sent(method, '/articles/70')] })),
  'isThereOrCreated no': each(
    sent('GET', '/articles/50'),
    sent('PUT', '/articles/50', {}, title),
    sent('DELETE', '/slots/none'),
  ),
  'isConditionGiven no': each(sent('PUT', '/slots/new', {}, '1'), sent('DELETE', '/slots/full')),
  'areConditionsWellFormed no': each(
    sent('GET', '/articles/1', { 'if-none-match': 'v1' }),
    sent('DELETE', '/slots/full', { 'if-match': 's9' }),
  ),
  'doesIfMatchHold no': each(
    sent('PUT', '/articles/2', { 'if-match': '"v0"' }, title),
    sent('DELETE', '/articles/2', { 'if-match': 'W/"v1"' }),
    sent('PUT', '/slots/new', { 'if-match': '*' }, '1'),
  ),
  'isUnmodifiedSince no': each(
    sent('DELETE', '/articles/2', { 'if-unmodified-since': longAgo }),
    sent('GET', '/blobs/view', { 'if-unmodified-since': longAgo }),
  ),
  'doesIfNoneMatchHold no, 304': each(
    sent('GET', '/blobs/view', { 'if-none-match': '"b1"' }),
    sent('HEAD', '/articles/3', { 'if-none-match': '*' }),
  ),
  'doesIfNoneMatchHold no, 412': each(
    sent('PUT', '/slots/full', { 'if-none-match': '*' }, '1'),
    sent('DELETE', '/articles/3', { 'if-none-match': '*' }),
  ),
  'isModifiedSince no': each(
    sent('GET', '/blobs/view', { 'if-modified-since': later }),
    sent('HEAD', '/articles/4', { 'if-modified-since': later }),
  ),
  'isContentIntact no': some('sha-256=:AAAA:', '=').map((digest) => ({
    requests: [sent('POST', '/articles', { 'content-digest': digest }, title)],
  })),
  'isContentReadable no': some('{', '', '{"a":1,"a":2}', '\ufeff{}', '['.repeat(99), '{"__proto__":1}').map((body) => ({
    requests: [sent('PUT', '/articles/5', {}, body)],
  })),
  'isContentReadable no, forms': each(
    sent('POST', '/uploads', form, 'a=%ff'),
    sent('POST', '/uploads', multipart, parts.slice(0, 40)),
    sent('POST', '/uploads', jsonType, Uint8Array.of(0xff, 0xfe)),
  ),
  'isContentValid no': each(
    sent('PUT', '/articles/5', {}, '{"title":1}'),
    sent('PUT', '/articles/5', {}, '{"title":"forbidden"}'),
    sent('QUERY', '/articles', {}, '{"filter":1}'),
  ),
  'hasConflict yes': each(sent('DELETE', '/articles/1'), sent('PUT', '/articles/6', {}, '{"id":7,"title":"x"}')),
  'a list': some('/articles', '/articles?page=2', '/articles?q=One&q=', '/articles?format=xml').chain((path) =>
    anyHeaders.map((headers) => ({ requests: [sent('GET', path, headers)] })),
  ),
  'a write': each(
    sent('PUT', '/articles/7', { 'if-match': '"v1"', 'content-digest': digestOf(title) }, title),
    sent('PUT', '/articles/7', { ...jsonType, 'content-encoding': 'gzip' }, gzipped(title)),
    sent('POST', '/articles', { prefer: 'return=minimal' }, title),
    sent('PATCH', '/articles/8', { 'content-type': 'application/merge-patch+json' }, title),
    sent('DELETE', '/articles/9'),
    sent('PUT', '/slots/new', { 'if-none-match': '*' }, '1'),
    sent('DELETE', '/vault/open', ada),
    sent('POST', '/uploads', form, 'a=1&b=%C3%A9'),
    sent('POST', '/uploads', multipart, parts),
    sent('QUERY', '/articles', {}, title),
    keyed('"q"', '1', '/jobs/quick'),
  ),
  'a patch that fails': some(
    '[{"op":"test","path":"/title","value":1}]',
    '[{"op":"remove","path":"/x"}]',
    '[1]',
    '{"title":null}',
  ).map((body) => ({
    requests: [
      sent(
        'PATCH',
        '/articles/8',
        { 'content-type': `application/${body.startsWith('[') ? 'json-patch' : 'merge-patch'}+json` },
        body,
      ),
    ],
  })),
  'a part': some('bytes=0-9', 'bytes=-1', 'bytes=100-', 'bytes=0-0, 5-6').chain((range) =>
    some('view', 'blob', 'stream', 'text').map((kind) => ({ requests: [sent('GET', `/blobs/${kind}`, { range })] })),
  ),
  'the other spelling of a path': each(sent('GET', '/articles/'), sent('PUT', '/vault/open/?x=1')),
  'no path': each(sent('GET', '/a%00'), sent('DELETE', '/articles%2F1'), sent('GET', '/%ff')),
  'a patch for another state': one('PATCH', '/articles/8', patchType, '[{"op":"test","path":"/title","value":1}]'),
  'a patch of what is not there': one('PATCH', '/articles/8', patchType, '[{"op":"remove","path":"/x"}]'),
  'an answer elsewhere': fc.constant({ requests: [keyed('"e"', '1', '/jobs/elsewhere')] }),
  'an answer of its own': each(sent('GET', '/odd/other'), keyed('"f"', '1', '/jobs/failing')),
  'a part that is there': one('GET', '/blobs/blob', { range: 'bytes=1-1' }),
  'a part that is not there': one('GET', '/blobs/view', { range: 'bytes=100-' }),
  'something to look at anew': one('GET', '/odd/reset'),
  'a choice': one('GET', '/odd/choices'),
  'odd answers': some('finished', 'reset', 'choices', 'cookies', 'nothing', 'other').chain((kind) =>
    some('GET', 'HEAD').map((method) => ({ requests: [sent(method, `/odd/${kind}`)] })),
  ),
}
