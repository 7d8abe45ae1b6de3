// Configures models that belong to somebody else: an app as its makers wrote it, with more options for some of its models.

import type { Table } from 'drizzle-orm'
import { checkAppOptions, undefinedClosing } from './check-options.ts'
import type { AppDefinition, AppOptions, ModelDefinition, ModelDefinitions, ModelOptions } from './define.ts'
import { isBuiltIn, type OperationOptions } from '../models/operations.ts'

/** For models of an app by name: the options of `model`, all of which may be left out. */
export type Configuration<Models extends ModelDefinitions> = {
  readonly [Name in keyof Models]?: Models[Name] extends ModelDefinition<infer T> ? ModelOptions<T> : never
}

/**
 * The app with more options for its models. What is given by name (properties, operations, access …) is added, or replaces what has
 * the same name; `exclude` and `readOnly` are added to, so that what was hidden stays hidden; hooks run besides those there are; any
 * other option is replaced. An operation that is `false` is removed.
 *
 * @throws TypeError for a model that the app has not, and for an option that does not exist.
 * @example
 * configure(authApp(users), { User: { display: 'mail', operations: { delete: false } } })
 */
export function configure<Models extends ModelDefinitions>(
  definition: AppDefinition<Models>,
  configuration: Configuration<Models>,
  options: AppOptions = {},
): AppDefinition<Models> {
  const { name, models } = definition
  checkAppOptions(options, `configure(${name}, …)`)
  const given = configuration as Readonly<Record<string, ModelOptions<Table> | undefined>> // by name, for whatever tables
  const unknown = Object.keys(given).find((each) => !Object.hasOwn(models, each))
  if (unknown !== undefined) {
    throw new TypeError(`App "${name}" has no model "${unknown}"; there are: ${Object.keys(models).join(', ')}.`)
  }
  const configured = Object.entries(models).map(([each, model]): [string, ModelDefinition] => {
    const more = given[each]
    const wrong = more && undefinedClosing(more, `configure(${name}, …): ${each}`)
    if (wrong !== undefined) throw new TypeError(`${wrong}.`)
    return [each, more === undefined ? model : { ...model, options: merged(model.options, more) }]
  })
  return {
    ...definition,
    models: Object.fromEntries(configured) as unknown as Models, // the same names and tables
    configuration: { ...definition.configuration, ...options.configuration },
    convert: { ...definition.convert, ...options.convert },
  }
}

type Options = ModelOptions<Table>

/** An option that is undefined is left out: it must not take away what is there, rules or what is excluded. */
function merged(base: Options, given: Options): Options {
  const more = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Options
  const result: Record<string, unknown> = { ...base, ...more }
  for (const option of named) {
    if (base[option] !== undefined && more[option] !== undefined) result[option] = { ...base[option], ...more[option] }
  }
  for (const option of lists) {
    if (base[option] !== undefined && more[option] !== undefined) result[option] = [...base[option], ...more[option]]
  }
  if (base.on !== undefined && more.on !== undefined) result['on'] = [base.on, more.on].flat()
  if (base.operations !== undefined && more.operations !== undefined) {
    result['operations'] = withoutRemoved(base.operations, more.operations)
  }
  return result
}

const named = ['properties', 'references', 'fields', 'convert', 'access'] as const
const lists = ['exclude', 'readOnly'] as const

/** What was added is gone when it is removed; what is built in has to be said to be. */
function withoutRemoved(base: OperationOptions, more: OperationOptions): OperationOptions {
  const all = Object.entries({ ...base, ...more })
  return Object.fromEntries(
    all.filter(([name, each]) => each !== false || isBuiltIn(name) || !Object.hasOwn(base, name)),
  )
}
