// The whole flow of a request through a resource, on one screen.

import type { Logger } from '../wire/index.ts'
import { Answer, answerOf, asAnswer } from './answer.ts'
import { aboutTheRequest, aboutTheTarget, decide } from './decisions.ts'
import { Exchange, type RequestInfo } from './exchange.ts'
import { Problem } from './problem.ts'
import type { Resource } from './resource.ts'
import { respond } from './respond.ts'

/** Answers the exchange of a resource. Never throws: what is thrown below becomes a problem. */
export async function handle(resource: Resource): Promise<Response> {
  const started = performance.now()
  const response = write(resource, await answer(resource))
  const { exchange } = resource
  exchange.logger.info(
    {
      requestId: exchange.requestId,
      method: exchange.method,
      path: exchange.url.pathname,
      status: response.status,
      user: exchange.principal?.name,
      ms: Math.round((performance.now() - started) * 10) / 10,
    },
    'request',
  )
  return response
}

async function answer(resource: Resource): Promise<Answer> {
  try {
    return (
      (await decide(resource, aboutTheRequest)) ??
      (await resource.transact(async () => (await decide(resource, aboutTheTarget)) ?? (await act(resource))))
    )
  } catch (error) {
    return answerToError(resource.exchange, error)
  }
}

async function act(resource: Resource): Promise<Answer> {
  const name = resource.exchange.method === 'HEAD' ? 'GET' : resource.exchange.method
  const handlers = resource as unknown as Record<string, (() => unknown) | undefined> // looked up by method name
  // Only where `methods` is overridden: to do nothing and answer 204 would be a lie.
  if (handlers[name] === undefined) throw new TypeError(`${resource.constructor.name} has no handler ${name}().`)
  return answerOf(await handlers[name]())
}

/** Content that cannot be written, a BigInt in JSON say, is a fault of the program like any other. */
function write(resource: Resource, settled: Answer): Response {
  try {
    return respond(resource, settled)
  } catch (error) {
    return respond(resource, answerToError(resource.exchange, error))
  }
}

/** A thrown answer, a problem, or a fault of the program: the last is logged whole and answered without a word of it. */
function answerToError(exchange: Exchange, error: unknown): Answer {
  if (error instanceof Problem && error.status >= 500) {
    exchange.logger.warn({ requestId: exchange.requestId, error }, error.message)
  }
  const thrown = asAnswer(error)
  if (thrown !== undefined) return thrown
  exchange.logger.error({ requestId: exchange.requestId, error }, 'a handler failed')
  return new Answer(500, new Problem(500, undefined, { code: 'internal' }))
}

/** A class of resources, as `handler` takes it. */
export interface ResourceClass<Params extends Readonly<Record<string, string>>> {
  new (exchange: Exchange, params: Params): Resource
}

/**
 * Makes a resource class a function for any router that speaks `fetch`.
 *
 * @example
 * const hello = handler(Hello)
 * await hello(new Request('http://localhost/hello/ada'), { name: 'ada' })
 */
export function handler<Params extends Readonly<Record<string, string>>>(
  resourceClass: ResourceClass<Params>,
  options: { readonly logger?: Logger } = {},
): (request: Request, params: Params, info?: RequestInfo) => Promise<Response> {
  return async (request, params, info) =>
    await handle(new resourceClass(new Exchange(request, info, options.logger), params))
}
