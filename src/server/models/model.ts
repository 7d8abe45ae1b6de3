// A model as the service knows it: fields, references, data arrays and names, settled once when the service is made.

import { Problem } from '../../http/index.ts'
import { codecs, formatKey, parseKey, UnknownService, ValueFault } from '../../wire/index.ts'
import { checkOptions } from '../definition/check-options.ts'
import type { ModelDefinition, ModelOptions } from '../definition/define.ts'
import { columnsOf } from './model-columns.ts'
import { Operations } from './operations.ts'
import { propertiesOf, type Property } from './properties.ts'
import type { ValueContext } from '../schema/field-description.ts'
import { readTable, type ColumnInfo, type TableInfo } from '../schema/read-table.ts'

/** A stored row by property name, as Drizzle gives it. */
export type Row = Readonly<Record<string, unknown>>

/** One step from rows to others: those of `target` whose `targetColumns` equal the `columns` here. */
export interface Step {
  readonly columns: readonly string[]
  readonly target: Model
  readonly targetColumns: readonly string[]
}

/** Another row of this service that a row refers to. */
export interface LocalReference extends Step {
  readonly kind: 'local'
  readonly name: string
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

/** Many rows of this service that belong to a row: they refer to it, or rows of a join table refer to both. */
export interface DataArray {
  readonly name: string
  /** Whose rows they are. */
  readonly source: Model
  /** The reference of the source that leads here; undefined where a join table lies between. */
  readonly reference: LocalReference | undefined
  /** The way from the row to them, each step under the read rule of its target; one step, or two over a join table. */
  readonly steps: readonly [Step, ...Step[]]
  /** The references that the steps go along, with the models that hold them: who may not know of one knows of no data array. */
  readonly along: readonly { readonly holder: Model; readonly reference: LocalReference }[]
}

export class Model {
  readonly app: string
  readonly name: string
  readonly url: string
  readonly table: TableInfo
  readonly options: ModelOptions<never>
  readonly operations: Operations
  /** The computed properties, by name. */
  readonly properties: ReadonlyMap<string, Property>
  /** The columns that are on the wire. */
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly #context: ValueContext
  readonly #readOnly: ReadonlySet<string>
  // Filled while the models of a service are linked with each other.
  readonly references: Map<string, Reference> = new Map()
  readonly dataArrays: Map<string, DataArray> = new Map()
  /** Relations along columns that are not on the wire, which the program alone may name. */
  readonly hiddenReferences: Map<string, LocalReference> = new Map()
  readonly hiddenDataArrays: Map<string, DataArray> = new Map()

  constructor(app: string, name: string, appUrl: string, definition: ModelDefinition, context: ValueContext) {
    this.app = app
    this.name = name
    this.url = `${appUrl}${name}`
    checkOptions(definition.options, (message) => this.fault(message))
    this.options = definition.options as ModelOptions<never> // rows are passed as they come; see define.ts
    this.properties = propertiesOf(this.options)
    this.table = readTable(definition.table, this.options.key)
    const removed = this.table.readOnly ? withoutWrites : {}
    this.operations = new Operations({ ...removed, ...this.options.operations }, (message) => this.fault(message))
    this.#context = context
    const { shown, readOnly } = columnsOf(this.table, definition, (message) => this.fault(message))
    this.columns = shown
    this.#readOnly = readOnly
    this.#checkUnique()
  }

  /** What a program says to be unique for its types must be declared by the table. */
  #checkUnique(): void {
    const same = (set: readonly string[]): string => set.toSorted().join(',')
    const there = new Set([this.table.key, ...this.table.unique].map(same))
    for (const set of this.options.unique ?? []) {
      const names: readonly string[] = typeof set === 'string' ? [set] : set
      if (there.has(same(names))) continue
      throw this.fault(`unique names "${names.join(',')}", which the table does not declare to be unique`)
    }
  }

  /** `menu.Pizza` */
  get fullName(): string {
    return `${this.app}.${this.name}`
  }

  /** What the program may name: those on the wire, and the others as far as their names are free. */
  get everyReference(): ReadonlyMap<string, Reference> {
    const { references, hiddenReferences } = this
    return hiddenReferences.size === 0 ? references : new Map([...hiddenReferences, ...references])
  }

  get everyDataArray(): ReadonlyMap<string, DataArray> {
    const { dataArrays, hiddenDataArrays } = this
    return hiddenDataArrays.size === 0 ? dataArrays : new Map([...hiddenDataArrays, ...dataArrays])
  }

  /** A join table that is no model: only what is at its ends is served. */
  get isHidden(): boolean {
    return false
  }

  permission(action: 'add' | 'change' | 'delete' | 'view'): string {
    return `${this.app}.${action}_${this.name.toLowerCase()}`
  }

  fault(message: string): TypeError {
    return new TypeError(`Model ${this.fullName}: ${message}.`)
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
    column.check(value)
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

  /** A row's key from a raw path segment; undefined where no row can have it, or it is spelled otherwise. */
  parseKey(segment: string): Row | undefined {
    const read = this.readKey(segment)
    return read?.segment === segment ? read.key : undefined
  }

  /**
   * As `parseKey`, and other spellings of a text that the column's type takes for the same: a uuid in capital letters. Other
   * ways to write a number, `01` or `1.0`, are no key.
   *
   * @returns also the segment that is right.
   */
  readKey(segment: string): { readonly key: Row; readonly segment: string } | undefined {
    const parts = parseKey(segment, this.table.key.length)
    if (parts === undefined) return undefined
    const key: Record<string, unknown> = {}
    let isRight = true
    for (let index = 0; index < parts.length; index++) {
      const [name, part] = [this.table.key[index] ?? '', parts[index] ?? '']
      const column = this.#column(name)
      const json = codecs[column.type].fromText(part)
      if (String(json) !== part) return undefined
      try {
        key[name] = this.accept(column, json)
      } catch (error) {
        if (error instanceof ValueFault) return undefined
        throw error
      }
      isRight &&= String(this.encode(column, key[name])) === part
    }
    return { key, segment: isRight ? segment : this.keySegment(key) }
  }

  instanceUrl(row: Row): string {
    return `${this.url}/${this.keySegment(row)}`
  }

  /** The parts of the key, to be read. */
  keyText(row: Row): string {
    return this.#keyTexts(row).join(', ')
  }

  display(row: Row): string {
    const { display } = this.options
    if (typeof display === 'function') return String((display as (row: Row) => unknown)(row)) // see `options`
    const hasName = display !== undefined && row[display] !== null && row[display] !== undefined
    return hasName ? String(this.encode(this.#column(display), row[display])) : this.keyText(row)
  }

  #column(name: string): ColumnInfo {
    const column = this.table.columns.get(name)
    if (column === undefined) throw this.fault(`there is no column "${name}"`)
    return column
  }

  isReadOnly(column: ColumnInfo): boolean {
    return column.generated || this.table.readOnly || this.#readOnly.has(column.name)
  }

  /** Whether create needs a value. */
  isRequired(column: ColumnInfo): boolean {
    return isNeeded(column) && !this.isReadOnly(column)
  }

  /**
   * The columns without which there is no row, and that nobody writes: the service's rule may give them, or a hook. Those of foreign
   * keys may be given by the row that owns it.
   */
  get unwritten(): readonly ColumnInfo[] {
    if (this.table.readOnly) return []
    const held = new Set(this.table.foreignKeys.flatMap(({ columns }) => columns))
    const isWritten = (name: string): boolean => {
      const shown = this.columns.get(name)
      return name === this.options.version || (shown !== undefined && !this.isReadOnly(shown)) // versions are the service's
    }
    return [...this.table.columns.values()].filter(
      (column) => isNeeded(column) && !isWritten(column.name) && !held.has(column.name),
    )
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

/** Whether the table has no row without a value, and makes none itself. */
function isNeeded({ nullable, hasDefault, generated }: ColumnInfo): boolean {
  return !nullable && !hasDefault && !generated
}

/** Of a model whose rows are read and never written. */
const withoutWrites = { create: false, update: false, replace: false, delete: false } as const
