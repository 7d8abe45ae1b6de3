// JSON Patch (RFC 6902) over JSON Pointer (RFC 6901): all of a patch or nothing of it, and never more than its limits allow.

import { pointerTo } from '../../wire/index.ts'
import { forbiddenNames } from './content.ts'
import { jsonOf, notThere, whatIsThere } from './patch-faults.ts'
import { Problem } from '../problems/problem.ts'

/** What one patch may ask for. */
export interface PatchLimits {
  /** Operations in one patch. */
  readonly operations: number
  /** Levels of arrays and objects at the place of a value that is added, copied or moved. */
  readonly depth: number
  /** Roughly characters of JSON that `copy` and `move` may carry together: forty copies could make a document of 2^40 values. */
  readonly carried: number
  /** Whether whoever sent the patch may see all of the document: then faults tell what is there. */
  readonly isShown?: boolean
}

export const defaultPatchLimits: PatchLimits = { operations: 1000, depth: 64, carried: 1_048_576 }

/**
 * What a patch makes of a JSON value. Neither is changed, and the result shares nothing with them.
 * Names that reach a prototype are refused in pointers, as they are in JSON content.
 *
 * @throws Problem 400 `malformed-patch`, before any operation is tried: not an array of operations, a bad pointer.
 * @throws Problem 409 `patch-test-failed`: the value a `test` looks at is another one.
 * @throws Problem 422 `patch-path`: nothing is where an operation looks, or nothing can be put there.
 * @throws Problem 422 `patch-limit`: the limits.
 * @example
 * applyJsonPatch({ a: 1 }, [{ op: 'add', path: '/b', value: [2] }, { op: 'remove', path: '/a' }])  // { b: [2] }
 */
export function applyJsonPatch(document: unknown, patch: unknown, limits: PatchLimits = defaultPatchLimits): unknown {
  if (!Array.isArray(patch)) throw malformed([], 'A patch is an array of operations.')
  if (patch.length > limits.operations) throw beyond(`A patch may have ${limits.operations} operations.`)
  const operations = patch.map((operation: unknown, index) => readOperation(operation, index, limits))
  const holder: Container = { '': structuredClone(document) } // so that the document is a member like any other
  let carried = 0
  for (const operation of operations) {
    carried += perform(operation, holder, limits)
    if (carried > limits.carried) throw beyond('The patch copies and moves too much.')
  }
  return holder['']
}

/** The reference tokens of a pointer; the first is the empty name of the document in its holder. */
type Tokens = readonly string[]
/** An object, or an array with its indexes as names. */
type Container = Record<string, unknown>

interface At {
  readonly index: number
  readonly isShown: boolean
  readonly path: Tokens
}
type Operation =
  | (At & { readonly op: 'add' | 'replace' | 'test'; readonly value: unknown })
  | (At & { readonly op: 'copy' | 'move'; readonly from: Tokens })
  | (At & { readonly op: 'remove' })

/** One operation (RFC 6902 §4); members it does not know are ignored, as §4 asks for. */
function readOperation(operation: unknown, index: number, limits: PatchLimits): Operation {
  if (!isContainer(operation) || Array.isArray(operation)) throw malformed([index], 'An operation is an object.')
  const { op } = operation
  const path = readPointer(operation, 'path', index)
  const { isShown = false } = limits
  const at = { index, isShown, path }
  switch (op) {
    case 'add':
    case 'replace':
    case 'test': {
      if (!Object.hasOwn(operation, 'value')) throw malformed([index], `The operation "${op}" needs a value.`)
      const { value } = operation
      measure(value, levelsBelow(path, limits))
      return { ...at, op, value }
    }
    case 'copy':
    case 'move': {
      const from = readPointer(operation, 'from', index)
      if (op === 'move' && from.length < path.length && isPrefix(from, path)) {
        throw malformed([index, 'path'], 'A value cannot be moved into itself.') // §4.4
      }
      return { ...at, op, from }
    }
    case 'remove':
      return { ...at, op }
    default:
      throw malformed([index, 'op'], 'An operation is one of add, remove, replace, move, copy and test.')
  }
}

function readPointer(operation: Container, member: 'path' | 'from', index: number): Tokens {
  const pointer = operation[member]
  const at = [index, member]
  if (typeof pointer !== 'string') throw malformed(at, `An operation of this kind needs "${member}", a text.`)
  if ((pointer !== '' && !pointer.startsWith('/')) || /~(?![01])/.test(pointer)) {
    throw malformed(at, 'This is not a JSON pointer.')
  }
  const tokens = pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const forbidden = tokens.find((token) => forbiddenNames.has(token))
  if (forbidden !== undefined) throw malformed(at, `The member name "${forbidden}" is not allowed.`)
  return tokens
}

/** Does what an operation says; gives how much it carried. */
function perform(operation: Operation, holder: Container, limits: PatchLimits): number {
  const { op, path } = operation
  switch (op) {
    case 'add':
      put(operation, holder, structuredClone(operation.value))
      return 0
    case 'replace':
      find(operation, holder, path).container[path.at(-1) ?? ''] = structuredClone(operation.value)
      return 0
    case 'test': {
      const { value } = find(operation, holder, path)
      if (!isEqual(value, operation.value)) throw testFailed(operation, value)
      return 0
    }
    case 'remove':
      take(operation, holder, path)
      return 0
    case 'copy': {
      const { value } = find(operation, holder, operation.from)
      const size = measure(value, levelsBelow(path, limits))
      put(operation, holder, structuredClone(value))
      return size
    }
    case 'move': {
      const { value } = find(operation, holder, operation.from)
      const size = measure(value, levelsBelow(path, limits))
      if (operation.from.length === path.length && isPrefix(operation.from, path)) return size
      take(operation, holder, operation.from)
      put(operation, holder, value)
      return size
    }
  }
}

/** What is at a place, which must exist, and what it is in. */
function find(operation: Operation, holder: Container, tokens: Tokens): { container: Container; value: unknown } {
  let container = holder
  let value: unknown = holder
  for (const [index, token] of tokens.entries()) {
    if (!isContainer(value) || !has(value, token)) {
      throw missing(operation, tokens, index, value)
    }
    container = value
    value = container[token]
  }
  return { container, value }
}

function take(operation: Operation, holder: Container, tokens: Tokens): void {
  const { container } = find(operation, holder, tokens)
  const name = tokens.at(-1) ?? ''
  if (container === holder) throw unresolvable(operation, tokens, 'nothing would be left')
  if (Array.isArray(container)) container.splice(Number(name), 1)
  else delete container[name]
}

/** Adds (§4.1): a member is set, an element is inserted before the one that has its index. */
function put(operation: Operation, holder: Container, value: unknown): void {
  const { path } = operation
  const name = path.at(-1) ?? ''
  const container = path.length === 1 ? holder : find(operation, holder, path.slice(0, -1)).value
  const refuse = (): Problem => missing(operation, path, path.length - 1, container)
  if (!isContainer(container)) throw refuse()
  if (!Array.isArray(container)) container[name] = value
  else if (name === '-') container.push(value)
  else if (isIndex(name) && Number(name) <= container.length) container.splice(Number(name), 0, value)
  else throw refuse()
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function has(container: Container, token: string): boolean {
  return Object.hasOwn(container, token) && (!Array.isArray(container) || isIndex(token)) // an array owns its length
}

/** Digits without a leading zero (RFC 6901 §4). */
function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token)
}

function isPrefix(start: Tokens, tokens: Tokens): boolean {
  return start.every((token, index) => token === tokens[index])
}

/** Whether two values are equal as §4.6 has it: members in any order. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
}

function levelsBelow(path: Tokens, { depth }: PatchLimits): number {
  return depth - (path.length - 1)
}

/** About the length of a value's JSON; the levels are counted at the same time, so that no recursion goes below them. */
function measure(value: unknown, levels: number): number {
  if (!isContainer(value)) return 1 + (typeof value === 'string' ? value.length : 0)
  if (levels <= 0) throw beyond('The patch nests values too deeply.')
  let size = 1
  for (const [name, member] of Object.entries(value)) size += name.length + measure(member, levels - 1)
  return size
}

function malformed(at: readonly PropertyKey[], detail: string): Problem {
  return new Problem(400, 'The patch is malformed.', {
    code: 'malformed-patch',
    errors: [{ pointer: pointerTo(at), detail }],
  })
}

function testFailed({ index, isShown }: Operation, value: unknown): Problem {
  const errors = [
    { pointer: pointerTo([index]), detail: `The value there is ${isShown ? jsonOf(value) : 'another one'}.` },
  ]
  return new Problem(409, 'A test of the patch failed.', { code: 'patch-test-failed', errors })
}

/** @param at which of the tokens is not there. @param value what was looked into. */
function missing(operation: Operation, tokens: Tokens, at: number, value: unknown): Problem {
  const missed = notThere(tokens.slice(1, at), tokens[at] ?? '')
  return unresolvable(operation, tokens, operation.isShown ? `${missed}; ${whatIsThere(value)}` : missed)
}

function unresolvable(operation: Operation, tokens: Tokens, because: string): Problem {
  const member = 'from' in operation && tokens === operation.from ? 'from' : 'path'
  const pointer = pointerTo([operation.index, member])
  const errors = [{ pointer, detail: `"${operation.op}" cannot be done there: ${because}.` }]
  return new Problem(422, 'The patch does not fit what it is for.', { code: 'patch-path', errors })
}

function beyond(detail: string): Problem {
  return new Problem(422, detail, { code: 'patch-limit' })
}
