// What mounted resources are, told by their classes alone: no request is made, and nothing is guessed. OpenAPI is written from this.

import { isSafe } from '../methods.ts'
import { methodsWithContent, readersOf } from '../decisions/content-questions.ts'
import { isConditionNeeded } from '../decisions/existence-questions.ts'
import { hasOwnAnswer, isUserNeeded, statusesOf, takesIdempotencyKey } from './describe-statuses.ts'
import { wordsOfMethod, wordsOfResource } from './describe-words.ts'
import { instanceOf } from '../routing/mount.ts'
import type { PathTemplate } from '../routing/path.ts'
import { describeQuery, type JsonSchema, type QueryParameterDescription } from '../query/query-parameters.ts'
import { rateLimits } from '../remembered/rate-limit.ts'
import type { Resource } from '../resource.ts'
import type { MountedResource, Router } from '../routing/router.ts'
import type { Settings } from '../settings.ts'
import { jsonSchemaOf } from '../content/standard-schema.ts'

export interface ResourceDescription {
  /** Of the class. */
  readonly name: string
  /** What OpenAPI groups it with; its name unless given. */
  readonly tag?: string
  /** With the prefix. */
  readonly path: PathTemplate
  readonly description: string
  readonly parameters: readonly PathParameterDescription[]
  /** Undefined where nothing is declared: then nothing is refused. */
  readonly query: readonly QueryParameterDescription[] | undefined
  /** All it has, HEAD and OPTIONS too. */
  readonly methods: readonly MethodDescription[]
  readonly languages: readonly string[]
  /** What a 401 names: `Basic realm="…"`; empty where everybody may ask. */
  readonly challenges: readonly string[]
  readonly deprecation: Settings['deprecation']
}

export interface PathParameterDescription {
  readonly name: string
  readonly description?: string
  /** A regular expression of the whole decoded value. */
  readonly pattern: string | undefined
  readonly isOptional: boolean
  /** May hold slashes. */
  readonly isRest: boolean
}

export interface MethodDescription {
  readonly method: string
  /** In a few words, and as programs may call it; both are made of the method and the name of the resource unless given. */
  readonly summary?: string
  readonly operationId?: string
  /** In words: what was written by hand, else generated. */
  readonly description: string
  /** RFC 9110 §9.2.1 and §9.2.2. */
  readonly isSafe: boolean
  readonly isIdempotent: boolean
  readonly produces: readonly TypeDescription[]
  /** Empty for a method without content. */
  readonly accepts: readonly TypeDescription[]
  /** JSON Schemas of the data; undefined where there is no schema, or no JSON Schema of it. References are relative to their own root. */
  readonly input: JsonSchema | undefined
  readonly output: JsonSchema | undefined
  readonly needsContent: boolean
  /** Query parameters of this method alone. */
  readonly query?: readonly QueryParameterDescription[]
  /** The preferences that it heeds (RFC 7240): `return=minimal`. */
  readonly preferences?: readonly string[]
  readonly needsUser: boolean
  /** Which validators there are to ask with: `If-Match`, `If-Modified-Since` … */
  readonly hasEntityTag: boolean
  readonly hasLastModified: boolean
  /** Without a condition: 428. */
  readonly needsCondition: boolean
  readonly hasRanges: boolean
  readonly createsByPut: boolean
  readonly idempotencyKey: 'needed' | 'understood' | 'none'
  readonly rateLimits: readonly RateLimitDescription[]
  /** What it succeeds with, where that is known: else 200 for a read, any 2xx for a write. */
  readonly successes?: readonly SuccessDescription[]
  /** Statuses from 300 that the table of decisions can end in here; handlers and middleware may give others. */
  readonly statuses: readonly number[]
}

export interface TypeDescription {
  /** For `?format=`. */
  readonly name: string
  readonly mediaType: string
  /** Its content has links in it, so that it is more than what a schema says. */
  readonly showsLinks: boolean
  /** Of content of this type, where it is another than that of the data. */
  readonly schema?: JsonSchema
}

export interface SuccessDescription {
  readonly status: number
  readonly description: string
  readonly hasContent: boolean
  /** Its header fields besides those that any answer of the method has. */
  readonly fields: readonly ('Content-Location' | 'ETag' | 'Link' | 'Location' | 'Preference-Applied')[]
}

/** So many requests in so many seconds. */
export interface RateLimitDescription {
  readonly name: string
  readonly count: number
  readonly window: number
}

/**
 * Describes what is mounted, in its order. A class is made once for each of its methods, without a request: a setting that is a
 * getter may look at `exchange.method`.
 *
 * @throws whatever a class throws that cannot be made without a request.
 * @example
 * describe(router([Post]))[0]?.methods.map(({ method, isSafe }) => [method, isSafe])
 * // [['GET', true], ['HEAD', true], ['PUT', false], ['OPTIONS', true]]
 */
export function describe({ mounts }: Pick<Router, 'mounts'>): readonly ResourceDescription[] {
  return mounts.map(describeMount)
}

function describeMount({ path, resource, mounted }: MountedResource): ResourceDescription {
  const query = resource.parameters && describeQuery(resource.parameters)
  return describeResource(resource.name || 'Resource', path, (method) => instanceOf(mounted, method), query)
}

/**
 * Describes what stands at a path, however it is made.
 *
 * @param sampleOf makes one without a request, as it would be for the method.
 * @example
 * describeResource('Hello', new PathTemplate('/hello/:name'), (method) => new Hello(exchangeOf(method), {}))
 */
export function describeResource(
  name: string,
  path: PathTemplate,
  sampleOf: (method: string) => Resource,
  query?: readonly QueryParameterDescription[],
): ResourceDescription {
  const sample = sampleOf('GET')
  return {
    name,
    path,
    description: wordsOfResource(sample),
    parameters: path.names.map((each) => describeParameter(path, each)),
    query,
    methods: sample.methods.map((method) => describeMethod(sampleOf(method))),
    languages: sample.languages,
    challenges: sample.schemes.map(({ challenge }) => challenge),
    deprecation: sample.deprecation,
  }
}

function describeParameter(path: PathTemplate, name: string): PathParameterDescription {
  return {
    name,
    pattern: path.patternOf(name),
    isOptional: path.openApiPaths.length > 1 && name === path.names.at(-1),
    isRest: path.uriTemplate.includes(`{+${name}}`),
  }
}

function describeMethod(resource: Resource): MethodDescription {
  const { method } = resource.exchange
  const input = resource.input[method as keyof Resource['input']] // any other method has none
  const output = resource.output[method === 'HEAD' ? 'GET' : method]
  const limits = resource.rateLimit === undefined ? undefined : rateLimits(resource.rateLimit)
  const described = {
    method,
    isSafe: isSafe(method),
    isIdempotent: isSafe(method) || method === 'PUT' || method === 'DELETE',
    produces: method === 'OPTIONS' ? [] : resource.produces.map(describeType),
    accepts: methodsWithContent.includes(method) ? readersOf(resource).map(describeType) : [],
    input: input && jsonSchemaOf(input),
    output: output && jsonSchemaOf(output),
    needsContent: input !== undefined,
    needsUser: isUserNeeded(resource),
    hasEntityTag: hasOwnAnswer(resource, 'entityTag'),
    hasLastModified: hasOwnAnswer(resource, 'lastModified'),
    needsCondition: !isSafe(method) && isConditionNeeded(resource),
    hasRanges: resource.ranges && method === 'GET',
    createsByPut: resource.createsByPut && method === 'PUT',
    idempotencyKey: idempotencyKeyOf(resource),
    rateLimits: [...(limits?.beforeAuthentication ?? []), ...(limits?.afterAuthentication ?? [])].map(
      ({ name, count, window }) => ({ name, count, window }),
    ),
    statuses: statusesOf(resource),
  }
  return { ...described, description: wordsOfMethod(resource, described) }
}

function describeType({ name, mediaType, showsLinks }: TypeDescription): TypeDescription {
  return { name, mediaType, showsLinks }
}

function idempotencyKeyOf(resource: Resource): MethodDescription['idempotencyKey'] {
  if (!takesIdempotencyKey(resource)) return 'none'
  return resource.idempotency?.required === true ? 'needed' : 'understood'
}
