// Writes of PostgreSQL. Its sequences know nothing of keys that are chosen, and would give them out once more: they are moved on.

import { is, sql, type Column } from 'drizzle-orm'
import { getTableConfig, PgJson, PgJsonb, PgTable } from 'drizzle-orm/pg-core'
import type { Model } from '../../models/model.ts'
import { oncePer } from '../../once-per.ts'
import { elementOf } from '../../schema/drizzle-versions.ts'
import type { ColumnInfo } from '../../schema/table-info.ts'
import { BoundColumns, type Binding } from '../bound-columns.ts'
import type { Builders } from '../builders.ts'
import type { Writes } from '../dialect.ts'
import { returningWrites } from '../returning-writes.ts'

const plain = returningWrites(65_535, new BoundColumns(bindingOf))

export const pgWrites: Writes = {
  ...plain,
  insertsAtOnce: (model, values) => numberedColumns(model).every(({ name }) => values[name] === undefined),
  insert: async (builders, model, values, read) => {
    const rows = await plain.insert(builders, model, values, read)
    for (const { name, column } of numberedColumns(model)) {
      const chosen = values.flatMap((row) => integerIn(row[name]) ?? [])
      if (chosen.length > 0) await moveOn(builders, model, column, largest(chosen))
    }
    return rows
  },
}

const numberedColumns = oncePer(({ table }: Model): readonly ColumnInfo[] =>
  [...table.columns.values()].filter(({ column }) => isNumbered(column)),
)

/**
 * Not behind where the sequence is, and not where the program's role may only take numbers. Somebody may take one in the meantime:
 * a number that is then given out twice is a conflict, and the store tries again.
 */
async function moveOn(builders: Builders, model: Model, column: Column, number: bigint): Promise<void> {
  const { table } = model.table
  if (!is(table, PgTable)) return
  const { schema, name } = getTableConfig(table)
  const path = [...(schema === undefined ? [] : [schema]), name].map((part) => `"${part.replaceAll('"', '""')}"`)
  const sequence = sql`pg_get_serial_sequence(${path.join('.')}, ${column.name})::regclass`
  await builders.execute(sql`select setval(sequence, ${String(number)}::bigint) from (select ${sequence} as sequence) as own
    where coalesce(pg_sequence_last_value(sequence), 0) < ${String(number)}::bigint
      and has_sequence_privilege(sequence, 'UPDATE')`)
}

function isNumbered(column: Column): boolean {
  return column.getSQLType().endsWith('serial') || column.generatedIdentity !== undefined
}

function integerIn(value: unknown): bigint | undefined {
  return /^-?\d+$/.test(String(value)) ? BigInt(String(value)) : undefined
}

function largest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((most, number) => (number > most ? number : most))
}

/** JSON goes by way of text: of what Drizzle 1.0 leaves to it, postgres.js takes `[true]` for a boolean. Arrays of JSON are texts anyway. */
function bindingOf(column: Column): Binding | undefined {
  if (!(is(column, PgJson) || is(column, PgJsonb)) || elementOf(column) !== undefined) return undefined
  const type = sql.raw(column.getSQLType())
  return {
    encode: (value) => JSON.stringify(value),
    expression: (encoded) => sql`cast(${sql.param(encoded)}::text as ${type})`,
  }
}
