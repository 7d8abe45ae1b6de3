// Makes the models of a service and links them: references by foreign key and remote column, data arrays in the other direction.

import type { Table } from 'drizzle-orm'
import { refuseCollisions } from './collisions.ts'
import type { AppDefinition } from '../definition/define.ts'
import { addJoined, addThrough, joinOf, reversed } from './join-tables.ts'
import { Model, type DataArray, type LocalReference, type Reference } from './model.ts'
import {
  isOf,
  lowerFirst,
  namelessReference,
  plural,
  referenceNames,
  refuseUnknownReferences,
  upperFirst,
  type ReferenceNames,
} from './reference-names.ts'
import type { ValueContext } from '../schema/field-description.ts'
import { checkRules } from '../query/check-rules.ts'
import type { DeclaredReference } from '../schema/read-relations.ts'
import type { ForeignKeyInfo } from '../schema/read-table.ts'
import { checkWriteOptions } from '../writes/write-options.ts'

export interface App {
  readonly name: string
  readonly url: string
  readonly configuration: Readonly<Record<string, unknown>>
  readonly models: ReadonlyMap<string, Model>
}

/**
 * @param declared what Drizzle's relations say.
 * @throws TypeError where two things would have one name, a table cannot be served or a reference has no name.
 */
export function linkModels(
  apps: readonly AppDefinition[],
  serviceUrl: string,
  context: ValueContext,
  declared: readonly DeclaredReference[] = [],
): readonly App[] {
  const linked = apps.map((definition) => makeApp(definition, serviceUrl, context))
  const models = linked.flatMap(({ models: own }) => [...own.values()])
  const byTable = new Map<Table, Model>()
  for (const model of models) {
    if (!byTable.has(model.table.table)) byTable.set(model.table.table, model)
  }
  for (const model of models) addReferences(model, byTable, declared)
  for (const model of models) addDataArrays(model, models)
  for (const model of models) addThrough(model, byTable, context)
  for (const model of byTable.values()) {
    const join = joinOf(model)
    if (join !== undefined) addJoined(join)
  }
  for (const model of models) addHiddenDataArrays(model)
  for (const model of models) {
    checkWriteOptions(model)
    checkRules(model)
  }
  refuseCollisions(linked)
  return linked
}

function makeApp({ name, models, configuration }: AppDefinition, serviceUrl: string, context: ValueContext): App {
  if (!name.split('.').every((word) => /^[A-Za-z][\w-]*$/.test(word))) {
    throw new TypeError(`App "${name}": a name is words joined by dots.`)
  }
  const url = `${serviceUrl}${name.replaceAll('.', '/')}/`
  const made = Object.entries(models).map(([modelName, definition]) => {
    if (!/^[A-Za-z]\w*$/.test(modelName)) {
      throw new TypeError(`App "${name}": "${modelName}" cannot name a model; use letters, digits and _.`)
    }
    if (!isDefinition(definition)) {
      throw new TypeError(`App "${name}": "${modelName}" must be made by model(…) of a Drizzle table or view.`)
    }
    return [modelName, new Model(name, modelName, url, definition, context)] as const
  })
  return { name, url, configuration, models: new Map(made) }
}

/** A program without types may have given the table itself, or have it from a module that does not export it. */
function isDefinition(definition: unknown): boolean {
  const isObject = typeof definition === 'object' && definition !== null && 'table' in definition
  return isObject && 'options' in definition && typeof definition.table === 'object' && definition.table !== null
}

function addReferences(model: Model, byTable: ReadonlyMap<Table, Model>, declared: readonly DeclaredReference[]): void {
  for (const column of model.columns.values()) {
    if (column.description?.kind !== 'remote') continue
    const { name } = column
    const reference: Reference = { kind: 'remote', name, columns: [name], model: column.description.model }
    refuseUnknownService(model, reference)
    model.references.set(name, reference)
  }
  const hidden: LocalReference[] = []
  const foreignKeys = [...model.table.foreignKeys, ...withoutConstraint(model, byTable, declared)]
  refuseUnknownReferences(model, foreignKeys)
  for (const foreignKey of foreignKeys) {
    const target = byTable.get(foreignKey.table)
    if (target === undefined) continue
    const names = referenceNames(model, foreignKey, target, declared)
    if (!foreignKey.columns.every((column) => model.columns.has(column))) {
      hidden.push(localReference(foreignKey, target, names ?? { name: '', inverse: undefined }))
      continue
    }
    if (names === undefined) throw namelessReference(model, foreignKey)
    const { name } = names
    if (model.references.has(name)) {
      throw model.fault(`two references would be called "${name}"; name one: model(table, { references: { … } })`)
    }
    model.references.set(name, localReference(foreignKey, target, names))
  }
  for (const reference of hidden) {
    const name = nameOfHidden(reference.name, reference, (each) => model.everyReference.has(each))
    model.hiddenReferences.set(name, { ...reference, name })
  }
}

function localReference(foreignKey: ForeignKeyInfo, target: Model, { name, inverse }: ReferenceNames): LocalReference {
  const { columns, foreignColumns: targetColumns, onDelete } = foreignKey
  return { kind: 'local', name, columns, target, targetColumns, inverse, onDelete }
}

/** One that has no name, or whose name is another's, is under its columns: it is there, though nobody would call it that. */
function nameOfHidden(name: string, { columns }: LocalReference, isTaken: (name: string) => boolean): string {
  return name === '' || isTaken(name) ? [name, ...columns].join(',') : name
}

/** References that Drizzle's relations know of and the database does not. They lead to one row: what they name there is unique. */
function withoutConstraint(
  model: Model,
  byTable: ReadonlyMap<Table, Model>,
  declared: readonly DeclaredReference[],
): readonly ForeignKeyInfo[] {
  const own = declared.filter(({ table }) => table === model.table.table)
  return own.flatMap((reference) => {
    const { columns, target, targetColumns: foreignColumns } = reference
    const info = byTable.get(target)?.table
    const identifies = [info?.key ?? [], ...(info?.unique ?? [])].some(
      (set) => set.length === foreignColumns.length && set.every((name) => foreignColumns.includes(name)),
    )
    const isConstrained = model.table.foreignKeys.some((foreignKey) => isOf(reference, model, foreignKey))
    return identifies && !isConstrained ? [{ columns, table: target, foreignColumns, onDelete: undefined }] : []
  })
}

function refuseUnknownService(model: Model, reference: Reference): void {
  try {
    model.referenceModel(reference)
  } catch (error) {
    throw error instanceof Error ? model.fault(`"${reference.name}" leads nowhere. ${error.message}`) : error
  }
}

/** The rows of `Order.pizza` at a pizza are its `orders`; where two references come from one model, the reference's name is added. */
function addDataArrays(model: Model, models: readonly Model[]): void {
  for (const source of models) {
    const incoming = [...source.references.values()].filter(
      (reference): reference is LocalReference => reference.kind === 'local' && reference.target === model,
    )
    for (const reference of incoming) {
      const plain = plural(lowerFirst(source.name))
      const derived = incoming.length === 1 ? plain : `${plain}By${upperFirst(reference.name)}`
      const name = reference.inverse ?? derived
      if (model.dataArrays.has(name)) {
        const hint = `model(table, { references: { ${reference.columns[0] ?? ''}: { inverse: '…' } } }) in ${source.fullName}`
        throw model.fault(`two data arrays would be called "${name}"; name one: ${hint}`)
      }
      model.dataArrays.set(name, dataArrayOf(name, source, reference))
    }
  }
}

/** The other ends of hidden references are called as they would be on the wire, where that is free. */
function addHiddenDataArrays(source: Model): void {
  const all = [...source.everyReference.values()]
  for (const reference of source.hiddenReferences.values()) {
    const { target: model } = reference
    const isOnly = all.filter((other) => other.kind === 'local' && other.target === model).length === 1
    const plain = plural(lowerFirst(source.name))
    const wanted = reference.inverse ?? (isOnly ? plain : `${plain}By${upperFirst(reference.name)}`)
    const name = nameOfHidden(wanted, reference, (each) => model.everyDataArray.has(each))
    model.hiddenDataArrays.set(name, dataArrayOf(name, source, reference))
  }
}

function dataArrayOf(name: string, source: Model, reference: LocalReference): DataArray {
  return { name, source, reference, steps: [reversed(source, reference)], along: [{ holder: source, reference }] }
}
