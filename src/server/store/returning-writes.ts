// Writes of dialects whose statements give back the rows that they have written: SQLite and PostgreSQL.

import type { Model, Row } from '../models/model.ts'
import type { Builders } from './builders.ts'
import type { Writes } from './dialect.ts'
import { keySql } from './key-sql.ts'
import { insertPrepared } from './prepared-inserts.ts'

/** @param maxParameters how many values the database takes with one statement. */
export function returningWrites(maxParameters: number): Writes {
  return {
    maxParameters,
    /** Both give rows in the order in which they went in, which is that of VALUES. */
    insert: async (builders: Builders, { table: { table } }: Model, values: readonly Row[]) =>
      await (insertPrepared(builders, table, values) ?? builders.insert(table).values(values).returning()),
    update: async (builders, model, key, values) => {
      const { table } = model.table
      const rows = await builders.update(table).set(values).where(keySql(model, key)).returning()
      return rows[0]
    },
    delete: async (builders, model, key) => {
      const rows = await builders.delete(model.table.table).where(keySql(model, key)).returning()
      return rows.length > 0
    },
  }
}
