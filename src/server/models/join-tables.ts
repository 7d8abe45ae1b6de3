// Many-to-many: a table that two references identify ties the rows at their ends, which are a data array of each other.

import type { Table } from 'drizzle-orm'
import { Model, type DataArray, type LocalReference, type Step } from './model.ts'
import { plural } from './reference-names.ts'
import type { ForeignKeyInfo } from '../schema/read-table.ts'
import type { ValueContext } from '../schema/field-description.ts'

/** The two references of a join table, each of which is an end of the other. */
export interface Join {
  readonly holder: Model
  readonly references: readonly [LocalReference, LocalReference]
}

/** Undefined where no unique set of the table is made of two references. */
export function joinOf(holder: Model): Join | undefined {
  const local = [...holder.references.values()].filter((reference) => reference.kind === 'local')
  for (const set of [holder.table.key, ...holder.table.unique]) {
    const pairs = local.flatMap((one, index) => local.slice(index + 1).map((other) => [one, other] as const))
    const [pair, second] = pairs.filter((each) => isMadeOf(set, each))
    if (pair !== undefined && second === undefined) return { holder, references: pair }
  }
  return undefined
}

function isMadeOf(set: readonly string[], [one, other]: readonly [LocalReference, LocalReference]): boolean {
  const columns = new Set([...one.columns, ...other.columns])
  const isProper = one.columns.length < columns.size && other.columns.length < columns.size
  return isProper && columns.size === set.length && set.every((name) => columns.has(name))
}

/** The data array of each end; called as the other reference is, in the plural, unless `through` names it. */
export function addJoined(join: Join): void {
  const [one, other] = join.references
  for (const [near, far] of [
    [one, other],
    [other, one],
  ] as const) {
    if (near.target !== far.target && namesIt(near.target, join.holder.table.table)) continue // added under that name
    const name = plural(far.name)
    const free = isTaken(near.target, name) ? `${name}Through${join.holder.name}` : name
    addDataArray(near.target, joinedArray(free, join.holder, near, far))
  }
}

/** The data arrays that the model names over join tables, which are models or are none. */
export function addThrough(model: Model, byTable: ReadonlyMap<Table, Model>, context: ValueContext): void {
  for (const [name, table] of Object.entries(model.options.through ?? {})) {
    const holder = byTable.get(table) ?? hiddenHolder(model, name, table, byTable, context)
    const join = joinOf(holder)
    const [one, other] = join?.references ?? []
    if (one === undefined || other === undefined || (one.target !== model && other.target !== model)) {
      const reason = `"${name}" goes through a table that is no join table of it and another model`
      const { references, table: info } = holder
      const ends = Array.from(references.values(), ({ columns }) => columns.join(',')).join('; ') || 'none'
      const sets = [info.key, ...info.unique].map((set) => set.join(',')).join('; ')
      throw model.fault(
        `${reason}: two foreign keys to models of this service must make up its key or a unique set; its foreign keys to models ` +
          `are: ${ends}; its key and unique sets: ${sets}`,
      )
    }
    const [near, far] = one.target === model ? [one, other] : [other, one]
    addDataArray(model, joinedArray(name, holder, near, far))
  }
}

class JoinTable extends Model {
  override get isHidden(): boolean {
    return true
  }
}

/** A join table that is no model is under no rule, and in no document. */
function hiddenHolder(
  model: Model,
  name: string,
  table: Table,
  byTable: ReadonlyMap<Table, Model>,
  context: ValueContext,
): Model {
  const holder = new JoinTable(model.app, `${model.name}-${name}`, model.url, { table, options: {} }, context)
  for (const foreignKey of holder.table.foreignKeys) {
    const target = byTable.get(foreignKey.table)
    if (target !== undefined) holder.references.set(foreignKey.columns.join(','), hiddenReference(foreignKey, target))
  }
  return holder
}

function hiddenReference({ columns, foreignColumns, onDelete }: ForeignKeyInfo, target: Model): LocalReference {
  const name = columns.join(',')
  return { kind: 'local', name, columns, target, targetColumns: foreignColumns, inverse: undefined, onDelete }
}

function joinedArray(name: string, holder: Model, near: LocalReference, far: LocalReference): DataArray {
  const along = [
    { holder, reference: near },
    { holder, reference: far },
  ]
  return { name, source: far.target, reference: undefined, steps: [reversed(holder, near), far], along }
}

/** From the target of a reference to the rows that hold it. */
export function reversed(holder: Model, { columns, targetColumns }: LocalReference): Step {
  return { columns: targetColumns, target: holder, targetColumns: columns }
}

function namesIt(model: Model, table: Table): boolean {
  return Object.values(model.options.through ?? {}).includes(table)
}

/** By anything else that is a member of the model. */
function isTaken(model: Model, name: string): boolean {
  const { properties = {} } = model.options
  return (
    model.dataArrays.has(name) ||
    model.references.has(name) ||
    model.columns.has(name) ||
    model.operations.own.has(name) ||
    Object.hasOwn(properties, name)
  )
}

function addDataArray(model: Model, dataArray: DataArray): void {
  if (model.dataArrays.has(dataArray.name)) {
    const hint = `model(table, { through: { …: ${dataArray.along[0]?.holder.name ?? ''} } })`
    throw model.fault(`two data arrays would be called "${dataArray.name}"; name one: ${hint}`)
  }
  model.dataArrays.set(dataArray.name, dataArray)
}
