// What a program does around the writes of a model: in their transaction, or once that is committed.

import type { Principal } from '../../http/index.ts'
import type { SqliteDatabase } from '../store/store.ts'

/** One write of one row. */
export interface WriteEvent {
  /** The full name of the model: `menu.Pizza`. */
  readonly model: string
  readonly user: Principal
  /** Drizzle, inside the transaction of the write; under no rule, and without hooks. `transactionOf` gives it your database's type. */
  readonly tx: SqliteDatabase
}

type Stored = Readonly<Record<string, unknown>>

/** Values to write besides those there are, or in their place; nothing where they are right as they are. */
type Changed = Stored | undefined | void

export interface CreateEvent extends WriteEvent {
  /** What will be written; where nothing is given the default follows. */
  readonly values: Stored
}

export interface UpdateEvent extends WriteEvent {
  readonly before: Stored
  /** What will be written: only what changes. */
  readonly values: Stored
}

export interface RowEvent extends WriteEvent {
  readonly row: Stored
}

export interface UpdatedEvent extends RowEvent {
  readonly before: Stored
}

/** What was done, when it can no longer be undone. */
export interface CommittedEvent {
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
 * tell the caller. A `before…` may return values to write besides; a soft delete is a delete. Not told are writes by Drizzle in
 * operations and hooks, and what the database does by itself.
 *
 * `committed` runs after the commit, before the answer: start what takes long without waiting for it. What it throws is logged.
 */
export interface Hooks {
  beforeCreate?(event: CreateEvent): Changed | Promise<Changed>
  afterCreate?(event: RowEvent): unknown
  beforeUpdate?(event: UpdateEvent): Changed | Promise<Changed>
  afterUpdate?(event: UpdatedEvent): unknown
  beforeDelete?(event: RowEvent): unknown
  afterDelete?(event: RowEvent): unknown
  committed?(event: CommittedEvent): unknown
}

/** @throws TypeError for a hook that does not exist, which would never be called. */
export function checkHooks(where: string, hooks: object): void {
  const unknown = Object.keys(hooks).find((name) => !hookNames.includes(name as keyof Hooks)) // to be looked for
  if (unknown === undefined) return
  throw new TypeError(`${where}: there is no hook "${unknown}"; there are: ${hookNames.join(', ')}.`)
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
