// Reads the JSON of a write into column values: only writable members, every fault with its pointer, nothing guessed.

import { pointerTo, ValueFault, type Fault } from '../../wire/index.ts'
import { Problem } from '../../http/index.ts'
import { maxFaults } from './invalid-content.ts'
import type { Model, Row } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import type { Columns } from '../query/field-rules.ts'
import { isSameJson, shownOrStored, type Projection } from './projection.ts'
import type { Path } from './problem-at.ts'

/** What the content is written to. */
export interface InputTarget {
  /** create: missing members get their default. replace: as create, over an existing row. change: only what is given changes. */
  readonly mode: 'create' | 'replace' | 'change'
  /** What the caller may read and write of the model. */
  readonly projection: Projection
  /** What a new row gets where nothing else is given. */
  readonly presets: Row
  /** The key in the URL; without one the content may choose it. */
  readonly key?: Row | undefined
  /** Of a row that is written with the one it belongs to: the columns that say so, undefined while that is not known. */
  readonly owner?: Row | undefined
  /** Of a create that chooses its key and belongs to no row: what is plainly written, and what has to be given. */
  readonly plain?: { readonly writable: Columns; readonly required: readonly ColumnInfo[] }
  /** The row as it is, for `replace` and `change`. */
  readonly stored?: Row | undefined
}

export interface Input {
  readonly values: Row
  /** The rows of owned data arrays, by their name. */
  readonly owned: ReadonlyMap<string, readonly unknown[]>
  /** The first of them. */
  readonly faults: readonly Fault[]
  /** The names there are, where one was given that is not. */
  readonly hint: string | undefined
}

/**
 * @param at where the row stands in the content.
 * @throws Problem 409 where a key member disagrees with the URL.
 */
export function readInput(model: Model, json: unknown, target: InputTarget, at: Path = []): Input {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const faults = [{ pointer: pointerTo(at), detail: 'must be a JSON object' }]
    return { values: {}, owned: noneOwned, faults, hint: undefined }
  }
  const faults: Fault[] = []
  const values: Record<string, unknown> = {}
  let owned: Input['owned'] = noneOwned
  const members = json as Readonly<Record<string, unknown>>
  for (const name of Object.keys(json)) {
    if (faults.length > maxFaults) break // more are never told
    const member = members[name]
    try {
      if (model.options.owns?.includes(name) === true) {
        owned = new Map([...owned, [name, rowsOf(member)]])
        continue
      }
      const value = readMember(model, name, member, target)
      if (value !== undefined) values[name] = value
    } catch (error) {
      faults.push(faultOf(error, [...at, name]))
    }
  }
  if (target.mode !== 'change') {
    for (const column of target.plain?.required ?? target.projection.write.values()) {
      if (Object.hasOwn(json, column.name)) continue
      if (faults.length > maxFaults) break
      try {
        const value = missingValue(model, column, target)
        if (value !== undefined) values[column.name] = value
      } catch (error) {
        faults.push(faultOf(error, [...at, column.name]))
      }
    }
  }
  const hasUnknown = faults.some(({ detail }) => detail === unknownMember)
  return { values, owned, faults, hint: hasUnknown ? hintOf(model, target, at) : undefined }
}

const unknownMember = 'is not known'

const noneOwned: Input['owned'] = new Map()

/** @throws the error where it is not about the value. */
function faultOf(error: unknown, path: Path): Fault {
  if (!(error instanceof ValueFault)) throw error
  return { pointer: pointerTo([...path, ...error.path]), detail: error.message }
}

/** What may be written; of rows inside the content with the name of their model. */
function hintOf(model: Model, target: InputTarget, at: Path): string {
  const names = `there are: ${namesThere(model, target).join(', ')}`
  return at.length === 0 ? names : `of ${model.fullName} ${names}`
}

function namesThere(model: Model, target: InputTarget): readonly string[] {
  const columns = [...target.projection.write.values()].filter(
    (column) => !model.isReadOnly(column) && !isOfOwner(column, target),
  )
  return [...columns.map(({ name }) => name), ...(model.options.owns ?? [])]
}

function rowsOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  throw new ValueFault('must be an array of rows')
}

/** The value of a member; undefined where it changes nothing. Throws ValueFault. */
function readMember(model: Model, name: string, json: unknown, target: InputTarget): unknown {
  const plain = target.plain?.writable.get(name)
  if (plain !== undefined) return accepted(model, plain, json)
  const { read, write } = target.projection
  const column = write.get(name) ?? read.get(name)
  if (column === undefined) return passOverComputed(model, name, json, target)
  if (isInUrl(model, column, target)) return passOverKey(model, column, json, target)
  if (isOfOwner(column, target)) return passOverOwner(model, column, json, target)
  if (model.isReadOnly(column) || !write.has(name)) {
    const { stored } = target
    if (stored !== undefined && read.has(name) && isSame(model, column, stored[name], json)) return undefined
    throw new ValueFault('is read-only')
  }
  const value = accepted(model, column, json)
  return saysStored(model, column, json, target) ? undefined : value
}

function accepted(model: Model, column: ColumnInfo, json: unknown): unknown {
  if (json !== null) return model.accept(column, json)
  if (!column.nullable) throw new ValueFault('must not be null')
  return null
}

/** What creates have in common, settled once for many of them. */
export function creating(model: Model, projection: Projection, presets: Row): InputTarget {
  const writable = [...projection.write].filter(([, column]) => !model.isReadOnly(column))
  const required = writable.flatMap(([name, column]) =>
    model.isRequired(column) && !Object.hasOwn(presets, name) ? [column] : [],
  )
  return { mode: 'create', projection, presets, plain: { writable: new Map(writable), required } }
}

/** What is shown of a value that is stored finer than the program has it may be sent back: written, it would be cut. */
function saysStored(model: Model, column: ColumnInfo, json: unknown, { stored }: InputTarget): boolean {
  const value = stored?.[column.name]
  const isFiner = !column.exact && column.description === undefined // a reference may be stored that cannot be shown
  return isFiner && value !== undefined && value !== null && isSame(model, column, value, json)
}

/** What GET gave may be sent back: a computed member that is as it was is passed over. */
function passOverComputed(model: Model, name: string, json: unknown, { stored, projection }: InputTarget): undefined {
  if (!projection.properties.has(name)) throw new ValueFault(unknownMember)
  const shown = stored && model.properties.get(name)?.compute(stored)
  if (stored === undefined || !isSameJson(shown, json)) throw new ValueFault('is read-only')
}

function isInUrl(model: Model, { name }: ColumnInfo, { key }: InputTarget): boolean {
  return key !== undefined && model.table.key.includes(name)
}

function passOverKey(model: Model, column: ColumnInfo, json: unknown, { key }: InputTarget): undefined {
  if (isSame(model, column, key?.[column.name], json)) return
  throw new Problem(409, `"${column.name}" is part of the key and disagrees with the URL.`, {
    code: 'key-mismatch',
    errors: [{ pointer: pointerTo([column.name]), detail: 'disagrees with the URL' }],
  })
}

function isOfOwner({ name }: ColumnInfo, { owner }: InputTarget): boolean {
  return owner !== undefined && Object.hasOwn(owner, name)
}

function passOverOwner(model: Model, column: ColumnInfo, json: unknown, { owner }: InputTarget): undefined {
  const value = owner?.[column.name]
  if (value !== undefined && isSame(model, column, value, json)) return
  throw new ValueFault('is settled by the row that this one belongs to')
}

/** What a create or replace leaves out goes (back) to its default; what the caller cannot see stays. Throws ValueFault where there is none. */
function missingValue(model: Model, column: ColumnInfo, target: InputTarget): unknown {
  if (model.isReadOnly(column) || isInUrl(model, column, target) || isOfOwner(column, target)) return undefined
  if (target.mode === 'replace' && !target.projection.read.has(column.name)) return undefined
  if (Object.hasOwn(target.presets, column.name)) return undefined
  if (model.isRequired(column)) throw new ValueFault('is required')
  return target.mode === 'replace' ? defaultOf(column) : undefined // of an insert the database or Drizzle knows it
}

function defaultOf({ column, nullable }: ColumnInfo): unknown {
  if (column.defaultFn !== undefined) return column.defaultFn()
  if (column.default !== undefined) return column.default
  return nullable && column.onUpdateFn === undefined ? null : undefined
}

/** Whether a member says what is stored, in whatever spelling. */
function isSame(model: Model, column: ColumnInfo, stored: unknown, json: unknown): boolean {
  const encoded = shownOrStored(model, column, stored)
  if (isSameJson(encoded, json)) return true
  if (json === null) return false
  try {
    return isSameJson(encoded, model.encode(column, model.decode(column, json)))
  } catch (error) {
    if (error instanceof ValueFault) return false
    throw error
  }
}
