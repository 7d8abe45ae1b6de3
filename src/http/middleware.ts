// What may be put around a resource: a half that sees the request before the resource is asked, a half that sees its answer.

import type { Awaitable } from '../wire/index.ts'
import { asAnswer, answerOf, type Answer } from './answer.ts'
import { answerToError } from './problems/fault.ts'
import type { Resource, Verdict } from './resource.ts'

/**
 * One thing around a resource, in `middleware`. Request halves run in the order of the list; response halves in the reverse
 * order, on every answer, early ones and errors included.
 *
 * @example
 * const stamped: Middleware = {
 *   name: 'stamped',
 *   methods: ['GET'],
 *   response: (resource, answer) => answer.with({ headers: { 'content-language': 'en' } }),
 * }
 */
export interface Middleware {
  /** For messages and traces. */
  readonly name: string
  /** The methods it is for; absent: all. */
  readonly methods?: readonly string[]
  /** Its request half runs before anything is decided. Otherwise it runs once it is settled who asks and that they may. */
  readonly beforeAuth?: boolean
  /** Request fields that its halves look at: they are added to `Vary` of every answer. */
  readonly vary?: readonly string[]
  /** Undefined lets the request go on; anything else is the answer, read as what a handler returns. */
  request?(resource: Resource): unknown
  /** A new answer in place of the one there is, or undefined. */
  response?(resource: Resource, answer: Answer): Awaitable<Answer | undefined>
}

/** The answer of the first request half that gives one; false where all let the request go on. */
export function askMiddleware(resource: Resource, phase: 'beforeAuth' | 'afterAuth'): Awaitable<Verdict> {
  const { middleware } = resource
  return middleware.length === 0 ? false : askEach(resource, middleware, phase)
}

async function askEach(resource: Resource, middleware: readonly Middleware[], phase: string): Promise<Verdict> {
  for (const each of middleware) {
    if (each.request === undefined || !isFor(each, resource)) continue
    if ((each.beforeAuth ?? false) !== (phase === 'beforeAuth')) continue
    const result = await each.request(resource)
    if (result !== undefined) return answerOf(result)
  }
  return false
}

/** Runs the response halves. One that throws replaces the answer by the error; the others still run. */
export async function finish(resource: Resource, answer: Answer): Promise<Answer> {
  let current = answer
  for (const each of resource.middleware.toReversed()) {
    if (each.response === undefined || !isFor(each, resource)) continue
    try {
      current = asAnswer(await each.response(resource, current)) ?? current
    } catch (error) {
      current = answerToError(resource.exchange, error)
    }
  }
  return current
}

function isFor({ methods }: Middleware, { exchange }: Resource): boolean {
  // What is for GET is for HEAD: they run the same handler.
  const { method } = exchange
  return methods === undefined || methods.includes(method) || (method === 'HEAD' && methods.includes('GET'))
}
