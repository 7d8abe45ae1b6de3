// Statements of lists that are asked for again and again: those of one shape differ in values alone, and are built once.

import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Model, Row } from '../models/model.ts'
import { hashText } from '../../wire/index.ts'
import { always } from '../query/condition.ts'
import type { Builders } from './builders.ts'
import type { Dialect } from './dialect.ts'
import { orderSql, sideSql } from './keyset.ts'
import { mapRows } from './row-mapper.ts'
import { sortTerm } from './sort-term.ts'
import type { ListQuery } from './store.ts'

type Statement = (values: Row) => PromiseLike<readonly Row[]>

/** Shapes of one model that are kept: callers choose orders. */
const maxShapes = 50

export class PreparedLists {
  readonly #dialect: Dialect
  readonly #builders: Builders
  readonly #byModel = new WeakMap<Model, LRUCache<string, Statement>>()

  constructor(dialect: Dialect, builders: Builders) {
    this.#dialect = dialect
    this.#builders = builders
  }

  /** Runs a list of all rows, in an order of the model's own columns; undefined for any other, and where LIMIT takes no parameter. */
  run(model: Model, query: ListQuery): PromiseLike<readonly Row[]> | undefined {
    const { where, sort, limit, after, before, offset } = query
    if (where !== always || this.#dialect.name === 'MySQL') return undefined
    if (sort.some(({ path }) => path !== undefined) || (after !== undefined && before !== undefined)) return undefined
    const place = after ?? before
    const values: Record<string, unknown> = { limit, offset }
    for (const [index, value] of place?.entries() ?? []) values[`place${index}`] = value
    return this.#statementOf(model, query, place)(values)
  }

  #statementOf(model: Model, query: ListQuery, place: readonly unknown[] | undefined): Statement {
    const known = this.#byModel.get(model) ?? new LRUCache<string, Statement>({ max: maxShapes })
    this.#byModel.set(model, known)
    const side = query.after === undefined ? (query.before === undefined ? '' : '<') : '>'
    const nulls = place?.map((value) => (value === null ? '0' : '1')).join('') ?? ''
    const order = query.sort.map(({ column, descending }) => (descending ? `-${column}` : column)).join(',')
    const shape = `${side}${nulls} ${query.offset === undefined ? '' : 'offset'} ${order}`
    const before = known.get(shape)
    if (before !== undefined) return before
    const statement = this.#prepare(model, query, place)
    known.set(shape, statement)
    return statement
  }

  #prepare(model: Model, { sort, after, before, offset }: ListQuery, place: readonly unknown[] = []): Statement {
    const { table } = model.table
    const terms = sort.map((part) => sortTerm(this.#dialect, model, part))
    const values = place.map((value, index) => (value === null ? null : sql.placeholder(`place${index}`)))
    const condition =
      after !== undefined
        ? sideSql(terms, values, 'behind')
        : before !== undefined
          ? sideSql(terms, values, 'in front')
          : undefined
    const select = this.#builders
      .select()
      .from(table)
      .where(condition)
      .orderBy(...orderSql(terms, before !== undefined))
      .limit(sql.placeholder('limit'))
    const query = offset === undefined ? select : select.offset(sql.placeholder('offset'))
    // The server of PostgreSQL keeps what has a name for as long as its connection lives: orders that callers think of have none.
    const isUsual = sort.every(({ column }) => model.table.key.includes(column))
    const statement = mapRows(query.prepare(isUsual ? `slumber_${hashText(query.toSQL().sql)}` : undefined), table)
    return (given) => statement.execute(given)
  }
}
