// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  ArrayExpansion,
  Comparison,
  FilterGroups,
  InstanceMembers,
  ItemComparison,
  Linked,
  List,
  ModelMembers,
  ModelShape,
  OneOf,
  OrderComparison,
  Reference,
  ReferenceExpansion,
  TextComparison,
} from 'slumberjs'

/** An instance of kinds.Columns. */
export interface PostgresKindsColumns extends InstanceMembers<PostgresKindsColumnsShape> {
  /** The key. */
  readonly id: string
  readonly smallint: number | null
  readonly integer: number
  readonly bigintNumber: number | null
  readonly bigint: bigint
  readonly serial: number
  readonly bigserial: bigint
  /** A decimal number, such as "9.50". */
  readonly numeric: string
  readonly numericNumber: number | null
  readonly numericBigint: bigint | null
  readonly real: number | null
  readonly double: number
  readonly boolean: boolean | null
  readonly text: string | null
  readonly textEnum: 's' | 'm' | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly char: string | null
  readonly enum: 'sad' | 'happy'
  readonly uuid: string | null
  readonly date: string | null
  readonly dateString: string
  readonly time: string | null
  readonly timestamp: Date
  readonly timestampString: string | null
  readonly interval: string | null
  readonly json: unknown
  readonly jsonb: unknown
  readonly inet: string | null
  readonly cidr: string | null
  readonly macaddr: string | null
  readonly bit: string | null
  readonly integers: readonly (number)[] | null
  readonly texts: readonly (string)[]
  readonly uuids: readonly (string)[] | null
  readonly timestamps: readonly (Date)[] | null
  readonly lines: List<PostgresKindsLineShape>
  readonly besides: List<PostgresKindsLineShape>
}

/** The values of kinds.Columns. */
export interface PostgresKindsColumnsData {
  /** The key. */
  readonly id: string
  readonly smallint: number | null
  readonly integer: number
  readonly bigintNumber: number | null
  readonly bigint: bigint
  readonly serial: number
  readonly bigserial: bigint
  /** A decimal number, such as "9.50". */
  readonly numeric: string
  readonly numericNumber: number | null
  readonly numericBigint: bigint | null
  readonly real: number | null
  readonly double: number
  readonly boolean: boolean | null
  readonly text: string | null
  readonly textEnum: 's' | 'm' | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly char: string | null
  readonly enum: 'sad' | 'happy'
  readonly uuid: string | null
  readonly date: string | null
  readonly dateString: string
  readonly time: string | null
  readonly timestamp: Date
  readonly timestampString: string | null
  readonly interval: string | null
  readonly json: unknown
  readonly jsonb: unknown
  readonly inet: string | null
  readonly cidr: string | null
  readonly macaddr: string | null
  readonly bit: string | null
  readonly integers: readonly (number)[] | null
  readonly texts: readonly (string)[]
  readonly uuids: readonly (string)[] | null
  readonly timestamps: readonly (Date)[] | null
}

/** What creates or replaces kinds.Columns. */
export interface PostgresKindsColumnsCreate<
  _Allowed =
    | 'id'
    | 'smallint'
    | 'integer'
    | 'bigintNumber'
    | 'bigint'
    | 'serial'
    | 'bigserial'
    | 'numeric'
    | 'numericNumber'
    | 'numericBigint'
    | 'real'
    | 'double'
    | 'boolean'
    | 'text'
    | 'textEnum'
    | 'varchar'
    | 'char'
    | 'enum'
    | 'uuid'
    | 'date'
    | 'dateString'
    | 'time'
    | 'timestamp'
    | 'timestampString'
    | 'interval'
    | 'json'
    | 'jsonb'
    | 'inet'
    | 'cidr'
    | 'macaddr'
    | 'bit'
    | 'integers'
    | 'texts'
    | 'uuids'
    | 'timestamps'
    | 'lines',
> {
  /** The key. */
  readonly id?: string
  readonly smallint?: number | null
  readonly integer: number
  readonly bigintNumber?: number | null
  readonly bigint: bigint | number
  readonly serial?: number
  readonly bigserial?: bigint | number
  /** A decimal number, such as "9.50". */
  readonly numeric: string | number
  readonly numericNumber?: number | null
  readonly numericBigint?: bigint | number | null
  readonly real?: number | null
  readonly double: number
  readonly boolean?: boolean | null
  readonly text?: string | null
  readonly textEnum?: 's' | 'm' | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly char?: string | null
  readonly enum: 'sad' | 'happy'
  readonly uuid?: string | null
  readonly date?: string | null
  readonly dateString: string
  readonly time?: string | null
  readonly timestamp: Date
  readonly timestampString?: string | null
  readonly interval?: string | null
  readonly json?: unknown
  readonly jsonb: unknown
  readonly inet?: string | null
  readonly cidr?: string | null
  readonly macaddr?: string | null
  readonly bit?: string | null
  readonly integers?: readonly (number)[] | null
  readonly texts: readonly (string)[]
  readonly uuids?: readonly (string)[] | null
  readonly timestamps?: readonly (Date)[] | null
  readonly lines?: readonly PostgresKindsColumnsLinesCreate[]
}

/** What changes kinds.Columns. */
export interface PostgresKindsColumnsChanges<
  _Allowed =
    | 'smallint'
    | 'integer'
    | 'bigintNumber'
    | 'bigint'
    | 'serial'
    | 'bigserial'
    | 'numeric'
    | 'numericNumber'
    | 'numericBigint'
    | 'real'
    | 'double'
    | 'boolean'
    | 'text'
    | 'textEnum'
    | 'varchar'
    | 'char'
    | 'enum'
    | 'uuid'
    | 'date'
    | 'dateString'
    | 'time'
    | 'timestamp'
    | 'timestampString'
    | 'interval'
    | 'json'
    | 'jsonb'
    | 'inet'
    | 'cidr'
    | 'macaddr'
    | 'bit'
    | 'integers'
    | 'texts'
    | 'uuids'
    | 'timestamps'
    | 'lines',
> {
  readonly smallint?: number | null
  readonly integer?: number
  readonly bigintNumber?: number | null
  readonly bigint?: bigint | number
  readonly serial?: number
  readonly bigserial?: bigint | number
  /** A decimal number, such as "9.50". */
  readonly numeric?: string | number
  readonly numericNumber?: number | null
  readonly numericBigint?: bigint | number | null
  readonly real?: number | null
  readonly double?: number
  readonly boolean?: boolean | null
  readonly text?: string | null
  readonly textEnum?: 's' | 'm' | null
  /** At most 5 characters. */
  readonly varchar?: string
  /** At most 5 characters. */
  readonly char?: string | null
  readonly enum?: 'sad' | 'happy'
  readonly uuid?: string | null
  readonly date?: string | null
  readonly dateString?: string
  readonly time?: string | null
  readonly timestamp?: Date
  readonly timestampString?: string | null
  readonly interval?: string | null
  readonly json?: unknown
  readonly jsonb?: unknown
  readonly inet?: string | null
  readonly cidr?: string | null
  readonly macaddr?: string | null
  readonly bit?: string | null
  readonly integers?: readonly (number)[] | null
  readonly texts?: readonly (string)[]
  readonly uuids?: readonly (string)[] | null
  readonly timestamps?: readonly (Date)[] | null
  readonly lines?: readonly PostgresKindsColumnsLinesCreate[]
}

/** What is written of kinds.Line with its kinds.Columns. */
export interface PostgresKindsColumnsLinesCreate<
  _Allowed = 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> {
  readonly besideId?: string | null
  readonly beside?: Linked | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
}

/** What a filter may ask of kinds.Columns; all of it must hold. */
export interface PostgresKindsColumnsFilter<
  _Allowed =
    | 'id'
    | 'smallint'
    | 'integer'
    | 'bigintNumber'
    | 'bigint'
    | 'serial'
    | 'bigserial'
    | 'numeric'
    | 'numericNumber'
    | 'numericBigint'
    | 'real'
    | 'double'
    | 'boolean'
    | 'text'
    | 'textEnum'
    | 'varchar'
    | 'char'
    | 'enum'
    | 'uuid'
    | 'date'
    | 'dateString'
    | 'time'
    | 'timestamp'
    | 'timestampString'
    | 'interval'
    | 'json'
    | 'jsonb'
    | 'inet'
    | 'cidr'
    | 'macaddr'
    | 'bit'
    | 'integers'
    | 'texts'
    | 'uuids'
    | 'timestamps'
    | 'lines'
    | 'besides',
> extends FilterGroups<PostgresKindsColumnsFilter> {
  readonly id?: string | Comparison<string>
  readonly smallint?: number | null | OrderComparison<number>
  readonly integer?: number | OrderComparison<number>
  readonly bigintNumber?: number | null | OrderComparison<number>
  readonly bigint?: bigint | number | OrderComparison<bigint | number>
  readonly serial?: number | OrderComparison<number>
  readonly bigserial?: bigint | number | OrderComparison<bigint | number>
  readonly numeric?: string | number | OrderComparison<string | number>
  readonly numericNumber?: number | null | OrderComparison<number>
  readonly numericBigint?: bigint | number | null | OrderComparison<bigint | number>
  readonly real?: number | null | OrderComparison<number>
  readonly double?: number | OrderComparison<number>
  readonly boolean?: boolean | null | Comparison<boolean>
  readonly text?: string | null | TextComparison
  readonly textEnum?: 's' | 'm' | null | TextComparison<'s' | 'm'>
  readonly varchar?: string | TextComparison
  readonly char?: string | null | TextComparison
  readonly enum?: 'sad' | 'happy' | TextComparison<'sad' | 'happy'>
  readonly uuid?: string | null | Comparison<string>
  readonly date?: string | null | OrderComparison<string>
  readonly dateString?: string | OrderComparison<string>
  readonly time?: string | null | OrderComparison<string>
  readonly timestamp?: Date | OrderComparison<Date>
  readonly timestampString?: string | null | OrderComparison<string>
  readonly interval?: string | null | OrderComparison<string>
  readonly json?: ItemComparison<string | number | boolean> | null
  readonly jsonb?: ItemComparison<string | number | boolean>
  readonly inet?: string | null | TextComparison
  readonly cidr?: string | null | TextComparison
  readonly macaddr?: string | null | TextComparison
  readonly bit?: string | null | TextComparison
  readonly integers?: ItemComparison<number> | null
  readonly texts?: ItemComparison<string>
  readonly uuids?: ItemComparison<string> | null
  readonly timestamps?: ItemComparison<Date> | null
  readonly lines?: PostgresKindsLineFilter
  readonly besides?: PostgresKindsLineFilter
}

/** What can come with kinds.Columns, and how. */
export interface PostgresKindsColumnsExpand<_Allowed = 'lines' | 'besides'> {
  readonly lines?: true | ArrayExpansion<PostgresKindsLineShape>
  readonly besides?: true | ArrayExpansion<PostgresKindsLineShape>
}

export interface PostgresKindsColumnsShape extends ModelShape {
  readonly instance: PostgresKindsColumns
  readonly data: PostgresKindsColumnsData
  readonly get: { readonly id: string } | { readonly pk: string }
  readonly create: PostgresKindsColumnsCreate
  readonly changes: PostgresKindsColumnsChanges
  readonly filter: PostgresKindsColumnsFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'smallint'
    | '-smallint'
    | 'integer'
    | '-integer'
    | 'bigintNumber'
    | '-bigintNumber'
    | 'bigint'
    | '-bigint'
    | 'serial'
    | '-serial'
    | 'bigserial'
    | '-bigserial'
    | 'numeric'
    | '-numeric'
    | 'numericNumber'
    | '-numericNumber'
    | 'numericBigint'
    | '-numericBigint'
    | 'real'
    | '-real'
    | 'double'
    | '-double'
    | 'boolean'
    | '-boolean'
    | 'text'
    | '-text'
    | 'textEnum'
    | '-textEnum'
    | 'varchar'
    | '-varchar'
    | 'char'
    | '-char'
    | 'enum'
    | '-enum'
    | 'uuid'
    | '-uuid'
    | 'date'
    | '-date'
    | 'dateString'
    | '-dateString'
    | 'time'
    | '-time'
    | 'timestamp'
    | '-timestamp'
    | 'timestampString'
    | '-timestampString'
    | 'interval'
    | '-interval'
    | 'inet'
    | '-inet'
    | 'cidr'
    | '-cidr'
    | 'macaddr'
    | '-macaddr'
    | 'bit'
    | '-bit'
  readonly field:
    | 'id'
    | 'smallint'
    | 'integer'
    | 'bigintNumber'
    | 'bigint'
    | 'serial'
    | 'bigserial'
    | 'numeric'
    | 'numericNumber'
    | 'numericBigint'
    | 'real'
    | 'double'
    | 'boolean'
    | 'text'
    | 'textEnum'
    | 'varchar'
    | 'char'
    | 'enum'
    | 'uuid'
    | 'date'
    | 'dateString'
    | 'time'
    | 'timestamp'
    | 'timestampString'
    | 'interval'
    | 'json'
    | 'jsonb'
    | 'inet'
    | 'cidr'
    | 'macaddr'
    | 'bit'
    | 'integers'
    | 'texts'
    | 'uuids'
    | 'timestamps'
  readonly relation: 'lines' | 'besides'
  readonly expand: PostgresKindsColumnsExpand
}

/** The model kinds.Columns. */
export interface PostgresKindsColumnsModel extends ModelMembers<PostgresKindsColumnsShape> {}

/** An instance of kinds.Line. */
export interface PostgresKindsLine extends InstanceMembers<PostgresKindsLineShape> {
  /** The key. Read-only. */
  readonly number: number
  readonly ofId: string
  readonly besideId: string | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price: string
  /** Read-only. */
  readonly double: number | null
  readonly changedAt: Date
  /** Computed. */
  readonly isFirst: boolean
  /** Computed. */
  readonly until: Date | null
  /** Computed. */
  readonly cents?: bigint
  /** Computed. */
  readonly label: unknown
  readonly of: Reference<PostgresKindsColumns>
  readonly beside: Reference<PostgresKindsColumns> | null
}

/** The values of kinds.Line. */
export interface PostgresKindsLineData {
  /** The key. Read-only. */
  readonly number: number
  readonly ofId: string
  readonly besideId: string | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price: string
  /** Read-only. */
  readonly double: number | null
  readonly changedAt: Date
  /** Computed. */
  readonly isFirst: boolean
  /** Computed. */
  readonly until: Date | null
  /** Computed. */
  readonly cents?: bigint
  /** Computed. */
  readonly label: unknown
}

/** What creates or replaces kinds.Line. */
export type PostgresKindsLineCreate<
  _Allowed = 'ofId' | 'of' | 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> = {
  readonly besideId?: string | null
  readonly beside?: Linked | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
} & OneOf<{ readonly ofId: string; readonly of: Linked }>

/** What changes kinds.Line. */
export interface PostgresKindsLineChanges<
  _Allowed = 'ofId' | 'of' | 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> {
  readonly ofId?: string
  readonly of?: Linked
  readonly besideId?: string | null
  readonly beside?: Linked | null
  readonly position?: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
}

/** What a filter may ask of kinds.Line; all of it must hold. */
export interface PostgresKindsLineFilter<
  _Allowed = 'number' | 'ofId' | 'besideId' | 'position' | 'price' | 'double' | 'changedAt' | 'of' | 'beside',
> extends FilterGroups<PostgresKindsLineFilter> {
  readonly number?: number | OrderComparison<number>
  readonly ofId?: string | Comparison<string>
  readonly besideId?: string | null | Comparison<string>
  readonly position?: number | OrderComparison<number>
  readonly price?: string | number | OrderComparison<string | number>
  readonly double?: number | null | OrderComparison<number>
  readonly changedAt?: Date | OrderComparison<Date>
  readonly of?: Linked | PostgresKindsColumnsFilter
  readonly beside?: Linked | PostgresKindsColumnsFilter | null
}

/** What can come with kinds.Line, and how. */
export interface PostgresKindsLineExpand<_Allowed = 'of' | 'beside'> {
  readonly of?: true | ReferenceExpansion<PostgresKindsColumnsShape>
  readonly beside?: true | ReferenceExpansion<PostgresKindsColumnsShape>
}

export interface PostgresKindsLineShape extends ModelShape {
  readonly instance: PostgresKindsLine
  readonly data: PostgresKindsLineData
  readonly get:
    | { readonly number: number }
    | ({ readonly position: number } & OneOf<{ readonly ofId: string; readonly of: Linked }>)
    | { readonly pk: number }
  readonly create: PostgresKindsLineCreate
  readonly changes: PostgresKindsLineChanges
  readonly filter: PostgresKindsLineFilter
  readonly sort:
    | 'number'
    | '-number'
    | 'ofId'
    | '-ofId'
    | 'besideId'
    | '-besideId'
    | 'position'
    | '-position'
    | 'price'
    | '-price'
    | 'double'
    | '-double'
    | 'changedAt'
    | '-changedAt'
  readonly field:
    | 'number'
    | 'ofId'
    | 'besideId'
    | 'position'
    | 'price'
    | 'double'
    | 'changedAt'
    | 'isFirst'
    | 'until'
    | 'cents'
    | 'label'
  readonly relation: 'of' | 'beside'
  readonly expand: PostgresKindsLineExpand
}

/** The model kinds.Line. */
export interface PostgresKindsLineModel extends ModelMembers<PostgresKindsLineShape> {}

/** An instance of kinds.Columns. */
export interface MysqlKindsColumns extends InstanceMembers<MysqlKindsColumnsShape> {
  /** The key. */
  readonly id: number
  readonly tinyint: number | null
  readonly smallint: number
  readonly mediumint: number | null
  readonly int: number | null
  readonly bigintNumber: number | null
  readonly bigint: bigint
  /** A decimal number, such as "9.50". */
  readonly decimal: string
  readonly decimalNumber: number | null
  readonly decimalBigint: bigint | null
  readonly float: number | null
  readonly double: number
  readonly real: number | null
  readonly boolean: boolean
  /** At most 5 characters. */
  readonly char: string | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly varcharEnum: 's' | 'm' | null
  readonly text: string | null
  readonly tinytext: string | null
  readonly enum: 's' | 'm'
  readonly binary: string | null
  readonly varbinary: string | null
  readonly date: string | null
  readonly dateString: string
  readonly datetime: Date
  readonly datetimeString: string | null
  readonly timestamp: Date | null
  readonly timestampString: string | null
  readonly time: string | null
  readonly year: number | null
  readonly json: unknown
  readonly lines: List<MysqlKindsLineShape>
  readonly besides: List<MysqlKindsLineShape>
}

/** The values of kinds.Columns. */
export interface MysqlKindsColumnsData {
  /** The key. */
  readonly id: number
  readonly tinyint: number | null
  readonly smallint: number
  readonly mediumint: number | null
  readonly int: number | null
  readonly bigintNumber: number | null
  readonly bigint: bigint
  /** A decimal number, such as "9.50". */
  readonly decimal: string
  readonly decimalNumber: number | null
  readonly decimalBigint: bigint | null
  readonly float: number | null
  readonly double: number
  readonly real: number | null
  readonly boolean: boolean
  /** At most 5 characters. */
  readonly char: string | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly varcharEnum: 's' | 'm' | null
  readonly text: string | null
  readonly tinytext: string | null
  readonly enum: 's' | 'm'
  readonly binary: string | null
  readonly varbinary: string | null
  readonly date: string | null
  readonly dateString: string
  readonly datetime: Date
  readonly datetimeString: string | null
  readonly timestamp: Date | null
  readonly timestampString: string | null
  readonly time: string | null
  readonly year: number | null
  readonly json: unknown
}

/** What creates or replaces kinds.Columns. */
export interface MysqlKindsColumnsCreate<
  _Allowed =
    | 'id'
    | 'tinyint'
    | 'smallint'
    | 'mediumint'
    | 'int'
    | 'bigintNumber'
    | 'bigint'
    | 'decimal'
    | 'decimalNumber'
    | 'decimalBigint'
    | 'float'
    | 'double'
    | 'real'
    | 'boolean'
    | 'char'
    | 'varchar'
    | 'varcharEnum'
    | 'text'
    | 'tinytext'
    | 'enum'
    | 'binary'
    | 'varbinary'
    | 'date'
    | 'dateString'
    | 'datetime'
    | 'datetimeString'
    | 'timestamp'
    | 'timestampString'
    | 'time'
    | 'year'
    | 'json'
    | 'lines',
> {
  /** The key. */
  readonly id?: number
  readonly tinyint?: number | null
  readonly smallint: number
  readonly mediumint?: number | null
  readonly int?: number | null
  readonly bigintNumber?: number | null
  readonly bigint: bigint | number
  /** A decimal number, such as "9.50". */
  readonly decimal: string | number
  readonly decimalNumber?: number | null
  readonly decimalBigint?: bigint | number | null
  readonly float?: number | null
  readonly double: number
  readonly real?: number | null
  readonly boolean: boolean
  /** At most 5 characters. */
  readonly char?: string | null
  /** At most 5 characters. */
  readonly varchar: string
  /** At most 5 characters. */
  readonly varcharEnum?: 's' | 'm' | null
  readonly text?: string | null
  readonly tinytext?: string | null
  readonly enum: 's' | 'm'
  readonly binary?: string | null
  readonly varbinary?: string | null
  readonly date?: string | null
  readonly dateString: string
  readonly datetime: Date
  readonly datetimeString?: string | null
  readonly timestamp?: Date | null
  readonly timestampString?: string | null
  readonly time?: string | null
  readonly year?: number | null
  readonly json?: unknown
  readonly lines?: readonly MysqlKindsColumnsLinesCreate[]
}

/** What changes kinds.Columns. */
export interface MysqlKindsColumnsChanges<
  _Allowed =
    | 'tinyint'
    | 'smallint'
    | 'mediumint'
    | 'int'
    | 'bigintNumber'
    | 'bigint'
    | 'decimal'
    | 'decimalNumber'
    | 'decimalBigint'
    | 'float'
    | 'double'
    | 'real'
    | 'boolean'
    | 'char'
    | 'varchar'
    | 'varcharEnum'
    | 'text'
    | 'tinytext'
    | 'enum'
    | 'binary'
    | 'varbinary'
    | 'date'
    | 'dateString'
    | 'datetime'
    | 'datetimeString'
    | 'timestamp'
    | 'timestampString'
    | 'time'
    | 'year'
    | 'json'
    | 'lines',
> {
  readonly tinyint?: number | null
  readonly smallint?: number
  readonly mediumint?: number | null
  readonly int?: number | null
  readonly bigintNumber?: number | null
  readonly bigint?: bigint | number
  /** A decimal number, such as "9.50". */
  readonly decimal?: string | number
  readonly decimalNumber?: number | null
  readonly decimalBigint?: bigint | number | null
  readonly float?: number | null
  readonly double?: number
  readonly real?: number | null
  readonly boolean?: boolean
  /** At most 5 characters. */
  readonly char?: string | null
  /** At most 5 characters. */
  readonly varchar?: string
  /** At most 5 characters. */
  readonly varcharEnum?: 's' | 'm' | null
  readonly text?: string | null
  readonly tinytext?: string | null
  readonly enum?: 's' | 'm'
  readonly binary?: string | null
  readonly varbinary?: string | null
  readonly date?: string | null
  readonly dateString?: string
  readonly datetime?: Date
  readonly datetimeString?: string | null
  readonly timestamp?: Date | null
  readonly timestampString?: string | null
  readonly time?: string | null
  readonly year?: number | null
  readonly json?: unknown
  readonly lines?: readonly MysqlKindsColumnsLinesCreate[]
}

/** What is written of kinds.Line with its kinds.Columns. */
export interface MysqlKindsColumnsLinesCreate<
  _Allowed = 'number' | 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> {
  /** The key. */
  readonly number?: number
  readonly besideId?: number | null
  readonly beside?: Linked | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
}

/** What a filter may ask of kinds.Columns; all of it must hold. */
export interface MysqlKindsColumnsFilter<
  _Allowed =
    | 'id'
    | 'tinyint'
    | 'smallint'
    | 'mediumint'
    | 'int'
    | 'bigintNumber'
    | 'bigint'
    | 'decimal'
    | 'decimalNumber'
    | 'decimalBigint'
    | 'float'
    | 'double'
    | 'real'
    | 'boolean'
    | 'char'
    | 'varchar'
    | 'varcharEnum'
    | 'text'
    | 'tinytext'
    | 'enum'
    | 'binary'
    | 'varbinary'
    | 'date'
    | 'dateString'
    | 'datetime'
    | 'datetimeString'
    | 'timestamp'
    | 'timestampString'
    | 'time'
    | 'year'
    | 'json'
    | 'lines'
    | 'besides',
> extends FilterGroups<MysqlKindsColumnsFilter> {
  readonly id?: number | OrderComparison<number>
  readonly tinyint?: number | null | OrderComparison<number>
  readonly smallint?: number | OrderComparison<number>
  readonly mediumint?: number | null | OrderComparison<number>
  readonly int?: number | null | OrderComparison<number>
  readonly bigintNumber?: number | null | OrderComparison<number>
  readonly bigint?: bigint | number | OrderComparison<bigint | number>
  readonly decimal?: string | number | OrderComparison<string | number>
  readonly decimalNumber?: number | null | OrderComparison<number>
  readonly decimalBigint?: bigint | number | null | OrderComparison<bigint | number>
  readonly float?: number | null | OrderComparison<number>
  readonly double?: number | OrderComparison<number>
  readonly real?: number | null | OrderComparison<number>
  readonly boolean?: boolean | Comparison<boolean>
  readonly char?: string | null | TextComparison
  readonly varchar?: string | TextComparison
  readonly varcharEnum?: 's' | 'm' | null | TextComparison<'s' | 'm'>
  readonly text?: string | null | TextComparison
  readonly tinytext?: string | null | TextComparison
  readonly enum?: 's' | 'm' | TextComparison<'s' | 'm'>
  readonly binary?: string | null | TextComparison
  readonly varbinary?: string | null | TextComparison
  readonly date?: string | null | OrderComparison<string>
  readonly dateString?: string | OrderComparison<string>
  readonly datetime?: Date | OrderComparison<Date>
  readonly datetimeString?: string | null | OrderComparison<string>
  readonly timestamp?: Date | null | OrderComparison<Date>
  readonly timestampString?: string | null | OrderComparison<string>
  readonly time?: string | null | OrderComparison<string>
  readonly year?: number | null | OrderComparison<number>
  readonly json?: ItemComparison<string | number | boolean> | null
  readonly lines?: MysqlKindsLineFilter
  readonly besides?: MysqlKindsLineFilter
}

/** What can come with kinds.Columns, and how. */
export interface MysqlKindsColumnsExpand<_Allowed = 'lines' | 'besides'> {
  readonly lines?: true | ArrayExpansion<MysqlKindsLineShape>
  readonly besides?: true | ArrayExpansion<MysqlKindsLineShape>
}

export interface MysqlKindsColumnsShape extends ModelShape {
  readonly instance: MysqlKindsColumns
  readonly data: MysqlKindsColumnsData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: MysqlKindsColumnsCreate
  readonly changes: MysqlKindsColumnsChanges
  readonly filter: MysqlKindsColumnsFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'tinyint'
    | '-tinyint'
    | 'smallint'
    | '-smallint'
    | 'mediumint'
    | '-mediumint'
    | 'int'
    | '-int'
    | 'bigintNumber'
    | '-bigintNumber'
    | 'bigint'
    | '-bigint'
    | 'decimal'
    | '-decimal'
    | 'decimalNumber'
    | '-decimalNumber'
    | 'decimalBigint'
    | '-decimalBigint'
    | 'float'
    | '-float'
    | 'double'
    | '-double'
    | 'real'
    | '-real'
    | 'boolean'
    | '-boolean'
    | 'char'
    | '-char'
    | 'varchar'
    | '-varchar'
    | 'varcharEnum'
    | '-varcharEnum'
    | 'text'
    | '-text'
    | 'tinytext'
    | '-tinytext'
    | 'enum'
    | '-enum'
    | 'binary'
    | '-binary'
    | 'varbinary'
    | '-varbinary'
    | 'date'
    | '-date'
    | 'dateString'
    | '-dateString'
    | 'datetime'
    | '-datetime'
    | 'datetimeString'
    | '-datetimeString'
    | 'timestamp'
    | '-timestamp'
    | 'timestampString'
    | '-timestampString'
    | 'time'
    | '-time'
    | 'year'
    | '-year'
  readonly field:
    | 'id'
    | 'tinyint'
    | 'smallint'
    | 'mediumint'
    | 'int'
    | 'bigintNumber'
    | 'bigint'
    | 'decimal'
    | 'decimalNumber'
    | 'decimalBigint'
    | 'float'
    | 'double'
    | 'real'
    | 'boolean'
    | 'char'
    | 'varchar'
    | 'varcharEnum'
    | 'text'
    | 'tinytext'
    | 'enum'
    | 'binary'
    | 'varbinary'
    | 'date'
    | 'dateString'
    | 'datetime'
    | 'datetimeString'
    | 'timestamp'
    | 'timestampString'
    | 'time'
    | 'year'
    | 'json'
  readonly relation: 'lines' | 'besides'
  readonly expand: MysqlKindsColumnsExpand
}

/** The model kinds.Columns. */
export interface MysqlKindsColumnsModel extends ModelMembers<MysqlKindsColumnsShape> {}

/** An instance of kinds.Line. */
export interface MysqlKindsLine extends InstanceMembers<MysqlKindsLineShape> {
  /** The key. */
  readonly number: number
  readonly ofId: number
  readonly besideId: number | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price: string
  /** Read-only. */
  readonly double: number | null
  readonly changedAt: Date
  /** Computed. */
  readonly isFirst: boolean
  /** Computed. */
  readonly until: Date | null
  /** Computed. */
  readonly cents?: bigint
  /** Computed. */
  readonly label: unknown
  readonly of: Reference<MysqlKindsColumns>
  readonly beside: Reference<MysqlKindsColumns> | null
}

/** The values of kinds.Line. */
export interface MysqlKindsLineData {
  /** The key. */
  readonly number: number
  readonly ofId: number
  readonly besideId: number | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price: string
  /** Read-only. */
  readonly double: number | null
  readonly changedAt: Date
  /** Computed. */
  readonly isFirst: boolean
  /** Computed. */
  readonly until: Date | null
  /** Computed. */
  readonly cents?: bigint
  /** Computed. */
  readonly label: unknown
}

/** What creates or replaces kinds.Line. */
export type MysqlKindsLineCreate<
  _Allowed = 'number' | 'ofId' | 'of' | 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> = {
  /** The key. */
  readonly number?: number
  readonly besideId?: number | null
  readonly beside?: Linked | null
  readonly position: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
} & OneOf<{ readonly ofId: number; readonly of: Linked }>

/** What changes kinds.Line. */
export interface MysqlKindsLineChanges<
  _Allowed = 'ofId' | 'of' | 'besideId' | 'beside' | 'position' | 'price' | 'changedAt',
> {
  readonly ofId?: number
  readonly of?: Linked
  readonly besideId?: number | null
  readonly beside?: Linked | null
  readonly position?: number
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly changedAt?: Date
}

/** What a filter may ask of kinds.Line; all of it must hold. */
export interface MysqlKindsLineFilter<
  _Allowed = 'number' | 'ofId' | 'besideId' | 'position' | 'price' | 'double' | 'changedAt' | 'of' | 'beside',
> extends FilterGroups<MysqlKindsLineFilter> {
  readonly number?: number | OrderComparison<number>
  readonly ofId?: number | OrderComparison<number>
  readonly besideId?: number | null | OrderComparison<number>
  readonly position?: number | OrderComparison<number>
  readonly price?: string | number | OrderComparison<string | number>
  readonly double?: number | null | OrderComparison<number>
  readonly changedAt?: Date | OrderComparison<Date>
  readonly of?: Linked | MysqlKindsColumnsFilter
  readonly beside?: Linked | MysqlKindsColumnsFilter | null
}

/** What can come with kinds.Line, and how. */
export interface MysqlKindsLineExpand<_Allowed = 'of' | 'beside'> {
  readonly of?: true | ReferenceExpansion<MysqlKindsColumnsShape>
  readonly beside?: true | ReferenceExpansion<MysqlKindsColumnsShape>
}

export interface MysqlKindsLineShape extends ModelShape {
  readonly instance: MysqlKindsLine
  readonly data: MysqlKindsLineData
  readonly get:
    | { readonly number: number }
    | ({ readonly position: number } & OneOf<{ readonly ofId: number; readonly of: Linked }>)
    | { readonly pk: number }
  readonly create: MysqlKindsLineCreate
  readonly changes: MysqlKindsLineChanges
  readonly filter: MysqlKindsLineFilter
  readonly sort:
    | 'number'
    | '-number'
    | 'ofId'
    | '-ofId'
    | 'besideId'
    | '-besideId'
    | 'position'
    | '-position'
    | 'price'
    | '-price'
    | 'double'
    | '-double'
    | 'changedAt'
    | '-changedAt'
  readonly field:
    | 'number'
    | 'ofId'
    | 'besideId'
    | 'position'
    | 'price'
    | 'double'
    | 'changedAt'
    | 'isFirst'
    | 'until'
    | 'cents'
    | 'label'
  readonly relation: 'of' | 'beside'
  readonly expand: MysqlKindsLineExpand
}

/** The model kinds.Line. */
export interface MysqlKindsLineModel extends ModelMembers<MysqlKindsLineShape> {}

/** The apps of postgres. */
export interface PostgresService {
  readonly kinds: {
    readonly Columns: PostgresKindsColumnsModel
    readonly Line: PostgresKindsLineModel
  }
}

/** The apps of mysql. */
export interface MysqlService {
  readonly kinds: {
    readonly Columns: MysqlKindsColumnsModel
    readonly Line: MysqlKindsLineModel
  }
}

/** Every service by name. */
export interface Services {
  readonly postgres: PostgresService
  readonly mysql: MysqlService
}
