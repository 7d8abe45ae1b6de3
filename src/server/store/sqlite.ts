// The store over SQLite through Drizzle.

import { and, asc, desc, eq, gt, isNull, lt, or, sql, type Column, type SQL, type Table } from 'drizzle-orm'
import type { Model, Row } from '../model.ts'
import { always, type Condition } from '../query/condition.ts'
import { columnIn, conditionSql } from './condition-sql.ts'
import { mendTransactions } from './libsql-transactions.ts'
import { lockTimeout, patiently } from './patience.ts'
import { asProblem, type WriteAction } from './sqlite-errors.ts'
import type { ListQuery, Sort, SqliteDatabase, Store } from './store.ts'
import { WriteQueue } from './write-queue.ts'

export class SqliteStore implements Store {
  readonly database: SqliteDatabase
  readonly #queue: WriteQueue | undefined
  readonly #byKey = new Map<Model, (key: Row) => Promise<Row | undefined>>()

  /** @param queue absent inside a transaction, where calls are already in order. */
  constructor(database: SqliteDatabase, queue?: WriteQueue) {
    this.database = database
    this.#queue = queue
  }

  static over(database: SqliteDatabase): SqliteStore {
    mendTransactions(database)
    return new SqliteStore(database, WriteQueue.of(database))
  }

  async list(model: Model, { where, sort, limit, after }: ListQuery): Promise<readonly Row[]> {
    const table = sqliteTable(model.table.table)
    const condition = and(conditionSql(where, table), after && afterSql(model, sort, after))
    const order = sort.flatMap((part) => orderSql(model, part))
    return await this.#read(async () => {
      return await this.database
        .select()
        .from(table)
        .where(condition)
        .orderBy(...order)
        .limit(limit)
    })
  }

  async placeOf(model: Model, sort: readonly Sort[], row: Row): Promise<readonly unknown[]> {
    const infos = sort.flatMap(({ column }) => model.table.columns.get(column) ?? [])
    const inexact = infos.filter(({ exact }) => !exact)
    const fields = Object.fromEntries(inexact.map(({ name, column }) => [name, storedSql(column)] as const))
    const query = this.database.select(fields).from(sqliteTable(model.table.table)).where(keySql(model, row)).limit(1)
    const [stored] = inexact.length === 0 ? [] : await this.#read(async () => await query)
    return infos.map(({ name, column }) => {
      if (stored !== undefined && name in stored) return stored[name]
      return row[name] === null ? null : column.mapToDriverValue(row[name])
    })
  }

  async find(model: Model, key: Row, where: Condition): Promise<Row | undefined> {
    if (where === always) return await this.#read(() => this.#preparedFind(model)(key))
    const table = sqliteTable(model.table.table)
    const condition = and(keySql(model, key), conditionSql(where, table))
    return await this.#read(async () => (await this.database.select().from(table).where(condition).limit(1))[0])
  }

  /** A transaction's statements are its own: a store over one prepares what it needs, and is forgotten with it. */
  #preparedFind(model: Model): (key: Row) => Promise<Row | undefined> {
    const known = this.#byKey.get(model)
    if (known !== undefined) return known
    const placeholders = Object.fromEntries(model.table.key.map((name) => [name, sql.placeholder(name)] as const))
    const table = sqliteTable(model.table.table)
    const statement = this.database.select().from(table).where(keySql(model, placeholders)).prepare()
    const find = async (key: Row): Promise<Row | undefined> => await statement.get(key)
    this.#byKey.set(model, find)
    return find
  }

  /** In SQLite's rollback mode a reader, too, meets locks: those of another process that is just committing. */
  #read<T>(statement: () => Promise<T>): Promise<T> {
    return patiently(statement, performance.now() + lockTimeout)
  }

  async insert(model: Model, values: Row): Promise<Row> {
    const table = sqliteTable(model.table.table)
    const rows = await this.#write(model, 'insert', () => this.database.insert(table).values(values).returning())
    return rows[0] ?? values
  }

  async update(model: Model, key: Row, values: Row): Promise<Row | undefined> {
    if (Object.keys(values).length === 0) return await this.find(model, key, always)
    const table = sqliteTable(model.table.table)
    const statement = (): Promise<Row[]> =>
      this.database.update(table).set(values).where(keySql(model, key)).returning()
    return (await this.#write(model, 'update', statement))[0]
  }

  async delete(model: Model, key: Row): Promise<boolean> {
    const table = sqliteTable(model.table.table)
    const statement = (): Promise<Row[]> => this.database.delete(table).where(keySql(model, key)).returning()
    return (await this.#write(model, 'delete', statement)).length > 0
  }

  async #write(model: Model, action: WriteAction, statement: () => Promise<Row[]>): Promise<Row[]> {
    try {
      return await statement()
    } catch (error) {
      throw asProblem(error, model, action)
    }
  }

  async transact<T>(run: (store: Store) => Promise<T>): Promise<T> {
    if (this.#queue === undefined) return await run(this)
    const deadline = performance.now() + lockTimeout
    return await this.#queue.run(() => patiently(() => this.#begin(run), deadline), lockTimeout)
  }

  /** The driver begins with BEGIN IMMEDIATE on a connection of its own; only what is refused there may be tried again. */
  async #begin<T>(run: (store: Store) => Promise<T>): Promise<T> {
    let begun = false
    try {
      return await this.database.transaction(async (transaction) => {
        begun = true
        return await run(new SqliteStore(transaction))
      })
    } catch (error) {
      throw begun ? asProblem(error) : error // a constraint that an operation or the COMMIT met
    }
  }

  async ping(): Promise<void> {
    await this.database.get(sql`select 1`)
  }
}

/** Tables are checked to be SQLite's when they are read; Drizzle's generic parameters are not known here. */
function sqliteTable(
  table: Table,
): Parameters<ReturnType<SqliteDatabase['select']>['from']>[0] & Parameters<SqliteDatabase['insert']>[0] {
  return table as never
}

function keySql(model: Model, key: Row): SQL | undefined {
  return and(...model.table.key.map((name) => eq(columnIn(model.table.table, name), key[name])))
}

/** What is stored, as libsql can give it: its integers are JavaScript numbers. */
function storedSql(column: Column): SQL {
  return sql`case when typeof(${column}) = 'integer' then cast(${column} as text) else ${column} end`
}

/** NULLs sort last in either direction. */
function orderSql(model: Model, { column, descending }: Sort): SQL[] {
  const target = columnIn(model.table.table, column)
  const direction = descending ? desc(target) : asc(target)
  return target.notNull ? [direction] : [asc(isNull(target)), direction]
}

/** Keyset paging: the rows behind the given values in the order of `sort`, as the expanded OR form. */
function afterSql(model: Model, sort: readonly Sort[], values: readonly unknown[]): SQL | undefined {
  const columns = sort.map(({ column }) => columnIn(model.table.table, column))
  return or(
    ...sort.map((part, index) => {
      const equalBefore = columns.slice(0, index).map((column, before) => sameSql(column, values[before]))
      return and(...equalBefore, behindSql(columns[index], part.descending, values[index]))
    }),
  )
}

function sameSql(column: Column, value: unknown): SQL {
  return value === null ? isNull(column) : eq(column, sql.param(value)) // a parameter is not encoded again
}

function behindSql(column: Column | undefined, descending: boolean, value: unknown): SQL | undefined {
  if (column === undefined || value === null) return sql`1 = 0`
  const parameter = sql.param(value)
  const behind = descending ? lt(column, parameter) : gt(column, parameter)
  return column.notNull ? behind : or(behind, isNull(column))
}
