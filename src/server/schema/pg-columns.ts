// What PostgreSQL's columns keep, by Drizzle's column types.

import type { Column } from 'drizzle-orm'
import { namedNumbersKind, numbersKind, refuseNoLine } from './arrays.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import type { KindsOfDialect } from './column-kinds.ts'
import { decimalBigintKind, decimalKind, decimalNumberKind, type DecimalSize } from './decimals.ts'
import { pgJsonKind } from './json-values.ts'
import { anyDoubleKind, bigintKind, integerKind, isHalf, isSingle, singleKind } from './numbers.ts'
import { vectorSizeOf } from './drizzle-versions.ts'
import { intervalKind } from './pg-interval.ts'
import { sparseVectorKind } from './pg-sparse-vector.ts'
import { cidrKind, inetKind, macaddr8Kind, macaddrKind } from './pg-network.ts'
import { numberOf, propertyOf } from './property-of.ts'
import { patternKind, textKind } from './texts.ts'
import { dateTimeKind, dayKind, localDateTimeKind, timeKind, zonedTextKind, zonedTimeKind } from './times.ts'

/** Geometric types that have no order, nor, most of them, an equality of their own. */
const notCompared = { comparable: false } as const

const text = textKind({ refusesNul: true })
const bytes = kind('bytes', notCompared)
const uuid: ColumnKind = {
  ...patternKind('a UUID, such as "123e4567-e89b-12d3-a456-426614174000"', (given) =>
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(given) ? given.toLowerCase() : undefined,
  ),
  type: 'uuid',
}

/** Drizzle's column type → kind. */
export const pgKinds: KindsOfDialect = {
  ofColumnType: {
    PgSmallInt: () => integerKind(16),
    PgSmallSerial: () => integerKind(16),
    PgInteger: () => integerKind(32),
    PgSerial: () => integerKind(32),
    PgBigInt53: () => integerKind(64),
    PgBigSerial53: () => integerKind(64),
    PgBigInt64: () => bigintKind(),
    PgBigSerial64: () => bigintKind(),
    PgNumeric: (column) => decimalKind(sizeOf(column)),
    PgNumericNumber: (column) => decimalNumberKind(sizeOf(column)),
    PgNumericBigInt: (column) => decimalBigintKind(sizeOf(column)),
    PgReal: () => singleKind,
    PgDoublePrecision: () => anyDoubleKind,
    PgBoolean: () => kind('boolean'),
    PgText: (column) => textKind({ choices: column.enumValues, refusesNul: true }),
    PgVarchar: (column) =>
      textKind({ choices: column.enumValues, maxLength: numberOf(column, 'length'), refusesNul: true }),
    PgChar: (column) =>
      textKind({
        choices: column.enumValues,
        maxLength: numberOf(column, 'length') ?? 1,
        isPadded: true,
        refusesNul: true,
      }),
    PgEnumColumn: (column) => textKind({ choices: column.enumValues, refusesNul: true }),
    PgEnumObjectColumn: (column) => textKind({ choices: column.enumValues, refusesNul: true }),
    PgUUID: () => uuid,
    PgDate: () => dayKind('Date'),
    PgDateString: () => dayKind('text'),
    PgTime: (column) => (isZoned(column) ? zonedTimeKind : timeKind)(digitsOf(column)),
    // Drizzle's reading takes the years before 100 for those of the last century.
    PgTimestamp: (column) => dateTimeKind({ digits: digitsOf(column), firstYear: 100 }),
    PgTimestampString: (column) => (isZoned(column) ? zonedTextKind : localDateTimeKind)(digitsOf(column)),
    PgInterval: (column) => intervalKind(fieldsOf(column), digitsOf(column)),
    PgJson: () => pgJsonKind,
    PgJsonb: () => pgJsonKind,
    PgInet: () => inetKind,
    PgCidr: () => cidrKind,
    PgMacaddr: () => macaddrKind,
    PgMacaddr8: () => macaddr8Kind,
    PgPointTuple: () => numbersKind(2, undefined, notCompared),
    PgPointObject: () => namedNumbersKind(['x', 'y']),
    PgLine: () => withoutNoLines(numbersKind(3, undefined, notCompared)),
    PgLineABC: () => namedNumbersKind(['a', 'b', 'c'], refuseNoLine),
    PgGeometry: () => numbersKind(2, undefined, notCompared),
    PgGeometryObject: () => namedNumbersKind(['x', 'y']),
    PgVector: (column) => numbersKind(vectorSizeOf(column) ?? 0, { name: 'single precision', isKept: isSingle }),
    PgHalfVector: (column) => numbersKind(vectorSizeOf(column) ?? 0, { name: 'half precision', isKept: isHalf }),
    PgSparseVector: (column) => sparseVectorKind(vectorSizeOf(column)),
    PgBinaryVector: (column) => bitsKind(vectorSizeOf(column) ?? 1),
    PgBytea: () => bytes,
  },
  ofDataType: {
    smallint: () => integerKind(16),
    integer: () => integerKind(32),
    boolean: () => kind('boolean'),
    'double precision': () => anyDoubleKind,
    text: () => text,
    varchar: () => text,
    citext: () => text,
    uuid: () => uuid,
    bytea: () => bytes,
  },
}

function sizeOf(column: Column): DecimalSize {
  const [precision, scale] = [numberOf(column, 'precision'), numberOf(column, 'scale')]
  return { precision, scale: precision === undefined ? undefined : (scale ?? 0) }
}

function isZoned(column: Column): boolean {
  return propertyOf(column, 'withTimezone') === true
}

function digitsOf(column: Column): number {
  return numberOf(column, 'precision') ?? 6
}

function fieldsOf(column: Column): string | undefined {
  const fields = propertyOf(column, 'fields')
  return typeof fields === 'string' ? fields : undefined
}

function withoutNoLines(line: ColumnKind): ColumnKind {
  return {
    ...line,
    check: (value) => {
      line.check(value)
      if (Array.isArray(value)) refuseNoLine(value.map(Number))
    },
  }
}

function bitsKind(length: number): ColumnKind {
  return patternKind(`${length} binary digits`, (given) =>
    given.length === length && /^[01]*$/.test(given) ? given : undefined,
  )
}
