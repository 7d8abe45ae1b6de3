// A list of instances: a collection or a data array, narrowed by filter and sort, fetched page by page as needed.

import type { ModelDocument } from '../wire/index.ts'
import { assertFields, nothing, withParameters } from './encode.ts'
import { UnexpectedAnswer } from './errors.ts'
import { encodeFilters } from './filter-tree.ts'
import { halPageOf } from './hal.ts'
import { printAs } from './inspect.ts'
import type { InstanceClient } from './instance.ts'
import type { Reply } from './send.ts'
import type { Session } from './session.ts'

/** Where a list is: found out when it is first asked for. */
export interface ListSource {
  /** What the console calls it. */
  readonly label: string
  readonly find: () => Promise<{ readonly model: ModelDocument; readonly url: string }>
}

interface Narrowing {
  readonly filters: readonly object[]
  readonly sort: readonly string[]
  readonly limit: number | undefined
}

const wide: Narrowing = { filters: [], sort: [], limit: undefined }

/** The most rows that a service puts on one page. */
const largestPage = 1_000

export interface Page {
  readonly items: readonly InstanceClient[]
  next(): Promise<Page> | undefined
}

/** The pages from one first page on. */
interface Walk {
  readonly model: ModelDocument
  /** URL of each page fetched → its place in the walk. */
  readonly places: Map<string, number>
}

export class ListClient implements AsyncIterable<InstanceClient> {
  readonly #session: Session
  readonly #source: ListSource
  readonly #narrowing: Narrowing

  constructor(session: Session, source: ListSource, narrowing: Narrowing = wide) {
    this.#session = session
    this.#source = source
    this.#narrowing = narrowing
  }

  #narrowed(change: Partial<Narrowing>): ListClient {
    return new ListClient(this.#session, this.#source, { ...this.#narrowing, ...change })
  }

  filter(filter: object): ListClient {
    assertFields('filter', filter)
    return this.#narrowed({ filters: [...this.#narrowing.filters, filter] })
  }

  sort(...fields: readonly string[]): ListClient {
    return this.#narrowed({ sort: fields })
  }

  limit(rows: number): ListClient {
    return this.#narrowed({ limit: rows })
  }

  async page(): Promise<Page> {
    const { filters, sort, limit } = this.#narrowing
    const { model, url } = await this.#source.find()
    const encoded = await encodeFilters(model, filters, this.#session.network)
    if (encoded === nothing) return { items: [], next: () => undefined }
    const parameters = [...encoded]
    if (sort.length > 0) parameters.push(['sort', sort.join(',')])
    if (limit !== undefined) parameters.push(['limit', String(limit)])
    return await this.#fetchPage(withParameters(url, parameters), { model, places: new Map() })
  }

  async #fetchPage(url: string, walk: Walk, place = 0): Promise<Page> {
    const reply = await this.#session.sender.send({ url })
    const page = halPageOf(reply)
    const next = page._links['next']?.href
    walk.places.set(url, place)
    return {
      items: page._embedded.item.map((item) => this.#session.row(walk.model, item)),
      next: () => (next === undefined ? undefined : this.#fetchNext(next, reply, walk, place)),
    }
  }

  /** A page that leads back to itself, or to one before it, would be walked for ever. */
  async #fetchNext(url: string, { request, status }: Reply, walk: Walk, place: number): Promise<Page> {
    if ((walk.places.get(url) ?? Infinity) <= place) {
      throw new UnexpectedAnswer(request, status, `the next page is one that was there before: ${url}`)
    }
    return await this.#fetchPage(url, walk, place + 1)
  }

  async *[Symbol.asyncIterator](): AsyncIterator<InstanceClient> {
    let page: Page | undefined = await this.page()
    while (page !== undefined) {
      yield* page.items
      page = await page.next()
    }
  }

  async all(options: { readonly max: number }): Promise<readonly InstanceClient[]> {
    const max: unknown = (options as { readonly max: number } | undefined)?.max // programs without types forget it
    if (typeof max !== 'number' || !(max >= 0)) {
      throw new TypeError('all() needs to know how many are too many: all({ max: 1000 }).')
    }
    const { limit } = this.#narrowing
    // One more than the largest number tells whether there are too many.
    const list = limit === undefined ? this.limit(Math.min(Math.floor(max) + 1, largestPage)) : this
    const instances: InstanceClient[] = []
    for await (const instance of list) {
      if (instances.length >= max) {
        throw new RangeError(`There are more than ${max} instances; raise max or narrow the list.`)
      }
      instances.push(instance)
    }
    return instances
  }

  static {
    printAs(this, (list, part) => {
      const { filters, sort, limit } = list.#narrowing
      const narrowing = [
        ...filters.map((filter) => `.filter(${part(filter)})`),
        ...(sort.length === 0 ? [] : [`.sort(${sort.map((field) => part(field)).join(', ')})`]),
        ...(limit === undefined ? [] : [`.limit(${limit})`]),
      ]
      return `List of ${list.#source.label}${narrowing.join('')}`
    })
  }
}
