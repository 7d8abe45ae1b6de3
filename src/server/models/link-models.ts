// Makes the models of a service and links them: references by foreign key and remote column, data arrays in the other direction.

import type { Table } from 'drizzle-orm'
import { refuseCollisions } from './collisions.ts'
import type { AppDefinition } from './define.ts'
import { Model, type LocalReference, type Reference } from './model.ts'
import type { ValueContext } from './schema/field-description.ts'

export interface App {
  readonly name: string
  readonly url: string
  readonly configuration: Readonly<Record<string, unknown>>
  readonly models: ReadonlyMap<string, Model>
}

/** @throws TypeError where two things would have one name, a table cannot be served or a reference has no name. */
export function linkModels(apps: readonly AppDefinition[], serviceUrl: string, context: ValueContext): readonly App[] {
  const linked = apps.map((definition) => makeApp(definition, serviceUrl, context))
  const models = linked.flatMap(({ models: own }) => [...own.values()])
  const byTable = new Map<Table, Model>()
  for (const model of models) {
    if (!byTable.has(model.table.table)) byTable.set(model.table.table, model)
  }
  for (const model of models) addReferences(model, byTable)
  for (const model of models) addDataArrays(model, models)
  refuseCollisions(linked)
  return linked
}

function makeApp({ name, models, configuration }: AppDefinition, serviceUrl: string, context: ValueContext): App {
  if (!name.split('.').every((word) => /^[A-Za-z][\w-]*$/.test(word))) {
    throw new TypeError(`App "${name}": a name is words joined by dots.`)
  }
  const url = `${serviceUrl}${name.replaceAll('.', '/')}/`
  const made = Object.entries(models).map(([modelName, definition]) => {
    if (!/^[A-Za-z]\w*$/.test(modelName)) throw new TypeError(`App "${name}": "${modelName}" cannot name a model.`)
    return [modelName, new Model(name, modelName, url, definition, context)] as const
  })
  return { name, url, configuration, models: new Map(made) }
}

function addReferences(model: Model, byTable: ReadonlyMap<Table, Model>): void {
  for (const column of Object.keys(model.options.references ?? {})) {
    if (model.table.foreignKeys.some(({ columns }) => columns[0] === column)) continue
    throw model.fault(`references names "${column}", which begins no foreign key`)
  }
  for (const column of model.columns.values()) {
    if (column.description?.kind !== 'remote') continue
    const { name } = column
    const reference: Reference = { kind: 'remote', name, columns: [name], model: column.description.model }
    refuseUnknownService(model, reference)
    model.references.set(name, reference)
  }
  for (const foreignKey of model.table.foreignKeys) {
    const target = byTable.get(foreignKey.table)
    if (target === undefined || !foreignKey.columns.every((column) => model.columns.has(column))) continue
    const name = referenceName(model, foreignKey.columns, foreignKey.foreignColumns)
    if (model.references.has(name)) {
      throw model.fault(`two references would be called "${name}"; name one: model(table, { references: { … } })`)
    }
    model.references.set(name, {
      kind: 'local',
      name,
      columns: foreignKey.columns,
      target,
      targetColumns: foreignKey.foreignColumns,
      inverse: given(model, foreignKey.columns)?.inverse,
      onDelete: foreignKey.onDelete,
    })
  }
}

function refuseUnknownService(model: Model, reference: Reference): void {
  try {
    model.referenceModel(reference)
  } catch (error) {
    throw error instanceof Error ? model.fault(`"${reference.name}" leads nowhere. ${error.message}`) : error
  }
}

/** `exclusiveToId` → shops.id is `exclusiveTo`: the column's name without that of the column it refers to. */
function referenceName(model: Model, columns: readonly string[], foreignColumns: readonly string[]): string {
  const [column = '', foreign = ''] = [columns[0], foreignColumns[0]]
  const name = given(model, columns)?.name
  if (name !== undefined) return name
  for (const suffix of [foreign.charAt(0).toUpperCase() + foreign.slice(1), `_${foreign}`]) {
    if (column.endsWith(suffix) && column.length > suffix.length) return column.slice(0, -suffix.length)
  }
  throw model.fault(`the reference held by "${column}" needs a name: model(table, { references: { ${column}: '…' } })`)
}

function given(
  model: Model,
  columns: readonly string[],
): { readonly name?: string; readonly inverse?: string } | undefined {
  const option = model.options.references?.[columns[0] ?? '']
  return typeof option === 'string' ? { name: option } : option
}

/** The rows of `Order.pizza` at a pizza are its `orders`; where two references come from one model, the reference's name is added. */
function addDataArrays(model: Model, models: readonly Model[]): void {
  for (const source of models) {
    const incoming = [...source.references.values()].filter(
      (reference): reference is LocalReference => reference.kind === 'local' && reference.target === model,
    )
    for (const reference of incoming) {
      const plain = plural(source.name.charAt(0).toLowerCase() + source.name.slice(1))
      const derived =
        incoming.length === 1 ? plain : `${plain}By${reference.name.charAt(0).toUpperCase()}${reference.name.slice(1)}`
      const name = reference.inverse ?? derived
      if (model.dataArrays.has(name)) {
        const hint = `model(table, { references: { ${reference.columns[0] ?? ''}: { inverse: '…' } } }) in ${source.fullName}`
        throw model.fault(`two data arrays would be called "${name}"; name one: ${hint}`)
      }
      model.dataArrays.set(name, { name, source, reference })
    }
  }
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
