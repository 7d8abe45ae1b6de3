// Writes of dialects whose statements give back the rows that they have written: SQLite and PostgreSQL.

import { after } from '../../wire/index.ts'
import type { Row } from '../models/model.ts'
import { BoundColumns } from './bound-columns.ts'
import type { Writes } from './dialect.ts'
import { keySql } from './key-sql.ts'
import { insertPrepared } from './prepared-inserts.ts'

const noRows: readonly Row[] = []

/** @param maxParameters how many values the database takes with one statement. */
export function returningWrites(maxParameters: number, columns: BoundColumns = new BoundColumns()): Writes {
  return {
    maxParameters,
    insertsAtOnce: () => true,
    /** Both give rows in the order in which they went in, which is that of VALUES. */
    insert: (builders, { table: { table } }, values, read = true) => {
      const prepared = insertPrepared(builders, table, columns.of(table), values, read)
      if (prepared !== undefined) return prepared
      const statement = builders.insert(table).values(values.map((row) => columns.bind(table, row)))
      return read ? after(statement.returning(), (rows) => rows) : after(statement, () => noRows)
    },
    update: async (builders, model, key, values) => {
      const { table } = model.table
      const rows = await builders.update(table).set(columns.bind(table, values)).where(keySql(model, key)).returning()
      return rows[0]
    },
    delete: async (builders, model, key) => {
      const rows = await builders.delete(model.table.table).where(keySql(model, key)).returning()
      return rows.length > 0
    },
  }
}
