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
  /** Of its model. */
  readonly idempotency: boolean | undefined
}

/**
 * Member name → operation: `top-sellers` is called as `topSellers`.
 *
 * @example
 * [...ownOperations(document, 'instance').keys()]  // ['cancel']
 */
export function ownOperations(document: ModelDocument, of: 'model' | 'instance'): ReadonlyMap<string, OwnOperation> {
  const own = Object.entries(document.operations[of]).filter(([name]) => !builtIn[of].includes(name))
  const { idempotency } = document
  return new Map(
    own.map(([name, operation]) => [camelCase(name), { ...operation, name, idempotency, method: methodOf(operation) }]),
  )
}

function methodOf({ methods }: OperationDocument): string {
  return methods.includes('POST') ? 'POST' : (methods[0] ?? 'POST')
}

function camelCase(name: string): string {
  return name.replaceAll(/[-_]+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase())
}

/** The URL of an operation, from its template (RFC 6570) with nothing in it: each expression without a value is empty. */
export function hrefOf({ href }: OperationDocument): string {
  return href.replaceAll(/\{[^}]*\}/g, '')
}
