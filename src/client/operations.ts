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

/** The URL of a built-in operation, from its template (RFC 6570) with nothing in it. */
export function hrefOf({ href }: OperationDocument): string {
  return href.replaceAll(/\{[^}]*\}/g, '')
}

/**
 * The URL of an operation, and what of the input is left for its query or content: parts of the path are taken by their names.
 *
 * @param pk of the instance, as its URL has it.
 * @throws TypeError for a part that is missing, or would lead elsewhere.
 * @example
 * filled(operation, { genre: 'novel', limit: 5 })  // { url: 'http://…/-/of-genre/novel', rest: { limit: 5 } }
 */
export function filled(
  { href, name, method, input: contents }: OwnOperation,
  input: unknown,
  pk = '',
): { readonly url: string; readonly rest: unknown } {
  const template = href.replace('{+pk}', () => pk)
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
  const rest: Record<string, unknown> = isObject ? { ...input } : {}
  const url = template.replaceAll(/\{([+/]?)(\w+)\}/g, (_, kind: string, part: string) => {
    const value = rest[part] ?? ''
    delete rest[part]
    if (kind === '/' && value === '') return ''
    const segments = typeof value === 'object' ? [''] : kind === '+' ? String(value).split('/') : [String(value)]
    // A dot segment would be a step in the path, an empty one none; a slash in one is read by no server.
    if (segments.some((segment) => /^\.{0,2}$|[/\\]/.test(segment))) {
      throw new TypeError(`${name} needs "${part}", a text or number for its path.`)
    }
    return (kind === '/' ? kind : '') + segments.map(encodeURIComponent).join('/')
  })
  const isEmpty = contents?.[method] === undefined && Object.keys(rest).length === 0
  return { url, rest: !isObject || template === url ? input : isEmpty ? undefined : rest }
}
