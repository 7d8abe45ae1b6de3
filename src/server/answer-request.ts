// The way of a request into a service: what its path leads to, who asks, and then the layer's handler.

import {
  authenticate,
  Exchange,
  handle,
  Problem,
  type Awaitable,
  type RequestInfo,
  type RequestLike,
} from '../http/index.ts'
import { after, inRequest, rescued } from '../wire/index.ts'
import { DirectoryResource, NothingResource, PreflightResource, SpellingResource } from './resources/documents.ts'
import { ServiceResource } from './resources/service-resource.ts'
import { route } from './route.ts'
import type { ServiceState } from './service-state.ts'

export type AnswerRequest = (request: RequestLike, info?: RequestInfo) => Awaitable<Response>

/** A service as a function. */
export function answering(state: ServiceState): AnswerRequest {
  const find = finder(state)
  const answersPreflights = state.middleware.some(({ beforeAuth }) => beforeAuth === true)
  const answerOne = (exchange: Exchange, request: RequestLike, info?: RequestInfo): Awaitable<Response> => {
    if (answersPreflights && isPreflight(exchange)) return handle(new PreflightResource(exchange, state))
    if (state.endpoints?.isOne(exchange) === true) return state.endpoints.answer(request, info)
    const resource = find(exchange)
    if (resource.isPublic || exchange.principal !== undefined) return answer(resource)
    return afterAuthentication(resource, state)
  }
  return (request, info) => {
    const exchange = new Exchange(request, info, state.logger)
    return inRequest(exchange, () => answerOne(exchange, request, info))
  }
}

/** What a browser asks before a page of another origin may ask anything: without credentials (Fetch standard, "CORS-preflight fetch"). */
function isPreflight({ method, headers }: Exchange): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method')
}

/** Who asks is settled before what is there, so that without credentials nobody learns a name or a method. */
function afterAuthentication(resource: ServiceResource, state: ServiceState): Awaitable<Response> {
  const { exchange } = resource
  const started = state.serverTiming ? performance.now() : 0
  const found = rescued<Found, ServiceResource>(
    () => authenticate(state.schemes, exchange),
    (error) => new UnansweredResource(exchange, state, error),
  )
  return after(found, (caller) => {
    if (caller instanceof ServiceResource) return handle(caller)
    if (state.serverTiming) exchange.timings.set('auth', performance.now() - started)
    if (caller !== 'refused') exchange.principal = caller
    const isOpen = resource.allowsAnonymous && caller !== 'refused'
    return exchange.principal === undefined && !isOpen ? handle(new NothingResource(exchange, state)) : answer(resource)
  })
}

type Found = Awaited<ReturnType<typeof authenticate>>

function answer(resource: ServiceResource): Awaitable<Response> {
  if (resource.service.serverTiming) resource.startedAt = performance.now()
  return handle(resource)
}

/** Only the path decides: the service may hang below any host. */
function finder(state: ServiceState): (exchange: Exchange) => ServiceResource {
  const basePath = new URL(state.url).pathname
  const directoryPath = state.directoryUrl === undefined ? undefined : new URL(state.directoryUrl).pathname
  return (exchange) => {
    const { pathname } = exchange
    if (pathname.startsWith(basePath)) return route(exchange, state, pathname.slice(basePath.length))
    if (pathname === directoryPath) return new DirectoryResource(exchange, state)
    if (`${pathname}/` === basePath) return new SpellingResource(exchange, state, state.url)
    if (`${pathname}/` === directoryPath) return new SpellingResource(exchange, state, state.directoryUrl ?? '')
    return new NothingResource(exchange, state)
  }
}

/** Who asks, or what they may do, could not be found out: the auth service is away, say. */
class UnansweredResource extends NothingResource {
  readonly #error: unknown

  constructor(exchange: Exchange, state: ServiceState, error: unknown) {
    super(exchange, state)
    this.#error = error
  }

  override isAvailable(): boolean {
    throw this.#error instanceof Error ? this.#error : new Problem(500)
  }
}
