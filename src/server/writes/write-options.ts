// Checks, when the service is made, what a model says of its writes: version, date, owned rows, bulk.

import { givesDates } from '../schema/drizzle-versions.ts'
import type { DataArray, Model } from '../models/model.ts'

/** @throws TypeError where an option cannot be kept, with the reason. */
export function checkWriteOptions(model: Model): void {
  const { version, lastModified, owns = [], bulk } = model.options
  if (version !== undefined) checkVersion(model, version)
  if (lastModified !== undefined) checkLastModified(model, lastModified)
  for (const name of owns) checkOwned(model, name)
  for (const [name, value] of Object.entries(typeof bulk === 'object' ? bulk : {})) checkLimit(model, name, value)
}

function checkLimit(model: Model, name: string, value: unknown): void {
  if (name !== 'items' && name !== 'octets') throw model.fault(`bulk has no "${name}"; there are: items, octets`)
  if (Number.isSafeInteger(value) && Number(value) >= 1) return
  throw model.fault(`bulk.${name} must be a whole number above zero`)
}

function checkVersion(model: Model, name: string): void {
  const column = model.table.columns.get(name)
  if (column === undefined) throw model.fault(`version names "${name}", which is no column`)
  if (column.type !== 'integer' && column.type !== 'bigint') {
    throw model.fault(`the version "${name}" must be a column of integers, which each write counts up`)
  }
  if (column.nullable) throw model.fault(`the version "${name}" must not be nullable`)
}

function checkLastModified(model: Model, name: string): void {
  const column = model.table.columns.get(name)
  if (column === undefined) throw model.fault(`lastModified names "${name}", which is no column`)
  if (!givesDates(column.column)) throw model.fault(`lastModified: "${name}" must give dates (mode: 'date')`)
}

/** What a row owns goes with it, and cannot be without it: the database must see it the same way. */
function checkOwned(model: Model, name: string): void {
  const dataArray = model.dataArrays.get(name)
  if (dataArray === undefined) {
    const there = [...model.dataArrays.keys()].join(', ')
    const hint = there === '' ? 'no model of this service refers to it' : `there are: ${there}`
    throw model.fault(`owns names "${name}", which is no data array; ${hint}`)
  }
  const reason = notOwned(dataArray)
  if (reason !== undefined) throw model.fault(`it cannot own its "${name}": ${reason}`)
}

function notOwned({ source, reference }: DataArray): string | undefined {
  if (reference === undefined) return 'they are tied to it by a join table; own the rows of that instead'
  const nullable = reference.columns.find((name) => source.table.columns.get(name)?.nullable === true)
  if (nullable !== undefined) return `"${nullable}" of ${source.fullName} may be null`
  return reference.onDelete === 'cascade'
    ? undefined
    : `the foreign key of ${source.fullName} must cascade: references(…, { onDelete: 'cascade' })`
}
