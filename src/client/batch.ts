// References that are asked for at the same time: one request for all of a model that one user asks for, answered by URL.

import type { ModelDocument } from '../wire/index.ts'
import { keyAt, withParameters, type Tree } from './encode.ts'
import { Invalid, NotFound, UnexpectedAnswer } from './errors.ts'
import { halPageOf } from './hal.ts'
import { keyIn } from './identity.ts'
import type { InstanceClient } from './instance.ts'
import { filled } from './operations.ts'
import type { Session } from './session.ts'

/** Instances of one request. */
const most = 200
/** What a service compares for one question; each instance with a key of several parts takes one for each, and one more. */
const mostComparisons = 98

/** What is found for each URL. */
type Found = ReadonlyMap<string, InstanceClient>

/** URLs to be asked for → what comes of each, once it is. */
type Batch = Map<string, Promise<InstanceClient | undefined> | undefined>

export class Batches {
  readonly #session: Session
  /** By the URL of the model, and the user: what one may read says nothing of another. */
  readonly #open = new Map<string, Batch>()

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * The instance at an absolute URL. Whatever else is asked for before the promises of this moment are through goes with it.
   *
   * @throws NotFound
   */
  async get(model: ModelDocument, url: string): Promise<InstanceClient> {
    const name = `${model.url} ${await this.#session.sender.userAt(url)}`
    const batch: Batch = this.#open.get(name) ?? new Map()
    const isFirst = batch.size === 0
    batch.set(url, undefined)
    this.#open.set(name, batch)
    await Promise.resolve()
    if (isFirst) {
      this.#open.delete(name)
      this.#send(model, batch)
    }
    const instance = await batch.get(url)
    if (instance !== undefined) return instance
    const detail = 'It is not there, or may not be read.'
    throw new NotFound({ method: 'GET', url }, { title: 'Not Found', status: 404, detail }, new Map())
  }

  #send(model: ModelDocument, batch: Batch): void {
    const query = model.operations.model['query']
    if (query !== undefined) this.#sendTogether(model, filled(query).url, batch)
    for (const [url, answer] of batch) if (answer === undefined) batch.set(url, this.#one(model, url))
  }

  /** Those whose URL holds a key, where there is more than one. */
  #sendTogether(model: ModelDocument, href: string, batch: Batch): void {
    const keys = [...batch.keys()].flatMap((url) => {
      const key = keyAt(model, url)
      return key === undefined ? [] : [{ url, key }]
    })
    const { length } = model.key
    const size = length === 1 ? most : Math.floor(mostComparisons / (length + 1))
    for (let from = 0; from < keys.length - 1; from += size) {
      const part = keys.slice(from, from + size)
      const found = this.#some(
        model,
        href,
        part.map(({ key }) => key),
      )
      for (const { url } of part) batch.set(url, this.#oneOf(found, model, url))
    }
  }

  async #one(model: ModelDocument, url: string): Promise<InstanceClient> {
    const reply = await this.#session.ask(model, url)
    return this.#session.instanceOf(model, reply, keyIn(model, reply.request.url))
  }

  /** What one of them is to blame for is no answer for the others: each is asked for by itself. */
  async #oneOf(found: Promise<Found>, model: ModelDocument, url: string): Promise<InstanceClient | undefined> {
    try {
      return (await found).get(url)
    } catch (error) {
      if (error instanceof Invalid || error instanceof UnexpectedAnswer) return await this.#one(model, url)
      throw error
    }
  }

  async #some(model: ModelDocument, href: string, keys: readonly Tree[]): Promise<Found> {
    const [name = '', ...others] = model.key
    const body = others.length === 0 ? { [name]: { in: keys.map((key) => key[name]) } } : { or: keys }
    const url = withParameters(href, [['limit', String(keys.length)]])
    const reply = await this.#session.sender.send({ method: 'POST', url, body, isSafe: true })
    const { item } = halPageOf(reply)._embedded
    return new Map(item.map((hal) => [hal._links.self.href, this.#session.row(model, hal, undefined, reply.share)]))
  }
}
