// The SQLite column of a field, by its type on the wire: values come back as they do from the service that is mocked.

import { blob, customType, integer, numeric, real, text, type SQLiteColumnBuilderBase } from 'drizzle-orm/sqlite-core'
import { sqliteRemoteForeignKey } from '../../refs/index.ts'
import { describesField, type DescribesField } from '../../server/index.ts'
import { codecs, ValueFault, type FieldDocument, type ValueType } from '../../wire/index.ts'

/** As much of Drizzle's builders as is used of any column, whatever its values. */
export interface ColumnBuilder extends SQLiteColumnBuilderBase {
  notNull(): ColumnBuilder
  primaryKey(): ColumnBuilder
  $defaultFn(value: () => never): ColumnBuilder
}

/** @param remote the model that a remote field refers to. */
export function columnOf(field: FieldDocument, remote: string): ColumnBuilder {
  if (field.kind === 'remote') return sqliteRemoteForeignKey(remote, { allowForeign: field.model === undefined })
  return Object.hasOwn(columns, field.type) ? columns[field.type](field) : text({ mode: 'json' }) // a type of a later version
}

const columns: Readonly<Record<ValueType, (field: FieldDocument) => ColumnBuilder>> = {
  integer: () => integer(),
  number: () => real(),
  // Digits in a blob are exact and have no order; of numbers, which have one, the driver takes those up to 2^53.
  bigint: ({ operators }) =>
    operators?.includes('lt') === true ? numeric({ mode: 'bigint' }) : blob({ mode: 'bigint' }),
  decimal: () => numeric(),
  boolean: () => integer({ mode: 'boolean' }),
  string: ({ choices, maxLength }) =>
    text({
      ...(choices === undefined ? {} : { enum: [...choices] as [string, ...string[]] }), // Drizzle takes none, too
      ...(maxLength === undefined ? {} : { length: maxLength }),
    }),
  'date-time': () => integer({ mode: 'timestamp_ms' }),
  'local-date-time': (field) => textOf(field, /^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'a date and time without a zone'),
  date: (field) => textOf(field, /^\d{4}-\d\d-\d\d$/, 'a date such as "2026-01-31"'),
  time: (field) => textOf(field, /^\d\d:\d\d/, 'a time such as "12:30:00"'),
  duration: (field) => textOf(field, /^-?P/, 'a duration such as "PT1H"'),
  uuid: (field) => textOf(field, /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, 'a UUID'),
  bytes: () => blob({ mode: 'buffer' }),
  json: () => text({ mode: 'json' }),
  array: () => text({ mode: 'json' }),
  reference: () => text(),
}

interface Described<Data> {
  data: Data
  driverData: Data
  config: DescribesField
  configRequired: true
}

const describedText = customType<Described<string>>({ dataType: () => 'text' })
const describedInteger = customType<Described<number>>({ dataType: () => 'integer' })

/** The key of a new row where that is a bigint. */
export function countedBigint(field: FieldDocument): ColumnBuilder {
  const decode = (json: unknown): number => {
    const value = Number(codecs.bigint.decode(json))
    if (Number.isSafeInteger(value)) return value
    throw new ValueFault('must be between -2^53 and 2^53 in a mock service')
  }
  return describedInteger(describe(field, decode)).primaryKey()
}

/** Types that SQLite has not. */
function describe({ kind, type }: FieldDocument, decode: (json: unknown) => unknown): DescribesField {
  return { [describesField]: { kind, type, model: '', encode: String, decode } }
}

function textOf(field: FieldDocument, pattern: RegExp, expected: string): ColumnBuilder {
  const decode = (json: unknown): string => {
    if (typeof json === 'string' && pattern.test(json)) return json
    throw new ValueFault(`must be ${expected}`)
  }
  return describedText(describe(field, decode))
}

/** What a field gets where a create may leave it out and it is never null: what the service itself would say is not known. */
export function standardValue({ type, choices }: FieldDocument): unknown {
  return type === 'string' ? (choices?.[0] ?? '') : standards[type]?.()
}

const now = (): string => new Date().toISOString()

const standards: Readonly<Partial<Record<ValueType, () => unknown>>> = {
  integer: () => 0,
  number: () => 0,
  bigint: () => 0n,
  decimal: () => '0',
  boolean: () => false,
  'date-time': () => new Date(),
  'local-date-time': () => now().slice(0, 19),
  date: () => now().slice(0, 10),
  time: () => now().slice(11, 19),
  duration: () => 'PT0S',
  uuid: () => crypto.randomUUID(),
  bytes: () => Buffer.alloc(0),
  json: () => ({}),
  array: () => [],
}
