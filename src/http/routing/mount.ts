// A class at a path with settings of its own; what can be wrong with it is found when it is mounted, not when it is asked.

import { checkCaching } from '../response/caching.ts'
import { Exchange } from '../exchange.ts'
import type { Middleware } from '../middleware.ts'
import { rateLimits } from '../remembered/rate-limit.ts'
import { Resource, type ParamsRecord } from '../resource.ts'
import type { BaseClass } from './resource-at.ts'
import { checkNames, type Settings } from '../settings.ts'

/** A class as it is mounted: made per request like the class itself. */
export interface MountedClass {
  new (exchange: Exchange, params: ParamsRecord): Resource
}

/** What a router gives to all its resources. */
export interface Surroundings {
  /** Around all of them, outside their own. */
  readonly middleware: readonly Middleware[]
  /** Settings of those that do not set them. */
  readonly defaults: Partial<Omit<Settings, 'middleware'>>
}

/**
 * The class with the settings of a mount, which go before its own, and those of its router, which go behind them.
 *
 * @throws TypeError for a setting that does not exist or cannot be, and for `allowedMethods` that have no handler.
 */
export function mount(
  given: BaseClass,
  settings: Partial<Settings>,
  { middleware, defaults }: Surroundings,
  path?: string,
): MountedClass {
  checkNames(given.name, settings)
  checkNames(given.name, defaults)
  const sample = instanceOf(given)
  const missing = Object.entries(defaults).filter(([name]) => !isSet(sample, name))
  const all: Record<string, unknown> = { ...Object.fromEntries(missing), ...settings }
  if (middleware.length > 0) all['middleware'] = [...middleware, ...(settings.middleware ?? sample.middleware)]
  const ofInstance = Object.entries(all).filter(([name]) => Object.hasOwn(sample, name))
  class Mounted extends given {
    constructor(exchange: Exchange, params: ParamsRecord) {
      super(exchange, params)
      // A field of the class would hide what stands on the prototype.
      for (const [name, value] of ofInstance) Object.defineProperty(this, name, { value })
    }
  }
  Object.defineProperty(Mounted, 'name', { value: given.name })
  // The path that it has here: what is counted at another is another thing. A class may say what belongs together.
  if (path !== undefined && !isSet(sample, 'scope')) Object.defineProperty(Mounted.prototype, 'scope', { value: path })
  for (const [name, value] of Object.entries(all)) Object.defineProperty(Mounted.prototype, name, { value })
  check(instanceOf(Mounted))
  return Mounted
}

/**
 * An instance that no request asked for: it shows what the class says about itself, and about a method.
 *
 * @throws TypeError for a class that cannot be made without a request.
 */
export function instanceOf(given: MountedClass, method = 'GET'): Resource {
  try {
    return new given(new Exchange(new Request('http://localhost/', { method })), {})
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new TypeError(
      `${given.name} must be made without a request, too, and was not: ${why}. What a field takes from params, query or ` +
        'exchange belongs into exists(), a getter or a handler.',
      { cause },
    )
  }
}

/** As a field, or as a getter or value on the way to Resource. */
function isSet(sample: Resource, name: string): boolean {
  if (Object.hasOwn(sample, name)) return true
  let prototype: object | null = Object.getPrototypeOf(sample) as object | null
  while (prototype !== null && prototype !== Resource.prototype) {
    if (Object.hasOwn(prototype, name)) return true
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
  return false
}

function check(sample: Resource): void {
  const { name } = sample.constructor
  const handlers = sample as unknown as Record<string, unknown> // looked up by method name
  const hasHandler = (method: string): boolean =>
    method === 'OPTIONS' || typeof handlers[method === 'HEAD' ? 'GET' : method] === 'function'
  const without = sample.allowedMethods?.find((method) => !hasHandler(method))
  if (without !== undefined) throw new TypeError(`${name}: "${without}" is allowed, but there is no ${without}().`)
  const { notHandlers } = sample.constructor as typeof Resource // of whatever class
  const lower = misspelled.find((method) => typeof handlers[method] === 'function' && !notHandlers.includes(method))
  if (lower !== undefined) {
    throw new TypeError(`${name}: ${lower}() is no handler: those are in capitals, ${lower.toUpperCase()}().`)
  }
  const names = sample.produces.map((representation) => representation.name)
  const twice = names.find((each, index) => names.indexOf(each) !== index)
  if (twice !== undefined) throw new TypeError(`${name}: two of its representations are called "${twice}".`)
  // To the compiler a function is something with a name, too.
  const uncalled = sample.middleware.find((each: unknown): boolean => typeof each === 'function')
  if (uncalled !== undefined) throw new TypeError(`${name}: call ${uncalled.name}() to make middleware of it.`)
  const unwritable = sample.produces.find(({ write }) => write === undefined)
  if (unwritable !== undefined) throw new TypeError(`${name}: ${unwritable.mediaType} cannot be written.`)
  const unreadable = [...sample.accepts, ...sample.acceptsPatch, ...sample.acceptsQuery].find(
    ({ read }) => read === undefined,
  )
  if (unreadable !== undefined) throw new TypeError(`${name}: ${unreadable.mediaType} cannot be read.`)
  const { since, sunset = since } = sample.deprecation ?? {}
  // RFC 9745 §4. No comparison with an invalid date holds.
  if (since !== undefined && !(Number(sunset) >= Number(since))) {
    throw new TypeError(`${name}: deprecation is since a date, and its sunset is not before that.`)
  }
  try {
    checkCaching(sample.caching)
    if (sample.rateLimit !== undefined) rateLimits(sample.rateLimit)
  } catch (cause) {
    throw new TypeError(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** What somebody may write who means a handler. `delete` and `query` have other meanings, too. */
const misspelled = ['get', 'post', 'put', 'patch']
