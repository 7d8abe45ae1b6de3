// The errors of MySQL and MariaDB, read: by number (dev.mysql.com/doc/mysql-errors, mariadb.com/kb/en/mariadb-error-code-reference).

import { driverError, isOfSocket } from '../driver-error.ts'
import type { Refusal } from '../refusal.ts'

export function mysqlRefusal(error: unknown): Refusal | undefined {
  const { code, message, member } = driverError(error)
  const known = byNumber(Number(member('errno')), message)
  if (known !== undefined) return known
  const isAway =
    isOfSocket(code) || code.startsWith('PROTOCOL_') || /^(?:Pool is closed|Can't add new command)/.test(message)
  return isAway ? { kind: 'unavailable' } : undefined
}

function byNumber(number: number, message: string): Refusal | undefined {
  const kind = kinds.get(number)
  switch (kind) {
    case undefined:
      return undefined
    case 'not unique':
      return { kind, columns: [] } // the message names the index
    case 'missing':
      return { kind, columns: columnsIn(message) }
    case 'refused': {
      const because = reasons.get(number)
      return {
        kind,
        columns: columnsIn(message),
        ...(because === undefined ? {} : { because }),
        ...constraintIn(message),
      }
    }
    case 'foreign key':
      return { kind, ...constraintIn(message) }
    default:
      return { kind }
  }
}

const kinds: ReadonlyMap<number, Refusal['kind']> = new Map([
  [1213, 'conflict'], // ER_LOCK_DEADLOCK
  [1020, 'conflict'], // ER_CHECKREAD: MariaDB's snapshot isolation
  [1205, 'busy'], // ER_LOCK_WAIT_TIMEOUT
  [3572, 'busy'], // ER_LOCK_NOWAIT
  [1317, 'busy'], // ER_QUERY_INTERRUPTED
  [3024, 'busy'], // ER_QUERY_TIMEOUT
  [1969, 'busy'], // ER_STATEMENT_TIMEOUT, MariaDB
  [1062, 'not unique'], // ER_DUP_ENTRY
  [1586, 'not unique'], // ER_DUP_ENTRY_WITH_KEY_NAME
  [1216, 'foreign key'], // ER_NO_REFERENCED_ROW
  [1217, 'foreign key'], // ER_ROW_IS_REFERENCED
  [1451, 'foreign key'], // ER_ROW_IS_REFERENCED_2
  [1452, 'foreign key'], // ER_NO_REFERENCED_ROW_2
  [1761, 'foreign key'], // ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO
  [1048, 'missing'], // ER_BAD_NULL_ERROR
  [1364, 'missing'], // ER_NO_DEFAULT_FOR_FIELD
  [1071, 'refused'], // ER_TOO_LONG_KEY
  [1153, 'refused'], // ER_NET_PACKET_TOO_LARGE
  [1264, 'refused'], // ER_WARN_DATA_OUT_OF_RANGE
  [1265, 'refused'], // WARN_DATA_TRUNCATED: a word that an enum does not have
  [1292, 'refused'], // ER_TRUNCATED_WRONG_VALUE
  [1366, 'refused'], // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
  [1367, 'refused'], // ER_ILLEGAL_VALUE_FOR_TYPE
  [1406, 'refused'], // ER_DATA_TOO_LONG
  [1411, 'refused'], // ER_WRONG_VALUE_FOR_TYPE
  [1644, 'refused'], // ER_SIGNAL_EXCEPTION: a trigger
  [1690, 'refused'], // ER_DATA_OUT_OF_RANGE
  [1906, 'refused'], // ER_WARNING_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN, MariaDB
  [3105, 'refused'], // ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN
  [3140, 'refused'], // ER_INVALID_JSON_TEXT
  [3819, 'refused'], // ER_CHECK_CONSTRAINT_VIOLATED
  [4025, 'refused'], // ER_CONSTRAINT_FAILED, MariaDB
  [1021, 'unavailable'], // ER_DISK_FULL
  [1040, 'unavailable'], // ER_CON_COUNT_ERROR
  [1053, 'unavailable'], // ER_SERVER_SHUTDOWN
  [1079, 'unavailable'], // ER_SHUTDOWN_COMPLETE
  [1114, 'unavailable'], // ER_RECORD_FILE_FULL
  [1203, 'unavailable'], // ER_TOO_MANY_USER_CONNECTIONS
  [1226, 'unavailable'], // ER_USER_LIMIT_REACHED
  [1290, 'unavailable'], // ER_OPTION_PREVENTS_STATEMENT: read-only during a failover
  [1836, 'unavailable'], // ER_READ_ONLY_MODE
  [1927, 'unavailable'], // ER_CONNECTION_KILLED, MariaDB
  [4031, 'unavailable'], // ER_CLIENT_INTERACTION_TIMEOUT
])

const reasons: ReadonlyMap<number, string> = new Map([
  [1071, 'is too long'],
  [1264, 'is out of the range of the database'],
  [1406, 'is too long'],
  [1690, 'is out of the range of the database'],
])

/** `Data too long for column 'name' at row 1`, or with the table's name before it: `column `db`.`pizza`.`name``. */
function columnsIn(message: string): readonly string[] {
  const named = /(?:column|field) (?:'([^']+)'|(?:`[^`]+`\.)*`([^`]+)`)/i.exec(message)
  const name = named?.[1] ?? named?.[2]
  return name === undefined ? [] : [name]
}

/** `Check constraint 'pizza_price' is violated.`, in MariaDB `CONSTRAINT `pizza_price` failed for …`. */
function constraintIn(message: string): { readonly constraint?: string } {
  const named = /\bconstraint (?:'([^']+)'|`([^`]+)`)/i.exec(message)
  const constraint = named?.[1] ?? named?.[2]
  return constraint === undefined ? {} : { constraint }
}

/** `Duplicate entry 'x' for key 'pizza.name'`, without the table in MariaDB. The entry may have quotes of its own. */
export function indexIn(error: unknown): string | undefined {
  const quoted = /'([^']+)'$/.exec(driverError(error).message)?.[1]
  return quoted?.slice(quoted.lastIndexOf('.') + 1)
}
