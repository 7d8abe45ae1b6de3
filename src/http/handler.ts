// The whole flow of a request through a resource, on one screen.

import { after, inRequest, rescued, type Awaitable, type Logger } from '../wire/index.ts'
import { answerOf, type Answer } from './answer.ts'
import { aboutTheRequest } from './decisions/about-the-request.ts'
import { aboutTheTarget } from './decisions/about-the-target.ts'
import { decide } from './decisions/decide.ts'
import { Exchange, type RequestInfo } from './exchange.ts'
import { answerToError } from './problems/fault.ts'
import { finish } from './middleware.ts'
import { primed } from './representations/primed.ts'
import { isStreamable } from './representations/stream.ts'
import { Problem } from './problems/problem.ts'
import type { RequestLike } from './request-like.ts'
import { Resource, type ParamsRecord } from './resource.ts'
import { respond } from './response/respond.ts'

/**
 * Answers the exchange of a resource: decide, act, let middleware finish, write. At once, unless something has to be waited for:
 * each step takes the one before as it comes. Never throws: what is thrown below becomes a problem.
 */
export function handle(resource: Resource): Awaitable<Response> {
  const { exchange } = resource
  const started = isLogged(exchange) ? performance.now() : undefined
  try {
    if (resource.trace) exchange.trace = []
    const settled = answer(resource)
    const finished = after(settled, (each) => (resource.middleware.length === 0 ? each : finish(resource, each)))
    const written = after(finished, (each) => write(resource, each))
    return after(written, (response) => {
      if (started !== undefined) log(exchange, response, started)
      return response
    })
  } catch (error) {
    return bareProblem(exchange, error) // of a setting: all else is caught where it is asked
  }
}

/** An error, early or late, is an answer too. */
function answer(resource: Resource): Awaitable<Answer> {
  const { exchange } = resource
  const settle = (): Awaitable<Answer> =>
    after(decide(resource, aboutTheRequest), (early) => early ?? transact(resource))
  return rescued(settle, (error) => answerToError(exchange, error))
}

/** What is about the target runs in the transaction that a resource may put around it. */
function transact(resource: Resource): Awaitable<Answer> {
  const rest = (): Awaitable<Answer> => after(decide(resource, aboutTheTarget), (each) => each ?? act(resource))
  return resource.isTransacted ? resource.transact(async () => await rest()) : rest()
}

/** The handler, and the resource's own rendering of what it returned. */
function act(resource: Resource): Awaitable<Answer> {
  const { method } = resource.exchange
  const name = method === 'HEAD' ? 'GET' : method
  const handlers = resource as unknown as Record<string, (() => unknown) | undefined> // looked up by method name
  // Only where `methods` is overridden: to do nothing and answer 204 would be a lie.
  if (handlers[name] === undefined) throw new TypeError(`${resource.constructor.name} has no handler ${name}().`)
  const given = after(after(handlers[name](), answerOf), (each) => prime(resource, each))
  return resource.render === Resource.prototype.render ? given : after(given, (each) => render(resource, each))
}

/** A stream has to begin before it is answered with success. */
function prime({ exchange }: Resource, given: Answer): Awaitable<Answer> {
  const { content } = given
  if (!isStreamable(content) || content instanceof ReadableStream) return given
  return primed(content, exchange.request.signal).then((items) => given.with({ content: items }))
}

async function render(resource: Resource, given: Answer): Promise<Answer> {
  if (given.isError || given.content === undefined) return given
  const { representation } = resource.exchange
  const rendered = await resource.render(given.content, representation)
  if (rendered === undefined) return given
  return given.with({ content: rendered, headers: { 'content-type': representation.mediaType } })
}

/** The content of the answer is written. What cannot be written, a BigInt in JSON or a part that is not there, is one more error. */
function write(resource: Resource, settled: Answer): Awaitable<Response> {
  return rescued(
    () => keep(resource, settled),
    (error) => recover(resource, error),
  )
}

/** Written, and kept for retries where there is a key for them. */
function keep(resource: Resource, settled: Answer): Awaitable<Response> {
  const response = respond(resource, settled)
  return resource.exchange.firstUse?.settle(response, isStreamable(settled.content)) ?? response
}

async function recover(resource: Resource, error: unknown): Promise<Response> {
  const { exchange } = resource
  try {
    return await keep(resource, await finish(resource, answerToError(exchange, error)))
  } catch (again) {
    await exchange.firstUse?.release()
    return bareProblem(exchange, again)
  }
}

/** Where not even the fields of an answer can be written: a name with a blank in it, say. */
function bareProblem(exchange: Exchange, error: unknown): Response {
  const { status } = answerToError(exchange, new TypeError('unwritable', { cause: error }))
  const document = new Problem(status, undefined, { code: 'internal' }).toDocument(exchange.requestId)
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return new Response(exchange.method === 'HEAD' ? null : JSON.stringify(document), { status, headers })
}

/** Whether anybody reads what is written about a request. */
function isLogged({ logger }: Exchange): boolean {
  return logger.isLevelEnabled?.('info') !== false
}

function log(exchange: Exchange, { status }: Response, started: number): void {
  const { logger, requestId, method, principal, pathname: path } = exchange
  const ms = Math.round((performance.now() - started) * 10) / 10
  logger.info({ requestId, method, path, status, user: principal?.name, ms }, 'request')
}

/** A class of resources, as `handler` takes it. */
export interface ResourceClass<Params extends ParamsRecord = ParamsRecord> {
  new (exchange: Exchange, params: Params): Resource
}

/**
 * Makes a resource class a function for any router that speaks `fetch`; for several, with their paths, see `router`.
 *
 * @example
 * const hello = handler(Hello)
 * await hello(new Request('http://localhost/hello/ada'), { name: 'ada' })
 */
export function handler<Params extends ParamsRecord>(
  resourceClass: ResourceClass<Params>,
  options: { readonly logger?: Logger } = {},
): (request: RequestLike, params: Params, info?: RequestInfo) => Promise<Response> {
  return async (request, params, info) => {
    const exchange = new Exchange(request, info, options.logger)
    return await inRequest(exchange, () => handle(new resourceClass(exchange, params)))
  }
}
