// Finds the model that a hand-written resource is about in the apps of its service.

import type { App } from '../models/link-models.ts'
import type { Model } from '../models/model.ts'
import type { DeclaredClass } from './binding.ts'

/** @throws TypeError where there is none, or several of one table; it says which there are. */
export function modelOf(given: DeclaredClass, apps: readonly App[]): Model {
  const source = given.declaration?.model
  const models = apps.flatMap((app) => [...app.models.values()])
  const fault = (message: string): TypeError => {
    const there = models.map(({ fullName }) => fullName).join(', ')
    return new TypeError(`${given.name}: ${message}; there are: ${there === '' ? 'none' : there}.`)
  }
  if (source === undefined) throw fault('it has no model: extend modelResource(path, …)')
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
