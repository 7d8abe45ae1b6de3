// What OpenAPI says of success: what is known of it, else 200 for a read and any 2xx for a write; redirects and 304 beside it.

import { reasonPhrase } from '../../wire/index.ts'
import type { MethodDescription, ResourceDescription, TypeDescription } from './describe.ts'
import type { Components, JsonObject, Ref } from './openapi-components.ts'
import { headersOf, type HeaderField } from './openapi-headers.ts'
import type { JsonSchema } from '../query/query-parameters.ts'

/** One status with its response. */
type Response = readonly [status: string, response: JsonObject]

type Fields = readonly (HeaderField | false)[]

/** What all answers of a method have in common. */
interface Common {
  readonly method: MethodDescription
  readonly content: JsonObject
  readonly always: Fields
  readonly validators: Fields
  /** Where there is content. */
  readonly shown: Fields
  readonly fields: (names: Fields) => JsonObject
  readonly empty: (status: number, ...names: Fields) => Response
}

export function successesOf(
  resource: ResourceDescription,
  method: MethodDescription,
  components: Components,
): readonly Response[] {
  const isLimited = method.rateLimits.length > 0
  const { deprecation } = resource
  const fields = (names: Fields): JsonObject => headersOf(components, names)
  const common: Common = {
    method,
    content: contentOf(resource, method, components),
    always: [
      isLimited && 'RateLimit',
      isLimited && 'RateLimit-Policy',
      deprecation !== undefined && 'Deprecation',
      deprecation?.sunset !== undefined && 'Sunset',
    ],
    validators: [method.hasEntityTag && 'ETag', method.hasLastModified && 'Last-Modified'],
    shown: [resource.languages.length > 0 && 'Content-Language', 'Link'],
    fields,
    empty: (status, ...names) => [String(status), { description: `${reasonPhrase(status)}.`, ...fields(names) }],
  }
  const isFetched = method.method === 'GET' || method.method === 'QUERY'
  const done = method.successes !== undefined ? known(common) : isFetched ? fetched(common) : written(common)
  return [...done, ...unchanged(common), ...redirects(common)]
}

function known({ method, content, always, shown, fields }: Common): readonly Response[] {
  const { successes = [], idempotencyKey } = method
  return successes.map(({ status, description, hasContent, fields: own }) => {
    const names: Fields = [
      ...own,
      ...(hasContent ? shown : []),
      idempotencyKey !== 'none' && 'Idempotency-Replayed',
      ...always,
    ]
    return [String(status), { description, ...fields(names), ...(hasContent ? { content } : {}) }]
  })
}

function fetched({ method, content, always, validators, shown, fields, empty }: Common): readonly Response[] {
  const ranges = method.hasRanges && 'Accept-Ranges'
  const headers = fields([...validators, 'Cache-Control', ranges, ...shown, ...always])
  const whole: Response = ['200', { description: 'The content.', ...headers, content }]
  if (!method.hasRanges) return [whole]
  const [status, part] = empty(206, ...validators, 'Content-Range', ranges, ...always)
  return [whole, [status, { ...part, content: withoutSchemas(content) }]]
}

/** Of the content of a write nothing is known but what `output` says. */
function written({ method, content, always, shown, fields, empty }: Common): readonly Response[] {
  const makes = method.method === 'POST' || method.createsByPut
  const own = [makes && 'Location', method.idempotencyKey !== 'none' && 'Idempotency-Replayed', ...always] as const
  const description = makes ? 'Done. 201 where something was made: `Location` says where.' : 'Done.'
  if (method.output === undefined) return [['2XX', { description, ...fields(own) }]]
  return [empty(204, ...own), ['2XX', { description, ...fields([...own, ...shown]), content }]]
}

function unchanged({ method: { statuses }, always, validators, empty }: Common): readonly Response[] {
  return statuses.includes(304) ? [empty(304, ...validators, 'Cache-Control', ...always)] : []
}

function redirects({ method: { statuses }, empty }: Common): readonly Response[] {
  return statuses.filter((status) => status === 307 || status === 308).map((status) => empty(status, 'Location'))
}

/** A schema is about data: of what other media types make of it, HTML say, it says nothing. */
function contentOf(resource: ResourceDescription, method: MethodDescription, components: Components): JsonObject {
  const { output } = method
  const ref = output && components.schema(output, schemaName(resource, method, 'Output'))
  const schemaOf = (type: TypeDescription): Ref | undefined => {
    if (type.schema !== undefined) return components.schema(type.schema, schemaName(resource, method, 'Output'))
    return type.showsLinks ? undefined : ref
  }
  return contentWith(method.produces.map((type) => [type, schemaOf(type)] as const))
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
