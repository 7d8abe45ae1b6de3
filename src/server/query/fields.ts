// Which fields of a row are shown.

import { shorten } from '../writes/invalid-content.ts'
import { badParameter } from './faults.ts'
import type { Names } from './names.ts'

/** `fields=name,price`: columns and properties to show; `pk` is the key, whatever its columns are called. */
export function readFields(
  { model, columns, properties }: Names,
  text: string | null,
  parameter = 'fields',
): ReadonlySet<string> | undefined {
  if (text === null) return undefined
  const fields = text.split(',').flatMap((name) => (name === 'pk' ? model.table.key : [name]))
  const unknown = fields.filter((field) => !columns.has(field) && !properties.has(field))
  if (unknown.length === 0) return new Set(fields)
  const there = [...columns.keys(), ...properties].join(', ')
  const words = shorten(unknown.map((name) => name || '""').join(', '), 200)
  throw badParameter(parameter, `names ${words}, which ${model.fullName} does not have; there are: ${there}`)
}
