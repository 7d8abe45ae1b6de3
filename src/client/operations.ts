// The operations of a model or an instance that are a user's own, under the names they have as members.

import type { ModelDocument, OperationDocument } from '../wire/index.ts'

/** The operations that every model has; the client has members of its own for them. */
const builtIn: Readonly<Record<'model' | 'instance', readonly string[]>> = {
  model: ['instances', 'create', 'get', 'query', 'update', 'delete'],
  instance: ['data', 'update', 'replace', 'delete'],
}

export interface OwnOperation extends OperationDocument {
  /** As in the model document: `top-sellers`. */
  readonly name: string
  /** That a call has: POST where the operation knows it. */
  readonly method: string
}

/**
 * Member name → operation: `top-sellers` is called as `topSellers`.
 *
 * @example
 * [...ownOperations(document, 'instance').keys()]  // ['cancel']
 */
export function ownOperations(document: ModelDocument, of: 'model' | 'instance'): ReadonlyMap<string, OwnOperation> {
  const own = Object.entries(document.operations[of]).filter(([name]) => !builtIn[of].includes(name))
  return new Map(own.map(([name, operation]) => [camelCase(name), { ...operation, name, method: methodOf(operation) }]))
}

function methodOf({ methods }: OperationDocument): string {
  return methods.includes('POST') ? 'POST' : (methods[0] ?? 'POST')
}

function camelCase(name: string): string {
  return name.replaceAll(/[-_]+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase())
}
