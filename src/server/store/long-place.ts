// Places that hold long values: a cursor, which stands in a URL, has their digests, and they are looked up again by the key of their row.

import { and, type SQL } from 'drizzle-orm'
import { hashText } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { badParameter } from '../query/faults.ts'
import type { Builders } from './builders.ts'
import type { Dialect } from './dialect.ts'
import { sameSql } from './keyset.ts'
import { isWritten, writtenPlace } from './place.ts'
import { sortTerm } from './sort-term.ts'
import type { ListQuery, Sort } from './store.ts'

/** Of one value, in characters. */
const longest = 500

interface Digest {
  readonly digest: string
}

interface LongPlace {
  /** Gives the row, if it is still there. */
  readonly statement: PromiseLike<readonly Row[]>
  /** Throws Problem 400 where the row has gone, or stands elsewhere now. */
  readonly restored: (found: readonly Row[]) => ListQuery
}

/** The place as a cursor has it. What of it is key stays: keys are as short as URLs need them (`limits.key`). */
export function shortPlace(model: Model, sort: readonly Sort[], place: readonly unknown[]): readonly unknown[] {
  return place.map((value, index) => {
    return isKeyOf(model, sort[index]) || lengthOf(value) <= longest ? value : digestOf(value)
  })
}

/** How the values of a query's place come back; undefined where it has them. */
export function longPlace(builders: Builders, dialect: Dialect, model: Model, query: ListQuery): LongPlace | undefined {
  const name = query.after === undefined ? 'before' : 'after'
  const place = query[name]
  if (place?.some(isDigest) !== true) return undefined
  const fields: Record<string, SQL> = {}
  const key: SQL[] = []
  for (const [index, part] of query.sort.entries()) {
    const term = sortTerm(dialect, model, part)
    if (isDigest(place[index])) fields[`place${index}`] = term.selected
    if (isKeyOf(model, part)) key.push(sameSql(term, place[index]))
  }
  const restored: LongPlace['restored'] = ([row]) => {
    const whole = place.map((value, index) => {
      if (!isDigest(value)) return value
      const found = writtenPlace(row?.[`place${index}`] ?? null)
      if (digestOf(found).digest === value.digest) return found
      throw badParameter(name, 'is of a row that has gone or has changed; begin at the beginning of the list')
    })
    return { ...query, [name]: whole }
  }
  const select = builders.select(fields).from(model.table.table)
  return { statement: select.where(and(...key)).limit(1), restored }
}

/** Whether a part of an order is one of the row's key. */
function isKeyOf({ table }: Model, part: Sort | undefined): boolean {
  return part !== undefined && part.path === undefined && table.key.includes(part.column)
}

function digestOf(value: unknown): Digest {
  return { digest: hashText(JSON.stringify(value)) }
}

function isDigest(value: unknown): value is Digest {
  return typeof value === 'object' && value !== null && 'digest' in value
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  return isWritten(value) && 'hex' in value ? value.hex.length : 0
}
