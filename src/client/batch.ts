// References that are asked for at the same time: one request for all of a model, answered by URL.

import type { ModelDocument } from '../wire/index.ts'
import { keyOf, withParameters } from './encode.ts'
import { NotFound } from './errors.ts'
import { halPageOf } from './hal.ts'
import type { InstanceClient } from './instance.ts'
import { hrefOf } from './operations.ts'
import type { Session } from './session.ts'

/** Instances of one request. */
const most = 200
/** What a service compares for one question; each instance with a key of several parts takes one for each, and one more. */
const mostComparisons = 98

/** What is found for each URL. */
type Found = ReadonlyMap<string, InstanceClient>

/** URLs to be asked for → the request that each is part of: where one fails, it fails those alone. */
type Batch = Map<string, Promise<Found> | undefined>

export class Batches {
  readonly #session: Session
  readonly #open = new Map<ModelDocument, Batch>()

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * The instance at an absolute URL. Whatever else is asked for before the promises of this moment are through goes with it.
   *
   * @throws NotFound
   */
  async get(model: ModelDocument, url: string): Promise<InstanceClient> {
    const batch: Batch = this.#open.get(model) ?? new Map()
    const isFirst = batch.size === 0
    batch.set(url, undefined)
    this.#open.set(model, batch)
    await Promise.resolve()
    if (isFirst) this.#send(model, batch)
    const instance = (await batch.get(url))?.get(url)
    if (instance !== undefined) return instance
    const detail = 'It is not there, or may not be read.'
    throw new NotFound({ method: 'GET', url }, { title: 'Not Found', status: 404, detail }, new Map())
  }

  #send(model: ModelDocument, batch: Batch): void {
    this.#open.delete(model)
    const urls = [...batch.keys()]
    const query = model.operations.model['query']
    const href = query && hrefOf(query)
    const { length } = model.key
    const together = length === 1 ? most : Math.floor(mostComparisons / (length + 1))
    const size = href === undefined ? 1 : together
    for (let from = 0; from < urls.length; from += size) {
      const [url = '', ...others] = urls.slice(from, from + size)
      const part =
        href === undefined || others.length === 0 ? this.#one(model, url) : this.#some(model, href, [url, ...others])
      for (const each of [url, ...others]) batch.set(each, part)
    }
  }

  async #one(model: ModelDocument, url: string): Promise<Found> {
    return new Map([[url, this.#session.instanceOf(model, await this.#session.ask(model, url))]])
  }

  async #some(model: ModelDocument, href: string, urls: readonly string[]): Promise<Found> {
    const [name = '', ...others] = model.key
    const keys = urls.map((url) => keyOf(model, url))
    const body = others.length === 0 ? { [name]: { in: keys.map((key) => key[name]) } } : { or: keys }
    const url = withParameters(href, [['limit', String(urls.length)]])
    const page = halPageOf(await this.#session.sender.send({ method: 'POST', url, body, isSafe: true }))
    return new Map(page._embedded.item.map((hal) => [hal._links.self.href, this.#session.row(model, hal)]))
  }
}
