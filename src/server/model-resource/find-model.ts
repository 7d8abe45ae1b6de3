// Finds the model that a program means in the apps of its service: by its Drizzle table, or by its full name.

import type { App } from '../models/link-models.ts'
import type { Model } from '../models/model.ts'
import type { DeclaredClass } from './binding.ts'
import type { ModelSource } from './field-options.ts'

/** @throws TypeError where there is none, or several of one table; it says which there are. */
export function modelOf(given: DeclaredClass, apps: readonly App[]): Model {
  const source = given.declaration?.model
  if (source === undefined) throw new TypeError(`${given.name}: it has no model: extend modelResource(path, …).`)
  return findModel(source, apps, given.name)
}

/**
 * @param who names what asks, for the message.
 * @throws TypeError where there is none, or several of one table; it says which there are.
 */
export function findModel(source: ModelSource, apps: readonly App[], who: string): Model {
  const models = apps.flatMap((app) => [...app.models.values()])
  const fault = (message: string): TypeError => {
    const there = models.map(({ fullName }) => fullName).join(', ')
    return new TypeError(`${who}: ${message}; there are: ${there === '' ? 'none' : there}.`)
  }
  if (typeof source === 'string') {
    const found = models.find(({ fullName }) => fullName === source)
    if (found === undefined) throw fault(`the service has no model "${source}"`)
    return found
  }
  const [found, another] = models.filter(({ table }) => table.table === source)
  if (found === undefined) throw fault('its table is that of no model of the service')
  if (another !== undefined) throw fault(`its table is that of ${found.fullName} and ${another.fullName}: name one`)
  return found
}
