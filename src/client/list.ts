// A list of instances: a collection or a data array, narrowed by filter and sort, fetched page by page as needed.

import type { ModelDocument } from '../wire/index.ts'
import { assertFields, encodeFilter, parametersOf, withParameters, type Parameters } from './encode.ts'
import { UnexpectedAnswer } from './errors.ts'
import { linkIn, pageIn, shownIn } from './hal.ts'
import type { Origin } from './identity.ts'
import { printAs } from './inspect.ts'
import type { InstanceClient } from './instance.ts'
import type { Network } from './network.ts'
import { expansionsOf, selectionParameters, type Selection } from './selection.ts'
import { bigintAsText, type Call } from './sending/send.ts'
import type { Session } from './session.ts'

/** Where a list is: found out when it is first asked for. */
export interface ListSource {
  /** What the console calls it. */
  readonly label: string
  readonly find: (network: Network) => { readonly model: ModelDocument; readonly url: string }
  /** Its first page is the content of this, where that came with something else. */
  readonly first?: PageAnswer | undefined
}

interface PageAnswer extends Origin {
  readonly content: unknown
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

/** The URL of a list with further parameters: filters add up, all others take the place of those that it has. */
function narrowed(url: string, further: Parameters): string {
  if (!url.includes('?')) return withParameters(url, further)
  const [place, query] = url.split('?', 2)
  const isAnew = (name: string): boolean => further.some(([other]) => other === name)
  const own = [...new URLSearchParams(query)]
  const kept = own.filter(
    ([name]) =>
      !(/^(?:sort|limit|fields|expand)$/.test(name) && isAnew(name)) && !(name.startsWith('with.') && isAnew('expand')),
  )
  const both = [...kept, ...further]
  const where = both.flatMap(([name, value]) => (name === 'where' ? [value] : []))
  const others = both.filter(([name]) => name !== 'where')
  return withParameters(place ?? '', where.length > 1 ? [...others, ['where', `{"and":[${where.join()}]}`]] : both)
}

/** A page, and the request for the next one. */
interface Step {
  readonly model: ModelDocument
  readonly call: Call
  readonly answer: Origin
  readonly items: readonly InstanceClient[]
  readonly next: Call | undefined
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
    const { call } = await this.limit(1).#call()
    const reply = await this.#session.sender.send({ ...call, headers: { prefer: 'count=exact' } })
    const total = reply.headers.get('total-count') ?? ''
    if (/^\d+$/.test(total)) return Number(total)
    throw new UnexpectedAnswer(reply, 'it does not say how many there are')
  }

  async page(): Promise<Page> {
    return this.#pageOf(await this.#begin())
  }

  #pageOf(step: Step): Page {
    const hasNext = step.next !== undefined
    const next = async (): Promise<Page> => this.#pageOf(await this.#further(step))
    return { items: step.items, hasNext, next: () => (hasNext ? next() : undefined) }
  }

  /** The first page. */
  async #begin(): Promise<Step> {
    const { model, call } = await this.#call()
    return this.#stepOf(model, call, this.#there() ?? (await this.#session.sender.send(call)))
  }

  /** @throws UnexpectedAnswer where the next page is somewhere else, which learns nothing of the filter. */
  async #further({ model, call, answer, next = call }: Step): Promise<Step> {
    const { network, sender } = this.#session
    if (!network.trusts(next.url)) throw new UnexpectedAnswer(answer, `the next page, ${next.url}, is of no service`)
    return this.#stepOf(model, next, await sender.send(next))
  }

  #stepOf(model: ModelDocument, call: Call, answer: PageAnswer): Step {
    const rows = pageIn(answer, answer.content)
    const next = linkIn(answer, answer.content, 'next')
    const { request, status } = answer // the rest of it need not be kept
    return {
      model,
      call,
      answer: { request, status },
      items: rows.map((each) => this.#session.shared(model, shownIn(answer, each, model))),
      next: next && { ...call, url: next.href },
    }
  }

  /** The answer that the first page came with. */
  #there(): PageAnswer | undefined {
    const { first } = this.#source
    return first?.content === undefined || this.#narrowing !== wide ? undefined : first
  }

  /** The request for the list as it is narrowed. */
  #call(): Promise<{ readonly model: ModelDocument; readonly call: Call }> {
    return this.#session.knowing((network) => {
      const { model, url } = this.#source.find(network)
      const { filter = [], ...selection } = this.#narrowing
      const tree = encodeFilter(model, filter, network)
      const others = selectionParameters(model, selection, network)
      const whole = narrowed(url, [...parametersOf(model, tree, network), ...others])
      if (whole.length <= longestUrl) return { model, call: { url: whole } }
      const twin = narrowed(url.replace(/(?=\?|$)/, '/-/query'), others)
      return { model, call: { method: 'POST', url: twin, body: tree, isSafe: true } }
    })
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
    const isThere = this.#there() !== undefined
    const list = isThere || left === Infinity ? this : this.limit(Math.min(left, largestPage))
    const seen = new Set<string>()
    let empty = 0
    for (let step = await list.#begin(); ; step = await list.#further(step)) {
      for (const item of step.items) {
        yield item
        if (--left <= 0) return
      }
      if (step.next === undefined) return
      empty = step.items.length === 0 ? empty + 1 : 0
      if (seen.add(step.call.url).has(step.next.url) || empty > mostEmpty) {
        throw new UnexpectedAnswer(step.answer, 'the next page was there before, or follows too many without a row')
      }
    }
  }

  /** As the console shows it. */
  toString(): string {
    return this.#picture((value) => JSON.stringify(value, bigintAsText))
  }

  #picture(part: (value: unknown) => string): string {
    const narrowing = Object.entries(this.#narrowing).map(
      ([member, input]) => `.${member}(${[input].flat().map(part).join(', ')})`,
    )
    return `List of ${this.#source.label}${narrowing.join('')}`
  }

  static {
    printAs(this, (list, part) => list.#picture((value) => part(value)))
  }
}
