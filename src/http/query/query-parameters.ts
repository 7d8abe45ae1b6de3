// Query parameters as a resource declares them: read strictly, all faults at once; inherited; described for OpenAPI.

import type { Fault } from '../../wire/index.ts'
import { Problem } from '../problems/problem.ts'

/** A JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a request gave for one parameter: a value, or words for each thing that is wrong with it. */
export type Reading<Value> = { readonly value: Value } | { readonly faults: readonly string[] }

/** A declared parameter; `parameter` and the kinds of query-kinds.ts make them. */
export interface QueryParameter<Value> {
  /** The name in the URL, where it is another than in the declarations. */
  readonly name: string | undefined
  readonly description: string | undefined
  readonly required: boolean
  readonly list: boolean
  /** Of the whole parameter: of the array, where it is a list. */
  readonly schema: JsonSchema
  /** Reads all texts the query has under the name. */
  readonly read: (texts: readonly string[]) => Reading<Value>
}

/** What every kind takes. `T` is the type of one value; of the other types it matters what is given at all. */
export interface ParameterOptions<T, List extends boolean, Required extends boolean, Default> {
  /** The name in the URL, where it is another than in the declarations. */
  readonly name?: string
  readonly description?: string
  /** The name may be repeated, and the value is an array: an empty one where there are neither values nor a default. */
  readonly list?: List
  /** A URL without it is refused. */
  readonly required?: Required
  /** The value where the URL has none. It is not cleaned. */
  readonly default?: Default
  /** Cleans each value. The message of a RangeError or TypeError it throws is told with 400: `must be even`. */
  readonly clean?: (value: T) => T
}

export type DefaultOf<T, List> = (List extends true ? readonly T[] : T) | undefined

export type ValueOf<T, List, Required, Default> = List extends true
  ? readonly T[]
  : Required extends true
    ? T
    : [Default] extends [undefined]
      ? T | undefined
      : T

/**
 * A parameter of a kind of your own.
 *
 * @param parse one value from its text; the message of a RangeError or TypeError it throws is told with 400
 * @param options `schema` describes one value; a default appears in it if it is made of strings, numbers, booleans or dates
 * @throws TypeError where it is required and has a default, or is a list and its default is not
 * @example
 * parameter((text) => new URL(text), { schema: { type: 'string', format: 'uri' }, required: true })
 */
export function parameter<
  T,
  List extends boolean = false,
  Required extends boolean = false,
  Default extends DefaultOf<T, List> = undefined,
>(
  parse: (text: string) => T,
  options: ParameterOptions<NoInfer<T>, List, Required, Default> & { readonly schema: JsonSchema },
): QueryParameter<ValueOf<T, List, Required, Default>> {
  const { name, description, clean = (value: T): T => value, default: standard } = options
  const list: boolean = options.list ?? false
  const required: boolean = options.required ?? false
  if (required && standard !== undefined) throw new TypeError('A required query parameter has no use for a default.')
  if (list && standard !== undefined && !Array.isArray(standard)) {
    throw new TypeError('The default of a list of query parameters is an array.')
  }

  const read = (texts: readonly string[]): Reading<unknown> => {
    if (texts.length === 0) {
      return required ? { faults: ['is required'] } : { value: standard ?? (list ? [] : undefined) }
    }
    if (texts.length > 1 && !list) return { faults: ['is given more than once'] }
    const values: T[] = []
    const faults: string[] = []
    for (const [index, text] of texts.entries()) {
      try {
        values.push(clean(parse(text)))
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error
        faults.push(texts.length === 1 ? error.message : `${error.message} (value ${index + 1} of ${texts.length})`)
      }
    }
    return faults.length > 0 ? { faults } : { value: list ? values : values[0] }
  }
  type Value = ValueOf<T, List, Required, Default>
  return {
    name,
    description,
    required,
    list,
    schema: wholeSchema(options.schema, list, required, standard),
    read: read as QueryParameter<Value>['read'], // what `list`, `required` and `default` make of T, a compiler cannot follow
  }
}

function wholeSchema(schema: JsonSchema, list: boolean, required: boolean, standard: unknown): JsonSchema {
  const told = list && Array.isArray(standard) ? standard.map(jsonOf) : jsonOf(standard)
  const isTold = told !== undefined && !(Array.isArray(told) && told.includes(undefined))
  return {
    ...(list ? { type: 'array', items: schema } : schema),
    ...(list && required ? { minItems: 1 } : {}),
    ...(isTold ? { default: told } : {}),
  }
}

/** How a default is told; undefined where only its kind knows how it is written. */
function jsonOf(value: unknown): string | number | boolean | undefined {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** The declared parameters by the names that the program has for them. */
export type QueryDeclarations = Readonly<Record<string, QueryParameter<unknown>>>

/** The values of declared parameters: `{ page: number, tag: readonly string[], since: Date | undefined }`. */
export type QueryValues<Declarations extends QueryDeclarations> = {
  readonly [Name in keyof Declarations]: Declarations[Name] extends QueryParameter<infer Value> ? Value : never
}

const maxFaults = 100

/**
 * The values of a query, by the names in the declarations. A value that is not right is never replaced by a default.
 * Escapes that are not UTF-8 have become U+FFFD in any `URLSearchParams`: who minds refuses them before.
 *
 * @param alsoAllowed names of parameters that others read, such as `format`
 * @throws Problem 400 `invalid-parameter` with all faults: unknown, repeated, wrong and missing ones, the first 100 listed
 * @example
 * readQuery({ page: integer({ default: 1 }) }, new URLSearchParams('page=2'))  // { page: 2 }
 */
export function readQuery<Declarations extends QueryDeclarations>(
  declarations: Declarations,
  query: URLSearchParams,
  alsoAllowed: readonly string[] = [],
): QueryValues<Declarations> {
  const faults: Fault[] = []
  const values: [string, unknown][] = []
  const allowed = new Set<string>()
  for (const [key, declared] of Object.entries(declarations)) {
    const name = declared.name ?? key
    allowed.add(name)
    const reading = declared.read(query.getAll(name))
    if ('value' in reading) values.push([key, reading.value])
    else faults.push(...reading.faults.map((detail) => ({ parameter: name, detail })))
  }
  for (const name of alsoAllowed) allowed.add(name)
  const unknown = new Set([...query.keys()].filter((name) => !allowed.has(name)))
  const hint = allowed.size === 0 ? 'this resource takes no query parameters' : `there are: ${[...allowed].join(', ')}`
  for (const name of unknown) faults.push({ parameter: name, detail: `is not known; ${hint}` })
  if (faults.length > 0) throw refused(faults)
  return Object.fromEntries(values) as QueryValues<Declarations> // one value for each declaration, made right above
}

function refused(faults: readonly Fault[]): Problem {
  const errors = faults.slice(0, maxFaults)
  const words = errors.slice(0, 5).map(({ parameter: name, detail }) => `"${name}" ${detail.replace(/\.$/, '')}`)
  if (faults.length > words.length) words.push(`and ${faults.length - words.length} more`)
  return new Problem(400, `${words.join('; ')}.`, { code: 'invalid-parameter', errors })
}

/** A parameter object of OpenAPI 3.1 (§4.8.12). */
export interface QueryParameterDescription {
  readonly name: string
  readonly in: 'query'
  readonly description?: string
  readonly required: boolean
  readonly schema: JsonSchema
  readonly style?: 'form'
  readonly explode?: boolean
  /** A name to keep it by among the components of OpenAPI, for one that many methods take; of equal names, all are the same. */
  readonly component?: string
}

/**
 * The declared parameters as OpenAPI 3.1 describes them; lists repeat their name (`style: form`, `explode`).
 *
 * @example
 * describeQuery({ page: integer({ minimum: 1 }) })
 * // [{ name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } }]
 */
export function describeQuery(declarations: QueryDeclarations): readonly QueryParameterDescription[] {
  return Object.entries(declarations).map(([key, { name = key, description, required, list, schema }]) => ({
    name,
    in: 'query',
    ...(description === undefined ? {} : { description }),
    required,
    schema,
    ...(list ? { style: 'form', explode: true } : {}),
  }))
}

/**
 * Inherited declarations and a class's own; where both have a name, the own one wins.
 *
 * @throws TypeError where two of them have the same name in the URL
 * @example
 * mergeQuery({ page: integer() }, { page: integer({ default: 1 }), q: text() })
 */
export function mergeQuery<Base extends QueryDeclarations, Own extends QueryDeclarations>(
  base: Base,
  own: Own,
): Omit<Base, keyof Own> & Own {
  const merged: QueryDeclarations = { ...base, ...own }
  const keys = new Map<string, string>()
  for (const [key, { name = key }] of Object.entries(merged)) {
    const other = keys.get(name)
    if (other !== undefined) throw new TypeError(`"${other}" and "${key}" are both "${name}" in the URL.`)
    keys.set(name, key)
  }
  return merged as Omit<Base, keyof Own> & Own // what a spread makes; the compiler says Base & Own
}
