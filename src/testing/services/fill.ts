// Puts the rows that a test gives into the database of a mock service; each value is checked as the service would.

import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Model, Service, SqliteDatabase } from '../../server/index.ts'
import { codecOf, codecs, ValueFault } from '../../wire/index.ts'
import { computedValues } from '../database/tables.ts'
import type { MemoryDatabase } from '../database/memory.ts'
import type { HiddenJoin } from './definitions.ts'
import type { GivenRow } from './inferred.ts'
import type { Leaves } from './tree.ts'

/**
 * @param what the rows are called in messages: `rows.pizzas`.
 * @param joins by the model's full name and the data array's.
 * @throws TypeError that says which row is wrong, and why.
 */
export async function fill(
  { state }: Service,
  memory: MemoryDatabase,
  rows: Leaves<readonly GivenRow[]>,
  what: string,
  joins: ReadonlyMap<string, HiddenJoin>,
): Promise<void> {
  // Rows may refer to later ones.
  await memory.run('PRAGMA foreign_keys = OFF')
  for (const [fullName, given] of rows) {
    const model = state.models.get(fullName)
    if (model === undefined) continue
    for (const [index, row] of given.entries()) {
      const place = `${what}.${fullName}[${index}]`
      const values = valuesOf(model, row, place, joins)
      await stored(memory.database, model.table.table as SQLiteTable, values, place) // the service takes no other
      for (const [table, pair] of joinedBy(model, row, values, joins, place)) {
        await stored(memory.database, table, pair, place)
      }
    }
  }
  await refuseLostKeys(memory, what)
  await memory.run('PRAGMA foreign_keys = ON')
}

function valuesOf(
  model: Model,
  row: GivenRow,
  place: string,
  joins: ReadonlyMap<string, HiddenJoin>,
): Record<string, unknown> {
  const isMock = model.table.columns.has(computedValues)
  const values: Record<string, unknown> = {}
  const computed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    const property = isMock ? model.properties.get(name) : undefined
    if (property !== undefined) computed[name] = isNothing(value) ? value : codecs[property.type].encode(value)
    else if (joins.has(`${model.fullName} ${name}`)) continue
    else values[name] = valueOf(model, name, value, place)
  }
  if (isMock) values[computedValues] = computed
  return values
}

function valueOf(model: Model, name: string, value: unknown, place: string): unknown {
  const column = model.columns.get(name) ?? model.table.columns.get(name)
  if (column === undefined || name === computedValues) {
    const there = [...model.columns.keys(), ...model.properties.keys()].join(', ')
    throw new TypeError(`${place} has "${name}", which is no column; there are: ${there}.`)
  }
  if (isNothing(value)) return value
  try {
    return model.accept(column, codecOf(column)?.encode(value) ?? value)
  } catch (error) {
    throw error instanceof ValueFault ? new TypeError(`${place}: "${name}" ${error.message}.`) : error
  }
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** The rows of hidden join tables that a row is given with, as lists of keys. */
function joinedBy(
  model: Model,
  row: GivenRow,
  values: GivenRow,
  joins: ReadonlyMap<string, HiddenJoin>,
  place: string,
): readonly (readonly [SQLiteTable, GivenRow])[] {
  const key = values[model.table.key[0] ?? '']
  return Object.entries(row).flatMap(([name, keys]) => {
    const join = joins.get(`${model.fullName} ${name}`)
    if (join === undefined) return []
    if (!Array.isArray(keys)) throw new TypeError(`${place}: "${name}" must be a list of keys.`)
    const { table, own, other } = join
    return keys.map((each: unknown) => [table as SQLiteTable, { [own]: key, [other]: each }] as const) // ours
  })
}

async function stored(database: SqliteDatabase, table: SQLiteTable, values: GivenRow, place: string): Promise<void> {
  try {
    await database.insert(table).values(values)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new TypeError(`${place} cannot be stored: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      cause: error,
    })
  }
}

async function refuseLostKeys(memory: MemoryDatabase, what: string): Promise<void> {
  const [lost] = await memory.rows('PRAGMA foreign_key_check')
  if (lost === undefined) return
  const [table, parent] = [String(lost['table']), String(lost['parent'])]
  const text = `'${table.replaceAll("'", "''")}'`
  const [row = {}] = await memory.rows(
    `SELECT * FROM "${table.replaceAll('"', '""')}" WHERE rowid = ${String(lost['rowid'])}`,
  )
  const key = await memory.rows(`SELECT name FROM pragma_table_info(${text}) WHERE pk > 0`)
  const held = await memory.rows(
    `SELECT "from" AS name FROM pragma_foreign_key_list(${text}) WHERE id = ${String(lost['fkid'])}`,
  )
  const told = (columns: typeof key): string =>
    columns.map(({ name }) => `${String(name)} ${JSON.stringify(row[String(name)])}`).join(' and ')
  throw new TypeError(
    `${what}: the row of ${table} with ${told(key)} refers to one of ${parent} that is not there, by ${told(held)}.`,
  )
}
