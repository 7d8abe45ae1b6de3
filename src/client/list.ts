// A list of instances: a collection or a data array, narrowed by filter and sort, fetched page by page as needed.

import { parseUrl, type ModelDocument } from '../wire/index.ts'
import { assertFields, encodeFilter, parametersOf, withParameters } from './encode.ts'
import { UnexpectedAnswer } from './errors.ts'
import { halPageOf, type HalPage } from './hal.ts'
import { printAs } from './inspect.ts'
import type { InstanceClient } from './instance.ts'
import { expansionsOf, selectionParameters, type Selection } from './selection.ts'
import type { Call } from './sending/send.ts'
import type { Session } from './session.ts'

/** Where a list is: found out when it is first asked for. */
export interface ListSource {
  /** What the console calls it. */
  readonly label: string
  readonly find: () => Promise<{ readonly model: ModelDocument; readonly url: string }>
  /** Its first page, where that came with something else. */
  readonly first?: HalPage | undefined
}

interface Narrowing extends Selection {
  /** All of them must hold. */
  readonly filter?: readonly object[]
}

const wide: Narrowing = {}

/** A longer URL goes as a QUERY, whose content is the filter: servers and proxies take 8,000 octets. */
const longestUrl = 6_000

/** The most rows that a service puts on one page. */
const largestPage = 1_000

export interface Page {
  readonly items: readonly InstanceClient[]
  readonly hasNext: boolean
  next(): Promise<Page> | undefined
}

/** Pages without a row that are followed by another: a service gives none, and nobody walks for ever. */
const mostEmpty = 10

/** The way from one first page to a page. */
interface Walk {
  readonly model: ModelDocument
  readonly origin: string | undefined
  /** URL of each page fetched → its place in the walk. */
  readonly places: Map<string, number>
  readonly place: number
  /** Pages without a row that lead to this one, without others between. */
  readonly empty: number
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
    return this.#narrowed({ filter: [...(this.#narrowing.filter ?? []), filter] })
  }

  sort(...fields: readonly string[]): ListClient {
    return this.#narrowed({ sort: fields })
  }

  limit(rows: number): ListClient {
    return this.#narrowed({ limit: rows })
  }

  /** With what is behind relations: `expand('shop', { lines: { limit: 5 } })`. */
  expand(...what: readonly (string | object)[]): ListClient {
    return this.#narrowed({ expand: { ...this.#narrowing.expand, ...expansionsOf(what) } })
  }

  /** These fields alone; others are not there. */
  fields(...names: readonly string[]): ListClient {
    return this.#narrowed({ fields: names })
  }

  /** How many there are. */
  async count(): Promise<number> {
    const { model, url } = await this.#source.find()
    const call = await this.limit(1).#call(model, url)
    if (call === undefined) return 0
    const reply = await this.#session.sender.send({ ...call, headers: { prefer: 'count=exact' } })
    const total = reply.headers.get('total-count') ?? ''
    if (/^\d+$/.test(total)) return Number(total)
    throw new UnexpectedAnswer(reply, 'it does not say how many there are')
  }

  async page(): Promise<Page> {
    const { model, url } = await this.#source.find()
    const walk: Walk = { model, origin: parseUrl(url)?.origin, places: new Map(), place: 0, empty: 0 }
    const { first } = this.#source
    if (first !== undefined && this.#narrowing === wide) return this.#pageOf(first, { url }, walk)
    const call = await this.#call(model, url)
    return call === undefined ? { items: [], hasNext: false, next: () => undefined } : await this.#fetchPage(call, walk)
  }

  /** The request for the list as it is narrowed; undefined where nothing can be in it. */
  async #call(model: ModelDocument, url: string): Promise<Call | undefined> {
    const { network } = this.#session
    const { filter = [], ...selection } = this.#narrowing
    const trees = await Promise.all(filter.map((each) => encodeFilter(model, each, network)))
    const parameters = await parametersOf(model, trees, network)
    if (parameters === undefined) return undefined
    const others = await selectionParameters(model, selection, network)
    const whole = withParameters(url, [...parameters, ...others])
    if (whole.length <= longestUrl) return { url: whole }
    return { method: 'POST', url: withParameters(`${url}/-/query`, others), body: { and: trees }, isSafe: true }
  }

  async #fetchPage(call: Call, walk: Walk): Promise<Page> {
    const wrong = wrongWith(call, walk)
    if (wrong !== undefined) {
      const request = { method: call.method ?? 'GET', url: call.url }
      throw new UnexpectedAnswer({ request, status: 200 }, `the next page ${wrong}`)
    }
    const page = halPageOf(await this.#session.sender.send(call))
    walk.places.set(call.url, walk.place)
    return this.#pageOf(page, call, walk)
  }

  #pageOf(page: HalPage, call: Call, walk: Walk): Page {
    const next = page._links['next']?.href
    const { item } = page._embedded
    const further = { ...walk, place: walk.place + 1, empty: item.length === 0 ? walk.empty + 1 : 0 }
    return {
      items: item.map((each) => this.#session.row(walk.model, each)),
      hasNext: next !== undefined,
      next: () => (next === undefined ? undefined : this.#fetchPage({ ...call, url: next }, further)),
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<InstanceClient> {
    return this.#rows(Infinity)
  }

  /** The first of them, or undefined where there is none. */
  async first(): Promise<InstanceClient | undefined> {
    return (await this.#rows(1).next()).value
  }

  async all(options: { readonly max: number }): Promise<readonly InstanceClient[]> {
    const max: unknown = (options as { readonly max: number } | undefined)?.max // programs without types forget it
    if (typeof max !== 'number' || !(max >= 0)) {
      throw new TypeError('all() needs to know how many are too many: all({ max: 1000 }).')
    }
    const instances: InstanceClient[] = []
    // One more than the largest number tells whether there are too many.
    for await (const instance of this.#rows(Math.floor(max) + 1)) instances.push(instance)
    if (instances.length <= max) return instances
    throw new RangeError(`There are more than ${max} instances; raise max or narrow the list.`)
  }

  /** So many rows, and no more than the list is limited to, on as few pages as may be. */
  async *#rows(atMost: number): AsyncGenerator<InstanceClient, undefined> {
    let left = Math.min(atMost, this.#narrowing.limit ?? Infinity)
    const isThere = this.#source.first !== undefined && this.#narrowing === wide
    const list = isThere || left === Infinity ? this : this.limit(Math.min(left, largestPage))
    let page: Page | undefined = await list.page()
    while (page !== undefined) {
      for (const item of page.items) {
        yield item
        if (--left <= 0) return
      }
      page = await page.next()
    }
  }

  static {
    printAs(this, (list, part) => {
      const narrowing = Object.entries(list.#narrowing).map(
        ([member, input]) =>
          `.${member}(${[input]
            .flat()
            .map((each) => part(each))
            .join(', ')})`,
      )
      return `List of ${list.#source.label}${narrowing.join('')}`
    })
  }
}

/** Why a page is not asked for; its walk might never end, or end elsewhere. */
function wrongWith({ url }: Call, { origin, places, place, empty }: Walk): string | undefined {
  if ((places.get(url) ?? place) < place) return 'is one that was there before'
  if (parseUrl(url)?.origin !== origin) return 'is at another origin'
  return empty > mostEmpty ? `follows ${empty} without a row` : undefined
}
