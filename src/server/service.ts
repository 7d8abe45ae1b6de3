// Makes a service of apps and a database: everything is settled here once; what is left is `fetch`.

import { authenticate, Exchange, handle, Problem, type RequestInfo, type Scheme } from '../http/index.ts'
import { Addresses, defaultLogger, type Logger } from '../wire/index.ts'
import type { AppDefinition } from './define.ts'
import { linkModels } from './link-models.ts'
import { Cursors } from './query/cursor.ts'
import { DirectoryResource, NothingResource, SpellingResource } from './resources/documents.ts'
import type { ServiceResource } from './resources/service-resource.ts'
import { route } from './route.ts'
import type { ServiceState } from './service-state.ts'
import { SqliteStore } from './store/sqlite.ts'
import type { SqliteDatabase } from './store/store.ts'

export interface ServiceOptions {
  /** The absolute, public URL of the service; every link begins with it. */
  readonly url: string
  readonly database: SqliteDatabase
  readonly apps: readonly AppDefinition[]
  /** Every service by name with its absolute URL, this one included. */
  readonly directory?: Readonly<Record<string, string>>
  /** The URL at which this service answers as the directory, outside its own path. */
  readonly directoryUrl?: string
  /** Asked in order, at least one; `WWW-Authenticate` lists their challenges. */
  readonly authenticate: readonly Scheme[]
  /** Signs cursors; the same on every process of the service. Random unless given. */
  readonly secret?: string
  /** Any logger of pino's shape, `jsonLogger(…)` for one; errors go to the console unless given. */
  readonly logger?: Logger
  /** Further conditions of `/-/ready`, by name; each throws where it does not hold. */
  readonly readiness?: Readonly<Record<string, () => Promise<void>>>
}

export interface Service {
  readonly name: string | null
  readonly url: string
  /** The whole service as a web-standard function, to hang below any path of any program. */
  readonly fetch: (request: Request, info?: RequestInfo) => Promise<Response>
  readonly state: ServiceState
}

/**
 * One call makes a service.
 *
 * @param name how other services call it; null for a single service without a directory.
 * @throws TypeError where apps, models or the directory contradict each other.
 * @example
 * export default service('pizzas', { url: 'http://localhost:8001/slumber/pizzas/', database: db, apps: [menu], authenticate: [basic(users)] })
 */
export function service(name: string | null, options: ServiceOptions): Service {
  const url = containerUrl('url', options.url)
  if (name === null && options.directory !== undefined) {
    throw new TypeError('A service that has a directory needs the name it has there: service(name, …).')
  }
  // A program without types may have left it out.
  if (((options.authenticate as readonly Scheme[] | undefined)?.length ?? 0) === 0) {
    throw new TypeError('A service needs a scheme to know its callers by: authenticate: [basic(…)].')
  }
  const addresses = new Addresses(options.directory ?? (name === null ? {} : { [name]: url }), name ?? undefined)
  const listed = name === null ? url : addresses.services.get(name)
  if (listed !== url) {
    throw new TypeError(`The directory lists "${String(name)}" at ${String(listed)}, but its url is ${url}.`)
  }
  const store = SqliteStore.over(options.database)
  const state: ServiceState = {
    name,
    url,
    directoryUrl: options.directoryUrl === undefined ? undefined : containerUrl('directoryUrl', options.directoryUrl),
    addresses,
    store,
    apps: linkModels(options.apps, url, { addresses }),
    schemes: options.authenticate,
    cursors: new Cursors(options.secret),
    logger: options.logger ?? defaultLogger,
    readiness: { database: () => store.ping(), ...options.readiness },
  }
  const find = finder(state)
  return { name, url, state, fetch: (request, info) => answer(new Exchange(request, info, state.logger), state, find) }
}

function containerUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== url.origin + url.pathname) {
    throw new TypeError(`"${option}" must be an absolute http or https URL without query and user: "${text}".`)
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

type Find = (exchange: Exchange) => ServiceResource

/** Who asks is settled before what is there, so that without credentials nobody learns a name or a method. */
async function answer(exchange: Exchange, state: ServiceState, find: Find): Promise<Response> {
  const resource = find(exchange)
  if (!resource.isPublic && exchange.principal === undefined) {
    try {
      const caller = await authenticate(state.schemes, exchange)
      if (caller !== 'refused') exchange.principal = caller
    } catch (error) {
      return await handle(new UnansweredResource(exchange, state, error))
    }
    if (exchange.principal === undefined) return await handle(new NothingResource(exchange, state))
  }
  return await handle(resource)
}

/** Only the path decides: the service may hang below any host. */
function finder(state: ServiceState): Find {
  const basePath = new URL(state.url).pathname
  const directoryPath = state.directoryUrl === undefined ? undefined : new URL(state.directoryUrl).pathname
  return (exchange) => {
    const { pathname } = exchange.url
    if (pathname.startsWith(basePath)) return route(exchange, state, pathname.slice(basePath.length))
    if (pathname === directoryPath) return new DirectoryResource(exchange, state)
    if (`${pathname}/` === basePath) return new SpellingResource(exchange, state, state.url)
    if (`${pathname}/` === directoryPath) return new SpellingResource(exchange, state, state.directoryUrl ?? '')
    return new NothingResource(exchange, state)
  }
}

/** Who asks could not be found out: the auth service is away, say. */
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
