// Where an answer is kept: for whom, and for which URL.

import type { Message } from '../sending/message.ts'

/** Where an answer is kept, and the mark of the last write that may concern it. */
export interface Place {
  readonly key: string
  readonly markKey: string
}

const mostPlaces = 10_000
/** Of their texts: 8 MiB, as two octets each. */
const mostCharacters = 4 * 1_048_576

/** Of users and URLs: to find these out costs as much as everything else that is done for an answer from memory. */
export class Places {
  readonly #known = new Map<string, Map<string, Place>>()
  #count = 0
  #characters = 0

  /** Undefined for a URL that is none. */
  of({ user, url }: Message): Place | undefined {
    return this.#known.get(user)?.get(url) ?? this.#find(user, url)
  }

  #find(user: string, url: string): Place | undefined {
    if (!URL.canParse(url)) return undefined
    const { href, origin, hash } = new URL(url)
    const who = `${user}\n` // which no URL has
    const place = { key: who + href.slice(0, href.length - hash.length), markKey: who + origin }
    const { length } = user + url + place.key + place.markKey
    if (this.#count >= mostPlaces || this.#characters + length > mostCharacters) {
      this.#known.clear()
      this.#count = 0
      this.#characters = 0
    }
    this.#characters += length
    const own = this.#known.get(user) ?? new Map<string, Place>()
    this.#known.set(user, own.set(url, place))
    this.#count += 1
    return place
  }
}
