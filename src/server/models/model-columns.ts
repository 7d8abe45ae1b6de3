// The columns of a model, by what its options say of them: which are on the wire, and which of those nobody writes.

import type { ModelDefinition } from '../definition/define.ts'
import type { ColumnInfo, TableInfo } from '../schema/read-table.ts'
import { convertedColumn, type TypeConversions } from './conversion.ts'

export interface ModelColumns {
  /** Those on the wire, by the names of their properties. */
  readonly shown: ReadonlyMap<string, ColumnInfo>
  /** The names of those that are not written, though they could be. */
  readonly readOnly: ReadonlySet<string>
}

type Options = ModelDefinition['options']
type Fault = (message: string) => TypeError

/** @throws TypeError for a name that is no column's, and for a column that is not fit for what is said of it. */
export function columnsOf(table: TableInfo, { options, convert }: ModelDefinition, fault: Fault): ModelColumns {
  const { softDelete, exclude = [], readOnly = [], version, lastModified } = options
  const excluded: readonly string[] = softDelete === undefined ? exclude : [...exclude, softDelete]
  checkNames(table, options, excluded, fault)
  for (const column of table.key) {
    if (excluded.includes(column)) throw fault(`the key "${column}" cannot be excluded`)
    const isOrdered = table.columns.get(column)?.ordered === true
    if (!isOrdered) throw fault(`"${column}" cannot be a key: its values have no order`)
  }
  for (const field of Object.keys(options.fields ?? {})) checkRuled(table, field, options, fault)
  const shown = [...table.columns].filter(([column]) => !excluded.includes(column))
  const converted = converter(table, options.convert ?? {}, convert ?? {}, fault)
  return {
    shown: new Map(shown.map(([property, column]) => [property, converted(column)])),
    // The last two are the service's and the table's own.
    readOnly: new Set([...readOnly, ...[version, lastModified].filter((column) => column !== undefined)]),
  }
}

function checkNames(table: TableInfo, options: Options, excluded: readonly string[], fault: Fault): void {
  const { softDelete, readOnly = [], version, lastModified, display } = options
  if (softDelete !== undefined) mustHave(table, softDelete, 'softDelete', fault)
  for (const column of excluded) mustHave(table, column, 'exclude', fault)
  for (const column of readOnly) mustHave(table, column, 'readOnly', fault)
  if (version !== undefined) mustHave(table, version, 'version', fault)
  if (lastModified !== undefined) mustHave(table, lastModified, 'lastModified', fault)
  if (typeof display === 'string') mustHave(table, display, 'display', fault)
}

/** A key is in every URL: it cannot be hidden. */
function checkRuled(table: TableInfo, field: string, { properties = {} }: Options, fault: Fault): void {
  if (table.key.includes(field)) throw fault(`the key "${field}" is in URLs and cannot have a field rule`)
  if (!Object.hasOwn(properties, field)) mustHave(table, field, 'fields', fault)
}

/** What the model says of a column, else what the app or the service says of its type. */
function converter(
  table: TableInfo,
  own: NonNullable<Options['convert']>,
  ofTypes: TypeConversions,
  fault: Fault,
): (column: ColumnInfo) => ColumnInfo {
  for (const name of Object.keys(own)) mustHave(table, name, 'convert', fault)
  return (column) => {
    const { name, type, description } = column
    const isPlain = !table.key.includes(name) && description === undefined
    const isOwn = Object.hasOwn(own, name)
    if (isOwn && !isPlain) throw fault(`the column "${name}" is a key or describes itself, and cannot be converted`)
    const source = isOwn ? own[name] : isPlain ? ofTypes[type] : undefined
    return source === undefined ? column : convertedColumn(column, source)
  }
}

function mustHave({ columns }: TableInfo, column: string, option: string, fault: Fault): void {
  if (columns.has(column)) return
  throw fault(`${option} names "${column}", which is no column; there are: ${[...columns.keys()].join(', ')}`)
}
