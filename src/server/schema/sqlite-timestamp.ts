// Drizzle's timestamp columns keep whole seconds or milliseconds: an instant that would lose a digit there is refused.

import type { Column } from 'drizzle-orm'
import { codecs, ValueFault } from '../../wire/index.ts'
import type { FieldDescription } from './field-description.ts'

type TimestampCodec = Pick<FieldDescription, 'encode' | 'decode'>

const { encode } = codecs['date-time']
const seconds: TimestampCodec = { encode, decode: decodeWith(0, 'be whole seconds') }
const milliseconds: TimestampCodec = { encode, decode: decodeWith(3, 'have at most 3 fraction digits') }

/** How the values of a column in `timestamp` or `timestamp_ms` mode go over the wire; undefined for other columns. */
export function timestampCodec(column: Column): TimestampCodec | undefined {
  if (column.columnType !== 'SQLiteTimestamp' || !('mode' in column)) return undefined
  return column.mode === 'timestamp' ? seconds : milliseconds
}

/** Zeros are no loss: `12:00:00.000Z` is whole seconds. A program's own Date is taken as Drizzle takes it. */
function decodeWith(digits: number, expected: string): TimestampCodec['decode'] {
  return (json) => {
    if (json instanceof Date) return json
    const instant = codecs['date-time'].decode(json)
    const [, fraction = ''] = /\.(\d+)/.exec(String(json)) ?? []
    if (/^0*$/.test(fraction.slice(digits))) return instant
    throw new ValueFault(`must ${expected}, which is what the database keeps`)
  }
}
