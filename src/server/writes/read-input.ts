// Reads the JSON of a write into column values: only writable members, every fault with its pointer, nothing guessed.

import { pointerTo, ValueFault, type Fault } from '../wire/index.ts'
import { mergePatch, Problem } from '../http/index.ts'
import { invalidContent, maxFaults } from './invalid-content.ts'
import type { Model, Row } from './model.ts'
import type { ColumnInfo } from './schema/read-table.ts'

/** What the content is written to. */
export interface InputTarget {
  /**
   * create: missing members get their default. replace: as create, over an existing row.
   * merge: only what is given changes (RFC 7396).
   */
  readonly mode: 'create' | 'replace' | 'merge'
  /** The key in the URL; without one the content may choose it. */
  readonly key?: Row
  /** The row as it is, for `replace` and `merge`. */
  readonly stored?: Row
}

/** @throws Problem 422 with a pointer for each of the first faults; 409 where a key member disagrees with the URL. */
export function readInput(model: Model, json: unknown, target: InputTarget): Row {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidContent([{ pointer: pointerTo([]), detail: 'must be a JSON object' }])
  }
  const faults: Fault[] = []
  const values: Record<string, unknown> = {}
  const read = (name: string, value: () => unknown): void => {
    if (faults.length > maxFaults) return // more are never told
    try {
      const found = value()
      if (found !== undefined) values[name] = found
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      faults.push({ pointer: pointerTo([name]), detail: error.message })
    }
  }
  for (const [name, member] of Object.entries(json)) read(name, () => readMember(model, name, member, target))
  if (target.mode !== 'merge') {
    const missing = [...model.columns.values()].filter(({ name }) => !Object.hasOwn(json, name))
    for (const column of missing) read(column.name, () => missingValue(model, column, target))
  }
  if (faults.length > 0) {
    const hasUnknown = faults.some(({ detail }) => detail === unknownMember)
    throw invalidContent(faults, hasUnknown ? `there are: ${[...model.columns.keys()].join(', ')}` : undefined)
  }
  return values
}

const unknownMember = 'is not known'

/** The value of a member; undefined where it changes nothing. Throws ValueFault. */
function readMember(model: Model, name: string, json: unknown, target: InputTarget): unknown {
  const column = model.columns.get(name)
  if (column === undefined) return passOverComputed(model, name, json, target)
  if (isInUrl(model, column, target)) return passOverKey(model, column, json, target)
  if (model.isReadOnly(column)) {
    const { stored } = target
    if (stored !== undefined && isSame(model, column, stored[name], json)) return undefined
    throw new ValueFault('is read-only')
  }
  if (json === null && !column.nullable) throw new ValueFault('must not be null')
  if (json === null) return null
  const isMerged = target.mode === 'merge' && column.type === 'json'
  return model.accept(column, isMerged ? mergePatch(target.stored?.[name], json) : json)
}

/** What GET gave may be sent back: a computed member that is as it was is passed over. */
function passOverComputed(model: Model, name: string, json: unknown, { stored }: InputTarget): undefined {
  const properties = model.options.properties ?? {}
  if (!Object.hasOwn(properties, name)) throw new ValueFault(unknownMember)
  const compute = properties[name] as ((row: Row) => unknown) | undefined // of rows of this table
  if (stored === undefined || !sameJson(compute?.(stored), json)) throw new ValueFault('is read-only')
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

/** What a create or replace leaves out goes (back) to its default. Throws ValueFault where there is none. */
function missingValue(model: Model, column: ColumnInfo, target: InputTarget): unknown {
  if (model.isReadOnly(column) || isInUrl(model, column, target)) return undefined
  if (model.isRequired(column)) throw new ValueFault('is required')
  return target.mode === 'replace' ? defaultOf(column) : undefined // of an insert the database or Drizzle knows it
}

function defaultOf({ column, nullable }: ColumnInfo): unknown {
  if (column.defaultFn !== undefined) return column.defaultFn()
  return column.default ?? (nullable ? null : undefined)
}

/** Whether a member says what is stored, in whatever spelling. */
function isSame(model: Model, column: ColumnInfo, stored: unknown, json: unknown): boolean {
  const encoded = model.encode(column, stored)
  if (sameJson(encoded, json)) return true
  if (json === null) return false
  try {
    return sameJson(encoded, model.encode(column, model.decode(column, json)))
  } catch (error) {
    if (error instanceof ValueFault) return false
    throw error
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
