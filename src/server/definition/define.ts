// What a user of the server writes: models and apps, as plain descriptions that a service is made from.

import type { Table } from 'drizzle-orm'
import type { Awaitable, Principal } from '../../http/index.ts'
import { checkAppOptions } from './check-options.ts'
import type { ConversionSource, TypeConversions } from '../models/conversion.ts'
import type { Hooks } from './hooks.ts'
import type { Filter, FilterOf, GivenFilter } from './filter-types.ts'
import type { OperationOptions } from '../models/operations.ts'
import type { PropertySource } from './properties.ts'
import type { SqliteDatabase } from '../store/database.ts'
import type { ColumnOf, ModelSource, NewRow, RowOf, StoredRow, TableSource } from './rows.ts'

export type { Filter }

/** `true`: every row · `false`: none · a filter: these rows. */
export type Rule<Asked = Filter> = boolean | Asked
/** @typeParam Given what a function may give, if that is something else. */
export type RuleSource<Asked = Filter, Given = Asked> =
  Rule<Asked> | ((user: Principal) => Rule<Given> | Promise<Rule<Given>>)

/** Which rows a caller may reach, on top of the permissions. All are `true` unless given. */
export interface Access {
  readonly read?: RuleSource
  readonly create?: RuleSource
  readonly update?: RuleSource
  readonly delete?: RuleSource
}

/** What a rule from elsewhere is asked about: the full name of a model, `menu.Pizza`, and what is done to its rows. */
export interface AskedRule {
  readonly model: string
  readonly action: keyof Access
}

/**
 * Rules that another place has for models, for all four actions: `remoteRules(…)` of `slumberjs/auth`. What is wrong with one of them is
 * no fault of this program: it closes the model.
 */
export type RulesFrom = (user: Principal, asked: AskedRule) => Awaitable<Rule>

/** The same for the rows of a table: each rule has names of its own. */
interface AccessTo<Row, Read extends string, Create extends string, Update extends string, Delete extends string> {
  readonly read?: RuleFor<Row, Read>
  readonly create?: RuleFor<Row, Create>
  readonly update?: RuleFor<Row, Update>
  readonly delete?: RuleFor<Row, Delete>
}

type RuleFor<Row, Names extends string> = RuleSource<FilterOf<Row, Names>, GivenFilter<Row, Names>>

/** Whether somebody may: depends on the caller, never on the row. */
export type FieldRule = boolean | ((user: Principal) => boolean | Promise<boolean>)

/** Who may read and who may write a field. Both are `true` unless given; what may not be read may not be written unless `write` says so. */
export interface FieldAccess {
  readonly read?: FieldRule
  readonly write?: FieldRule
}

/** How much one request may write. */
export interface BulkLimits {
  /** Rows; 1,000 unless given. */
  readonly items?: number
  /** Octets of content; a mebibyte, or a kibibyte a row where that is more, unless given. */
  readonly octets?: number
}

/** Hooks whose rows are those of a table. */
export type HooksOf<T extends ModelSource> = Hooks<StoredRow<T>, NewRow<T>>

/** Something for each name, of which none must be there. In messages of the compiler it tells the names. */
export type ByName<Names extends string, Value> = { readonly [Name in Names]?: Value }

/** Names of a reference, and of the data array at its other end. */
export interface ReferenceNames {
  readonly name?: string
  readonly inverse?: string
  /** The table it refers to, which the types of `ContractOf` know by this alone; it must be that of the foreign key. */
  readonly to?: TableSource
}

/**
 * What a program says of a model.
 *
 * @typeParam Computed the names of its properties, and `Read` to `Delete` those in its rules: `model` finds them out; any, where nobody does.
 */
export interface ModelOptions<
  T extends ModelSource,
  Computed extends string = string,
  Read extends string = string,
  Create extends string = string,
  Update extends string = string,
  Delete extends string = string,
> {
  /**
   * What identifies a row of a view, or of a table without a key: it is served read-only then. A table's own key of several columns
   * is said here for `ContractOf`, whose types Drizzle does not tell it.
   */
  readonly key?: readonly ColumnOf<T>[]
  /** Columns, or sets of them, that the table declares to be unique, for `ContractOf`: Drizzle's types do not tell them. */
  readonly unique?: readonly (ColumnOf<T> | readonly ColumnOf<T>[])[]
  /** The one-line name of an instance: a column, or a function of the row. The key unless given. */
  readonly display?: ColumnOf<T> | ((row: RowOf<T>) => string)
  /** Read-only members computed from the row: a function of it, with a `type` where clients shall know it. */
  readonly properties?: Readonly<Record<Computed, PropertySource<RowOf<T>>>>
  /**
   * Names for references, by column: `{ pizzaId: { name: 'pizza', inverse: 'prices' } }`, or just the name.
   * Taken from Drizzle's relations, or derived from the column's name, unless given; the inverse, the data array at the other
   * end, from the model's. Of several columns, name the first, or all: `{ 'tenantId,orderId': 'order' }`.
   */
  readonly references?: ByName<ColumnOf<T> | `${ColumnOf<T>},${string}`, string | ReferenceNames>
  /**
   * Data arrays over join tables that are no models: `{ toppings: pizzaToppings }`. Join tables that are models need no word.
   */
  readonly through?: Readonly<Record<string, Table>>
  /** Columns that nobody sees, writes or filters by. */
  readonly exclude?: readonly ColumnOf<T>[]
  readonly readOnly?: readonly ColumnOf<T>[]
  readonly access?: AccessTo<StoredRow<T>, Read, Create, Update, Delete>
  /** Further rules, from another place; rows must fall under those of `access`, too. */
  readonly rulesFrom?: RulesFrom
  /** Columns and computed properties that not everybody may read or write: `{ salary: { read: (user) => user.can('hr.view_salary') } }`. */
  readonly fields?: ByName<ColumnOf<T> | NoInfer<Computed>, FieldAccess>
  /**
   * Operations of its own by name, built-in ones that are replaced, and built-in ones that are not there: `{ delete: false }`.
   * Built in are `instances`, `create` and `get` of the model, `data`, `update`, `replace` and `delete` of an instance.
   */
  readonly operations?: OperationOptions<StoredRow<T>>
  /** Another JSON form of columns: `{ price: { type: 'number', encode: Number, decode: String } }`, or just how it is shown. */
  readonly convert?: ByName<ColumnOf<T>, ConversionSource>
  /** Everybody may read it, without credentials too, as far as the rules let them. Writing is for those who are known. */
  readonly public?: boolean
  /** `false`: the service's `rule` does not concern it. Else it must have columns, or relations, that the rule names. */
  readonly serviceRule?: false
  /** Reading needs the permission `app.view_model` as well. */
  readonly viewPermission?: boolean
  /**
   * A column that says that the row is deleted, a boolean or a time: DELETE sets it. Such rows do not exist on any path, and the
   * column is hidden. Unique fields of theirs stay taken, unless the database's unique index leaves them out.
   */
  readonly softDelete?: ColumnOf<T, boolean | Date | string | number | bigint | null>
  /** What is done around its writes. */
  readonly on?: HooksOf<T> | readonly HooksOf<T>[]
  /** Lists may be asked for as a whole, `limit=all`, in JSON, NDJSON, CSV and XML: they are sent while they are read. */
  readonly export?: boolean
  /** Newest first instead of key order. */
  readonly newestFirst?: boolean
  /** A PUT, PATCH or DELETE must name the state it was made for, else 428; `If-Match: *` will do. */
  readonly requiresCondition?: boolean
  /** An integer column that each write counts up: it is the row's entity tag, and nobody else writes it. */
  readonly version?: ColumnOf<T, number | bigint>
  /** A date column that says when the row was last changed, kept by the table (`$onUpdate`) or the database: `Last-Modified`. */
  readonly lastModified?: ColumnOf<T, Date | null>
  /** Takes lists of rows: POST and PATCH of an array, DELETE with a filter. Off unless switched on. */
  readonly bulk?: boolean | BulkLimits
  /** Data arrays whose rows belong to the row and are written with it: `{ owns: ['lines'] }`. */
  readonly owns?: readonly string[]
}

/** @typeParam Said the type of its options, as they were written. */
export interface ModelDefinition<T extends ModelSource = ModelSource, Said = unknown> {
  readonly table: T
  /** Rows are of unknown shape from here on: only the service reads them. */
  readonly options: ModelOptions<Table>
  /** Of the app and the service, by type. */
  readonly convert?: TypeConversions
  /** For types alone. */
  readonly said?: Said
}

/** Nothing to the checker, which yet infers from it: what was written, beside what it must be. */
type AsWritten<Said> = Said & ([Said] extends [Said] ? never : unknown)

/**
 * A table or view as a model, complete with defaults.
 *
 * @example
 * model(pizzas, { display: 'name' })
 */
export function model<
  T extends ModelSource,
  Computed extends string = never,
  Read extends string = never,
  Create extends string = never,
  Update extends string = never,
  Delete extends string = never,
  const Said = object,
>(
  table: T,
  options: ModelOptions<T, Computed, Read, Create, Update, Delete> | AsWritten<Said> = {},
): ModelDefinition<T, Said> {
  return { table, options: options as unknown as ModelOptions<Table> } // see ModelDefinition
}

export type ModelDefinitions = Readonly<Record<string, ModelDefinition>>

export interface AppDefinition<Models extends ModelDefinitions = ModelDefinitions, Name extends string = string> {
  readonly name: Name
  readonly models: Models
  readonly configuration: Readonly<Record<string, unknown>>
  /** Another JSON form of all columns of a type; what a model says of a column wins. */
  readonly convert?: TypeConversions
  /** What is to be done before its service serves: `service.ready()` waits for it. Several processes may do it at once. */
  readonly ready?: (starting: Starting) => Promise<void>
}

/** What an app is told of its service when that begins to serve. */
export interface Starting {
  /** Every permission that its models ask for. */
  readonly permissions: readonly string[]
  /** One transaction over its database; begun again where others have made it impossible. */
  readonly transact: <T>(run: (tx: SqliteDatabase) => Promise<T>) => Promise<T>
}

export interface AppOptions extends Partial<Pick<AppDefinition, 'configuration' | 'convert'>> {}

/**
 * Models under one name; a dotted name (`contrib.auth`) becomes a nested path.
 *
 * @throws TypeError for an option that does not exist.
 */
export function app<Name extends string, Models extends ModelDefinitions>(
  name: Name,
  models: Models,
  options: AppOptions = {},
): AppDefinition<Models, Name> {
  checkAppOptions(options, `app("${name}", …)`)
  return { ...options, name, models, configuration: options.configuration ?? {} }
}
