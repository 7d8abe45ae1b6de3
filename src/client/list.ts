// A list of instances: a collection or a data array, narrowed by filter and sort, fetched page by page as needed.

import type { ModelDocument } from '../wire/index.ts'
import { assertFields, encodeFilter, nothing, parametersOf, withParameters, type Parameters } from './encode.ts'
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
  readonly filters: readonly object[]
  readonly sort: readonly string[]
  readonly limit: number | undefined
}

const wide: Narrowing = { filters: [], sort: [], limit: undefined }

/** A longer URL goes as a QUERY, whose content is the filter: servers and proxies take 8,000 octets. */
const longestUrl = 6_000

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
    const call = await this.#call([['limit', '1']])
    if (call === nothing) return 0
    const reply = await this.#session.sender.send({ ...call, headers: { prefer: 'count=exact' } })
    const total = Number(reply.headers.get('total-count') ?? 'unknown')
    if (Number.isInteger(total)) return total
    throw new UnexpectedAnswer(reply.request, reply.status, 'it does not say how many there are')
  }

  async page(): Promise<Page> {
    const { model } = await this.#source.find()
    const walk: Walk = { model, places: new Map() }
    const { first } = this.#source
    if (first !== undefined && this.#narrowing === wide) return this.#pageOf(first, undefined, walk, 0)
    const { limit } = this.#narrowing
    const call = await this.#call(limit === undefined ? [] : [['limit', String(limit)]])
    return call === nothing ? { items: [], next: () => undefined } : await this.#fetchPage(call, walk, 0)
  }

  /** The request for the list as it is narrowed, with further parameters. */
  async #call(more: Parameters): Promise<Call | typeof nothing> {
    const { network } = this.#session
    const { filters, sort } = this.#narrowing
    const { model, url } = await this.#source.find()
    const trees = await Promise.all(filters.map((filter) => encodeFilter(model, filter, network)))
    const others = [
      ...(sort.length === 0 ? [] : [['sort', sort.join(',')] as const]),
      ...(await selectionParameters(model, this.#narrowing, network)),
      ...more,
    ]
    const narrowing: (readonly [string, string])[] = []
    for (const tree of trees) {
      const parameters = await parametersOf(model, tree, network)
      if (parameters === nothing) return nothing
      narrowing.push(...parameters)
    }
    const whole = withParameters(url, [...withOneWhere(narrowing), ...others])
    if (whole.length <= longestUrl) return { url: whole }
    return { method: 'POST', url: withParameters(`${url}/-/query`, others), body: { and: trees }, isSafe: true }
  }

  async #fetchPage(call: Call, walk: Walk, place: number): Promise<Page> {
    const reply = await this.#session.sender.send(call)
    walk.places.set(call.url, place)
    return this.#pageOf(halPageOf(reply), call, walk, place)
  }

  #pageOf(page: HalPage, call: Call | undefined, walk: Walk, place: number): Page {
    const next = page._links['next']?.href
    return {
      items: page._embedded.item.map((item) => this.#session.row(walk.model, item)),
      next: () => (next === undefined ? undefined : this.#fetchNext({ ...call, url: next }, walk, place)),
    }
  }

  /** A page that leads back to itself, or to one before it, would be walked for ever. */
  async #fetchNext(call: Call, walk: Walk, place: number): Promise<Page> {
    if ((walk.places.get(call.url) ?? Infinity) <= place) {
      throw new UnexpectedAnswer(
        { method: call.method ?? 'GET', url: call.url },
        200,
        'the next page is one that was there before',
      )
    }
    return await this.#fetchPage(call, walk, place + 1)
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
    const isWhole = limit === undefined && this.#source.first === undefined
    const list = isWhole ? this.limit(Math.min(Math.floor(max) + 1, largestPage)) : this
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
      const { filters, sort, limit, expand, fields } = list.#narrowing
      const narrowing = [
        ...filters.map((filter) => `.filter(${part(filter)})`),
        ...(sort.length === 0 ? [] : [`.sort(${sort.map((field) => part(field)).join(', ')})`]),
        ...(expand === undefined ? [] : [`.expand(${part(expand)})`]),
        ...(fields === undefined ? [] : [`.fields(${fields.map((field) => part(field)).join(', ')})`]),
        ...(limit === undefined ? [] : [`.limit(${limit})`]),
      ]
      return `List of ${list.#source.label}${narrowing.join('')}`
    })
  }
}

/** A list takes one `where`. */
function withOneWhere(parameters: Parameters): Parameters {
  const wheres = parameters.filter(([name]) => name === 'where').map(([, json]) => json)
  if (wheres.length < 2) return parameters
  return [...parameters.filter(([name]) => name !== 'where'), ['where', `{"and":[${wheres.join(',')}]}`]]
}
