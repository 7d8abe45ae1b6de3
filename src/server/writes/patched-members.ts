// What a patch changes of a row: the members that are another value afterwards, as `readInput` takes them.

import { applyJsonPatch, defaultPatchLimits, mergePatch, Problem } from '../../http/index.ts'
import { jsonText, pointerTo, type Fault } from '../../wire/index.ts'
import { invalidContent } from './invalid-content.ts'
import type { Model } from '../models/model.ts'
import { isSameJson } from './projection.ts'

/** A row as the caller sees it. */
type Document = Readonly<Record<string, unknown>>

/**
 * A merge patch (RFC 7396) holds the members itself; only the JSON of a column goes deeper. What is no object is left to
 * `readInput`, which refuses it.
 *
 * @param shownOf a member of the row as the caller sees it: only those that the patch goes into are asked for, so that a row can be
 * mended which cannot be shown.
 */
export function mergedMembers(model: Model, shownOf: (name: string) => unknown, patch: unknown): unknown {
  if (isJsonPatch(patch)) {
    const detail = 'must be a JSON object; a JSON Patch is sent as application/json-patch+json'
    throw invalidContent([{ pointer: pointerTo([]), detail }])
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const members = Object.entries(patch).map(([name, value]: [string, unknown]) => {
    const isJson = model.columns.get(name)?.type === 'json' && value !== null
    return [name, isJson ? mergePatch(shownOf(name), value) : value] as const
  })
  return Object.fromEntries(members)
}

function isJsonPatch(patch: unknown): boolean {
  const operations: readonly unknown[] = Array.isArray(patch) ? patch : []
  return operations.some((each) => typeof each === 'object' && each !== null && 'op' in each && 'path' in each)
}

/**
 * A JSON Patch (RFC 6902) is applied to what the caller sees: hidden columns do not exist for it. A member that it removes is null,
 * as in a merge patch.
 *
 * @param owns data arrays whose rows are written with the row; the document does not hold them.
 * @throws Problem as `applyJsonPatch`, 422 where no object is left.
 */
export function jsonPatchedMembers(shown: Document, patch: unknown, owns: readonly string[] = []): Document {
  const text = jsonText(shown) // a computed property may give what only looks like JSON when it is written
  const document = JSON.parse(text) as Document // an object was written
  const patched = patchedOf(document, patch, owns)
  if (typeof patched !== 'object' || patched === null || Array.isArray(patched)) {
    throw invalidContent([{ pointer: pointerTo([]), detail: 'must leave a JSON object' }])
  }
  const changed = Object.entries(patched).filter(
    ([name, value]) => !Object.hasOwn(document, name) || !isSameJson(document[name], value),
  )
  const removed = Object.keys(document).filter((name) => !Object.hasOwn(patched, name))
  return Object.fromEntries([...changed, ...removed.map((name) => [name, null] as const)])
}

function patchedOf(document: Document, patch: unknown, owns: readonly string[]): unknown {
  try {
    return applyJsonPatch(document, patch, { ...defaultPatchLimits, isShown: true })
  } catch (error) {
    const isOfPath = error instanceof Problem && error.code === 'patch-path'
    const operations: readonly unknown[] = isOfPath && Array.isArray(patch) ? patch : []
    const [pointer = ''] = isOfPath ? error.errors.map((fault) => fault.pointer) : []
    const failed = operations[Number(pointer.split('/')[1])]
    const path = typeof failed === 'object' && failed !== null && 'path' in failed ? String(failed.path) : ''
    const name = owns.find((each) => path === `/${each}` || path.startsWith(`/${each}/`))
    if (!isOfPath || name === undefined) throw error
    const how = `{"op":"add","path":"/${name}","value":[…]} writes all of them; one by itself is patched at its own URL`
    const detail = `the document has no "${name}", which are rows: ${how}`
    throw new Problem(422, error.message, { code: 'patch-path', errors: [{ pointer, detail }] })
  }
}

/** The faults of members point at the operations that made them: the content is the patch, not the row. */
export function atOperations(error: unknown, patch: unknown): unknown {
  if (!(error instanceof Problem) || !Array.isArray(patch)) return error
  const operations: readonly unknown[] = patch
  const { status, message, code, members, headers, cause } = error
  const errors = error.errors.map((fault) => atOperation(fault, operations))
  const told = errors.filter(({ pointer }) => pointer !== undefined)
  return new Problem(status, message, {
    ...(code === undefined ? {} : { code }),
    errors: told.length > 0 ? told : errors,
    members,
    headers,
    cause,
  })
}

/** What no operation has made, the other column of a unique set, say, is nowhere in the content: then it is said without a pointer. */
function atOperation(fault: Fault, operations: readonly unknown[]): Fault {
  const { pointer } = fault
  if (pointer === undefined) return fault
  const index = operations.findLastIndex((operation) =>
    membersOf(operation).some((member) => pointer === member || pointer.startsWith(`${member}/`)),
  )
  return index === -1 ? { detail: `${pointer} ${fault.detail}` } : { ...fault, pointer: pointerTo([index]) }
}

/** The pointers of the members that an operation changes; `applyJsonPatch` has checked its paths. */
function membersOf(operation: unknown): readonly string[] {
  const { op, path, from } = {
    ...(operation as { readonly op: string; readonly path: string; readonly from?: string }),
  }
  const changed = op === 'test' ? [] : op === 'move' ? [path, from] : [path]
  return changed.map((each) => {
    const [, token] = String(each).split('/')
    return pointerTo(token === undefined ? [] : [token.replaceAll('~1', '/').replaceAll('~0', '~')])
  })
}
