// SQLite's errors, read: by their codes, and by the columns that their messages name.

import { driverError, thrownByDriver } from '../driver-error.ts'
import type { Refusal } from '../refusal.ts'

export function sqliteRefusal(error: unknown): Refusal | undefined {
  if (isBusy(error)) return { kind: 'busy' }
  if (isOutOfRange(error)) return { kind: 'refused', columns: [], because: 'is too large for the database' }
  const { code, message } = driverError(error)
  if (code.startsWith('SQLITE_MISMATCH') || code.startsWith('SQLITE_TOOBIG')) return { kind: 'refused', columns: [] }
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return { kind: 'unavailable' }
  }
  if (!code.startsWith('SQLITE_CONSTRAINT')) return undefined
  const is = (kind: string): boolean => message.includes(`${kind} constraint failed`)
  if (is('UNIQUE')) return { kind: 'not unique', columns: columnsIn(message) }
  if (is('FOREIGN KEY')) return { kind: 'foreign key' }
  if (is('NOT NULL')) return { kind: 'missing', columns: columnsIn(message) }
  const [, constraint] = /CHECK constraint failed: (.+)$/.exec(message) ?? []
  return { kind: 'refused', columns: [], ...(constraint === undefined ? {} : { constraint }) } // a CHECK, a trigger, a STRICT table
}

/** Whether somebody else holds a lock. */
export function isBusy(error: unknown): boolean {
  const { code } = driverError(error)
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')
}

/**
 * libsql takes and gives integers only as far as a JavaScript number holds them. A program's own RangeError is its fault, and what is
 * stored is nobody's who asks for it.
 */
function isOutOfRange(error: unknown): boolean {
  const isOfQuery = error instanceof Error && 'query' in error && 'params' in error // Drizzle's wrapper
  if (!isOfQuery) return false
  const thrown = thrownByDriver(error)
  const isReading = String(error.query).startsWith('select')
  return thrown instanceof RangeError && !(isReading && thrown.message.startsWith('Received integer'))
}

/** The columns that SQLite names: `UNIQUE constraint failed: pizzas.name, pizzas.size`. */
function columnsIn(message: string): readonly string[] {
  const listed = message.slice(message.lastIndexOf('failed:') + 'failed:'.length)
  return listed.split(',').map((part) => part.trim().split('.').at(-1) ?? '')
}
