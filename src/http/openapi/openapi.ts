// An OpenAPI 3.1 document of what a router has, made of the descriptions of its resources.

import { describe, type MethodDescription, type ResourceDescription } from './describe.ts'
import { Components, type JsonObject } from './openapi-components.ts'
import { operationOf } from './openapi-operation.ts'
import { pathParameters } from './openapi-parameters.ts'
import type { JsonSchema } from '../query/query-parameters.ts'
import type { Router } from '../routing/router.ts'

/** What resources do not know about themselves. */
export interface OpenApiInfo {
  readonly title: string
  /** Of what is described, not of OpenAPI. */
  readonly version: string
  readonly description?: string
  /** Where it is; default: where the document is. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[]
  /** What is said of a tag, by its name; unless given, what the first of its resources says of itself. */
  readonly tags?: Readonly<Record<string, string>>
  /** Schemas to keep under their names, for descriptions that refer to them: `{ $ref: '#/components/schemas/…' }`. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>
}

/** Plain JSON. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: JsonObject
  readonly servers: readonly JsonObject[]
  readonly tags: readonly JsonObject[]
  readonly paths: Readonly<Record<string, JsonObject>>
  readonly components: JsonObject
  /** Paths that OpenAPI cannot tell from one before them. */
  readonly 'x-left-out'?: readonly string[]
}

/**
 * Describes what is mounted as OpenAPI 3.1. The same resources give the same document, octet for octet.
 *
 * HEAD and OPTIONS are left out: every GET has the one, everything the other. QUERY has no place in OpenAPI before 3.2; its
 * operation stands under `x-query`, as 3.2 has it under `query`. A path whose last segment is optional becomes two; of paths that
 * differ in the patterns of their parameters alone, which OpenAPI does not allow, the first is shown, and the others are named in
 * `x-left-out`.
 *
 * @throws whatever a class throws that cannot be made without a request.
 * @example
 * openApi(router([Post]), { title: 'Blog', version: '1.0.0' }).paths['/blog/{id}']
 */
export function openApi(router: Pick<Router, 'mounts'>, info: OpenApiInfo): OpenApiDocument {
  return openApiOf(describe(router), info)
}

/**
 * The document of descriptions, wherever they come from: `describe`, with something added to it, or `describeResource`.
 *
 * @example
 * openApiOf(describe(app).filter(({ name }) => name !== 'Secret'), { title: 'Blog', version: '1.0.0' })
 */
export function openApiOf(resources: readonly ResourceDescription[], info: OpenApiInfo): OpenApiDocument {
  const { title, version, description, servers = [{ url: '/' }], tags: words = {} } = info
  const components = new Components(info.schemas)
  const { shown, leftOut } = distinctPaths(resources)
  const idOf = operationIds()
  const paths = shown.map(([path, resource]) => [path, pathItem(path, resource, idOf, components)] as const)
  const tags = new Map(
    resources
      .toReversed()
      .map(({ name, tag = name, description: own }) => [
        tag,
        { name: tag, description: Object.hasOwn(words, tag) ? words[tag] : own },
      ]),
  )
  return {
    openapi: '3.1.1',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    servers,
    tags: [...tags.values()].toReversed(),
    paths: Object.fromEntries(paths),
    components: components.toJson(),
    ...(leftOut.length === 0 ? {} : { 'x-left-out': leftOut }),
  }
}

type PathOf = readonly [path: string, resource: ResourceDescription]

/** Two that differ in nothing but the names of their parameters are one path (OpenAPI 3.1.1 §4.8.8). */
function distinctPaths(resources: readonly ResourceDescription[]): {
  readonly shown: readonly PathOf[]
  readonly leftOut: readonly string[]
} {
  const shown = new Map<string, PathOf>()
  const leftOut: string[] = []
  for (const resource of resources) {
    for (const path of resource.path.openApiPaths) {
      const shape = path.replaceAll(/\{[^}]*\}/g, '{}')
      if (shown.has(shape)) leftOut.push(resource.path.path)
      else shown.set(shape, [path, resource])
    }
  }
  return { shown: [...shown.values()], leftOut }
}

type IdOf = (resource: ResourceDescription, method: MethodDescription) => string

/** `getPost`; with a number where a class is mounted, or written, more than once. */
function operationIds(): IdOf {
  const counts = new Map<string, number>()
  return ({ name }, { method, operationId }) => {
    const id = operationId ?? method.toLowerCase() + name.replaceAll(/\W/g, '_')
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}_${count}`
  }
}

function pathItem(path: string, resource: ResourceDescription, idOf: IdOf, components: Components): JsonObject {
  const parameters = pathParameters(resource, path)
  const operations = resource.methods
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .map((method): [string, JsonObject] => [
      method.method === 'QUERY' ? 'x-query' : method.method.toLowerCase(),
      operationOf(resource, method, idOf(resource, method), components),
    ])
  return {
    description: resource.description,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...Object.fromEntries<JsonObject>(operations),
  }
}
