// The operations of a model, settled once: which built-in ones it has, what stands in the place of others, and its own.

import { checkCaching } from '../../http/index.ts'
import { undefinedOption } from '../../wire/index.ts'
import type { OperationDefinition, OperationHandler, OperationMethod } from '../definition/define-operation.ts'
import type { AnyRow } from '../definition/rows.ts'

export type BuiltIn = 'instances' | 'create' | 'get' | 'data' | 'update' | 'replace' | 'delete'

/** Every built-in operation: what it is of, and the method that it is. */
export const builtIns: Readonly<
  Record<BuiltIn, { readonly of: OperationDefinition['of']; readonly method: OperationMethod }>
> = {
  instances: { of: 'model', method: 'GET' },
  create: { of: 'model', method: 'POST' },
  get: { of: 'model', method: 'GET' },
  data: { of: 'instance', method: 'GET' },
  update: { of: 'instance', method: 'PATCH' },
  replace: { of: 'instance', method: 'PUT' },
  delete: { of: 'instance', method: 'DELETE' },
}

/** Which built-in operation a method is, on one kind of resource. */
export type BuiltInMethods = Readonly<Record<string, BuiltIn>>

export function isBuiltIn(name: string): name is BuiltIn {
  return Object.hasOwn(builtIns, name)
}

/** By name; operations of an instance are given a row of the model. */
export type OperationOptions<Row = AnyRow> = Readonly<Record<string, OperationDefinition<Row> | false>>

export class Operations {
  /** Those of the model's own, by name. */
  readonly own: ReadonlyMap<string, OperationDefinition>
  /** What is run in the place of built-in ones. */
  readonly replaced: ReadonlyMap<BuiltIn, OperationDefinition>
  readonly #removed: ReadonlySet<string>

  /** @throws TypeError where something is removed that is not built in, or replaced by something of another kind. */
  constructor(options: OperationOptions, fault: (message: string) => TypeError) {
    const own = new Map<string, OperationDefinition>()
    const replaced = new Map<BuiltIn, OperationDefinition>()
    const removed = new Set<string>()
    for (const [name, definition] of Object.entries(options)) {
      if (!isDefinition(definition)) throw fault(`the operation "${name}" must be made by operation.model or .instance`)
      const wrong = definition === false ? undefined : whatIsWrong(definition)
      if (wrong !== undefined) throw fault(`the operation "${name}"${wrong}`)
      if (isBuiltIn(name)) {
        if (definition === false) removed.add(name)
        else replaced.set(name, mustFit(name, definition, fault))
      } else if (definition === false) {
        const there = Object.keys(builtIns).join(', ')
        throw fault(`operations removes "${name}", which is no built-in operation; there are: ${there}`)
      } else own.set(name, definition)
    }
    this.own = own
    this.replaced = replaced
    this.#removed = removed
  }

  /** Whether a method is there on a resource of the model or of an instance: what is replaced is only there as what replaces it. */
  offers(name: BuiltIn, of: OperationDefinition['of'], method: string): boolean {
    if (!this.has(name)) return false
    const replacement = this.replaced.get(name)
    return replacement === undefined || (replacement.of === of && builtIns[name].method === method)
  }

  /** Whether a built-in operation is there, as it was made or replaced. */
  has(name: BuiltIn): boolean {
    return !this.#removed.has(name)
  }
}

/** A program without types may have given the handlers alone. */
function isDefinition(definition: unknown): boolean {
  const isObject = typeof definition === 'object' && definition !== null
  return definition === false || (isObject && 'of' in definition && 'handlers' in definition)
}

const handled: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies readonly OperationMethod[]
const placeOptions: readonly string[] = ['of', 'handlers', 'isPublic', 'path', 'mount']
const handlerOptions: Readonly<Record<keyof OperationHandler, true>> = {
  run: true,
  input: true,
  output: true,
  inputSchema: true,
  outputSchema: true,
  query: true,
  permissions: true,
  caching: true,
  transaction: true,
}

/** Of an operation, what no types have kept a program from; a misspelt permission would let everybody in. */
function whatIsWrong(definition: OperationDefinition): string | undefined {
  const option = Object.keys(definition).find((name) => !placeOptions.includes(name))
  if (option !== undefined) return ` has no option "${option}"; there are: path, mount, public`
  for (const [method, handler] of Object.entries<unknown>(definition.handlers)) {
    if (!handled.includes(method)) return ` has a handler for "${method}"; there may be: ${handled.join(', ')}`
    const wrong = handler === undefined ? undefined : handlerFault(handler, method)
    if (wrong !== undefined) return `: its handler for ${method} ${wrong}`
  }
  return undefined
}

function handlerFault(handler: unknown, method: string): string | undefined {
  if (typeof handler !== 'object' || handler === null) return 'must be an object: { run }'
  const unknown = Object.keys(handler).find((name) => !Object.hasOwn(handlerOptions, name))
  if (unknown !== undefined) return `has no "${unknown}"; there are: ${Object.keys(handlerOptions).join(', ')}`
  if (!('run' in handler) || typeof handler.run !== 'function') return 'needs a function "run"'
  const open = undefinedOption(handler, ['permissions'])
  if (open !== undefined) return open
  const { query } = handler as { readonly query?: unknown } // if it has one
  const wrong = query === undefined ? undefined : queryFault(query)
  if (wrong !== undefined) return wrong
  const uncacheable = cachingFault('caching' in handler ? handler.caching : undefined, method)
  if (uncacheable !== undefined) return uncacheable
  for (const name of ['input', 'output'] as const) {
    const schema: unknown = name in handler ? (handler as Partial<Record<string, unknown>>)[name] : undefined
    if (schema !== undefined && !isStandardSchema(schema)) return `has an ${name} that is no Standard Schema`
  }
  return undefined
}

function cachingFault(caching: unknown, method: string): string | undefined {
  if (caching === undefined) return undefined
  if (typeof caching !== 'object' || caching === null) return 'has "caching" that is no object: { maxAge: 60 }'
  if (method !== 'GET') return 'has "caching", which is for GET alone'
  try {
    checkCaching(caching)
    return undefined
  } catch (error) {
    return `has a wrong ${(error as Error).message.slice(0, -1)}` // a TypeError, and a sentence
  }
}

function queryFault(query: unknown): string | undefined {
  const made = 'made by query.integer(), query.text() and so on'
  if (typeof query !== 'object' || query === null) return `has a query that is no object of parameters ${made}`
  for (const [name, each] of Object.entries<unknown>({ ...query })) {
    const isParameter = typeof each === 'object' && each !== null && 'read' in each && typeof each.read === 'function'
    if (!isParameter) return `has a query parameter "${name}" that is not ${made}`
  }
  return undefined
}

/** arktype's are functions. */
function isStandardSchema(schema: unknown): boolean {
  return (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema
}

function mustFit(
  name: BuiltIn,
  definition: OperationDefinition,
  fault: (message: string) => TypeError,
): OperationDefinition {
  const { of, method } = builtIns[name]
  const methods = Object.keys(definition.handlers)
  const isFitting = definition.of === of && methods.length === 1 && methods[0] === method
  if (!isFitting) {
    throw fault(`the operation "${name}" replaces a built-in one: it must be operation.${of}({ ${method}: … })`)
  }
  if (definition.path === undefined && definition.mount === undefined && !definition.isPublic) return definition
  throw fault(`the operation "${name}" replaces a built-in one: it cannot be elsewhere or public`)
}
