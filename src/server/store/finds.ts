// Statements that find one row by its key. Those under rules of one shape differ in values alone, and are built once.

import { and, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { after, hashText, type Awaitable } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import { always, type Condition } from '../query/condition.ts'
import { noName } from '../schema/drizzle-versions.ts'
import { rowsOf, type Builders } from './builders.ts'
import { conditionSql } from './condition-sql.ts'
import type { Dialect } from './dialect.ts'
import { keptCondition, type KeptCondition } from './kept-condition.ts'
import { keySql } from './key-sql.ts'
import { mapRows } from './row-mapper.ts'

type Find = (values: Row) => Awaitable<Row | undefined>

/** Shapes of one model that are kept. */
const maxShapes = 20

/** Statements of one model that have a name, by which the server of PostgreSQL keeps them for as long as its connection lives. */
const maxNames = 20

export class Finds {
  readonly #dialect: Dialect
  readonly #builders: Builders
  readonly #isKept: boolean
  readonly #shapesOf = oncePer(() => new LRUCache<string, Find>({ max: maxShapes }))
  /** The first ones: rules may make shapes without end. */
  readonly #namesOf = oncePer(() => new Set<string>())

  /** @param isKept whether statements are worth keeping: those of a transaction are forgotten with it. */
  constructor(dialect: Dialect, builders: Builders, isKept: boolean) {
    this.#dialect = dialect
    this.#builders = builders
    this.#isKept = isKept
  }

  /** The row with this key, if the condition holds for it. */
  row(model: Model, key: Row, where: Condition, isLocked: boolean): Awaitable<Row | undefined> {
    const isWorthIt = !isLocked && (where === always || (this.#isKept && this.#dialect.keepsComparisons))
    const kept = isWorthIt ? keptCondition(where, model.table.table) : undefined
    if (kept === undefined) return this.#select(model, key, where, isLocked)
    const values: Record<string, unknown> = { ...kept.values }
    for (const name of model.table.key) values[`key ${name}`] = key[name]
    return this.#findOf(model, kept)(values)
  }

  async #select(model: Model, key: Row, where: Condition, isLocked: boolean): Promise<Row | undefined> {
    const { table } = model.table
    const condition = and(keySql(model, key), conditionSql(where, table, this.#dialect.comparisons))
    const query = this.#builders.select().from(table).where(condition).limit(1)
    const rows = await (isLocked ? query.for('update') : query)
    return rows[0]
  }

  #findOf(model: Model, { shape, condition }: KeptCondition): Find {
    const shapes = this.#shapesOf(model)
    const known = shapes.get(shape)
    if (known !== undefined) return known
    const { table, key } = model.table
    const placeholders = Object.fromEntries(key.map((name) => [name, sql.placeholder(`key ${name}`)] as const))
    const where = and(keySql(model, placeholders), conditionSql(condition, table, this.#dialect.comparisons))
    const query = this.#builders.select().from(table).where(where)
    const statement = mapRows(query.prepare(this.#nameOf(model, query.toSQL().sql)), table)
    const find: Find = (values) => after(rowsOf(statement, values), ([row]) => row)
    shapes.set(shape, find)
    return find
  }

  /** A name means one text on a connection. */
  #nameOf(model: Model, text: string): string | typeof noName {
    const names = this.#namesOf(model)
    const name = `slumber_${hashText(text)}`
    if (names.size < maxNames) names.add(name)
    return names.has(name) ? name : noName
  }
}
