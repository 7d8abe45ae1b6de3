// What the codes of this layer's problems mean, for people: the texts behind the type URIs of RFC 9457 §3.1.1.

export interface ProblemType {
  readonly code: string
  readonly status: number
  readonly title: string
  /** What happened, and what to do. */
  readonly explanation: string
}

type Row = readonly [status: number, title: string, explanation: string]

/** By status. A code never changes its meaning; one that is no longer given stays. */
const table: Readonly<Record<string, Row>> = {
  'malformed-request': [
    400,
    'The request is malformed',
    'Something in the request is not as this resource needs it. The detail says what; correct it before asking again.',
  ],
  'malformed-header': [
    400,
    'A header field is malformed',
    'A header field does not have the syntax of its specification, or holds several values where one is meant. Correct it before asking again.',
  ],
  'malformed-query': [
    400,
    'The query cannot be decoded',
    'The query of the URL is not percent-encoded UTF-8. Encode each name and value, as `URLSearchParams` does.',
  ],
  'malformed-path': [
    400,
    'The path cannot be decoded',
    'A segment of the path is not percent-encoded UTF-8, or holds what no segment can. Follow links rather than making URLs.',
  ],
  'invalid-parameter': [
    400,
    'A query parameter is unknown or invalid',
    'A parameter in the URL does not exist, is missing, or has a value that it cannot have. Each fault names its parameter.',
  ],
  'malformed-content': [
    400,
    'The content cannot be read',
    'The content is not what its Content-Type says, is empty, or is nested too deeply. Correct its syntax.',
  ],
  'incomplete-content': [
    400,
    'The content broke off',
    'The connection ended before all of the content had come. Nothing was changed; send the request again.',
  ],
  'digest-mismatch': [
    400,
    'The content was changed on its way',
    'The content does not have the digest that Content-Digest gives. Send it again, with the digest of the very octets sent.',
  ],
  'partial-put': [
    400,
    'A part cannot be put',
    'A PUT replaces the whole representation, so that Content-Range has no place in it. Send all of it, or use PATCH.',
  ],
  'malformed-patch': [
    400,
    'The patch is malformed',
    'The content is no JSON Patch (RFC 6902). Each fault points at the operation that is wrong.',
  ],
  'idempotency-key-missing': [
    400,
    'An Idempotency-Key is missing',
    'This request must not be done twice by accident, so that it needs a key. Send a new UUID in quotes as Idempotency-Key, and the same one when you try again.',
  ],
  unauthenticated: [
    401,
    'It is not known who asks',
    'The request has no credentials, or none that are accepted. WWW-Authenticate names the ways to say who you are.',
  ],
  forbidden: [
    403,
    'This is not allowed',
    'It is known who asks, and they may not do this. Other credentials may help; asking again does not.',
  ],
  'permission-missing': [
    403,
    'A permission is missing',
    'Who asks does not hold a permission that this needs; the member `permissions` names it. Somebody who gives permissions can help.',
  ],
  'not-found': [
    404,
    'There is nothing here',
    'Nothing has this URL, or nothing that you may see. Follow links rather than making URLs.',
  ],
  'method-not-allowed': [
    405,
    'The method is not supported here',
    'This resource does not have the method. The Allow field lists those that it has.',
  ],
  'not-acceptable': [
    406,
    'No representation is acceptable',
    'Accept, Accept-Language or `format` ask for something that is not offered. The member `available` lists what is.',
  ],
  conflict: [
    409,
    'The request conflicts with the state',
    'What is there does not allow this now. Read the present state, resolve the conflict, and ask again.',
  ],
  'patch-test-failed': [
    409,
    'A test of the patch failed',
    'A `test` operation found another value, and nothing was changed. Read the present state and make a new patch.',
  ],
  'idempotency-in-progress': [
    409,
    'The first attempt is still running',
    'A request with this Idempotency-Key has not been answered yet. Wait as Retry-After says, then send the very same again.',
  ],
  'idempotency-answer-not-kept': [
    409,
    'This has been done already',
    'The first request with this Idempotency-Key has been answered, but its answer could not be kept. Do not send it with a new key: read what was made, under `location` if that is given.',
  ],
  gone: [410, 'This is gone', 'What was here has been removed for good. Remove links to it.'],
  'length-required': [
    411,
    'The length of the content is missing',
    'This resource wants to know how long the content is before it comes. Send it with Content-Length.',
  ],
  'precondition-failed': [
    412,
    'The state is not the one expected',
    'A condition, If-Match say, does not hold: somebody else has changed this since. Read it again, apply your change, and send it with the new entity tag.',
  ],
  'content-too-large': [
    413,
    'The content is too large',
    'The content has more octets than this resource takes, as sent or after decoding. Send less at a time.',
  ],
  'uri-too-long': [
    414,
    'The URL is too long',
    'The URL is longer than is taken here. Put the question into a QUERY or a POST.',
  ],
  'unsupported-media-type': [
    415,
    'The content has the wrong media type',
    'This resource cannot read content of this Content-Type. Accept, Accept-Patch or Accept-Query list those that it can read.',
  ],
  'unsupported-coding': [
    415,
    'The content has an unknown coding',
    'The Content-Encoding is not understood here. Accept-Encoding lists those that are; identity always is.',
  ],
  'range-not-satisfiable': [
    416,
    'There is no such part',
    'No part that Range asks for lies within the representation. Content-Range says how long it is.',
  ],
  'invalid-content': [
    422,
    'The content is not valid',
    'The content can be read, but does not fit this resource. Each fault points at what is wrong; correct all of them.',
  ],
  'patch-path': [
    422,
    'The patch does not fit',
    'An operation names a place that does not exist in what is patched. Read the present state and make a new patch.',
  ],
  'patch-limit': [
    422,
    'The patch asks for too much',
    'The patch has too many operations, or would make the result too large or too deep. Split it.',
  ],
  'idempotency-key-reused': [
    422,
    'The Idempotency-Key belongs to another request',
    'This key was used for a request with other content. Send this one with a new key; the first one stays as it was done.',
  ],
  'condition-required': [
    428,
    'A condition is required',
    'A write here must say which state it was made for, so that no change of others is lost. Read first, then send If-Match with the entity tag.',
  ],
  'rate-limited': [
    429,
    'Too many requests',
    'The limit that RateLimit-Policy tells is used up. Wait as many seconds as Retry-After says; RateLimit shows what is left.',
  ],
  internal: [
    500,
    'The service failed',
    'This is a fault of the service, which has been logged. Tell its operators the `requestId`; asking again may help.',
  ],
  'method-not-implemented': [
    501,
    'The method is not implemented',
    'No resource of this service has this method. OPTIONS tells which ones a resource has.',
  ],
  unavailable: [
    503,
    'The service is not available',
    'The service is closed for a while, for maintenance say. Where Retry-After is given, ask again then.',
  ],
  'store-unavailable': [
    503,
    'What must be remembered cannot be',
    'The store that the processes of this service share does not answer, so that nobody can tell what was done or how often; it has done nothing. Send the same again as Retry-After says.',
  ],
  'store-full': [
    503,
    'No more can be remembered',
    'The service cannot remember this request, which it must in order not to do it twice; it has done nothing. Send the same again as Retry-After says.',
  ],
}

/** All of them, for a list; in the order of their status. */
export const problemTypes: readonly ProblemType[] = Object.entries(table).map(
  ([code, [status, title, explanation]]) => ({ code, status, title, explanation }),
)

const byCode: ReadonlyMap<string, ProblemType> = new Map(problemTypes.map((type) => [type.code, type]))

/**
 * The meaning of a code; undefined for one that this layer does not give.
 *
 * @example
 * problemTypeOf('not-found')?.status  // 404
 */
export function problemTypeOf(code: string): ProblemType | undefined {
  return byCode.get(code)
}
