// What caches may do with an answer (RFC 9111, 5861, 8246, 9213, 9875): settings of a resource become header fields.

import { isAscii, parseDictionary, serializeList, type Item } from 'structured-headers'
import { formatHttpDate } from '../../wire/index.ts'
import type { Fields } from './fields.ts'

/** All times are whole seconds. */
export interface Caching {
  /** For how long, or until when, an answer is fresh. 0 and dates that are past mean `noCache`. */
  readonly maxAge?: number | Date
  /** The same for shared caches, instead of `maxAge`; needs `visibility: 'public'`. */
  readonly sharedMaxAge?: number
  /** `'public'` lets shared caches keep what an authenticated caller was answered; without a word only their own may. */
  readonly visibility?: 'public' | 'private'
  /** Nothing is kept. Stands alone. */
  readonly noStore?: boolean
  /** What is kept is asked about before each use. */
  readonly noCache?: boolean
  /** What is no longer fresh is never used without asking, not even when the service cannot be reached. */
  readonly mustRevalidate?: boolean
  /** Never changes under this URL (RFC 8246): only for URLs with a version in them. */
  readonly immutable?: boolean
  /** May be used for so long after it was fresh, while it is asked about (RFC 5861 §3). */
  readonly staleWhileRevalidate?: number
  /** May be used for so long after it was fresh, when asking fails (RFC 5861 §4). */
  readonly staleIfError?: number
  /** The value of `CDN-Cache-Control` (RFC 9213), which CDNs heed instead of all the above. */
  readonly cdn?: string
  /** Groups of answers that a write makes stale together (RFC 9875). */
  readonly groups?: readonly string[]
}

/** What an answer must know beside the setting. */
export interface CachingContext {
  /** Whether it depends on who asks, however they said so: shared caches know `Authorization` alone (RFC 9111 §3.5). */
  readonly isAuthenticated: boolean
  readonly setsCookie: boolean
  /** The present, unless given. */
  readonly now?: Date
}

/**
 * Looks at a setting when a resource is mounted.
 *
 * @throws TypeError for unknown names, for what no field can hold, and for settings that contradict each other.
 * @example
 * checkCaching({ noStore: true, maxAge: 60 })  // TypeError
 */
export function checkCaching(caching: Caching): void {
  const fault = faultOf(caching)
  if (fault !== undefined) throw new TypeError(`caching: ${fault}.`)
}

/**
 * The fields of a successful GET or HEAD, from a setting that `checkCaching` has seen.
 *
 * Without a setting, everything is asked about before each use, and only the caller's own cache may keep what an authenticated
 * caller was answered. An answer that sets a cookie is never left to shared caches.
 *
 * @example
 * cacheFields({ visibility: 'public', maxAge: 60, groups: ['articles'] }, { isAuthenticated: false, setsCookie: false, now })
 * // { 'cache-control': 'public, max-age=60', 'cache-groups': '"articles"' }
 */
export function cacheFields(caching: Caching | undefined, context: CachingContext): Readonly<Fields> {
  const setting = caching ?? none
  // Without a date in it a setting says the same for good.
  if (setting.maxAge instanceof Date) return makeFields(setting, context)
  let known = made.get(setting)
  if (known === undefined) {
    known = []
    made.set(setting, known)
  }
  return (known[(context.isAuthenticated ? 1 : 0) + (context.setsCookie ? 2 : 0)] ??= makeFields(setting, context))
}

const none: Caching = {}
const made = new WeakMap<Caching, Readonly<Fields>[]>()

function makeFields(setting: Caching, context: CachingContext): Readonly<Fields> {
  const { maxAge, cdn, groups = [] } = setting
  const { now = new Date() } = context
  if (setting.noStore === true) return { 'cache-control': 'no-store' }
  const scope = scopeOf(setting, context)
  return {
    'cache-control': [scope, ...directivesOf(setting, scope, now)].filter(isGiven).join(', '),
    ...(maxAge instanceof Date && secondsUntil(maxAge, now) > 0 ? { expires: formatHttpDate(maxAge) } : {}),
    ...(cdn !== undefined && scope !== 'private' ? { 'cdn-cache-control': cdn } : {}),
    ...(groups.length === 0 ? {} : { 'cache-groups': listOf(groups) }),
  }
}

/**
 * The fields of a successful POST, PUT, PATCH or DELETE: what it makes stale (RFC 9875 §3).
 *
 * @example
 * invalidationFields({ groups: ['articles'] })  // { 'cache-group-invalidation': '"articles"' }
 */
export function invalidationFields(caching: Caching | undefined): Readonly<Fields> {
  const groups = caching?.groups ?? []
  return groups.length === 0 ? {} : { 'cache-group-invalidation': listOf(groups) }
}

type Scope = 'public' | 'private' | undefined

function scopeOf({ visibility }: Caching, { isAuthenticated, setsCookie }: CachingContext): Scope {
  if (setsCookie) return 'private'
  return visibility ?? (isAuthenticated ? 'private' : undefined)
}

function directivesOf(caching: Caching, scope: Scope, now: Date): readonly (string | undefined)[] {
  const { maxAge, noCache, mustRevalidate, immutable, staleWhileRevalidate, staleIfError } = caching
  const age = maxAge instanceof Date ? secondsUntil(maxAge, now) : (maxAge ?? 0)
  const shared = scope === 'public' ? caching.sharedMaxAge : undefined
  const revalidation = mustRevalidate === true ? 'must-revalidate' : undefined
  if (noCache === true || (age === 0 && (shared ?? 0) === 0)) return ['no-cache', revalidation]
  return [
    `max-age=${age}`, // also where only shared caches may keep it: the others would guess (RFC 9111 §4.2.2)
    directive('s-maxage', shared),
    revalidation,
    immutable === true && age > 0 ? 'immutable' : undefined,
    directive('stale-while-revalidate', staleWhileRevalidate),
    directive('stale-if-error', staleIfError),
  ]
}

function directive(name: string, seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${name}=${seconds}`
}

/** Both cut to seconds first, as `Date` and `Expires` are: so `max-age` and `Expires` name the same second (§5.3). */
function secondsUntil(date: Date, now: Date): number {
  return Math.max(0, Math.floor(date.getTime() / 1_000) - Math.floor(now.getTime() / 1_000))
}

function listOf(groups: readonly string[]): string {
  return serializeList(groups.map((group): Item => [group, new Map()]))
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false
}

const names: ReadonlySet<string> = new Set([
  'maxAge',
  'sharedMaxAge',
  'visibility',
  'noStore',
  'noCache',
  'mustRevalidate',
  'immutable',
  'staleWhileRevalidate',
  'staleIfError',
  'cdn',
  'groups',
] satisfies (keyof Caching)[])

/** Every rule with the sentence for who breaks it; the first that is broken is told. */
function faultOf(caching: Caching): string | undefined {
  const given = Object.entries(caching).flatMap(([name, value]) => (isGiven(value) ? [name] : []))
  const rules = [...rulesOfValues(caching, given), ...rulesOfCombinations(caching, given)]
  return rules.find(([holds]) => !holds)?.[1]
}

type Rule = readonly [holds: boolean, sentence: string]

function rulesOfValues(caching: Caching, given: readonly string[]): readonly Rule[] {
  const { maxAge, sharedMaxAge, staleWhileRevalidate, staleIfError, visibility, cdn, groups } = caching
  const times = [maxAge instanceof Date ? 0 : maxAge, sharedMaxAge, staleWhileRevalidate, staleIfError]
  return [
    [given.every((name) => names.has(name)), `the settings are ${[...names].join(', ')}`],
    [!(maxAge instanceof Date) || maxAge.getUTCFullYear() <= 9999, 'maxAge is a date that HTTP cannot tell'],
    [times.every(isSeconds), 'times are whole seconds, and not below zero'],
    [[undefined, 'public', 'private'].includes(visibility), "visibility is 'public' or 'private'"],
    [cdn === undefined || isDictionary(cdn), 'cdn is a list of directives in lower case (RFC 9213 §2.1)'],
    [groups === undefined || groups.every(isGroup), 'groups are printable ASCII, and not empty'],
  ]
}

function rulesOfCombinations(caching: Caching, given: readonly string[]): readonly Rule[] {
  const { maxAge, sharedMaxAge, visibility } = caching
  const has = (...wanted: readonly (keyof Caching)[]): boolean => wanted.some((name) => given.includes(name))
  const isFresh = maxAge instanceof Date || (maxAge ?? 0) > 0
  const isUsedWhenStale = has('staleWhileRevalidate', 'staleIfError')
  return [
    [!has('noStore') || given.every((name) => name === 'noStore' || name === 'groups'), 'noStore stands alone'],
    [!has('noCache') || !(isFresh || has('sharedMaxAge', 'immutable')), 'noCache contradicts any time to be fresh'],
    [!has('noCache', 'mustRevalidate') || !isUsedWhenStale, 'what must be asked about is not used when it is stale'],
    [!has('sharedMaxAge') || visibility === 'public', "sharedMaxAge needs visibility: 'public'"],
    [!has('cdn') || visibility !== 'private', "cdn contradicts visibility: 'private'"],
    [!has('immutable') || isFresh, 'immutable needs a maxAge'],
    [!isUsedWhenStale || isFresh || (sharedMaxAge ?? 0) > 0, 'what was never fresh has no time after that'],
  ]
}

function isSeconds(value: number | undefined): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= 0)
}

function isGroup(group: string): boolean {
  return group !== '' && isAscii(group)
}

function isDictionary(text: string): boolean {
  try {
    return parseDictionary(text).size > 0
  } catch {
    return false
  }
}
