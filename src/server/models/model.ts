// A model as the service knows it: fields, references, data arrays and names, settled once when the service is made.

import { Problem } from '../http/index.ts'
import { codecs, formatKey, parseKey, UnknownService, ValueFault } from '../wire/index.ts'
import type { ModelDefinition, ModelOptions } from './define.ts'
import type { ValueContext } from './schema/field-description.ts'
import { readTable, type ColumnInfo, type TableInfo } from './schema/read-table.ts'

/** A stored row by property name, as Drizzle gives it. */
export type Row = Readonly<Record<string, unknown>>

/** Another row of this service that a row refers to. */
export interface LocalReference {
  readonly kind: 'local'
  readonly name: string
  readonly columns: readonly string[]
  readonly target: Model
  readonly targetColumns: readonly string[]
  /** The name of the data array at the other end; derived unless given. */
  readonly inverse: string | undefined
  /** What the database does to the rows that refer when their target goes. */
  readonly onDelete: string | undefined
}

/** A row of another service that a row refers to. */
export interface RemoteReference {
  readonly kind: 'remote'
  readonly name: string
  readonly columns: readonly string[]
  readonly model: string
}

export type Reference = LocalReference | RemoteReference

/** Rows of this service that refer to a row. */
export interface DataArray {
  readonly name: string
  readonly source: Model
  readonly reference: LocalReference
}

export class Model {
  readonly app: string
  readonly name: string
  readonly url: string
  readonly table: TableInfo
  readonly options: ModelOptions<never>
  /** The columns that are on the wire. */
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly #context: ValueContext
  readonly #readOnly: ReadonlySet<string>
  // Filled while the models of a service are linked with each other.
  readonly references: Map<string, Reference> = new Map()
  readonly dataArrays: Map<string, DataArray> = new Map()

  constructor(app: string, name: string, appUrl: string, definition: ModelDefinition, context: ValueContext) {
    this.app = app
    this.name = name
    this.url = `${appUrl}${name}`
    this.table = readTable(definition.table)
    this.options = definition.options as ModelOptions<never> // rows are passed as they come; see define.ts
    this.#context = context
    const excluded: readonly string[] = this.options.exclude ?? []
    for (const column of excluded) this.#mustHave(column, 'exclude')
    this.#readOnly = new Set(this.options.readOnly)
    for (const column of this.#readOnly) this.#mustHave(column, 'readOnly')
    if (typeof this.options.display === 'string') this.#mustHave(this.options.display, 'display')
    for (const column of this.table.key) {
      if (excluded.includes(column)) throw this.fault(`the key "${column}" cannot be excluded`)
      if (!this.#column(column).ordered) throw this.fault(`"${column}" cannot be a key: its values have no order`)
    }
    this.columns = new Map([...this.table.columns].filter(([column]) => !excluded.includes(column)))
  }

  /** `menu.Pizza` */
  get fullName(): string {
    return `${this.app}.${this.name}`
  }

  permission(action: 'add' | 'change' | 'delete' | 'view'): string {
    return `${this.app}.${action}_${this.name.toLowerCase()}`
  }

  fault(message: string): TypeError {
    return new TypeError(`Model ${this.fullName}: ${message}.`)
  }

  #mustHave(column: string, option: string): void {
    if (this.table.columns.has(column)) return
    throw this.fault(
      `${option} names "${column}", which is no column; there are: ${[...this.table.columns.keys()].join(', ')}`,
    )
  }

  /**
   * A column's value in its JSON form.
   *
   * @throws Problem 502 where a stored reference names a service that the directory does not list.
   */
  encode(column: ColumnInfo, value: unknown): unknown {
    if (value === null || value === undefined) return null
    try {
      return column.encode(value, this.#context)
    } catch (error) {
      if (!(error instanceof UnknownService)) throw error
      const detail = `"${column.name}" of a row of ${this.fullName} refers to an unknown service. ${error.message}`
      throw new Problem(502, detail, { code: 'unknown-service', cause: error })
    }
  }

  /** The JSON form as a value that can be compared with the column's. Throws ValueFault. */
  decode(column: ColumnInfo, json: unknown): unknown {
    return column.decode(json, this.#context)
  }

  /** The JSON form as a value that the column takes. Throws ValueFault. */
  accept(column: ColumnInfo, json: unknown): unknown {
    const value = this.decode(column, json)
    if (typeof value === 'string') refuseText(column, value)
    if (column.rowId && Number(value) > largestChosenId) throw new ValueFault(`must be at most ${largestChosenId}`)
    return value
  }

  /** Every stored form that means the same as a value. */
  spellings(column: ColumnInfo, value: unknown): readonly unknown[] {
    return column.description?.spellings?.(value, this.#context) ?? [value]
  }

  /** The path segment of a row's key. */
  keySegment(row: Row): string {
    return formatKey(this.#keyTexts(row))
  }

  #keyTexts(row: Row): readonly string[] {
    return this.table.key.map((name) => String(this.encode(this.#column(name), row[name])))
  }

  /** A row's key from a raw path segment; undefined where no row can have it. */
  parseKey(segment: string): Row | undefined {
    const parts = parseKey(segment, this.table.key.length)
    if (parts === undefined) return undefined
    const key: Record<string, unknown> = {}
    for (const [index, name] of this.table.key.entries()) {
      const column = this.#column(name)
      try {
        key[name] = this.accept(column, codecs[column.type].fromText(parts[index] ?? ''))
      } catch (error) {
        if (error instanceof ValueFault) return undefined
        throw error
      }
    }
    return this.keySegment(key) === segment ? key : undefined
  }

  instanceUrl(row: Row): string {
    return `${this.url}/${this.keySegment(row)}`
  }

  display(row: Row): string {
    const { display } = this.options
    if (typeof display === 'function') return String((display as (row: Row) => unknown)(row)) // see `options`
    const hasName = display !== undefined && row[display] !== null && row[display] !== undefined
    return hasName ? String(this.encode(this.#column(display), row[display])) : this.#keyTexts(row).join(', ')
  }

  #column(name: string): ColumnInfo {
    const column = this.table.columns.get(name)
    if (column === undefined) throw this.fault(`there is no column "${name}"`)
    return column
  }

  isReadOnly(column: ColumnInfo): boolean {
    return column.generated || this.#readOnly.has(column.name)
  }

  /** Whether create needs a value. */
  isRequired(column: ColumnInfo): boolean {
    return !column.nullable && !column.hasDefault && !this.isReadOnly(column)
  }

  /** The reference that a column holds, if it holds one. */
  referenceOf(column: string): Reference | undefined {
    return [...this.references.values()].find(({ columns }) => columns.length === 1 && columns[0] === column)
  }

  /** The absolute URL of the model that a reference points at. */
  referenceModel(reference: Reference): string {
    return reference.kind === 'local' ? reference.target.url : this.#context.addresses.toAbsolute(reference.model)
  }
}

/** The generated ids go on from the largest chosen one, and must stay safe integers for a long time. */
const largestChosenId = 2 ** 52

function refuseText({ choices, maxLength }: ColumnInfo, text: string): void {
  if (choices?.includes(text) === false) throw new ValueFault(`must be one of: ${choices.join(', ')}`)
  if (maxLength !== undefined && text.length > maxLength && Array.from(text).length > maxLength) {
    throw new ValueFault(`must have at most ${maxLength} characters`)
  }
  // Drivers cut text at the first and replace the second: what is read would not be what was written.
  if (text.includes('\0')) throw new ValueFault('must not contain U+0000')
  if (!text.isWellFormed()) throw new ValueFault('must be well-formed Unicode, without lone surrogates')
}
