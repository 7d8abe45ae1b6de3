// What OpenAPI says of answers: the successful ones of a method, the problems it can give, and their header fields.

import { reasonPhrase } from '../../wire/index.ts'
import type { MethodDescription, ResourceDescription, TypeDescription } from './describe.ts'
import type { Components, JsonObject, Ref } from './openapi-components.ts'
import { problemTypes } from '../problems/problem-types.ts'
import type { JsonSchema } from '../query/query-parameters.ts'

/** A header component by its field: what it says. */
const headers = {
  'Accept-Ranges': 'The unit of `Range`: bytes (RFC 9110 §14.3).',
  'Accept-Patch': 'Media types that a PATCH may have (RFC 5789 §3.1).',
  'Accept-Query': 'Media types that a QUERY may have (RFC 10008 §3).',
  'Accept-Encoding': 'Content codings that a request may have (RFC 9110 §12.5.3).',
  Accept: 'Media types that a request may have (RFC 9110 §12.5.1).',
  'Cache-Control': 'For how long, and by whom, it may be kept (RFC 9111 §5.2).',
  'Content-Language': 'The language that was chosen (RFC 9110 §8.5).',
  'Content-Range': 'Which part it is, or how long the whole is (RFC 9110 §14.4).',
  Deprecation: 'Since when this is out of date (RFC 9745).',
  ETag: 'The entity tag of this representation, for If-Match and If-None-Match (RFC 9110 §8.8.3).',
  'Idempotency-Replayed': 'This is the answer of an earlier request with the same Idempotency-Key.',
  'Last-Modified': 'For If-Modified-Since and If-Unmodified-Since (RFC 9110 §8.8.2).',
  Link: 'Links of the content, where it has no place for them (RFC 8288).',
  Location: 'Where what was made, or moved, is (RFC 9110 §10.2.2).',
  RateLimit: 'What is left of each limit (draft-ietf-httpapi-ratelimit-headers-10).',
  'RateLimit-Policy': 'The limits (draft-ietf-httpapi-ratelimit-headers-10).',
  'Retry-After': 'When to ask again: seconds, or a date (RFC 9110 §10.2.3).',
  Sunset: 'Until when this will be there (RFC 8594).',
  'WWW-Authenticate': 'The ways to say who you are (RFC 9110 §11.6.1).',
} as const

type Field = keyof typeof headers

function fields(components: Components, names: readonly (Field | false)[]): JsonObject {
  const given = names.filter((name) => name !== false)
  if (given.length === 0) return {}
  const refs = given.map((name): [string, Ref] => [
    name,
    components.ref('headers', name, () => ({ description: headers[name], schema: { type: 'string' } })),
  ])
  return { headers: Object.fromEntries(refs) }
}

/** By status. What handlers throw is known only to be a problem; what they succeed with, besides GET and QUERY, is any 2xx. */
export function responsesOf(
  resource: ResourceDescription,
  method: MethodDescription,
  components: Components,
): JsonObject {
  const errors = method.statuses.filter((status) => status >= 400)
  const problems = [...errors.map(String), '4XX', '5XX'].map((status) => [status, problem(status, components)] as const)
  return Object.fromEntries<JsonObject | Ref>([...successes(resource, method, components), ...problems])
}

function successes(
  resource: ResourceDescription,
  method: MethodDescription,
  components: Components,
): readonly (readonly [string, JsonObject])[] {
  const isFetched = method.method === 'GET' || method.method === 'QUERY'
  const always = [
    method.rateLimits.length > 0 && 'RateLimit',
    method.rateLimits.length > 0 && 'RateLimit-Policy',
    resource.deprecation !== undefined && 'Deprecation',
    resource.deprecation?.sunset !== undefined && 'Sunset',
  ] as const
  const validators = [method.hasEntityTag && 'ETag', method.hasLastModified && 'Last-Modified'] as const
  const shown = [resource.languages.length > 0 && 'Content-Language', 'Link'] as const
  const content = contentOf(resource, method, components)
  const empty = (status: number, ...names: readonly (Field | false)[]): [string, JsonObject] => [
    String(status),
    { description: `${reasonPhrase(status)}.`, ...fields(components, names) },
  ]
  if (!isFetched) {
    const makes = method.method === 'POST' || method.createsByPut
    const own = [makes && 'Location', method.idempotencyKey !== 'none' && 'Idempotency-Replayed', ...always] as const
    const description = makes ? 'Done. 201 where something was made: `Location` says where.' : 'Done.'
    // Of the content of a write nothing is known but what `output` says.
    const done =
      method.output === undefined ? fields(components, own) : { ...fields(components, [...own, ...shown]), content }
    return [
      ...(method.output === undefined ? [] : [empty(204, ...own)]),
      ['2XX', { description, ...done }],
      ...redirects(method, empty),
    ]
  }
  const ranges = method.hasRanges && 'Accept-Ranges'
  const ok = {
    description: 'The content.',
    ...fields(components, [...validators, 'Cache-Control', ranges, ...shown, ...always]),
  }
  const [partName, part] = empty(206, ...validators, 'Content-Range', ranges, ...always)
  return [
    ['200', { ...ok, content }],
    ...(method.hasRanges ? [[partName, { ...part, content: withoutSchemas(content) }] as const] : []),
    ...(method.statuses.includes(304) ? [empty(304, ...validators, 'Cache-Control', ...always)] : []),
    ...redirects(method, empty),
  ]
}

type Empty = (status: number, ...names: readonly (Field | false)[]) => [string, JsonObject]

function redirects({ statuses }: MethodDescription, empty: Empty): readonly [string, JsonObject][] {
  return statuses.filter((status) => status === 307 || status === 308).map((status) => empty(status, 'Location'))
}

/** A schema is about data: of what other media types make of it, HTML say, it says nothing. */
function contentOf(resource: ResourceDescription, method: MethodDescription, components: Components): JsonObject {
  const { output } = method
  const ref = output && components.schema(output, schemaName(resource, method, 'Output'))
  return contentWith(method.produces.map((type) => [type, type.showsLinks ? undefined : ref] as const))
}

/** What a schema is called that has no name of its own: `PostPutInput`. */
export function schemaName({ name }: ResourceDescription, { method }: MethodDescription, what: string): string {
  return `${name}${method.charAt(0)}${method.slice(1).toLowerCase()}${what}`
}

/** Media types with the schema of what JSON, or a form, holds. */
export function contentWith(types: readonly (readonly [TypeDescription, Ref | JsonSchema | undefined])[]): JsonObject {
  return Object.fromEntries(
    types.map(([{ mediaType }, schema]) => [
      mediaType,
      schema !== undefined && holdsData.test(mediaType) ? { schema } : {},
    ]),
  )
}

const holdsData = /^(?:[^;]*[/+]json|application\/x-www-form-urlencoded|multipart\/form-data)(?: *;|$)/

function withoutSchemas(content: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(content).map((mediaType) => [mediaType, {}]))
}

const fieldsOfProblem: Readonly<Record<string, readonly Field[]>> = {
  '401': ['WWW-Authenticate'],
  '409': ['Retry-After'],
  '415': ['Accept', 'Accept-Encoding', 'Accept-Patch', 'Accept-Query'],
  '416': ['Content-Range'],
  '429': ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
  '503': ['Retry-After'],
}

/** The same for all resources, since their problems are. */
function problem(status: string, components: Components): Ref {
  const isOpen = status.endsWith('XX')
  const phrase = isOpen ? '' : reasonPhrase(Number(status))
  const name = isOpen ? `Problem${status}` : phrase.replaceAll(/\W/g, '')
  return components.ref('responses', name, () => ({
    description: isOpen
      ? `Any other problem of ${status.charAt(0)}00 to ${status.charAt(0)}99.`
      : wordsOf(Number(status), phrase),
    ...fields(components, fieldsOfProblem[status] ?? []),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      'application/problem+xml': {},
      'text/html; charset=utf-8': {},
    },
  }))
}

/** The codes that this layer gives with the status. */
function wordsOf(status: number, phrase: string): string {
  const codes = problemTypes.filter((type) => type.status === status).map(({ code, title }) => `\`${code}\`: ${title}.`)
  return codes.length === 0 ? `${phrase}.` : `${phrase}. By \`code\`:\n\n${codes.map((line) => `- ${line}`).join('\n')}`
}
