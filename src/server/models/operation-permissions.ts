// What an operation needs: what it declares, and where it may write and declares nothing, the permission for what it does.

import type { OperationDefinition } from '../definition/define-operation.ts'
import type { Model } from './model.ts'

/** What the built-in operation of this method needs; an operation of its own by any method, to change the model. */
const actions: Readonly<Record<string, 'add' | 'change' | 'delete'>> = { create: 'add', delete: 'delete' }

/**
 * The permissions that one method of an operation needs, all of them.
 *
 * @param builtIn the name of the built-in operation that this one replaces, if it does.
 */
export function permissionsFor(
  model: Model,
  { handlers, isPublic }: OperationDefinition,
  method: string,
  builtIn?: string,
): readonly string[] {
  const handler = handlers[(method === 'HEAD' ? 'GET' : method) as keyof typeof handlers] // undefined for one without
  if (handler?.permissions !== undefined) return handler.permissions
  const isFree = isPublic || handler === undefined || method === 'GET' || method === 'HEAD'
  return isFree ? [] : [model.permission(actions[builtIn ?? ''] ?? 'change')]
}
