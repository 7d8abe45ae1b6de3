// What all objects of one client share: the sender, what is known of the services, and how an instance is made of an answer.

import type { ModelDocument } from '../wire/index.ts'
import { withParameters } from './encode.ts'
import { halObjectOf, type HalObject } from './hal.ts'
import { InstanceClient } from './instance.ts'
import type { Network } from './network.ts'
import type { OwnOperation } from './operations.ts'
import type { Call, Reply, Sender } from './send.ts'

export class Session {
  readonly sender: Sender
  readonly network: Network

  constructor(sender: Sender, network: Network) {
    this.sender = sender
    this.network = network
  }

  /** The instance at a URL, wherever it is. */
  async instance(url: string): Promise<InstanceClient> {
    const absolute = await this.network.absolute(url)
    const model = await this.network.modelOf(absolute)
    return this.instanceOf(model, await this.sender.send({ url: absolute }))
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
  async operate({ method }: OwnOperation, url: string, input: unknown): Promise<unknown> {
    const isGet = method === 'GET' && typeof input === 'object' && input !== null
    const call: Call = isGet
      ? { url: withParameters(url, Object.entries(input).map(asText)) }
      : { method, url, ...bodyOf(input) }
    return (await this.sender.send(call)).content
  }
}

function bodyOf(input: unknown): { readonly body?: unknown } {
  return input === undefined ? {} : { body: input }
}

function asText([name, value]: readonly [string, unknown]): readonly [string, string] {
  return [name, typeof value === 'string' ? value : JSON.stringify(value)]
}
