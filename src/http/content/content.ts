// Receives the content of a request within its limits, and reads it as JSON without letting hostile JSON near the parser.

import { joinOctets } from '../../wire/index.ts'
import { Problem } from '../problems/problem.ts'
import type { RequestLike } from '../request-like.ts'

/** Limits of what is received and parsed. */
export interface ContentLimits {
  /** Octets. */
  readonly size: number
  /** Levels of arrays and objects. */
  readonly depth: number
}

export const defaultContentLimits: ContentLimits = { size: 1_048_576, depth: 64 }

/**
 * All octets of the content; undefined as soon as it is known to be larger than `limit` octets (RFC 9110 §15.5.14).
 *
 * @throws Problem 400 where the content breaks off.
 */
export async function receive(request: RequestLike, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const declared = request.headers.get('content-length')
  if (Number(declared) > limit) return undefined
  try {
    // Reading at once costs a quarter of reading a stream; nobody but a server holds senders to what they declare.
    const isTrusted = declared !== null && request.isFramed === true
    return isTrusted ? new Uint8Array(await request.arrayBuffer()) : await collect(request, limit)
  } catch (cause) {
    throw new Problem(400, 'The content broke off.', { code: 'incomplete-content', cause })
  }
}

/** Content whose length is not sure is counted while it comes. */
async function collect({ body }: RequestLike, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return joinOctets(chunks, size)
}

/**
 * The text of UTF-8 octets; a byte order mark stays in it.
 *
 * @throws Problem 400 for octets that are not UTF-8.
 */
export function decodeUtf8(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch (cause) {
    throw malformed('The content is not valid UTF-8.', cause)
  }
}

/**
 * Parses JSON (RFC 8259): UTF-8 only, bounded depth, no duplicate member names, none that reach a prototype.
 *
 * @param what it is called in problems.
 * @throws Problem 400
 */
export function parseJson(
  octets: Uint8Array,
  limits: ContentLimits = defaultContentLimits,
  what = 'The content',
): unknown {
  if (octets.byteLength === 0) throw malformed(`${what} is empty where JSON is needed.`)
  const text = decodeUtf8(octets)
  const fault = scanJson(text, limits.depth, what)
  if (fault !== undefined) throw malformed(fault)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw malformed(`${what} is not valid JSON${placeOf(cause)}.`, cause)
  }
}

/** Where the engine says that it goes wrong; not all of them do. */
function placeOf(cause: unknown): string {
  const { message } = cause as Error // JSON.parse throws a SyntaxError
  const [, index] = / at position (\d+)/.exec(message) ?? []
  if (index !== undefined) return `: it goes wrong at character ${Number(index) + 1}`
  return message.includes('end of JSON input') ? ': it ends too early' : ''
}

/** Names that lead to a prototype where a program is careless. */
export const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** One pass before `JSON.parse`, which would take 200,000 levels and silently keep the last of two equal names. */
function scanJson(text: string, maxDepth: number, what: string): string | undefined {
  const open: (MemberNames | undefined)[] = []
  let expectsName = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new MemberNames() : undefined)
      if (open.length > maxDepth) return `${what} is nested deeper than ${maxDepth} levels.`
      expectsName = character === '{'
    } else if (character === '}' || character === ']') {
      open.pop()
      expectsName = false
    } else if (character === ',') {
      expectsName = open.at(-1) !== undefined
    } else if (character === '"') {
      const end = endOfString(text, index)
      const names = open.at(-1)
      if (expectsName && names !== undefined) {
        const name = nameOf(text.slice(index, end + 1))
        if (!names.add(name)) return `The member ${JSON.stringify(name)} is given twice.`
        if (isForbidden(name)) return `The member name ${JSON.stringify(name)} is not allowed.`
        expectsName = false
      }
      index = end
    }
  }
  return undefined
}

/** Most names are shorter or longer, and need no look at the set. */
function isForbidden(name: string): boolean {
  return (name.length === 9 || name.length === 11) && forbiddenNames.has(name)
}

/** More than so many are looked up by a hash. */
const fewNames = 16

/** The names of one object's members. Most objects have few, for which a Set costs more than it saves. */
class MemberNames {
  readonly #few: string[] = []
  #many: Set<string> | undefined

  /** False where it is there already. */
  add(name: string): boolean {
    if (this.#many?.has(name) ?? this.#few.includes(name)) return false
    if (this.#few.length < fewNames) this.#few.push(name)
    else (this.#many ??= new Set(this.#few)).add(name)
    return true
  }
}

/** Looked for by the engine, which is quicker than a character at a time: most strings have no escapes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, index: number): boolean {
  let before = index - 1
  while (text[before] === '\\') before -= 1
  return (index - before) % 2 === 0
}

function nameOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal // JSON.parse of the whole will refuse it
  }
}

function malformed(detail: string, cause?: unknown): Problem {
  return new Problem(400, detail, { code: 'malformed-content', cause })
}
