// Idempotency keys (draft-ietf-httpapi-idempotency-key-header-07): what is sent twice is done once, and answered alike.

import { parseItem } from 'structured-headers'
import { decodeBase64Url, encodeBase64Url } from '../../wire/index.ts'
import type { Answer } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import { partsOf } from '../principal.ts'
import { keepContent } from './kept-content.ts'
import { Problem } from '../problems/problem.ts'
import { fromStore, sha256, storeKey, type SharedStore } from './shared-store.ts'

/** For POST and PATCH: PUT and DELETE are idempotent without a key (RFC 9110 §9.2.2). */
export interface Idempotency {
  /** Whether a request without a key is refused. */
  readonly required?: boolean
  /** Seconds for which an answer is kept. Clients must be told (draft §2.3). */
  readonly seconds?: number
  /**
   * Seconds after which a request that has not been answered counts as lost with its process, so that its key may be used again.
   * It must be longer than any handler takes: what takes longer can be done twice.
   */
  readonly lostAfter?: number
  /** Octets of content that are kept; of a longer answer, and of a stream, it is only known that it was given. */
  readonly maxContent?: number
}

const defaults: Required<Idempotency> = {
  required: false,
  seconds: 86_400,
  lostAfter: 300,
  maxContent: 65_536,
}

/** The first use of a key. One of the two must follow, or the key stays in use until `lostAfter`. */
export interface FirstUse {
  /**
   * Keeps an answer for the retries and gives it back, to be sent. Kept is what the operation came to, "success or an error"
   * (draft §2.6): 2xx, 3xx, 409 and 422. Any other 4xx says that it was not begun, and 5xx that it failed: both release the key,
   * for the same request may do another time. A stream is not kept, but sent as it comes. Where the store has no room, it is
   * kept that an answer was given; where it fails, that is logged; and the answer is sent all the same.
   */
  settle(answer: Response, isStream?: boolean): Promise<Response>
  /** For what ends without an answer: the key may be used again. */
  release(): Promise<void>
  /**
   * Keeps, in the transaction that does what was asked for, that it was done, and where that is which it made: from its commit
   * on nobody does it again, even if this process does not live to `settle`.
   *
   * @param inside the store, writing in that transaction.
   * @throws Problem 409 where the key was taken for lost in the meantime, 503 where the store fails: then this transaction must not be.
   */
  mark(answer: Pick<Answer, 'status' | 'headers'>, inside: Pick<SharedStore, 'replace'>): Promise<void>
}

type Asked = Pick<Exchange, 'method' | 'url' | 'headers' | 'principal' | 'content' | 'logger' | 'requestId'>

/** What stands in the store: a mark of the request that is running (`run` tells it from a later one), or what it came to. */
type Stored =
  | { readonly fingerprint: string; readonly run: string; readonly answer?: never }
  | { readonly fingerprint: string; readonly answer: StoredAnswer }

interface StoredAnswer {
  readonly status: number
  readonly fields: readonly (readonly [string, string])[]
  /** base64url; absent where it could not be kept, and of the fields all but `Location` then. */
  readonly content?: string
  /** Milliseconds since 1970 until which the process that has done it may still be about to keep the rest. */
  readonly settlesUntil?: number
}

/** Seconds for that. */
const settlesWithin = 10

/**
 * Asks whether a request is a retry; to be called once it is known who asks and the content has been received. What comes back:
 * - undefined: it has no key and needs none;
 * - `FirstUse`: go on, and settle it;
 * - `Response`: a retry, answered as the first time, with `Idempotency-Replayed: ?1`;
 * - `Problem`: 400 (no key, or none that is a key), 409 (the first request is still running, or its answer could not be kept),
 *   422 (the key has been used for another request).
 *
 * Keys belong to a principal (a user of that service), a method and a URL without its query. Callers without a name share theirs, for an address may change between two
 * attempts; who guesses a key is answered only where the content is the same, too.
 *
 * @throws Problem 503 where the store fails: where nothing can be remembered, nothing is done.
 * @example
 * const use = await beginOnce(exchange, { required: true }, store)
 * if (use instanceof Response || use instanceof Problem) return use
 * return use === undefined ? await answer() : await use.settle(await answer())
 */
export async function beginOnce(
  exchange: Asked,
  setting: Idempotency,
  store: SharedStore,
): Promise<FirstUse | Response | Problem | undefined> {
  const options = { ...defaults, ...setting }
  const { method, url, headers, principal } = exchange
  const field = headers.get('idempotency-key')
  if (field === null) return options.required ? missing() : undefined
  const given = parseKey(field)
  if (given === undefined) return malformed()
  const owner = principal === undefined ? ['anonymous'] : partsOf(principal)
  const key = await storeKey('idempotency', ...owner, method, url.host, url.pathname, given)
  const fingerprint = await fingerprintOf(exchange)
  const mark: Stored = { fingerprint, run: crypto.randomUUID() }
  const present = await fromStore(() => store.setIfAbsent(key, JSON.stringify(mark), options.lostAfter), unknown)
  if (present !== undefined) return replay(JSON.parse(present) as Stored, fingerprint) // written by this very file
  return firstUse(exchange, { key, mark, options, store })
}

const unknown = 'It cannot be found out whether this request was sent before.'

interface Use {
  readonly key: string
  readonly mark: Stored
  readonly options: Required<Idempotency>
  readonly store: SharedStore
}

/** Everything looks for the mark of this very use: if it was taken for lost, the key belongs to another by now. */
function firstUse({ logger, requestId }: Asked, { key, mark, options, store }: Use): FirstUse {
  const expected = JSON.stringify(mark)
  let marked: string | undefined
  const log = (error: unknown): void =>
    logger.error({ requestId, error }, 'an answer could not be kept for its idempotency key')
  const release = async (): Promise<void> => {
    try {
      await store.delete(key, expected)
    } catch (error) {
      log(error) // the key is in use until `lostAfter`
    }
  }
  // A transaction that was marked may have been taken back after all.
  const replace = async (text: string): Promise<void> => {
    const { seconds } = options
    if (marked !== undefined && (await store.replace(key, marked, text, seconds))) return
    await store.replace(key, expected, text, seconds)
  }
  // What was done is done: nothing that fails here keeps its answer from the client.
  const keep = async (answer: Response, content: Uint8Array | undefined): Promise<void> => {
    const errors: unknown[] = []
    for (const shape of shapesOf(answer, content)) {
      const stored: Stored = { fingerprint: mark.fingerprint, answer: shape }
      try {
        await replace(JSON.stringify(stored))
        break
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) log(errors[0])
  }
  return {
    release,
    async mark({ status, headers }, inside) {
      const { location } = headers
      const fields = typeof location === 'string' ? [['location', location] as const] : []
      const settlesUntil = Date.now() + Math.min(settlesWithin, options.lostAfter) * 1_000
      const stored: Stored = { fingerprint: mark.fingerprint, answer: { status, fields, settlesUntil } }
      const text = JSON.stringify(stored)
      marked = text
      const isOurs = await fromStore(() => inside.replace(key, expected, text, options.seconds), unknown)
      if (!isOurs) throw inProgress()
    },
    async settle(answer, isStream = false) {
      if (!isOutcome(answer.status)) {
        await release()
        return answer
      }
      const kept = isStream ? { content: undefined, response: answer } : await keepContent(answer, options.maxContent)
      await keep(answer, kept.content)
      return kept.response
    },
  }
}

/**
 * What is kept of an answer, or, where the store has no room for that, in its place: something must outlive the mark, or what
 * was done would be done again. The last is shorter than the mark that it replaces: a full store has room for it.
 */
function shapesOf({ status, headers }: Response, content: Uint8Array | undefined): readonly StoredAnswer[] {
  const fields = [...headers].filter(([name]) => !isOfTheMessage(name))
  const place = fields.filter(([name]) => name === 'location')
  const whole = content === undefined ? [] : [{ status, fields, content: encodeBase64Url(content) }]
  return [...whole, { status, fields: place }, { status, fields: [] }]
}

function replay(stored: Stored, fingerprint: string): Response | Problem {
  if (stored.fingerprint !== fingerprint) return reused()
  if (stored.answer === undefined) return inProgress()
  const { status, fields, content, settlesUntil = 0 } = stored.answer
  if (content === undefined) return Date.now() < settlesUntil ? inProgress() : notKept(stored.answer)
  const headers = new Headers(fields.map(([name, value]): [string, string] => [name, value]))
  headers.set('idempotency-replayed', '?1')
  const body = content === '' ? null : Uint8Array.from(decodeBase64Url(content) ?? [])
  return new Response(body, { status, headers })
}

function isOutcome(status: number): boolean {
  return status < 400 || status === 409 || status === 422
}

/** What is said to the page that asks, CORS says to each anew. */
function isOfTheMessage(name: string): boolean {
  return ofTheMessage.has(name) || name.startsWith('access-control-')
}

/** Fields of one message rather than of the answer. Cookies are secrets, and others may read the store. */
const ofTheMessage: ReadonlySet<string> = new Set([
  'date',
  'ratelimit',
  'ratelimit-policy',
  'request-id',
  'server-timing',
  'set-cookie',
  'x-slumber-trace',
])

/** SHA-256 over what the draft calls the payload (§2.4), and what says how it is to be read. */
async function fingerprintOf({ method, url, headers, content }: Asked): Promise<string> {
  const head = JSON.stringify([method, url.pathname, url.search, headers.get('content-type')])
  const octets = await new Blob([head, ...(content === undefined ? [] : [content])]).arrayBuffer()
  return await sha256(new Uint8Array(octets))
}

/** One String of RFC 9651 §3.3.3; parameters mean nothing here. A second field line makes it a list, which is not one. */
function parseKey(field: string): string | undefined {
  if (field.length > longestField) return undefined
  try {
    const [key] = parseItem(field)
    return typeof key === 'string' && key !== '' ? key : undefined
  } catch {
    return undefined
  }
}

const longestField = 512

function missing(): Problem {
  const detail = 'Send an Idempotency-Key, such as a new UUID in quotes, with a request that must not be done twice.'
  return new Problem(400, detail, { code: 'idempotency-key-missing' })
}

function malformed(): Problem {
  const detail = `Idempotency-Key is one String in quotes (RFC 9651 §3.3.3), not empty, of at most ${longestField} characters.`
  return new Problem(400, detail, { code: 'malformed-header' })
}

function reused(): Problem {
  return new Problem(422, 'This Idempotency-Key has been used for another request.', { code: 'idempotency-key-reused' })
}

function inProgress(): Problem {
  return new Problem(409, 'The first request with this Idempotency-Key is still running.', {
    code: 'idempotency-in-progress',
    headers: { 'retry-after': '1' },
  })
}

/** Neither done again nor passed over in silence: where that is which was made can still be said. */
function notKept({ status, fields }: StoredAnswer): Problem {
  const location = fields.find(([name]) => name === 'location')?.[1]
  return new Problem(409, `The first attempt was answered with ${status}; that answer could not be kept.`, {
    code: 'idempotency-answer-not-kept',
    ...(location === undefined ? {} : { members: { location } }),
  })
}
