// Where an answer is kept: for whom, and for which URL.

import type { Message } from '../sending/message.ts'

/** Where an answer is kept, and the mark of the last write that may concern it. */
export interface Place {
  readonly key: string
  readonly markKey: string
}

/** A URL as it is compared, and its origin: to find these out costs as much as everything else that is done for an answer from memory. */
export interface Target {
  readonly href: string
  readonly origin: string
}

const mostTargets = 1_000

export class Targets {
  readonly #known = new Map<string, Target>()

  /** Undefined for a URL that is none. */
  of(url: string): Target | undefined {
    const known = this.#known.get(url)
    if (known !== undefined) return known
    if (!URL.canParse(url)) return undefined
    const { href, origin, hash } = new URL(url)
    const target = { href: href.slice(0, href.length - hash.length), origin }
    if (this.#known.size >= mostTargets) this.#known.clear()
    this.#known.set(url, target)
    return target
  }
}

export function placeOf({ user }: Message, { href, origin }: Target): Place {
  const who = `${user}\n` // which no URL has
  return { key: who + href, markKey: who + origin }
}
