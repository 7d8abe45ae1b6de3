// `connect`: the client of a whole directory. Names are followed lazily; nothing is requested before it is needed.

import type { Credentials } from './credentials.ts'
import { Network, type Start } from './network.ts'
import { node } from './node.ts'
import { ReferenceClient } from './reference.ts'
import { Sender, type Call, type Reply, type Transport } from './send.ts'
import { Session } from './session.ts'
import type { Reference } from './shape.ts'
import type { UntypedInstance, UntypedServices } from './untyped.ts'

export interface ConnectOptions extends Start {
  readonly authenticate?: Credentials
  /** The platform's `fetch` unless given. */
  readonly transport?: Transport
  /** Milliseconds for one request; 30,000 unless given. */
  readonly timeout?: number
  /** The most octets of one answer, after decoding; 64 MiB unless given. */
  readonly maxAnswerSize?: number
}

/** What a client can do besides being the root of the names. */
export interface ClientMembers {
  /** A reference to the instance at an absolute or `slumber:` URL; nothing is asked for. */
  reference(url: string): Reference<UntypedInstance>
  /** Any request, with the client's credentials where it goes to a service of the directory. */
  send(call: Call): Promise<Reply>
}

export type Client<Services> = Services & ClientMembers

/**
 * Connects to every service of a directory.
 *
 * @typeParam Services as written by `slumber types`.
 * @throws TypeError where the directory or service is missing or its URL is not absolute.
 * @example
 * const client = connect<Services>({ directory: 'http://localhost:8000/slumber/', authenticate: basic('clerk', 'clerk-demo') })
 * const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
 */
export function connect<Services = UntypedServices>(options: ConnectOptions): Client<Services> {
  const sender = new Sender({
    transport: options.transport ?? ((request) => fetch(request)),
    credentials: options.authenticate,
    timeout: options.timeout ?? 30_000,
    maxAnswerSize: options.maxAnswerSize ?? 64 * 1024 * 1024,
    isTrusted: (url) => network.trusts(url),
  })
  const network: Network = new Network(options, sender)
  const session = new Session(sender, network)
  const members: ClientMembers = {
    reference: (url) => new ReferenceClient(session, url) as unknown as Reference<UntypedInstance>, // its fields are known once it is fetched
    async send(call) {
      // Whether a URL is a service's is known only once the services are.
      if (!network.trusts(call.url)) await network.addresses()
      return await sender.send(call)
    },
  }
  return node(session, [], members) as Client<Services> // names are checked by the contract when they are used
}
