// The components of an OpenAPI document: what is referred to is kept once, by a name that is its own.

import { problemSchema } from './openapi-problem.ts'
import { schemaParts } from './openapi-schemas.ts'
import type { JsonSchema } from '../query/query-parameters.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export interface Ref {
  readonly $ref: string
}

type Section = 'schemas' | 'responses' | 'parameters' | 'headers' | 'securitySchemes'

const ofSchemas = '#/components/schemas/'

/** Filled while a document is written; sorted at its end, so that equal resources give equal documents. */
export class Components {
  readonly #sections: Readonly<Record<Section, Map<string, JsonObject>>> = {
    schemas: new Map([['Problem', problemSchema]]), // first, so that no schema of a program takes the name
    responses: new Map(),
    parameters: new Map(),
    headers: new Map(),
    securitySchemes: new Map(),
  }
  /** Names of schemas by all that they say. */
  readonly #schemas = new Map<string, string>()

  /** @param schemas that are referred to by their names already. */
  constructor(schemas: Readonly<Record<string, JsonSchema>> = {}) {
    for (const [name, schema] of Object.entries(schemas)) this.#sections.schemas.set(name, schema)
  }

  /** Refers to a component that is always the same under its name. */
  ref(section: Section, name: string, make: () => JsonObject): Ref {
    const known = this.#sections[section]
    if (!known.has(name)) known.set(name, make())
    return { $ref: `#/components/${section}/${name}` }
  }

  /** Keeps a component under the name, or with a number behind it where that is taken by another; gives the name. */
  add(section: Section, wanted: string, value: JsonObject): string {
    const text = JSON.stringify(value)
    for (const [name, known] of this.#sections[section]) if (JSON.stringify(known) === text) return name
    const name = this.#freeName(section, wanted)
    this.#sections[section].set(name, value)
    return name
  }

  /**
   * A JSON Schema, with its definitions as components beside it, and its references made to lead to them.
   *
   * @param wanted its name, unless it is nothing but a reference to a definition that has one.
   */
  schema(schema: JsonSchema, wanted: string): Ref {
    const { schemas } = this.#sections
    const { $ref } = schema
    const isKept = typeof $ref === 'string' && $ref.startsWith(ofSchemas) && schemas.has($ref.slice(ofSchemas.length))
    if (isKept) return { $ref }
    const { root, parts } = schemaParts(schema, wanted)
    const unknown = parts.filter(({ identity }) => !this.#schemas.has(identity))
    for (const { name, identity } of unknown) {
      if (this.#schemas.has(identity)) continue // two definitions that mean the same
      const free = this.#freeName('schemas', name)
      schemas.set(free, {}) // reserved: they may refer to each other
      this.#schemas.set(identity, free)
    }
    const names = new Map(parts.map(({ pointer, identity }) => [pointer, this.#schemas.get(identity) ?? '']))
    const refOf = (pointer: string): string => `#/components/schemas/${names.get(pointer) ?? ''}`
    for (const { pointer, write } of unknown) schemas.set(names.get(pointer) ?? '', write(refOf))
    return { $ref: refOf(root) }
  }

  /** OpenAPI 3.1.1 §4.8.7: letters, digits, `.`, `-` and `_`. */
  #freeName(section: Section, wanted: string): string {
    const clean = wanted.replaceAll(/[^\w.-]/g, '_')
    let name = clean
    for (let count = 2; this.#sections[section].has(name); count++) name = `${clean}${count}`
    return name
  }

  /** Without sections that are empty. */
  toJson(): JsonObject {
    const sections = Object.entries(this.#sections).filter(([, known]) => known.size > 0)
    return Object.fromEntries(
      sections.map(([section, known]) => [
        section,
        Object.fromEntries([...known].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      ]),
    )
  }
}
