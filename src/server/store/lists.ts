// Statements of lists. Those of one shape, which are asked for again and again, differ in values alone, and are built once.

import { and, sql, type SQL } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Model, Row } from '../models/model.ts'
import { hashText } from '../../wire/index.ts'
import { oncePer } from '../once-per.ts'
import { always } from '../query/condition.ts'
import { noName } from '../schema/drizzle-versions.ts'
import { rowsOf, type Builders } from './builders.ts'
import { conditionSql } from './condition-sql.ts'
import type { Dialect } from './dialect.ts'
import { keptCondition, type KeptCondition } from './kept-condition.ts'
import { orderSql, sideSql } from './keyset.ts'
import { isWritten } from './place.ts'
import { mapFirst, mapRows } from './row-mapper.ts'
import { sortTerm } from './sort-term.ts'
import type { ListQuery } from './store.ts'

type Statement = (values: Row) => PromiseLike<readonly unknown[]>

/** Shapes of one model that are kept: callers choose orders. */
const maxShapes = 50

export class Lists {
  readonly #dialect: Dialect
  readonly #builders: Builders
  readonly #isKept: boolean
  /** By what statements are for: the whole rows of a model, or one text of each. */
  readonly #shapesOf = oncePer(() => new LRUCache<string, Statement>({ max: maxShapes }))

  /** @param isKept whether statements are worth keeping: those of a transaction are forgotten with it. */
  constructor(dialect: Dialect, builders: Builders, isKept: boolean) {
    this.#dialect = dialect
    this.#builders = builders
    this.#isKept = isKept
  }

  /** The rows in their order; before a place, in the other. */
  rows(model: Model, query: ListQuery): PromiseLike<readonly Row[]> {
    const rows = this.#prepared(model, query) as PromiseLike<readonly Row[]> | undefined // all columns are selected
    return rows ?? this.#select(model, query)
  }

  /** The same, of each row only what is worked out of it. */
  async texts(model: Model, query: ListQuery, text: SQL): Promise<readonly unknown[]> {
    const found = await (this.#prepared(model, query, text) ?? this.#select(model, query, { text }))
    return found.map(textOf)
  }

  #select(
    model: Model,
    { where, sort, limit, after, before, offset }: ListQuery,
    fields?: Readonly<Record<string, SQL>>,
  ): PromiseLike<readonly Row[]> {
    const { table } = model.table
    const terms = sort.map((part) => sortTerm(this.#dialect, model, part))
    const condition = and(
      conditionSql(where, table, this.#dialect.comparisons),
      after && sideSql(terms, after, 'behind'),
      before && sideSql(terms, before, 'in front'),
    )
    const query = this.#builders
      .select(fields)
      .from(table)
      .where(condition)
      .orderBy(...orderSql(terms, before !== undefined))
      .limit(limit)
    return offset === undefined ? query : query.offset(offset)
  }

  /** Undefined where the statement depends on what it is given, for an order of others' columns, and where LIMIT takes no parameter. */
  #prepared(model: Model, query: ListQuery, text?: SQL): PromiseLike<readonly unknown[]> | undefined {
    const { where, sort, limit, after, before, offset } = query
    if (!this.#isKept || this.#dialect.preparedLimit === undefined) return undefined
    if (sort.some(({ path }) => path !== undefined) || (after !== undefined && before !== undefined)) return undefined
    const kept = keptCondition(where, model.table.table)
    if (kept === undefined) return undefined
    const place = after ?? before
    if (place?.some(isWritten) === true) return undefined
    const values: Record<string, unknown> = { ...kept.values, limit, offset }
    for (const [index, value] of place?.entries() ?? []) values[`place${index}`] = value
    return this.#statementOf(model, query, kept, place, text)(values)
  }

  #statementOf(
    model: Model,
    query: ListQuery,
    kept: KeptCondition,
    place: readonly unknown[] | undefined,
    text?: SQL,
  ): Statement {
    const shapes = this.#shapesOf(text ?? model)
    const side = query.after === undefined ? (query.before === undefined ? '' : '<') : '>'
    const nulls = place?.map((value) => (value === null ? '0' : '1')).join('') ?? ''
    const order = query.sort.map(({ column, descending }) => (descending ? `-${column}` : column)).join(',')
    const shape = `${side}${nulls} ${query.offset === undefined ? '' : 'offset'} ${order} ${kept.shape}`
    const known = shapes.get(shape)
    if (known !== undefined) return known
    const statement = this.#prepare(model, { ...query, where: kept.condition }, place, text)
    shapes.set(shape, statement)
    return statement
  }

  #prepare(
    model: Model,
    { where, sort, after, before, offset }: ListQuery,
    place: readonly unknown[] = [],
    text?: SQL,
  ): Statement {
    const { table } = model.table
    const terms = sort.map((part) => sortTerm(this.#dialect, model, part))
    const values = place.map((value, index) => (value === null ? null : sql.placeholder(`place${index}`)))
    const condition = and(
      conditionSql(where, table, this.#dialect.comparisons),
      after && sideSql(terms, values, 'behind'),
      before && sideSql(terms, values, 'in front'),
    )
    const limit = sql.placeholder('limit')
    const select = this.#builders
      .select(text && { text })
      .from(table)
      .where(condition)
      .orderBy(...orderSql(terms, before !== undefined))
      .limit(this.#dialect.preparedLimit?.(limit) ?? limit)
    const query = offset === undefined ? select : select.offset(sql.placeholder('offset'))
    // The server of PostgreSQL keeps what has a name for as long as its connection lives: orders that callers think of have none.
    const isUsual = where === always && sort.every(({ column }) => model.table.key.includes(column))
    const prepared = query.prepare(isUsual ? `slumber_${hashText(query.toSQL().sql)}` : noName)
    const statement = text === undefined ? mapRows(prepared, table) : mapFirst(prepared)
    return async (given) => await rowsOf(statement, given)
  }
}

/** Where a driver does not ask for another mapper, as none does in Drizzle 1.0, it is in a row of Drizzle's. */
function textOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'text' in given ? given.text : given
}
