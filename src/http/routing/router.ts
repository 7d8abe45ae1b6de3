// Many resource classes as one `fetch`: finds the class of a path, and the path of a class.

import {
  type Awaitable,
  defaultLogger,
  inRequest,
  type KnownOptions,
  type Logger,
  refuseUnknownOptions,
} from '../../wire/index.ts'
import { Exchange, type RequestInfo } from '../exchange.ts'
import { handle } from '../handler.ts'
import type { Middleware } from '../middleware.ts'
import { mount, type MountedClass, type Surroundings } from './mount.ts'
import { PathMatcher } from './path-matcher.ts'
import { PathTemplate, type PathValues } from './path.ts'
import { Problem } from '../problems/problem.ts'
import type { RequestLike } from '../request-like.ts'
import { Resource } from '../resource.ts'
import { hasPath, type BaseClass } from './resource-at.ts'
import type { Settings } from '../settings.ts'
import { PERMANENT_REDIRECT } from '../status-constants.ts'

/** A class at a path of its own, or with other settings: what `at` gives. */
export interface Mount {
  readonly path: PathTemplate
  readonly resource: BaseClass
  readonly settings: Partial<Settings>
}

/**
 * Mounts a class at another path, or once more with other settings.
 *
 * @throws TypeError where the class has a path with a parameter that this one has not.
 * @example
 * router([Post, at('/drafts/:id', Post, { caching: { noStore: true } })])
 */
export function at(path: string, resource: BaseClass, settings: Partial<Settings> = {}): Mount {
  const template = new PathTemplate(path)
  const missing = hasPath(resource)
    ? resource.path.requiredNames.find((name) => !template.names.includes(name))
    : undefined
  if (missing !== undefined) {
    throw new TypeError(`${resource.name} needs the parameter "${missing}", which ${path} has not.`)
  }
  return { path: template, resource, settings }
}

export interface RouterOptions {
  /** A path before all others, without a slash at its end: `/api`. */
  readonly prefix?: string
  /** Around all resources, outside their own: `[cors({ … })]`. */
  readonly middleware?: readonly Middleware[]
  /** Settings of all resources that do not set them: `{ schemes: [...], problemTypes: '/problems/' }`. */
  readonly defaults?: Partial<Omit<Settings, 'middleware'>>
  /** Any logger of pino's shape; errors go to the console unless given. */
  readonly logger?: Logger
}

const known: KnownOptions<RouterOptions> = { prefix: true, middleware: true, defaults: true, logger: true }

export interface Router {
  /** All of it as a web-standard function: hang it below any path of any program. It needs no `this`. */
  readonly fetch: (request: Request, info?: RequestInfo) => Promise<Response>
  /** The same for anything that has what is needed of a request, and at once where nothing has to be waited for; `slumberjs/node` uses it. */
  readonly answer: (request: RequestLike, info?: RequestInfo) => Awaitable<Response>
  /**
   * The URL path of a mounted class, with the prefix; of one that is mounted several times, the first.
   *
   * @throws TypeError where the class is not mounted here, or its path cannot hold the values.
   */
  urlOf<Values extends readonly unknown[]>(resource: BaseClass & WithUrl<Values>, ...values: Values): string
  /** What is mounted, in order, for descriptions. */
  readonly mounts: readonly MountedResource[]
}

/** A class whose path, and so what its `url` takes, is known to the compiler. */
interface WithUrl<Values extends readonly unknown[]> {
  url(...values: Values): string
}

export interface MountedResource {
  /** With the prefix. */
  readonly path: PathTemplate
  /** As it was given, and as it is made. */
  readonly resource: BaseClass
  readonly mounted: MountedClass
}

/**
 * Makes one `fetch` of resource classes. Paths end as they are written: the other spelling, with or without a final slash, is 308.
 *
 * @throws TypeError for two classes at one path, for options and settings that do not exist, and for methods allowed without a handler.
 * @example
 * const app = router([Post, Posts], { prefix: '/api' })
 * await app.fetch(new Request('http://localhost/api/blog/3'))
 */
export function router(resources: readonly (BaseClass | Mount)[], options: RouterOptions = {}): Router {
  refuseUnknownOptions(options, known, 'router(…)')
  const { prefix = '', middleware = [], defaults = {}, logger = defaultLogger } = options
  if (prefix !== '' && !/^(?:\/[^/?#]+)+$/.test(prefix)) {
    throw new TypeError(`"prefix" begins with a slash and does not end with one: ${JSON.stringify(prefix)}.`)
  }
  if ('middleware' in defaults) {
    throw new TypeError('Middleware of all resources is an option beside `defaults`: router(…, { middleware }).')
  }
  const surroundings = { middleware, defaults }
  const mounts = resources.map((each) => mounted(each, prefix, surroundings))
  const matcher = new PathMatcher<MountedClass>()
  for (const each of mounts) matcher.add(each.path.path, each.mounted)
  const nothing = mount(Nothing, {}, surroundings)
  const answer = (request: RequestLike, info?: RequestInfo): Awaitable<Response> => {
    const exchange = new Exchange(request, info, logger)
    return inRequest(exchange, () => handle(find(exchange, matcher, nothing)))
  }
  return {
    fetch: async (request, info) => await answer(request, info),
    answer,
    mounts,
    urlOf: (resource, ...[values]) => {
      const found = mounts.find((each) => each.resource === resource)
      if (found === undefined) throw new TypeError('This class is not mounted here.')
      return found.path.fill((values ?? {}) as PathValues<string>) // as the class's own `url` takes them
    },
  }
}

function mounted(given: BaseClass | Mount, prefix: string, surroundings: Surroundings): MountedResource {
  const { path, resource, settings } = isMount(given) ? given : ofClass(given)
  const whole = new PathTemplate(prefix + path.path)
  return { path: whole, resource, mounted: mount(resource, settings, surroundings, whole.path) }
}

function isMount(given: BaseClass | Mount): given is Mount {
  return typeof given === 'object'
}

function ofClass(resource: BaseClass): Mount {
  if (!hasPath(resource)) {
    throw new TypeError(`${resource.name} has no path: extend resource(path), or use at(path, …).`)
  }
  return { path: resource.path, resource, settings: {} }
}

/** What is not there is answered through the same table, so that an unknown method is 501 and a stranger is 401 there too. */
function find(exchange: Exchange, matcher: PathMatcher<MountedClass>, nothing: MountedClass): Resource {
  const { pathname } = exchange
  const match = matcher.match(pathname)
  if (match === 'malformed') return new nothing(exchange, { fault: 'malformed' })
  if (match !== undefined) return make(match.value, exchange, match.params, nothing)
  const other = matcher.matchOtherSlash(pathname)
  return new nothing(exchange, other === undefined ? {} : { location: other + exchange.search })
}

/** A constructor that throws is a fault of the program: it is answered, not thrown. */
function make(
  mountedClass: MountedClass,
  exchange: Exchange,
  params: Readonly<Record<string, string>>,
  nothing: MountedClass,
): Resource {
  try {
    return new mountedClass(exchange, params)
  } catch (error) {
    const failed = new nothing(exchange, {})
    failed.isAllowed = () => {
      throw error
    }
    return failed
  }
}

/** Where no resource is: 404, 400 for what is no path, 308 for the other spelling of one. */
class Nothing extends Resource<{ readonly fault?: string; readonly location?: string }> {
  override get methods(): readonly string[] {
    return [this.exchange.method, 'OPTIONS']
  }

  override isAllowed(): boolean {
    const { fault, location } = this.params
    // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
    if (location !== undefined) throw PERMANENT_REDIRECT(undefined, { location })
    if (fault !== undefined) throw new Problem(400, 'The path is malformed.', { code: 'malformed-path' })
    throw new Problem(404, 'There is nothing here.', { code: 'not-found' })
  }
}
