// Mounts hand-written resources with a service: with its models, rules, database and schemes.

import {
  requireUser,
  router,
  type BaseClass,
  type Middleware,
  type Mount,
  type Resource,
  type Router,
  type RouterOptions,
} from '../../http/index.ts'
import { refuseUnknownOptions, type KnownOptions } from '../../wire/index.ts'
import type { Service } from '../service.ts'
import { Site } from './site.ts'

const known: KnownOptions<RouterOptions> = { prefix: true, middleware: true, defaults: true, logger: true }

/**
 * As `router` of `slumberjs/http`, for resources of models among others: each class that has a model is given the service. Who asks
 * is found out by the schemes of the service, and without a caller every path of it answers 401, unless a resource says otherwise
 * (`allowsAnonymous`, `schemes: []`).
 *
 * @throws TypeError as `router` does, for an option, a model, a field or a column to sort by that does not exist, for a second default
 * resource of one model, and for a path parameter that is no column.
 * @example
 * const site = modelRouter(blog, [Posts, Post], { prefix: '/api' })
 * await site.fetch(new Request('http://localhost/api/posts'))
 */
export function modelRouter(
  service: Service,
  resources: readonly (BaseClass | Mount)[],
  options: RouterOptions = {},
): Router {
  refuseUnknownOptions(options, known, 'modelRouter(service, …)')
  const site = new Site(service.state, resources)
  const made = router(
    resources.map((each) => (isMount(each) ? { ...each, resource: site.boundTo(each.resource) } : site.boundTo(each))),
    {
      logger: service.state.logger,
      ...options,
      defaults: { schemes: service.state.schemes, ...options.defaults },
      middleware: [authenticateFirst, ...(options.middleware ?? [])],
    },
  )
  site.settle(made)
  return {
    ...made,
    mounts: made.mounts.map((each) => ({ ...each, resource: site.givenOf(each.resource) })),
    urlOf: (resource, ...values) => made.urlOf(site.boundTo(resource) as typeof resource, ...values), // it extends it
  }
}

function isMount(given: BaseClass | Mount): given is Mount {
  return typeof given === 'object'
}

/**
 * Who is not known learns no methods and no parameters, as from the service itself. Where guesses are counted (`rateLimit`), the table
 * of decisions keeps its order; a preflight, which has no credentials, is left to whoever answers those.
 */
const authenticateFirst: Middleware = {
  name: 'authenticateFirst',
  beforeAuth: true,
  async request(resource) {
    if (resource.schemes.length === 0 || resource.rateLimit !== undefined || isPreflight(resource)) return undefined
    const verdict = await resource.isAuthenticated()
    if (verdict === true) return undefined
    return verdict === false ? requireUser().request?.(resource) : verdict
  },
}

function isPreflight({ exchange, middleware }: Resource): boolean {
  const { method, headers } = exchange
  if (method !== 'OPTIONS' || !headers.has('access-control-request-method')) return false
  return middleware.some((each) => each !== authenticateFirst && each.beforeAuth === true)
}
