// The models that operations say they give: each must be one of the service.

import { givenBy } from '../definition/giving.ts'
import type { Model } from './model.ts'

/** @throws TypeError where an operation says that it gives what is no model of the service. */
export function checkGiven(models: ReadonlyMap<string, Model>): void {
  for (const model of models.values()) {
    for (const [name, { handlers }] of [...model.operations.own, ...model.operations.replaced]) {
      for (const { output } of Object.values(handlers)) {
        const given = givenBy(output)
        if (given === undefined || models.has(given.model)) continue
        const there = [...models.keys()].join(', ')
        throw model.fault(`the operation "${name}" gives "${given.model}", which is no model; there are: ${there}`)
      }
    }
  }
}
