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

/**
 * The URL of an operation, from its template (RFC 6570), and what of the input is left for its query or content: the parts of the path
 * are taken by their names.
 *
 * @param pk of the instance, as its URL has it.
 * @throws TypeError for a part that is missing, or would be no segment or a step of the path.
 * @example
 * filled(operation, { genre: 'novel', limit: 5 })  // { url: 'http://…/-/of-genre/novel', rest: { limit: 5 } }, `genre` undefined
 */
export function filled(
  { href, name = '' }: { readonly href: string; readonly name?: string },
  input?: unknown,
  pk = '',
): { readonly url: string; readonly rest: unknown } {
  const given = input as Readonly<Record<string, string | number>> | undefined // what is no object has no parts of paths
  let rest: unknown = input
  const url = href.replaceAll(/\{(\W?)(\w+)\*?\}/g, (_, kind: string, part: string) => {
    if (part === 'pk') return pk
    const text = String(given?.[part] ?? '')
    if (text === '' && kind > '+') return '' // `/` and `?`: it may be left out
    if (/(?:^|\/)\.{0,2}(?:\/|$)/.test(text)) throw new TypeError(`${name} needs "${part}" for its path.`)
    rest = { ...(rest as object), [part]: undefined }
    const encoded = encodeURIComponent(text)
    return kind === '+' ? encoded.replaceAll('%2F', '/') : kind + encoded
  })
  return { url, rest }
}
