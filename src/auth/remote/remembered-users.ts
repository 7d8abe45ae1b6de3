// What the auth service said of users, remembered: each for a stated time, and for as long as the auth service does not say otherwise.

import { LRUCache } from 'lru-cache'
import { isSafe, Problem } from '../../http/index.ts'
import type { AskedFor } from '../identity.ts'
import type { AuthService } from './auth-service.ts'
import { mostAtOnce } from './operations.ts'
import type { RemoteUser } from './remote-user.ts'

export interface RememberingOptions {
  /** For how long an answer is good without another one. */
  readonly seconds: number
  /** How often the auth service is asked whom to forget, while anybody is remembered. */
  readonly feedSeconds: number
  readonly whileDown: 'refuse' | 'remembered'
  /** For how long those remembered may read, after the auth service has answered for the last time. */
  readonly downSeconds: number
  /** Told of each answer, before it is used. */
  readonly fetched: (user: RemoteUser) => Promise<void>
  /** Seconds of a clock that never goes back. */
  readonly steady: () => number
}

export interface Remembered {
  readonly user: RemoteUser
  readonly since: number
  /** Digests of passwords that were theirs. */
  readonly passwords: Set<string>
}

export class RememberedUsers {
  readonly #service: AuthService
  readonly #options: RememberingOptions
  readonly #known = new LRUCache<string, Remembered>({ max: mostAtOnce })
  readonly #underWay = new Map<string, Promise<Remembered | undefined>>()
  #isDown = false
  #answeredAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(service: AuthService, options: RememberingOptions) {
    this.#service = service
    this.#options = options
  }

  /** What is remembered and may be used for this request, without asking. */
  usable(name: string, asked: AskedFor | undefined): Remembered | undefined {
    const known = this.#known.get(name)
    if (known === undefined) return undefined
    const { seconds, whileDown, downSeconds, steady } = this.#options
    if (!this.#isDown) return steady() - known.since < seconds ? known : undefined
    const isRead = asked !== undefined && isSafe(asked.method)
    return whileDown === 'remembered' && isRead && steady() - this.#answeredAt < downSeconds ? known : undefined
  }

  /**
   * As remembered, or as the auth service says now; undefined for nobody.
   *
   * @throws Problem 503 where it does not say, and nothing that is remembered may be used.
   */
  async find(name: string, asked: AskedFor | undefined): Promise<Remembered | undefined> {
    const known = this.usable(name, asked)
    if (known !== undefined) return known
    try {
      return await this.#fetch(name)
    } catch (error) {
      const stale = isOfService(error) ? this.usable(name, asked) : undefined
      if (stale === undefined) throw error
      return stale
    }
  }

  forget(name: string): void {
    this.#known.delete(name)
    this.#underWay.delete(name) // what was asked before may be answered as it was before: it is not kept
  }

  /**
   * Reads the feed. What was true a moment ago may be used until this is through.
   *
   * @throws Problem 503 where the auth service does not answer: from then on it is taken to be down.
   */
  async catchUp(): Promise<void> {
    const { seconds, steady } = this.#options
    const known = [...this.#known.values()]
    const asked = steady()
    const changed = await this.#told(async () => await this.#service.changed(known.map(({ user }) => user)))
    for (const name of changed) this.forget(name)
    // Nothing is kept for longer than is stated but while the auth service is down.
    for (const each of known) {
      const { name } = each.user
      if (asked - each.since >= seconds && this.#known.get(name) === each) this.#known.delete(name)
    }
  }

  /** Those who ask for one user at the same time ask once. */
  async #fetch(name: string): Promise<Remembered | undefined> {
    const running = this.#underWay.get(name)
    if (running !== undefined) return await running
    const fetching: Promise<Remembered | undefined> = this.#ask(name, () => this.#underWay.get(name) === fetching)
    this.#underWay.set(name, fetching)
    try {
      return await fetching
    } finally {
      if (this.#underWay.get(name) === fetching) this.#underWay.delete(name)
    }
  }

  async #ask(name: string, isCurrent: () => boolean): Promise<Remembered | undefined> {
    const since = this.#options.steady()
    const user = await this.#told(async () => await this.#service.user(name))
    if (user !== undefined) await this.#options.fetched(user)
    if (user?.active !== true) {
      this.#known.delete(name)
      return undefined
    }
    const known = this.#known.get(name)
    // A password that was theirs still is where nothing has changed.
    const passwords = known?.user.state === user.state ? known.passwords : new Set<string>()
    const remembered = { user, since, passwords }
    if (isCurrent()) this.#known.set(name, remembered)
    this.#readFeedLater()
    return remembered
  }

  /** Notes whether the auth service answers. */
  async #told<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask()
      this.#isDown = false
      this.#answeredAt = this.#options.steady()
      return answer
    } catch (error) {
      if (isOfService(error)) this.#isDown = true
      throw error
    }
  }

  /** The timer keeps no process alive, and rests where nobody is remembered. */
  #readFeedLater(): void {
    if (this.#timer !== undefined || this.#known.size === 0) return
    this.#timer = setTimeout(() => void this.#readFeed(), this.#options.feedSeconds * 1_000)
    this.#timer.unref()
  }

  async #readFeed(): Promise<void> {
    await this.catchUp().catch(() => undefined) // that it is down is noted
    this.#timer = undefined
    this.#readFeedLater()
  }
}

/** Anything else is this service's own fault: its database is away, say. */
function isOfService(error: unknown): boolean {
  return error instanceof Problem && error.code === 'auth-unavailable'
}
