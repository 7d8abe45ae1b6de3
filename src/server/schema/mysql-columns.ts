// What the columns of MySQL and MariaDB keep, by Drizzle's column types. The server is taken to be strict (STRICT_TRANS_TABLES).

import type { Column } from 'drizzle-orm'
import { ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import type { KindsOfDialect } from './column-kinds.ts'
import { decimalBigintKind, decimalKind, decimalNumberKind, plainDecimal, type DecimalSize } from './decimals.ts'
import { mysqlJsonKind } from './json-values.ts'
import { bigintKind, doubleKind, finite, integerKind } from './numbers.ts'
import { isUnsigned, numberOf } from './property-of.ts'
import { octetTextKind, textKind } from './texts.ts'
import { dateTimeKind, dayKind, localDateTimeKind, timeSpanKind, yearKind } from './times.ts'

const bytes = kind('bytes', { comparable: false })

/** Drizzle's column type → kind. */
export const mysqlKinds: KindsOfDialect = {
  ofColumnType: {
    MySqlTinyInt: (column) => integerKind(8, isUnsigned(column)),
    MySqlSmallInt: (column) => integerKind(16, isUnsigned(column)),
    MySqlMediumInt: (column) => integerKind(24, isUnsigned(column)),
    MySqlInt: (column) => integerKind(32, isUnsigned(column)),
    MySqlBigInt53: (column) => integerKind(64, isUnsigned(column)),
    MySqlSerial: () => integerKind(64, true),
    MySqlBigInt64: (column) => bigintKind(isUnsigned(column)),
    MySqlDecimal: (column) => decimalKind(sizeOf(column)),
    MySqlDecimalNumber: (column) => decimalNumberKind(sizeOf(column)),
    MySqlDecimalBigInt: (column) => decimalBigintKind(sizeOf(column)),
    MySqlFloat: (column) => ((numberOf(column, 'precision') ?? 0) > 24 ? doubleOf(column) : floatOf(column)),
    MySqlDouble: doubleOf,
    MySqlReal: doubleOf,
    MySqlBoolean: () => kind('boolean', { exact: false }), // a number, of which all but 1 are false
    MySqlChar: (column) =>
      textKind({ choices: column.enumValues, maxLength: numberOf(column, 'length') ?? 1, isPadded: true }),
    MySqlVarChar: (column) => textKind({ choices: column.enumValues, maxLength: numberOf(column, 'length') }),
    MySqlText: (column) => textKind({ choices: column.enumValues, maxOctets: octetsOfText[column.getSQLType()] }),
    MySqlEnumColumn: (column) => textKind({ choices: column.enumValues }),
    MySqlEnumObjectColumn: (column) => textKind({ choices: column.enumValues }),
    MySqlBinary: (column) => octetTextKind(numberOf(column, 'length') ?? 1, true),
    MySqlVarBinary: (column) => octetTextKind(numberOf(column, 'length') ?? 0, false),
    MySqlDate: () => dayKind('Date'),
    MySqlDateString: () => dayKind('text'),
    MySqlDateTime: (column) => dateTimeKind({ digits: digitsOf(column), firstYear: 1 }),
    MySqlDateTimeString: (column) => localDateTimeKind(digitsOf(column)),
    MySqlTimestamp: (column) => dateTimeKind({ digits: digitsOf(column), ...timestamps }),
    MySqlTimestampString: (column) => localDateTimeKind(digitsOf(column)),
    MySqlTime: (column) => timeSpanKind(digitsOf(column)),
    MySqlYear: () => yearKind,
    MySqlJson: () => mysqlJsonKind,
  },
  ofDataType: {
    tinyint: () => integerKind(8),
    smallint: () => integerKind(16),
    int: () => integerKind(32),
    double: () => doubleKind,
    varchar: () => textKind(),
    text: () => textKind(),
    tinyblob: () => bytes,
    blob: () => bytes,
    mediumblob: () => bytes,
    longblob: () => bytes,
    binary: () => bytes,
    varbinary: () => bytes,
  },
}

/** In octets; `longtext` has more than any content may have. */
const octetsOfText: Readonly<Record<string, number>> = { tinytext: 255, text: 65_535, mediumtext: 16_777_215 }

const timestamps = { earliest: Date.UTC(1970, 0, 1, 0, 0, 1), latest: Date.UTC(2038, 0, 19, 3, 14, 7) } as const

/** Whole digits unless told otherwise, ten of them. */
function sizeOf(column: Column): DecimalSize {
  return {
    precision: numberOf(column, 'precision') ?? 10,
    scale: numberOf(column, 'scale') ?? 0,
    unsigned: isUnsigned(column),
  }
}

function digitsOf(column: Column): number {
  return numberOf(column, 'fsp') ?? 0
}

/** With a scale, `double(10, 2)`, it is rounded as a decimal is. */
function doubleOf(column: Column): ColumnKind {
  return limited(column, doubleKind)
}

/** MySQL shows six digits of a FLOAT, and compares with all that it has. */
function floatOf(column: Column): ColumnKind {
  return limited(column, {
    ...doubleKind,
    check: (value) => {
      const number = finite(value)
      const digits = plainDecimal(String(Math.abs(number)))
        .replace('.', '')
        .replaceAll(/^0+|0+$/g, '')
      const isInRange = number === 0 || (Math.abs(number) <= 3.4e38 && Math.abs(number) >= 1.18e-38)
      if (digits.length <= 6 && isInRange) return
      throw new ValueFault('must have at most 6 digits and lie within ±3.4e38, which is what the database shows')
    },
    comparable: false,
    exact: false,
  })
}

function limited(column: Column, number: ColumnKind): ColumnKind {
  const [precision, scale] = [numberOf(column, 'precision'), numberOf(column, 'scale')]
  const size = scale === undefined ? undefined : { precision, scale }
  const decimal = size === undefined ? undefined : decimalNumberKind({ ...size, unsigned: isUnsigned(column) })
  return {
    ...number,
    check: (value) => {
      number.check(value)
      decimal?.check(value)
      if (isUnsigned(column) && finite(value) < 0) throw new ValueFault('must not be negative')
    },
  }
}
