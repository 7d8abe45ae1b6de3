// What all objects of one client share: the sender, what is known of the services, and how an instance is made of an answer.

import type { ModelDocument } from '../wire/index.ts'
import { Batches } from './batch.ts'
import { textOf, withParameters, type Parameters, type Tree } from './encode.ts'
import { halObjectOf, type HalObject } from './hal.ts'
import { assertKey, keyIn } from './identity.ts'
import { InstanceClient } from './instance.ts'
import type { Network } from './network.ts'
import { onlyOnce } from './only-once.ts'
import { filled, type OwnOperation } from './operations.ts'
import type { Share } from './sending/message.ts'
import type { Call, CallOptions, Reply, Sender } from './sending/send.ts'

export class Session {
  readonly sender: Sender
  readonly network: Network
  readonly #batches: Batches

  constructor(sender: Sender, network: Network) {
    this.#batches = new Batches(this)
    this.sender = sender
    this.network = network
  }

  /** The same services, asked with other defaults by everything that comes from it. */
  with(options: CallOptions): Session {
    const sender = this.sender.with(options)
    return new Session(sender, this.network.until(sender))
  }

  /** The instance at a URL, wherever it is. */
  async instance(url: string): Promise<InstanceClient> {
    const { absolute, model } = await this.#locate(url)
    return await this.#batches.get(model, absolute)
  }

  /** The instance at a URL, which came with another one. */
  async expanded(url: string, row: HalObject): Promise<InstanceClient> {
    const { absolute, model } = await this.#locate(url)
    assertKey(model, row, keyIn(model, absolute))
    return this.row(model, row)
  }

  async #locate(url: string): Promise<{ readonly absolute: string; readonly model: ModelDocument }> {
    const absolute = await this.network.absolute(url)
    return { absolute, model: await this.network.modelOf(absolute) }
  }

  /** Asks for an instance of a model, unless the cache may give it. */
  async ask(model: ModelDocument, url: string): Promise<Reply> {
    const own = this.network.proxiesOf(model).findLast(({ cacheTtl }) => cacheTtl !== undefined)?.cacheTtl
    return await this.sender.send({ url, ttl: this.sender.defaults.ttl ?? own })
  }

  /**
   * The instance that an answer shows.
   *
   * @param asked what is known of its key.
   * @param isWhole whether nothing was left out, and nothing came with it.
   */
  instanceOf(model: ModelDocument, reply: Reply, asked: Tree, isWhole = true): InstanceClient {
    const hal = halObjectOf(reply)
    assertKey(model, hal, asked)
    const tag = reply.headers.get('etag') ?? undefined
    return this.row(model, hal, tag, isWhole ? reply.share : undefined)
  }

  /**
   * @param tag of the whole representation, where it was answered by itself.
   * @param share gives the object that is there already for this state of it.
   */
  row(model: ModelDocument, hal: HalObject, tag?: string, share?: Share): InstanceClient {
    const make = (): InstanceClient => InstanceClient.of(this, model, hal, tag)
    return share === undefined ? make() : share(this, hal._links.self.href + hal._etag, make)
  }

  /** Calls an operation by POST where it knows that; what it answers is JSON as it is. A GET carries its input in the URL. */
  async operate(operation: OwnOperation, input: unknown, pk?: string): Promise<unknown> {
    const { method, idempotency } = operation
    const { url, rest } = filled(operation, input, pk)
    const call: Call =
      method === 'GET'
        ? {
            url: withParameters(
              url,
              Object.entries(rest ?? {}).flatMap(([name, value]) => queryOf(name, value)),
            ),
          }
        : { method, url, body: rest, headers: onlyOnce(), isKeyed: idempotency === true }
    return (await this.sender.send(call)).content
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
