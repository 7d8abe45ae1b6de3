// What a program does around the writes of a model: in their transaction, or once that is committed.

import type { Principal } from '../../http/index.ts'
import type { SqliteDatabase } from '../store/store.ts'
import type { AnyRow, Values, Written } from './rows.ts'

/** One write of one row. */
export interface WriteEvent {
  /** The full name of the model: `menu.Pizza`. */
  readonly model: string
  readonly user: Principal
  /** Drizzle, inside the transaction of the write; under no rule, and without hooks. `transactionOf` gives it your database's type. */
  readonly tx: SqliteDatabase
}

/** Values to write besides those there are, or in their place; nothing where they are right as they are. */
type Changed<New> = Written<New> | undefined | void

export interface CreateEvent<New = AnyRow> extends WriteEvent {
  /** What will be written; where nothing is given the default follows. */
  readonly values: Values<New>
}

export interface UpdateEvent<Stored = AnyRow, New = AnyRow> extends WriteEvent {
  readonly before: Stored
  /** What will be written: only what changes. */
  readonly values: Values<New>
}

export interface RowEvent<Stored = AnyRow> extends WriteEvent {
  readonly row: Stored
}

export interface UpdatedEvent<Stored = AnyRow> extends RowEvent<Stored> {
  readonly before: Stored
}

/** What was done, when it can no longer be undone. */
export interface CommittedEvent<Stored = AnyRow> {
  readonly model: string
  readonly user: Principal
  readonly action: 'create' | 'update' | 'delete'
  /** As it has become; of a delete, as it was. */
  readonly row: Stored
  /** Of an update: as it was. */
  readonly before: Stored | undefined
}

/**
 * In the transaction, once for each row: what is thrown is the answer, and nothing of the request is left; throw a `Problem` to
 * tell the caller. A `before…` may return values to write besides, by the names of columns; a soft delete is a delete. Not told are
 * writes by Drizzle in operations and hooks, and what the database does by itself.
 *
 * `committed` runs after the commit, before the answer: start what takes long without waiting for it. What it throws is logged.
 *
 * Within `model(table, …)` rows have the types of the table; those of the service, for any model, have unknown members.
 */
export interface Hooks<Stored = AnyRow, New = AnyRow> {
  beforeCreate?(event: CreateEvent<New>): Changed<New> | Promise<Changed<New>>
  afterCreate?(event: RowEvent<Stored>): unknown
  beforeUpdate?(event: UpdateEvent<Stored, New>): Changed<New> | Promise<Changed<New>>
  afterUpdate?(event: UpdatedEvent<Stored>): unknown
  beforeDelete?(event: RowEvent<Stored>): unknown
  afterDelete?(event: RowEvent<Stored>): unknown
  committed?(event: CommittedEvent<Stored>): unknown
}

/** @throws TypeError for a hook that does not exist, which would never be called, or is no function. */
export function checkHooks(where: string, hooks: object): void {
  for (const [name, hook] of Object.entries(hooks)) {
    if (!hookNames.includes(name as keyof Hooks)) {
      throw new TypeError(`${where}: there is no hook "${name}"; there are: ${hookNames.join(', ')}.`)
    }
    if (hook !== undefined && typeof hook !== 'function') {
      throw new TypeError(`${where}: the hook "${name}" must be a function.`)
    }
  }
}

const hookNames: readonly (keyof Hooks)[] = [
  'beforeCreate',
  'afterCreate',
  'beforeUpdate',
  'afterUpdate',
  'beforeDelete',
  'afterDelete',
  'committed',
]
