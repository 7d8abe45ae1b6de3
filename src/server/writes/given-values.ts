// What a program gives to write, as far as it gives it: by the names of columns, hidden and read-only ones included.

import type { Model, Row } from '../models/model.ts'

/**
 * The values without those that are undefined, which are not given.
 *
 * @throws TypeError for a name that is no column, whose value would be passed over.
 */
export function givenValues(model: Model, values: Row): Row {
  const { columns } = model.table
  const given = Object.entries(values)
  const unknown = given.find(([name]) => !columns.has(name))
  if (unknown !== undefined) {
    throw model.fault(`there is no column "${unknown[0]}"; there are: ${[...columns.keys()].join(', ')}`)
  }
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
