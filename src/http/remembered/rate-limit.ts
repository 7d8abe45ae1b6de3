// Rate limits (draft-ietf-httpapi-ratelimit-headers-10, RFC 6585 §4): so many requests in a window of time, then 429.

import { isAscii, serializeList, type Item } from 'structured-headers'
import type { AnswerHeaders } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import { partsOf } from '../principal.ts'
import { Problem } from '../problems/problem.ts'
import { fromStore, storeKey, type Count, type SharedStore } from './shared-store.ts'

/** How many requests somebody may make in a window, which begins with the first of them. */
export interface RateLimit {
  /** Requests. */
  readonly count: number
  /** Seconds. */
  readonly window?: number
  /**
   * Who shares one count: `'caller'` (the principal, or the address of those who have no name), `'address'`, or what a function says.
   * Only `'address'` is asked before authentication: the others do not hold off who tries passwords.
   */
  readonly by?: 'caller' | 'address' | ((exchange: Exchange) => string)
  /**
   * What becomes of requests while the store of counts fails: `'refuse'` (503) keeps the limit, and `'pass'` lets them through uncounted,
   * each with a warning in the log. Unless given they are refused: what holds off guesses would otherwise end with the store.
   */
  readonly withoutStore?: 'refuse' | 'pass'
  /** What it is called in the header fields; needed where there are several. */
  readonly name?: string
}

/** The limits of a resource, in the order in which they are asked. */
export interface RateLimits {
  readonly beforeAuthentication: readonly Required<RateLimit>[]
  readonly afterAuthentication: readonly Required<RateLimit>[]
}

/** What a request left of one limit. `window` and `resetsIn` are whole seconds. */
export interface RateLimitState {
  readonly name: string
  readonly count: number
  readonly window: number
  readonly remaining: number
  readonly resetsIn: number
  readonly exceeded: boolean
}

const defaults = { window: 3600, by: 'caller', withoutStore: 'refuse', name: 'default' } as const

/**
 * Reads the setting, once, when a resource is mounted. Shorter windows come first: what they refuse takes nothing from longer ones.
 *
 * @throws TypeError for a count or window that is not a whole number above zero, a name that no field can hold, or one used twice, and
 * a `withoutStore` that does not exist.
 * @example
 * rateLimits([{ count: 20, window: 1, name: 'burst' }, { count: 1000, name: 'hourly' }])
 */
export function rateLimits(setting: RateLimit | readonly RateLimit[]): RateLimits {
  const given = isList(setting) ? setting : [setting]
  const limits = given.map((limit) => ({ ...defaults, ...limit })).toSorted((a, b) => a.window - b.window)
  for (const { count, window, withoutStore, name } of limits) {
    if (withoutStore !== 'refuse' && withoutStore !== 'pass') {
      throw new TypeError(`Rate limit ${name}: withoutStore is 'refuse' or 'pass'.`)
    }
    if (!isQuantity(count) || !isQuantity(window)) {
      throw new TypeError(`Rate limit ${name}: count and window are whole numbers above zero.`)
    }
    if (name === '' || !isAscii(name)) throw new TypeError('The name of a rate limit is printable ASCII.')
  }
  if (new Set(limits.map(({ name }) => name)).size < limits.length) {
    throw new TypeError('Several rate limits of one resource need a name each.')
  }
  return {
    beforeAuthentication: limits.filter(({ by }) => by === 'address'),
    afterAuthentication: limits.filter(({ by }) => by !== 'address'),
  }
}

/**
 * Counts a request against each limit, until one is exceeded; that one is then the last of the states.
 * A refused request does not make the window longer.
 *
 * @param scope what the limits belong to, the path of a resource say: each has its own counts.
 * @throws Problem 503 where the store fails, unless the limit says `withoutStore: 'pass'`.
 * @example
 * const states = await takeOne(limits.beforeAuthentication, exchange, '/articles/:id', store)
 * if (states.at(-1)?.exceeded) return rateLimited(states)
 */
export async function takeOne(
  limits: readonly Required<RateLimit>[],
  exchange: Exchange,
  scope: string,
  store: SharedStore,
): Promise<readonly RateLimitState[]> {
  const states: RateLimitState[] = []
  for (const limit of limits) {
    const { name, count, window } = limit
    const taken = await counted(limit, exchange, scope, store)
    if (taken === undefined) continue
    const exceeded = taken.count > count
    // Rounded up: who comes back then must not be early.
    const resetsIn = Math.min(window, Math.max(1, Math.ceil(taken.expiresIn)))
    states.push({ name, count, window, remaining: Math.max(0, count - taken.count), resetsIn, exceeded })
    if (exceeded) break
  }
  return states
}

/** Undefined where a limit lets through what cannot be counted. */
async function counted(
  { name, window, by, withoutStore }: Required<RateLimit>,
  exchange: Exchange,
  scope: string,
  store: SharedStore,
): Promise<Count | undefined> {
  const who = typeof by === 'function' ? ['custom', by(exchange)] : bucketOf(exchange, by)
  const key = await storeKey('rate-limit', scope, name, ...who)
  try {
    return await fromStore(() => store.increment(key, window), 'Requests cannot be counted for now.')
  } catch (error) {
    if (withoutStore === 'refuse') throw error
    const { logger, requestId } = exchange
    logger.warn({ requestId, limit: name, error }, 'a request passed uncounted: the store of rate limits fails')
    return undefined
  }
}

/**
 * `RateLimit-Policy` and `RateLimit`, for every answer to a request that was counted; nothing where there is no limit.
 *
 * @example
 * rateLimitFields(states)  // { 'ratelimit-policy': '"default";q=100;w=60', ratelimit: '"default";r=99;t=60' }
 */
export function rateLimitFields(states: readonly RateLimitState[]): AnswerHeaders {
  if (states.length === 0) return {}
  return {
    'ratelimit-policy': listOf(states, ({ count, window }) => ({ q: count, w: window })),
    ratelimit: listOf(states, ({ remaining, resetsIn }) => ({ r: remaining, t: resetsIn })),
  }
}

/**
 * The refusal (RFC 6585 §4). All its fields speak of what is exceeded: `Retry-After` is never before `t`.
 *
 * @example
 * if (states.at(-1)?.exceeded) throw rateLimited(states)
 */
export function rateLimited(states: readonly RateLimitState[]): Problem {
  const exceeded = states.filter((state) => state.exceeded)
  const retryAfter = Math.max(1, ...exceeded.map(({ resetsIn }) => resetsIn))
  return new Problem(429, `Too many requests: ask again in ${retryAfter} s.`, {
    code: 'rate-limited',
    headers: { ...rateLimitFields(exceeded), 'retry-after': String(retryAfter) },
  })
}

function listOf(states: readonly RateLimitState[], parameters: (state: RateLimitState) => object): string {
  return serializeList(states.map((state): Item => [state.name, new Map(Object.entries(parameters(state)))]))
}

/** Names and addresses are told apart: nobody can be called `192.0.2.1` to use up what belongs to that address. */
function bucketOf({ principal, peer }: Exchange, by: 'caller' | 'address'): readonly string[] {
  if (by === 'caller' && principal !== undefined) return partsOf(principal)
  return peer === undefined ? ['unknown address'] : ['address', networkOf(peer)]
}

/** An IPv4 address stands for itself, an IPv6 address for its /64, all of which belongs to one customer or machine. */
function networkOf(peer: string): string {
  const address = peer.split('%', 1)[0] ?? peer
  if (!address.includes(':')) return address
  const groups = groupsOf(address.toLowerCase())
  return mappedIn(groups) ?? `${groups.slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without their leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, inHex).split('::', 2)
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''))
}

/** The last 32 bits of an address may be written as IPv4 addresses are (RFC 4291 §2.2). */
function inHex(_: string, ...[a, b, c, d]: readonly string[]): string {
  return [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':')
}

/** The IPv4 address that an IPv6 address maps (RFC 4291 §2.5.5.2): all of them are in one /64. */
function mappedIn(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return undefined
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group % 256])
    .join('.')
}

function isQuantity(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value < 1e15 // what an Integer of RFC 9651 §3.3.1 holds
}

/** `Array.isArray` does not narrow a readonly array away. */
function isList(setting: RateLimit | readonly RateLimit[]): setting is readonly RateLimit[] {
  return Array.isArray(setting)
}
