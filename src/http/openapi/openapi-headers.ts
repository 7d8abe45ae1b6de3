// The header fields of answers, as OpenAPI has them: each a component, kept once.

import type { Components, JsonObject, Ref } from './openapi-components.ts'

/** A header component by its field: what it says. */
const headers = {
  'Accept-Ranges': 'The unit of `Range`: bytes (RFC 9110 §14.3).',
  'Accept-Patch': 'Media types that a PATCH may have (RFC 5789 §3.1).',
  'Accept-Query': 'Media types that a QUERY may have (RFC 10008 §3).',
  'Accept-Encoding': 'Content codings that a request may have (RFC 9110 §12.5.3).',
  Accept: 'Media types that a request may have (RFC 9110 §12.5.1).',
  'Cache-Control': 'For how long, and by whom, it may be kept (RFC 9111 §5.2).',
  'Content-Location': 'The URL of what is shown (RFC 9110 §8.7).',
  'Content-Language': 'The language that was chosen (RFC 9110 §8.5).',
  'Content-Range': 'Which part it is, or how long the whole is (RFC 9110 §14.4).',
  Deprecation: 'Since when this is out of date (RFC 9745).',
  ETag: 'The entity tag of this representation, for If-Match and If-None-Match (RFC 9110 §8.8.3).',
  'Idempotency-Replayed': 'This is the answer of an earlier request with the same Idempotency-Key.',
  'Last-Modified': 'For If-Modified-Since and If-Unmodified-Since (RFC 9110 §8.8.2).',
  Link: 'Links of the content, where it has no place for them (RFC 8288).',
  Location: 'Where what was made, or moved, is (RFC 9110 §10.2.2).',
  'Preference-Applied': 'The preferences that were heeded (RFC 7240 §3).',
  RateLimit: 'What is left of each limit (draft-ietf-httpapi-ratelimit-headers-10).',
  'RateLimit-Policy': 'The limits (draft-ietf-httpapi-ratelimit-headers-10).',
  'Retry-After': 'When to ask again: seconds, or a date (RFC 9110 §10.2.3).',
  Sunset: 'Until when this will be there (RFC 8594).',
  'WWW-Authenticate': 'The ways to say who you are (RFC 9110 §11.6.1).',
} as const

export type HeaderField = keyof typeof headers

export function headersOf(components: Components, names: readonly (HeaderField | false)[]): JsonObject {
  const given = [...new Set(names.filter((name) => name !== false))]
  if (given.length === 0) return {}
  const refs = given.map((name): [string, Ref] => [
    name,
    components.ref('headers', name, () => ({ description: headers[name], schema: { type: 'string' } })),
  ])
  return { headers: Object.fromEntries(refs) }
}
