// What all objects of one client share: the sender, what is known of the services, and how an instance is made of an answer.

import type { ModelDocument } from '../wire/index.ts'
import { Batches } from './batch.ts'
import { textOf, withParameters } from './encode.ts'
import { halObjectOf, type HalObject } from './hal.ts'
import { InstanceClient } from './instance.ts'
import type { Network } from './network.ts'
import { onlyOnce } from './only-once.ts'
import { filled, type OwnOperation } from './operations.ts'
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
    const absolute = await this.network.absolute(url)
    const model = await this.network.modelOf(absolute)
    return await this.#batches.get(model, absolute)
  }

  /** The instance at a URL, which came with another one. */
  async expanded(url: string, row: HalObject): Promise<InstanceClient> {
    return this.row(await this.network.modelOf(await this.network.absolute(url)), row)
  }

  /** Asks for an instance of a model, unless the cache may give it. */
  async ask(model: ModelDocument, url: string): Promise<Reply> {
    const own = this.network.proxiesOf(model).findLast(({ cacheTtl }) => cacheTtl !== undefined)?.cacheTtl
    return await this.sender.send({ url, ttl: this.sender.defaults.ttl ?? own })
  }

  /** The instance that an answer shows. */
  instanceOf(model: ModelDocument, reply: Reply): InstanceClient {
    return this.row(model, halObjectOf(reply), reply.headers.get('etag') ?? undefined)
  }

  /** @param tag of the whole representation, where it was answered by itself. */
  row(model: ModelDocument, hal: HalObject, tag?: string): InstanceClient {
    return InstanceClient.of(this, model, hal, tag)
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
              Object.entries(rest ?? {}).flatMap(([part, value]) =>
                value === undefined ? [] : [[part, textOf(value)]],
              ),
            ),
          }
        : { method, url, body: rest, headers: onlyOnce(), isKeyed: idempotency === true }
    return (await this.sender.send(call)).content
  }
}
