// A request and its answer while they are in the client: plain, so that a try costs no more than what is sent.

import type { Awaitable } from '../../wire/index.ts'

/** A request on its way. Each step gives the next one a message of its own: none is changed. */
export interface Message {
  /** In upper case. */
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** Changes nothing, whatever its method. */
  readonly isSafe: boolean
  /** What carries an Idempotency-Key is done once, however often it is sent. */
  readonly isKeyed: boolean
  /** Has a time limit of its own: that it comes too late says nothing of the service. */
  readonly isHurried: boolean
  /** Aborts it. */
  readonly signal?: AbortSignal | undefined
  /** Until when it must be answered, all tries together, in milliseconds of `performance.now()`. */
  readonly deadline: number
  /** Milliseconds for one try, where it has its own. */
  readonly tryTimeout?: number | undefined
  /** Seconds for which an answer that is kept may be taken without asking, whatever the server says. */
  readonly ttl?: number | undefined
  /** Whose answer it is: a cache keeps those of one apart from those of others. */
  readonly user: string
  readonly sign?: Sign | undefined
}

/** Fields that are added to each try of a message, when all others are final: a signature, say. */
export type Sign = (message: Message) => Awaitable<Readonly<Record<string, string>>>

/** Fields of an answer: `Headers`, or a Map with names in lower case. */
export interface Fields extends Iterable<[string, string]> {
  get(name: string): string | null | undefined
}

/** Gives what somebody has made under a name, or makes it. */
export type Share = <Made extends object>(by: object, name: string, make: () => Made) => Made

/** An answer, read to its end. */
export interface Answer {
  readonly status: number
  readonly fields: Fields
  readonly text: string
  /** Browsers hide where a redirect leads, and even its status. */
  readonly isRedirect: boolean
  /** Keeps what is made of it, where it is shared: by one user, while one request is answered. */
  readonly share?: Share
}

/** One concern of sending: it does its part, and has the rest done by the next. */
export type Step = (message: Message) => Promise<Answer>

/** Where a message goes, as it is written: what is another origin is another text, and the same may be. */
export function originOf({ url }: { readonly url: string }): string {
  return url.split('/', 3).join('/')
}

/** Calls a function when an answer is no longer waited for, at once where that is so: what a signal does, for less. */
export type WhenOver = (listener: (reason: unknown) => void) => void

/** What holds for one try. */
export interface Limits {
  readonly whenOver: WhenOver
  /** The most octets of the answer, after decoding. */
  readonly maxSize: number
  /** The error where they are more. */
  readonly tooLong: (status: number) => Error
}

/** A socket, a service in this process, or a test double. */
export interface Transport {
  (request: Request): Awaitable<Response>
  /** The same without the platform's objects, which cost more than the rest of a call; used where it is there. */
  readonly light?: (message: Message, limits: Limits) => Promise<Answer>
}
