// Whether a new row of a model is one statement, so that no transaction has to be around what is decided and shown of it.

import type { Model } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import { holdsJson } from '../schema/drizzle-versions.ts'

/**
 * Nothing else is read or written with it, and nothing of the program runs once it is there: what could fail then would have to
 * undo it.
 */
export const isMadeAlone: (model: Model) => boolean = oncePer((model) => {
  const { properties = {}, owns = [], display } = model.options
  const columns = [...model.table.columns.values()]
  return (
    Object.keys(properties).length === 0 &&
    typeof display !== 'function' &&
    owns.length === 0 &&
    model.table.foreignKeys.length === 0 &&
    model.references.size === 0 &&
    columns.every(({ description, name, column }) => {
      // What Drizzle reads of a default that the database gives may be none of JSON.
      const isRead = holdsJson(column) || column.dataType === 'custom'
      return description === undefined && !isRead && model.columns.get(name)?.isConverted !== true
    })
  )
})
