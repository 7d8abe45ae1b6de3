// Writes of MySQL, whose statements give back no rows: they are read again, in the same transaction, by their keys.

import { inArray, sql, type SQL } from 'drizzle-orm'
import { givesBigints } from '../../schema/drizzle-versions.ts'
import type { Model, Row } from '../../models/model.ts'
import type { Builders } from '../builders.ts'
import { columnIn } from '../condition-sql.ts'
import type { Writes } from '../dialect.ts'
import { keySql } from '../key-sql.ts'
import { numberedColumn, refuseZero, withKeys } from './mysql-keys.ts'
import { numberOf, rowsIn } from './mysql-results.ts'

export const mysqlWrites: Writes = {
  maxParameters: 65_535,
  insert: async (builders, model, values) => {
    const keyed = await withKeys(builders, model, values)
    const numbered = numberedColumn(model)
    refuseZero(model, numbered, keyed)
    const waiting = numbered === undefined ? [] : keyed.filter((row) => row[numbered] === undefined)
    if (numbered === undefined || waiting.length === 0) {
      await builders.insert(model.table.table).values(keyed)
      return await rowsOf(builders, model, keyed)
    }
    // One statement counts up without gaps, but only where it is asked for all of its numbers.
    if (waiting.length === keyed.length) return await insertNumbered(builders, model, keyed, numbered)
    const rows: Row[] = []
    for (const row of keyed) rows.push(...(await mysqlWrites.insert(builders, model, [row])))
    return rows
  },
  /** Affected rows are not matched rows, so they are not asked: the row is there afterwards, or it was not there. */
  update: async (builders, model, key, values) => {
    const { table } = model.table
    await builders.update(table).set(values).where(keySql(model, key))
    const rows = await builders
      .select()
      .from(table)
      .where(keySql(model, { ...key, ...values }))
    return rows[0]
  },
  delete: async (builders, model, key) =>
    numberOf(await builders.delete(model.table.table).where(keySql(model, key)), 'affectedRows') > 0n,
}

async function insertNumbered(
  builders: Builders,
  model: Model,
  values: readonly Row[],
  numbered: string,
): Promise<readonly Row[]> {
  const first = numberOf(await builders.insert(model.table.table).values(values), 'insertId')
  const step = values.length === 1 ? 1n : await stepOf(builders)
  const isBigint = givesBigints(columnIn(model.table.table, numbered))
  const keys = values.map((row, index) => {
    const id = first + BigInt(index) * step
    return { ...row, [numbered]: isBigint ? id : Number(id) }
  })
  return await rowsOf(builders, model, keys)
}

/** More than 1 where several servers count in turn. */
async function stepOf(builders: Builders): Promise<bigint> {
  const statement = sql`select @@session.auto_increment_increment as step`
  return numberOf(rowsIn(await builders.execute(statement)), 'step')
}

/** In the order of `keys`. */
async function rowsOf(builders: Builders, model: Model, keys: readonly Row[]): Promise<readonly Row[]> {
  const { table, key: names } = model.table
  const find = async (condition: SQL | undefined): Promise<Row[]> =>
    await builders.select().from(table).where(condition)
  const [name] = names
  if (keys.length > 1 && names.length === 1 && name !== undefined) {
    const found = await find(
      inArray(
        columnIn(table, name),
        keys.map((row) => row[name]),
      ),
    )
    const byKey = new Map(found.map((row) => [model.keySegment(row), row]))
    const rows = keys.flatMap((key) => {
      const row = byKey.get(model.keySegment(key))
      return row === undefined ? [] : [row]
    })
    if (rows.length === keys.length) return rows
  }
  // Keys of several columns, and those that are stored in another form than they were given in: `1.50` as `1.5`.
  const rows: Row[] = []
  for (const row of keys) rows.push(...(await find(keySql(model, row))))
  return rows
}
