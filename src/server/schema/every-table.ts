// Every table of a Drizzle schema as a model, said in words.

import { is, Table } from 'drizzle-orm'
import type { ModelDefinition, ModelDefinitions, ModelOptions } from '../definition/define.ts'

/**
 * Models of all tables that a module exports, named as they are exported with a capital: `pizzas` is the model `Pizzas`. What else it
 * exports is passed over. Nothing is hidden: whoever may ask the service may ask for all of them.
 *
 * @param options for models by name.
 * @throws TypeError for options of a model that is not there.
 * @example
 * import * as schema from './schema.ts'
 * app('menu', everyTable(schema, { Users: { exclude: ['passwordHash'] } }))
 */
export function everyTable(
  schema: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, ModelOptions<Table>>> = {},
): ModelDefinitions {
  const models = new Map<string, ModelDefinition>()
  for (const [exported, table] of Object.entries(schema)) {
    if (!is(table, Table)) continue
    const name = exported.charAt(0).toUpperCase() + exported.slice(1)
    models.set(name, { table, options: options[name] ?? {} })
  }
  const unknown = Object.keys(options).find((name) => !models.has(name))
  if (unknown === undefined) return Object.fromEntries(models)
  throw new TypeError(`The schema has no table for "${unknown}"; there are: ${[...models.keys()].join(', ')}.`)
}
