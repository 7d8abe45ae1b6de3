// `connect`: the client of a whole directory. Names are followed lazily; nothing is requested before it is needed.

import type { KnownOptions } from '../wire/index.ts'
import type { Credentials } from './credentials.ts'
import { Network, type Start } from './network.ts'
import { node } from './node.ts'
import { givenOptions, settingsOf } from './options.ts'
import { ReferenceClient } from './reference.ts'
import { breaking, type BreakerOptions } from './sending/breaker.ts'
import type { Step, Transport } from './sending/message.ts'
import { once } from './sending/once.ts'
import { retrying } from './sending/retry.ts'
import { Sender, type Call, type CallOptions, type Reply } from './sending/send.ts'
import { sharing } from './sending/sharing.ts'
import { Session } from './session.ts'
import type { Reference } from './shape.ts'
import type { UntypedInstance, UntypedServices } from './untyped.ts'

export interface ConnectOptions extends Start {
  /** Who asks. What is dear to make, a token that is fetched say, needs a `user`: without one it is made for each reference once more. */
  readonly authenticate?: Credentials | undefined
  /** The platform's `fetch` unless given. */
  readonly transport?: Transport | undefined
  /** Answers that are kept: `cache: httpCache()`. Without it every question is asked. */
  readonly cache?: Cache | undefined
  /** Milliseconds for a call, all its tries together; 30,000 unless given. */
  readonly timeout?: number | undefined
  /** Milliseconds for one try; 10,000 unless given. */
  readonly tryTimeout?: number | undefined
  /** Tries after the first, of what may be tried again: reads, PUT, DELETE, and what carries an idempotency key; 2 unless given. */
  readonly retries?: number | undefined
  /** Milliseconds before the second try, at most; doubled before each further one; 200 unless given. */
  readonly backoff?: number | undefined
  /** When a service that does not answer is left alone, and for how long: after 5 failures in a row, for 10 s, unless given. */
  readonly breaker?: { readonly [Name in keyof BreakerOptions]?: number | undefined } | false | undefined
  /** The most octets of one answer, after decoding; 64 MiB unless given. */
  readonly maxAnswerSize?: number | undefined
}

/** A step of sending that keeps answers. */
export interface Cache {
  readonly step: (next: Step) => Step
}

type Settings = ConnectOptions & {
  readonly [Name in 'timeout' | 'tryTimeout' | 'retries' | 'backoff' | 'maxAnswerSize']: number
}

const defaults: Settings = {
  directory: undefined,
  service: undefined,
  contracts: undefined,
  proxies: undefined,
  authenticate: undefined,
  transport: undefined,
  cache: undefined,
  timeout: 30_000,
  tryTimeout: 10_000,
  retries: 2,
  backoff: 200,
  breaker: undefined,
  maxAnswerSize: 64 * 1024 * 1024,
}

const defaultBreaker: BreakerOptions = { failures: 5, rest: 10_000 }

/** Every option of a call. */
const ofCalls: KnownOptions<CallOptions> = { signal: undefined, timeout: 0, tryTimeout: 0, ttl: 0 }

const ofSent: KnownOptions<Call> = {
  ...ofCalls,
  method: undefined,
  url: undefined,
  headers: undefined,
  body: undefined,
  contentType: undefined,
  isSafe: undefined,
  isKeyed: undefined,
}

/** What a client can do besides being the root of the names. */
export interface ClientMembers<Services = UntypedServices> {
  /**
   * A client of the same services whose calls have these defaults; so do those of everything that comes from it: instances, lists, references.
   *
   * @example
   * const pizza = await client.with({ signal: request.signal, timeout: 2_000 }).pizzas.menu.Pizza.get({ id: 1 })
   */
  with(options: CallOptions): Client<Services>
  /** A reference to the instance at an absolute or `slumber:` URL; nothing is asked for. */
  reference(url: string): Reference<UntypedInstance>
  /** Any request, with the client's credentials where it goes to a service of the directory, and through the same cache. */
  send(call: Call): Promise<Reply>
  get(url: string, options?: AgentOptions): Promise<Reply>
  post(url: string, body?: unknown, options?: AgentOptions): Promise<Reply>
  put(url: string, body?: unknown, options?: AgentOptions): Promise<Reply>
  patch(url: string, body?: unknown, options?: AgentOptions): Promise<Reply>
  delete(url: string, options?: AgentOptions): Promise<Reply>
}

export interface AgentOptions extends CallOptions, Pick<Call, 'headers' | 'contentType' | 'isKeyed'> {
  /** Media types, as the field Accept has them. */
  readonly accept?: string
}

export type Client<Services> = Services & ClientMembers<Services>

/**
 * Connects to every service of a directory.
 *
 * @typeParam Services as written by `slumber types`.
 * @throws TypeError where the directory or service is missing or its URL is not absolute, and for a cache that is none.
 * @example
 * const client = connect<Services>({ directory: 'http://localhost:8000/slumber/', authenticate: basic('clerk', 'clerk-demo') })
 * const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
 */
export function connect<Services = UntypedServices>(options: ConnectOptions): Client<Services> {
  const settings = settingsOf(options, defaults, 'connect(…)')
  if (typeof (settings.authenticate ?? connect) !== 'function') {
    throw new TypeError('connect({ authenticate }) takes basic(…), or a function.')
  }
  const sender = new Sender({
    next: stepsOf(settings),
    credentials: settings.authenticate,
    timeout: settings.timeout,
    isTrusted: (url) => network.trusts(url),
  })
  const network: Network = new Network(settings, sender)
  return clientOf<Services>(new Session(sender, network))
}

function clientOf<Services>(session: Session): Client<Services> {
  const { sender, network } = session
  const send = async (call: Call): Promise<Reply> => {
    givenOptions(call, ofSent, 'a call')
    const { url }: { readonly url: unknown } = call // programs without types give anything
    if (typeof url !== 'string' || url.startsWith('slumber:')) {
      throw new TypeError(`A call takes the http or https URL of what it asks for, not ${String(url)}.`)
    }
    // Whether a URL is a service's is known only once the services are.
    if (!network.trusts(call.url)) await sender.inTime({ ...call, body: undefined }, () => network.places())
    return await sender.sendForAny(call)
  }
  const ask =
    (method: string) =>
    (url: string, body?: unknown, { accept, headers, ...others }: AgentOptions = {}): Promise<Reply> =>
      send({ method, url, body, ...others, headers: { accept, ...headers } })
  const askWithout =
    (method: string) =>
    (url: string, options?: AgentOptions): Promise<Reply> =>
      ask(method)(url, undefined, options)
  const members: ClientMembers<Services> = {
    with: (options) => clientOf(session.with(givenOptions(options, ofCalls, 'with(…)'))),
    reference: (url) => new ReferenceClient(session, url) as unknown as Reference<UntypedInstance>, // its fields are known once it is fetched
    send,
    get: askWithout('GET'),
    post: ask('POST'),
    put: ask('PUT'),
    patch: ask('PATCH'),
    delete: askWithout('DELETE'),
  }
  return node(session, [], members) as Client<Services> // names are checked by the contract when they are used
}

/** What a message passes, the last first. */
function stepsOf({ transport, cache, breaker, ...settings }: Settings): Step {
  const one = once({ ...settings, transport })
  const guarded =
    breaker === false ? one : breaking(one, settingsOf(breaker ?? {}, defaultBreaker, 'connect({ breaker })'))
  const shared = sharing(retrying(guarded, settings))
  if (cache === undefined) return shared
  if (typeof cache.step !== 'function') throw new TypeError('connect({ cache }) takes httpCache().')
  return cache.step(shared)
}
