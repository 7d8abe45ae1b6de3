// Takes a JSON Schema apart into itself and its definitions, so that each can stand among the components of an OpenAPI document.

import type { JsonSchema } from '../query/query-parameters.ts'

/** The schema itself, or one of its definitions. */
export interface SchemaPart {
  /** Where it was: `#` or `#/$defs/Pizza`. */
  readonly pointer: string
  /** What it should be called. */
  readonly name: string
  /** Equal for parts that mean the same, whatever was around them. */
  readonly identity: string
  /** With its references made to lead where `refOf` says that a part is now. */
  readonly write: (refOf: (pointer: string) => string) => JsonSchema
}

/**
 * @param name of the schema. Definitions keep theirs if somebody chose it, which begins with a capital; others come from generators.
 * @example
 * schemaParts({ type: 'array', items: { $ref: '#/$defs/Pizza' }, $defs: { Pizza: { type: 'object' } } }, 'Pizzas')
 * // { root: '#', parts: [{ pointer: '#', name: 'Pizzas', … }, { pointer: '#/$defs/Pizza', name: 'Pizza', … }] }
 */
export function schemaParts(
  schema: JsonSchema,
  name: string,
): { readonly root: string; readonly parts: readonly SchemaPart[] } {
  const { $schema: _dialect, $id: _id, $defs = {}, definitions = {}, ...itself } = schema
  const bodies = new Map<string, JsonSchema>([['#', itself]])
  for (const [keyword, definitionsOf] of Object.entries({ $defs, definitions })) {
    for (const [key, body] of Object.entries(definitionsOf as Record<string, JsonSchema>)) {
      bodies.set(`#/${keyword}/${key}`, body)
    }
  }
  const root = rootOf(itself, bodies)
  const reached = reachedFrom(root, bodies)
  const parts = reached.map((pointer, index): SchemaPart => {
    const closure = reachedFrom(pointer, bodies)
    const order = (other: string): string => `#${closure.indexOf(other)}`
    return {
      pointer,
      name: nameOf(pointer, root, name, index),
      identity: JSON.stringify(closure.map((each) => [chosenName(each), rewrite(bodies.get(each), bodies, order)])),
      write: (refOf) => rewrite(bodies.get(pointer), bodies, refOf) as JsonSchema, // an object, as it was
    }
  })
  return { root, parts }
}

/** Where the schema is nothing but a reference to a definition, that one. */
function rootOf(itself: JsonSchema, bodies: ReadonlyMap<string, JsonSchema>): string {
  const { $ref, ...others } = itself
  const pointer = typeof $ref === 'string' ? decoded($ref) : '#'
  return bodies.has(pointer) && Object.keys(others).length === 0 ? pointer : '#'
}

function nameOf(pointer: string, root: string, name: string, index: number): string {
  return chosenName(pointer) ?? (pointer === root ? name : `${name}Part${index}`)
}

function chosenName(pointer: string): string | undefined {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1)
  return /^[A-Z]/.test(key) ? key : undefined
}

/** The part and all that it refers to, in the order in which they are met. */
function reachedFrom(start: string, bodies: ReadonlyMap<string, JsonSchema>): readonly string[] {
  const reached = new Set([start])
  for (const pointer of reached) {
    rewrite(bodies.get(pointer), bodies, (other) => {
      reached.add(other)
      return other
    })
  }
  return [...reached]
}

/** Keywords of JSON Schema 2020-12 that hold schemas: one, a list of them, or one for each name. Data that looks like a reference is left alone. */
const holdsOne = new Set(
  'additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems unevaluatedProperties'.split(
    ' ',
  ),
)
const holdsList = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'])
const holdsNamed = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties'])

function rewrite(
  schema: unknown,
  bodies: ReadonlyMap<string, JsonSchema>,
  refOf: (pointer: string) => string,
): unknown {
  if (typeof schema !== 'object' || schema === null) return schema // true or false
  // What has an id of its own resolves its references by itself.
  if ('$id' in schema) return schema
  const deeper = (value: unknown): unknown => rewrite(value, bodies, refOf)
  const entries = Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
    if (keyword === '$ref' && typeof value === 'string') return [keyword, moved(value, bodies, refOf)]
    if (Array.isArray(value)) return [keyword, holdsList.has(keyword) ? value.map(deeper) : value]
    if (holdsOne.has(keyword)) return [keyword, deeper(value)]
    if (!holdsNamed.has(keyword) || typeof value !== 'object' || value === null) return [keyword, value]
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, deeper(each)]))]
  })
  return Object.fromEntries(entries)
}

/** A JSON pointer into a definition goes on from where that is now; any other begins at the schema itself. */
function moved(ref: string, bodies: ReadonlyMap<string, JsonSchema>, refOf: (pointer: string) => string): string {
  if (ref !== '#' && !ref.startsWith('#/')) return ref
  const segments = ref.split('/')
  const definition = decoded(segments.slice(0, 3).join('/'))
  if (segments.length >= 3 && bodies.has(definition)) return [refOf(definition), ...segments.slice(3)].join('/')
  return [refOf('#'), ...segments.slice(1)].join('/')
}

/** As the key is in the schema: pointers are percent-encoded in a fragment, and have two escapes (RFC 6901 §3, §6). */
function decoded(pointer: string): string {
  const [hash = '#', keyword = '', key = ''] = pointer.split('/')
  if (keyword === '' || pointer.split('/').length !== 3) return pointer
  try {
    return `${hash}/${keyword}/${decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')}`
  } catch {
    return pointer
  }
}
