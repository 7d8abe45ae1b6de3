// What an operation needs: what it declares, and the permission to change the model where it may write and declares nothing.

import type { OperationDefinition } from './define.ts'
import type { Model } from './model.ts'

/** The permissions that one method of an operation needs, all of them. */
export function permissionsFor(
  model: Model,
  { handlers, isPublic }: OperationDefinition,
  method: string,
): readonly string[] {
  const declared = handlers[method as keyof typeof handlers]?.permissions // undefined for a method without handler
  if (declared !== undefined) return declared
  return isPublic || method === 'GET' || method === 'HEAD' ? [] : [model.permission('change')]
}
