// What a database refused, the same for all dialects, and the problem that it is for the caller, in our words.

import { Problem } from '../../http/index.ts'
import { pointerTo, type LogFields, type Logger } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'

/** What was being done to a row when the database refused. */
export type Action = 'read' | 'insert' | 'update' | 'delete'

/** Columns have the names that they have in the database. */
export type Refusal =
  /** Somebody else holds a lock. */
  | { readonly kind: 'busy' }
  /** Of two transactions only one could go on, and this is the other: it is undone, and may be tried again. */
  | { readonly kind: 'conflict' }
  /** The database is not there, is going, or has no room. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'not unique'; readonly columns: readonly string[] }
  | { readonly kind: 'foreign key'; readonly constraint?: string }
  /** The database's own rule for rows does not hold for what would be written. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing'; readonly columns: readonly string[] }
  /** A check, a length, a range, a text that is no value of the type; `because` goes on the columns. */
  | {
      readonly kind: 'refused'
      readonly columns: readonly string[]
      readonly because?: string
      /** What the schema calls it; for developers. */
      readonly constraint?: string
    }

/** @param model the model whose columns are meant; only those that are on the wire are named. */
export function problemOf(refusal: Refusal, cause: unknown, model?: Model, action?: Action): Problem {
  switch (refusal.kind) {
    case 'busy':
    case 'conflict':
      return busyProblem(cause)
    case 'unavailable':
      return unavailableProblem(cause)
    case 'not unique':
      return uniqueProblem(namesOf(refusal.columns, model), cause)
    case 'foreign key':
      return new Problem(409, foreignKeyDetails[action ?? 'update'], { code: 'foreign-key', cause })
    case 'forbidden':
      return new Problem(
        403,
        `You may not ${action === 'insert' ? 'create such a row' : 'change the row like that'}.`,
        {
          code: 'forbidden',
          cause,
        },
      )
    case 'missing':
      return refusedProblem(missingDetail, 'is missing', refusal.columns, model, cause)
    case 'refused': {
      if (action === 'read') {
        const detail = 'The database cannot compare with one of these values.'
        return new Problem(400, detail, { code: 'invalid-parameter', cause })
      }
      const checked = model && mentionedBy(model, refusal.constraint)
      if (checked !== undefined) {
        const detail = `The database refuses these values: its check "${refusal.constraint}" does not hold.`
        return refusedProblem(detail, 'is not what the check allows', checked, model, cause)
      }
      const because = refusal.because ?? 'is refused by the database'
      return refusedProblem('The database refuses these values.', because, refusal.columns, model, cause)
    }
  }
}

const missingDetail = 'A value is missing that the database needs.'

export function isMissingValue(error: unknown): boolean {
  return error instanceof Problem && error.message === missingDetail
}

/**
 * The columns of a check that callers may be told of: one that the table declares, and that mentions nothing but what is on the wire. For
 * columns that some callers may not see the problem is changed behind the store.
 */
function mentionedBy({ table, columns }: Model, constraint = ''): readonly string[] | undefined {
  const mentioned = table.checks.get(constraint) ?? []
  if (mentioned.length === 0 || !mentioned.every((name) => columns.has(name))) return undefined
  return mentioned.map((name) => columns.get(name)?.column.name ?? name)
}

/** Where no column can be named to the caller, whoever knows the schema is told what it was: names alone, no values. */
export function tellUnnamed(logger: Logger, refusal: Refusal, about: LogFields): void {
  if (refusal.kind !== 'refused' && refusal.kind !== 'foreign key') return
  const { kind, constraint } = refusal
  logger[kind === 'refused' ? 'warn' : 'info']({ ...about, constraint }, `the database refused a write: ${kind}`)
}

const foreignKeyDetails: Readonly<Record<Action, string>> = {
  read: 'It refers to a row that does not exist.',
  insert: 'It refers to a row that does not exist.',
  update: 'It refers to a row that does not exist, or another row refers to what it would no longer be.',
  delete: 'Other rows refer to this one.',
}

export function busyProblem(cause?: unknown): Problem {
  return laterProblem('The database is busy; try again.', 'database-busy', cause)
}

function unavailableProblem(cause: unknown): Problem {
  return laterProblem('The database does not answer; try again.', 'database-unavailable', cause)
}

function laterProblem(detail: string, code: string, cause: unknown): Problem {
  return new Problem(503, detail, { code, headers: { 'retry-after': '1' }, cause })
}

function refusedProblem(
  detail: string,
  because: string,
  columns: readonly string[],
  model: Model | undefined,
  cause: unknown,
): Problem {
  const errors = namesOf(columns, model).map((name) => ({ pointer: pointerTo([name]), detail: because }))
  return new Problem(422, detail, { code: 'invalid-content', errors, cause })
}

function uniqueProblem(names: readonly string[], cause: unknown): Problem {
  const detail =
    names.length === 0 ? 'There is already such a row.' : `There is already a row with this ${names.join(', ')}.`
  const errors = names.map((name) => ({ pointer: pointerTo([name]), detail: 'is taken' }))
  return new Problem(409, detail, { code: 'not-unique', errors, cause })
}

/** What columns of the database are called on the wire, as far as they are on it. */
function namesOf(columns: readonly string[], model: Model | undefined): readonly string[] {
  const infos = model === undefined ? [] : [...model.columns.values()]
  return infos.filter(({ column }) => columns.includes(column.name)).map(({ name }) => name)
}
