// What all objects of one client share: the sender, what is known of the services, and how an instance is made of an answer.

import type { ModelDocument } from '../wire/index.ts'
import { batching } from './batch.ts'
import { textOf, withParameters, type Parameters } from './encode.ts'
import { shownBy, shownIn, type Shown } from './hal.ts'
import { keyAt, type Origin } from './identity.ts'
import { InstanceClient } from './instance.ts'
import { ListClient, type ListSource } from './list.ts'
import type { Network } from './network.ts'
import { onlyOnce } from './only-once.ts'
import { filled, type OwnOperation } from './operations.ts'
import type { Share } from './sending/message.ts'
import type { CallOptions, Sender } from './sending/send.ts'
import type { Tree } from './values.ts'

export class Session {
  readonly sender: Sender
  readonly network: Network
  readonly #together: (model: ModelDocument, url: string) => Promise<InstanceClient>

  constructor(sender: Sender, network: Network) {
    this.#together = batching(this)
    this.sender = sender
    this.network = network
  }

  /** The same services, asked with other defaults by everything that comes from it. */
  with(options: CallOptions): Session {
    return new Session(this.sender.with(options), this.network)
  }

  /** What some work comes to, once what it has to know of the services is there. */
  knowing<T>(work: (network: Network) => T): Promise<T> {
    const { network } = this
    return network.knowing(this.sender, () => work(network))
  }

  /** The instance at a URL, wherever it is. */
  async instance(link: string): Promise<InstanceClient> {
    const { model, url } = await this.knowing((network) => network.at(link))
    return await this.#together(model, url)
  }

  /** The instance at a URL, which came with another one. */
  expanded(link: string, origin: Origin, row: unknown): Promise<InstanceClient> {
    return this.knowing((network) => {
      const { model, url } = network.at(link)
      return this.shared(model, shownIn(origin, row, model, keyAt(model, url)))
    })
  }

  /**
   * Asks for an instance of a model, unless the cache may give it.
   *
   * @param asked what is known of its key: what its URL says, unless given.
   * @param isWhole whether nothing is left out, and nothing comes with it.
   */
  async ask(model: ModelDocument, url: string, asked?: Tree, isWhole = true): Promise<InstanceClient> {
    const own = this.network.proxiesOf(model).findLast(({ cacheTtl }) => cacheTtl !== undefined)?.cacheTtl
    const reply = await this.sender.send({ url, ttl: this.sender.defaults.ttl ?? own })
    const shown = shownBy(reply, model, asked ?? keyAt(model, reply.request.url))
    return this.shared(model, shown, isWhole ? reply.share : undefined)
  }

  /** @param share gives the object that is there already for this state of it. */
  shared(model: ModelDocument, shown: Shown, share?: Share): InstanceClient {
    const make = (): InstanceClient => InstanceClient.of(this, model, shown)
    return share === undefined ? make() : share(this, shown.self.href + shown.hal._etag, make)
  }

  /** Calls an operation by POST where it knows that. A GET carries its input in the URL. What is no instance or page of them is JSON as it is. */
  async operate(operation: OwnOperation, input: unknown, pk?: string): Promise<unknown> {
    const { method, idempotency, gives } = operation
    const { url, rest } = filled(operation, input, pk)
    const query = Object.entries(method === 'GET' ? (rest ?? {}) : {}).flatMap(([name, value]) => queryOf(name, value))
    const call = { method, body: rest, headers: onlyOnce(), isKeyed: idempotency === true }
    const reply = await this.sender.send({ ...(method === 'GET' ? {} : call), url: withParameters(url, query) })
    const given = gives?.[method]
    if (given === undefined) return reply.content
    const model = await this.knowing((network) => network.modelOf(given.model))
    if (given.page !== true) return this.shared(model, shownBy(reply, model))
    const find: ListSource['find'] = () => ({ model, url: reply.request.url })
    return await new ListClient(this, { label: url, find, first: reply }).page()
  }
}

/** As services read them: a list repeats its name. */
function queryOf(name: string, value: unknown): Parameters {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((each) => queryOf(name, each))
  if (value instanceof Date && !Number.isNaN(value.getTime())) return [[name, value.toISOString()]]
  if (typeof value !== 'object') return [[name, textOf(typeof value === 'bigint' ? String(value) : value)]]
  throw new TypeError(`"${name}" is for a URL: a text, number, boolean, date, or a list of these.`)
}
