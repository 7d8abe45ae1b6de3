// Every permission that the models of a service ask for: the four actions of each, and what their operations declare.

import type { Model } from './model.ts'

const actions = ['add', 'change', 'delete', 'view'] as const

/** In order, each once. */
export function everyPermission(models: Iterable<Model>): readonly string[] {
  const codes = Array.from(models).flatMap((model) => [
    ...actions.map((action) => model.permission(action)),
    ...[...model.operations.own.values(), ...model.operations.replaced.values()].flatMap(({ handlers }) =>
      Object.values(handlers).flatMap(({ permissions = [] }) => permissions),
    ),
  ])
  return [...new Set(codes)].toSorted()
}
