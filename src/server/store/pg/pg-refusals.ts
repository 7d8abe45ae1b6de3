// PostgreSQL's errors, read: by SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html) and the members that drivers pass on.

import { driverError, isOfSocket, type DriverError } from '../driver-error.ts'
import type { Refusal } from '../refusal.ts'

export function pgRefusal(error: unknown): Refusal | undefined {
  const known = driverError(error)
  return bySqlState(known) ?? byPolicy(known) ?? (isUnavailable(known) ? { kind: 'unavailable' } : undefined)
}

function bySqlState(error: DriverError): Refusal | undefined {
  const { code } = error
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined
  const columns = [error.member('column') || error.member('column_name')].filter((name) => name !== '')
  const named = constraintOf(error)
  switch (code) {
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
      return { kind: 'conflict' }
    case '55P03': // lock_not_available
    case '57014': // query_canceled: a timeout
      return { kind: 'busy' }
    case '23505': // unique_violation
    case '23P01': // exclusion_violation
      return { kind: 'not unique', columns: columnsOfKey(error.member('detail')) }
    case '23001': // restrict_violation
    case '23503': // foreign_key_violation
      return { kind: 'foreign key', ...named }
    case '23502': // not_null_violation
      return { kind: 'missing', columns }
    case '22001': // string_data_right_truncation
      return { kind: 'refused', columns, because: 'is too long' }
    case '22003': // numeric_value_out_of_range
      return { kind: 'refused', columns, because: 'is out of the range of the database' }
    case '23514': // check_violation
    case '428C9': // generated_always
    case '54000': // program_limit_exceeded: a text too long for an index
      return { kind: 'refused', columns, ...named }
  }
  if (code === '2200H') return undefined // sequence_generator_limit_exceeded: nothing that a caller could mend
  if (code.startsWith('22')) return { kind: 'refused', columns, ...named } // data exceptions
  return isAway(code) ? { kind: 'unavailable' } : undefined
}

function constraintOf({ member }: DriverError): { readonly constraint?: string } {
  const constraint = member('constraint') || member('constraint_name')
  return constraint === '' ? {} : { constraint }
}

/** Whether nothing can be said any more to the connection that the error came from. */
export function isConnectionLost(error: unknown): boolean {
  const known = driverError(error)
  return /^(?:08|57P)/.test(known.code) || isUnavailable(known)
}

/** insufficient_privilege is about the caller where a policy of row security checks what is written; else about the program. */
function byPolicy(error: DriverError): Refusal | undefined {
  const isOfPolicy = error.code === '42501' && error.member('routine') === 'ExecWithCheckOptions'
  return isOfPolicy ? { kind: 'forbidden' } : undefined
}

/** Connections, resources, an operator who shuts the server down, and a session that was ended for being idle. */
function isAway(code: string): boolean {
  return code.startsWith('08') || code.startsWith('53') || code.startsWith('57P') || code === '25P03'
}

/** `Key (name, shop_id)=(Marinara, 1) already exists.`, in the language of the server: the columns are before `)=(`. */
function columnsOfKey(detail: string): readonly string[] {
  const listed = /\(([^=]+?)\)=\(/.exec(detail)?.[1] ?? ''
  return listed.split(', ').map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name))
}

/** What the drivers themselves say of connections: postgres.js by codes, node-postgres in words. */
function isUnavailable({ code, message }: DriverError): boolean {
  if (code !== '') return isOfSocket(code) || code.startsWith('CONNECTION_') || code === 'CONNECT_TIMEOUT'
  return /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    message,
  )
}
