// SQLite's errors as problems, in our words: no driver text reaches a caller.

import { Problem } from '../../http/index.ts'
import { pointerTo } from '../../wire/index.ts'
import type { Model } from '../model.ts'

/** What was being done to a row when the database refused. */
export type WriteAction = 'insert' | 'update' | 'delete'

/** The problem behind what a driver threw, or the error itself where it is none of a caller's making. */
export function asProblem(error: unknown, model?: Model, action?: WriteAction): unknown {
  if (error instanceof Problem) return error
  if (isBusy(error)) return busyProblem(error)
  if (isOutOfRange(error)) return refusedProblem('A number is too large for the database.', error)
  const { code, message } = driverError(error)
  if (code.startsWith('SQLITE_MISMATCH') || code.startsWith('SQLITE_TOOBIG')) {
    return refusedProblem('The database refuses these values.', error)
  }
  if (!code.startsWith('SQLITE_CONSTRAINT')) return error
  const is = (kind: string): boolean => message.includes(`${kind} constraint failed`)
  if (is('UNIQUE')) return uniqueProblem(message, model, error)
  if (is('FOREIGN KEY')) {
    return new Problem(409, foreignKeyDetails[action ?? 'update'], { code: 'foreign-key', cause: error })
  }
  if (is('NOT NULL')) {
    const errors = columnsIn(message, model).map((name) => ({ pointer: pointerTo([name]), detail: 'is missing' }))
    return new Problem(422, 'A value is missing that the database needs.', {
      code: 'invalid-content',
      errors,
      cause: error,
    })
  }
  return refusedProblem('The database refuses these values.', error) // a CHECK, a trigger, a STRICT table
}

const foreignKeyDetails: Readonly<Record<WriteAction, string>> = {
  insert: 'It refers to a row that does not exist.',
  update: 'It refers to a row that does not exist, or another row refers to what it would no longer be.',
  delete: 'Other rows refer to this one.',
}

/** Whether somebody else holds a lock. */
export function isBusy(error: unknown): boolean {
  const { code } = driverError(error)
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')
}

export function busyProblem(cause?: unknown): Problem {
  return new Problem(503, 'The database is busy; try again.', {
    code: 'database-busy',
    headers: { 'retry-after': '1' },
    cause,
  })
}

/** libsql takes and gives integers only as far as a JavaScript number holds them. A program's own RangeError is its fault. */
function isOutOfRange(error: unknown): boolean {
  const isOfQuery = error instanceof Error && 'query' in error && 'params' in error // Drizzle's wrapper
  return isOfQuery && thrownByDriver(error) instanceof RangeError
}

function refusedProblem(detail: string, cause: unknown): Problem {
  return new Problem(422, detail, { code: 'invalid-content', cause })
}

/** The code and the message of the driver's own error. */
function driverError(error: unknown): { readonly code: string; readonly message: string } {
  const thrown = thrownByDriver(error)
  if (!(thrown instanceof Error) || !('code' in thrown)) return { code: '', message: '' }
  return { code: typeof thrown.code === 'string' ? thrown.code : '', message: thrown.message }
}

/** Drizzle wraps what the driver threw as the cause, and libsql what SQLite's binding threw: it is the first with a code. */
function thrownByDriver(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error || !(error.cause instanceof Error)) return error
  return thrownByDriver(error.cause)
}

function uniqueProblem(message: string, model: Model | undefined, cause: unknown): Problem {
  const names = columnsIn(message, model)
  const detail =
    names.length === 0 ? 'There is already such a row.' : `There is already a row with this ${names.join(', ')}.`
  const errors = names.map((name) => ({ pointer: pointerTo([name]), detail: 'is taken' }))
  return new Problem(409, detail, { code: 'not-unique', errors, cause })
}

/** The columns that SQLite names (`UNIQUE constraint failed: pizzas.name`), as far as they are on the wire. */
function columnsIn(message: string, model: Model | undefined): readonly string[] {
  const listed = message.slice(message.lastIndexOf('failed:') + 'failed:'.length)
  const columns = listed.split(',').map((part) => part.trim().split('.').at(-1) ?? '')
  return [...(model?.columns.values() ?? [])]
    .filter(({ column }) => columns.includes(column.name))
    .map(({ name }) => name)
}
