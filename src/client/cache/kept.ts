// An answer that is kept (RFC 9111 §3), and when it may be used (§4): all that its fields say of that is read once, when it comes.

import { parseHttpDate } from '../../wire/index.ts'
import type { Answer, Fields, Message } from '../sending/message.ts'
import { matches, type Pattern } from '../matches.ts'
import { readDirectives, secondsOf, type Directives } from './directives.ts'
import { KeptFields, keptFields, type FieldList } from './kept-fields.ts'

/** Plain data, so that a store may write it as JSON. Moments are milliseconds since 1970, times are seconds. */
export interface Kept {
  readonly status: number
  readonly isRedirect: boolean
  readonly fields: FieldList
  readonly text: string
  /** Fields of the request that other answers were given for, as they were; null where there was none (§4.1). */
  readonly selecting: Readonly<Record<string, string | null>>
  /** Which write of the same user to the same origin was the last before it was asked for. */
  readonly mark: string
  readonly askedAt: number
  /** When its age was zero (§4.2.3). */
  readonly madeAt: number
  readonly lifetime: number
  /** `no-cache`: is never used without asking, but for a time to live that the program gives. */
  readonly isAskedAbout: boolean
  readonly isImmutable: boolean
  /** For how long after its lifetime it may be used while it is asked about, and when asking fails (RFC 5861). */
  readonly staleWhileRevalidate: number
  readonly staleIfError: number
  /** `must-revalidate`: nothing lets it be used when it is stale. */
  readonly isStrict: boolean
}

const ofKept: Pattern = {
  status: isNumber,
  isRedirect: isBoolean,
  fields: [['string']],
  text: 'string',
  selecting: [isTextOrNull],
  mark: 'string',
  askedAt: isNumber,
  madeAt: isNumber,
  lifetime: isNumber,
  isAskedAbout: isBoolean,
  isImmutable: isBoolean,
  staleWhileRevalidate: isNumber,
  staleIfError: isNumber,
  isStrict: isBoolean,
}

/** Whether what a store of others gives is what was put there. */
export function isKept(value: unknown): value is Kept {
  return matches(value, ofKept)
}

export interface Exchange {
  readonly message: Message
  readonly answer: Answer
  readonly mark: string
  readonly askedAt: number
  readonly answeredAt: number
}

/** They change what our services answer; a browser hides `Vary` of other origins. */
const alwaysSelecting = ['accept', 'prefer']
/** Those that the key of an answer holds already: what a program brings, or whom its credentials are of. */
const inKey: ReadonlySet<string> = new Set(['authorization', 'cookie'])

/** What `must-understand` is about: all that is kept is known to be one whole answer (RFC 9110 §15). */
const understood: ReadonlySet<number> = new Set([
  200, 203, 204, 300, 301, 302, 303, 307, 308, 400, 404, 405, 410, 414, 500, 501, 502, 503, 504,
])

/** What is kept of an answer; undefined where it may not be kept, or would never be used. */
export function keep({ message, answer, mark, askedAt, answeredAt }: Exchange): Kept | undefined {
  const { status, fields, text, isRedirect } = answer
  const directives = readDirectives(fields.get('cache-control'))
  if (status < 200 || status === 206 || status === 304) return undefined
  if (directives.has('no-store') || readDirectives(message.headers['cache-control']).has('no-store')) return undefined
  if (directives.has('must-understand') && !understood.has(status)) return undefined
  const selecting = selectingOf(message, fields)
  if (selecting === undefined) return undefined
  const lifetime = lifetimeOf(directives, fields, answeredAt)
  const isWhole = status === 200 || status === 203
  const hasUse = message.ttl !== undefined || hasValidator(fields)
  if (lifetime === 0 && !(isWhole && hasUse)) return undefined
  return {
    status,
    isRedirect,
    fields: keptFields(fields),
    text,
    selecting,
    mark,
    askedAt,
    madeAt: answeredAt - ageOf(fields, askedAt, answeredAt) * 1_000,
    lifetime,
    isAskedAbout: directives.has('no-cache'),
    isImmutable: directives.has('immutable'),
    staleWhileRevalidate: secondsOf(directives, 'stale-while-revalidate', 0) ?? 0,
    staleIfError: secondsOf(directives, 'stale-if-error', 0) ?? 0,
    isStrict: directives.has('must-revalidate') || directives.has('no-cache'),
  }
}

/** Whether it is the answer to this request, as far as its fields go (§4.1). */
export function isFor({ selecting }: Kept, { headers }: Message): boolean {
  for (const name in selecting) if (!isSame(selecting[name], selectingValue(headers, name))) return false
  return true
}

/**
 * Whether it may be used without asking (§4.2, §5.2.1).
 *
 * @param wishes what the request's Cache-Control says.
 */
export function isUsable(kept: Kept, { ttl }: Message, wishes: Directives, now: number): boolean {
  if (now < kept.askedAt) return false // the clock was put back: nobody knows how old it is
  if (wishes.has('no-cache')) return false
  if (ttl !== undefined) return isWholeAnswer(kept) && now - kept.askedAt < ttl * 1_000
  if (kept.isAskedAbout) return false
  const left = kept.lifetime - (now - kept.madeAt) / 1_000
  if (wishes.size === 0) return left > 0
  if (left > 0 && kept.isImmutable && secondsOf(wishes, 'max-age', 0) === 0) return true // a reload (RFC 8246 §2)
  const age = kept.lifetime - left
  if (age > (secondsOf(wishes, 'max-age', 0) ?? Infinity)) return false
  if (left < (secondsOf(wishes, 'min-fresh', Infinity) ?? -Infinity)) return false
  return left > 0 || (!kept.isStrict && -left <= mostStale(wishes))
}

/** Whether it may be used although it is stale, for so many seconds after its lifetime. */
export function isUsableStale(kept: Kept, seconds: number, now: number): boolean {
  if (kept.isStrict || now < kept.askedAt) return false
  return (now - kept.madeAt) / 1_000 < kept.lifetime + seconds
}

/** The answer as it is given again: with its age (§5.1), and for HEAD without its content. */
export function answerOf({ status, isRedirect, fields, text, madeAt }: Kept, method: string, now: number): Answer {
  const age = String(Math.max(0, Math.floor((now - madeAt) / 1_000)))
  return { status, isRedirect, fields: new KeptFields(fields, age), text: method === 'HEAD' ? '' : text }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}

function isWholeAnswer({ status }: Kept): boolean {
  return status === 200 || status === 203
}

function hasValidator(fields: Fields): boolean {
  return (fields.get('etag') ?? fields.get('last-modified') ?? '') !== ''
}

/** Undefined where nothing would ever select it (§4.1). */
function selectingOf({ headers }: Message, fields: Fields): Kept['selecting'] | undefined {
  const vary = (fields.get('vary') ?? '').toLowerCase().split(/[\s,]+/)
  if (vary.includes('*')) return undefined
  const names = new Set([...alwaysSelecting, ...vary].filter((name) => name !== '' && !inKey.has(name)))
  return Object.fromEntries([...names].map((name) => [name, selectingValue(headers, name)]))
}

/** As it is sent: it is compared with what is sent again, which mostly is the same. */
function selectingValue(headers: Message['headers'], name: string): string | null {
  return (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? null // a server may name `constructor`
}

/** A list says the same whatever blanks are around its commas; within quotes they may mean something. */
function isSame(one: string | null | undefined, other: string | null): boolean {
  if (one === other || typeof one !== 'string' || other === null) return one === other
  const plain = (text: string): string => (text.includes('"') ? text : text.replaceAll(/\s*,\s*/g, ',').trim())
  return plain(one) === plain(other)
}

/** Seconds (§4.2.1); nothing is guessed. */
function lifetimeOf(directives: Directives, fields: Fields, answeredAt: number): number {
  if (!isAge(fields.get('age'))) return 0
  const seconds = secondsOf(directives, 'max-age', 0)
  if (seconds !== undefined) return seconds
  const expires = parseHttpDate(fields.get('expires') ?? '')
  if (expires === undefined) return 0
  const date = parseHttpDate(fields.get('date') ?? '')?.getTime() ?? answeredAt
  return Math.max(0, (expires.getTime() - date) / 1_000)
}

/** Seconds that it was old when it came (§4.2.3): by what caches on its way say, or by its date. */
function ageOf(fields: Fields, askedAt: number, answeredAt: number): number {
  const date = parseHttpDate(fields.get('date') ?? '')?.getTime() ?? answeredAt
  const told = Number.parseInt(fields.get('age') ?? '0', 10) + (answeredAt - askedAt) / 1_000
  return Math.max(0, (answeredAt - date) / 1_000, told)
}

/** One number, or a list on one line, of which the first counts (§5.1). Of two lines, which `fetch` joins by comma and blank, none does. */
function isAge(text: string | null | undefined): boolean {
  return text === null || text === undefined || /^\d+(?:,\S*)?$/.test(text)
}

/** `max-stale` without a number takes it however stale. */
function mostStale(wishes: Directives): number {
  return wishes.get('max-stale')?.includes('') === true ? Infinity : (secondsOf(wishes, 'max-stale', 0) ?? 0)
}
