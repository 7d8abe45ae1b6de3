// URLs from code: of any operation of a model or of an instance, with further parts of the path and a query.

import type { Table } from 'drizzle-orm'
import type { Model, Row } from './models/model.ts'
import { operationUrl } from './models/operation-places.ts'
import { builtIns, isBuiltIn } from './models/operations.ts'
import { searchOf } from './search-of.ts'

type Text = string | number | bigint | boolean

export interface LinkOptions {
  /** The name of an operation, of an instance also of a data array; the model's list, or the instance itself, unless given. */
  readonly operation?: string
  /** Values for the further parts of the operation's path. */
  readonly params?: Readonly<Record<string, string | number | bigint>>
  /** A list repeats its name; undefined is left out. */
  readonly query?: Readonly<Record<string, Text | readonly Text[] | undefined>>
}

/** A model by its full name, `menu.Pizza`, or by its table. */
export type ModelName = string | Table

/** What a key is given as: a row, or any object with its columns; of a key of one column its value. */
export type InstanceKey = Row | Text

export interface Links {
  /**
   * The URL of a model, or of an operation of it.
   *
   * @throws TypeError where there is no such model or operation, or a path cannot hold a value.
   * @example
   * pizzas.modelUrl('menu.Pizza', { operation: 'top-sellers', params: { year: 2026 }, query: { limit: 5 } })
   */
  modelUrl(model: ModelName, options?: LinkOptions): string
  /**
   * The URL of an instance, or of an operation or data array of it; undefined for no instance.
   *
   * @throws TypeError as `modelUrl` does
   * @example
   * pizzas.instanceUrl(pizzasTable, order.pizzaId, { operation: 'order' })
   */
  instanceUrl(model: ModelName, instance: InstanceKey, options?: LinkOptions): string
  instanceUrl(model: ModelName, instance: InstanceKey | null | undefined, options?: LinkOptions): string | undefined
}

export function linksOf(models: ReadonlyMap<string, Model>): Links {
  const find = (name: ModelName): Model => {
    const found =
      typeof name === 'string' ? models.get(name) : [...models.values()].find(({ table }) => table.table === name)
    if (found !== undefined) return found
    const asked = typeof name === 'string' ? `"${name}"` : 'of this table'
    throw new TypeError(`There is no model ${asked}; there are: ${[...models.keys()].join(', ')}.`)
  }
  const instanceUrl = (
    name: ModelName,
    instance: InstanceKey | null | undefined,
    options: LinkOptions = {},
  ): string | undefined => {
    const model = find(name)
    const key = keyOf(model, instance)
    return key && placeOf(model, 'instance', key, options) + queryOf(options)
  }
  return {
    modelUrl: (name, options = {}) => placeOf(find(name), 'model', '', options) + queryOf(options),
    instanceUrl: instanceUrl as Links['instanceUrl'], // undefined for no instance alone, which an overload says
  }
}

/** As it stands in URLs; undefined where it names no row. */
function keyOf(model: Model, instance: InstanceKey | null | undefined): string | undefined {
  if (instance === null || instance === undefined) return undefined
  const { key } = model.table
  if (typeof instance !== 'object' && key.length > 1) {
    throw model.fault(`a key is given as an object with ${key.join(', ')}`)
  }
  const row: Row = typeof instance === 'object' ? instance : { [key[0] ?? '']: instance }
  return key.some((name) => row[name] === null || row[name] === undefined) ? undefined : model.keySegment(row)
}

function placeOf(model: Model, of: 'model' | 'instance', key: string, { operation, params }: LinkOptions): string {
  const definition = operation === undefined ? undefined : model.operations.own.get(operation)
  if (definition?.of === of) return operationUrl(model, operation ?? '', definition, key, params)
  if (params !== undefined) throw model.fault(`"${operation ?? ''}" has no further parts of its path`)
  const own = of === 'model' ? model.url : `${model.url}/${key}`
  if (operation === undefined) return own
  if (of === 'instance' && model.dataArrays.has(operation)) return `${own}/${operation}`
  if (isBuiltIn(operation) && builtIns[operation].of === of && model.operations.has(operation)) {
    return operation === 'get' ? `${own}/-/get` : own
  }
  throw model.fault(`there is no operation "${operation}" of the ${of}; there are: ${namesOf(model, of).join(', ')}`)
}

function namesOf(model: Model, of: 'model' | 'instance'): readonly string[] {
  const builtIn = Object.keys(builtIns).filter((name) => isBuiltIn(name) && builtIns[name].of === of)
  const own = [...model.operations.own].filter(([, definition]) => definition.of === of).map(([name]) => name)
  const arrays = of === 'instance' ? [...model.dataArrays.keys()] : []
  return [...builtIn.filter((name) => isBuiltIn(name) && model.operations.has(name)), ...own, ...arrays]
}

function queryOf({ query = {} }: LinkOptions): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== undefined) parameters.append(name, String(each))
  }
  return searchOf(parameters)
}
