// The way of a request from Node's parser to `fetch` and back: examined, handed over, answered.

import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { knownMethods, type RequestLike } from '../http/index.ts'
import { alreadySent } from './already-sent.ts'
import { authorityJudge } from './authority.ts'
import { examine, type RequestRules } from './examine.ts'
import { continueWhenRead } from './expectation.ts'
import { IncomingRequest } from './incoming-request.ts'
import { partsReader } from './light-response.ts'
import { isClosing } from './linger.ts'
import { headersOf, refusal, writeRefusal } from './refusal.ts'
import { senderOf, type Sender, type TrustedProxies } from './sender.ts'
import { isWithoutContent, settleUnread, surviveCancel } from './unread.ts'
import { isAnswered, writeResponse } from './write-response.ts'

/** Answers a request; `peer` is the address of the socket's other end, or the client's of a trusted proxy; absent where none is known (a Unix socket). */
export type FetchHandler = (request: Request, info: PeerInfo) => Response | Promise<Response>

export interface PeerInfo {
  readonly peer?: string
}

/** What serves: `answer`, where there is one, is asked instead of `fetch`. It takes less than a Request, which saves making one. */
export interface FetchObject {
  readonly fetch: FetchHandler
  readonly answer?: (request: RequestLike, info: PeerInfo) => Response | Promise<Response>
  /** Asked before the port is listened on; where it rejects, nothing is served. */
  readonly ready?: () => Promise<void>
}

export interface FrontOptions {
  /** `host` (on every port) or `host:port` of the URLs this server answers for; others get 421. Absent: it answers for all. */
  readonly authorities?: readonly string[]
  /** Proxies that are believed from where, by which scheme and for which host a request came to them. Absent: none is. */
  readonly trustedProxies?: TrustedProxies
  /** Octets; a longer request target is 414. */
  readonly maxUriLength?: number
  /** Octets; a larger declared `Content-Length` is 413 before anything is read. Chunked content is the application's to count. */
  readonly maxContentLength?: number
  /** Told what `fetch` or a streamed body threw; the client gets a 500 without a word of it. By default it goes to stderr. */
  readonly onError?: (error: unknown) => void
}

const defaults = {
  maxUriLength: 8192,
  maxContentLength: Number.POSITIVE_INFINITY,
  onError: (error: unknown): void => void process.stderr.write(`${inspect(error)}\n`),
} as const

/** Takes a parsed request; `awaitsContinue` where the client waits for `100 Continue` and nobody has sent it. */
export type Front = (incoming: IncomingMessage, outgoing: ServerResponse, awaitsContinue?: boolean) => void

/** QUERY is parsed from Node 20.20 on: what the parser does not take is not offered. */
const methods: readonly string[] = knownMethods.filter((method) => METHODS.includes(method))
const wholeServer = { Allow: methods.join(', '), 'Cache-Control': 'no-store' }

const badUrl = refusal(400, 'malformed-request', 'The request target is not a valid URL.')
const failed = refusal(500, 'internal')
const unknownPeer = {}
/** The authority of an HTTP/1.0 request without Host. */
const standIn = 'localhost'

/**
 * The front as a listener for your own `node:http` or `node:https` server. What the parser refuses, and `Expect`, stay with that
 * server; create it with `requireHostHeader: false` and a `maxHeaderSize` above `maxUriLength`. `serve` does all of this.
 *
 * @throws TypeError for an authority that is no `host[:port]`
 * @example
 * createServer({ key, cert, requireHostHeader: false }, requestListener(app)).listen(443)
 */
export function requestListener(
  handler: FetchHandler | FetchObject,
  options: FrontOptions = {},
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const front = createFront(handler, options)
  return (incoming, outgoing) => front(incoming, outgoing)
}

/** The front with the one thing a listener is not told: whether `100 Continue` is still to be sent. */
export function createFront(handler: FetchHandler | FetchObject, options: FrontOptions): Front {
  const settings: Settings = { ...defaults, ...options }
  const standingOf = authorityJudge(settings.authorities)
  const sender = senderOf(settings.trustedProxies)
  const rules: RequestRules = { ...settings, methods: new Set(methods), standingOf, sender }
  const application = applicationOf(handler, settings, sender)
  return (incoming, outgoing, awaitsContinue = false) => {
    if (isClosing(incoming.socket)) return
    const verdict = examine(incoming, rules)
    if (verdict === 'whole server') {
      settleUnread(incoming, outgoing)
      outgoing.writeHead(204, wholeServer).end()
    } else if (verdict !== undefined) {
      writeRefusal(verdict, incoming, outgoing)
    } else if (incoming.readableDidRead) {
      // Nobody gets it twice: the application would wait for it until the client gives up.
      fail(
        new Error('Something before this listener, a body parser, has read the content.'),
        incoming,
        outgoing,
        settings.onError,
      )
    } else {
      if (isWithoutContent(incoming)) {
        if (!awaitsContinue) incoming.read() // left unread, Node reads to its end: a tenth of the whole request
      } else surviveCancel(incoming, outgoing)
      if (awaitsContinue) continueWhenRead(incoming, outgoing)
      application(incoming, outgoing)
    }
  }
}

function applicationOf(handler: FetchHandler | FetchObject, settings: Settings, sender: Sender): Application {
  if (typeof handler === 'function') return byFetch(handler, settings, sender)
  if (handler.answer === undefined) return byFetch((request, info) => handler.fetch(request, info), settings, sender)
  return byAnswer(handler as Required<FetchObject>, settings, sender) // has been looked at
}

type Settings = FrontOptions & Required<Omit<FrontOptions, 'authorities' | 'trustedProxies'>>
type Application = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** An answer that is there at once is written at once. */
function byAnswer(handler: Required<FetchObject>, { authorities, onError }: Settings, sender: Sender): Application {
  const originOf = originReader(authorities, sender)
  const partsOf = partsReader()
  return (incoming, outgoing) => {
    const onFailure = (error: unknown): void => fail(error, incoming, outgoing, onError)
    try {
      const answer = handler.answer(
        new IncomingRequest(incoming, outgoing, originOf(incoming)),
        infoOf(incoming, sender),
      )
      if (answer instanceof Promise) {
        answer.then((response) => writeResponse(response, partsOf, incoming, outgoing)).catch(onFailure)
      } else writeResponse(answer, partsOf, incoming, outgoing)?.catch(onFailure)
    } catch (error) {
      onFailure(error)
    }
  }
}

/** With a whole Request, made by @hono/node-server. */
function byFetch(fetch: FetchHandler, { authorities, onError, trustedProxies }: Settings, sender: Sender): Application {
  const originOf = originReader(authorities, sender)
  const partsOf = partsReader()
  const answer = async (request: Request, incoming: IncomingMessage, outgoing: ServerResponse) => {
    try {
      await writeResponse(await fetch(request, infoOf(incoming, sender)), partsOf, incoming, outgoing)
    } catch (error) {
      fail(error, incoming, outgoing, onError)
    }
    return alreadySent
  }
  const listener = getRequestListener(
    (request, bindings) => {
      const { incoming, outgoing } = bindings as { incoming: IncomingMessage; outgoing: ServerResponse } // never HTTP/2 here
      return answer(request, incoming, outgoing)
    },
    {
      hostname: authorities?.[0] ?? standIn,
      // Ours is caught in `answer`: what is left is a target that node-server finds no URL in.
      errorHandler: () => new Response(badUrl.content, { status: 400, headers: headersOf(badUrl) }),
    },
  )
  return (incoming, outgoing) => {
    // To node-server only a target in absolute-form has another scheme than the socket.
    if (trustedProxies?.fields?.includes('x-forwarded-proto') === true) incoming.url = originOf(incoming) + incoming.url
    void listener(incoming, outgoing)
  }
}

function fail(
  error: unknown,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  onError: (error: unknown) => void,
): void {
  const isGone = isAnswered(outgoing)
  if (!isGone || !isAbort(error, incoming)) onError(error)
  // A cut answer must not look complete (RFC 9112 §8).
  if (outgoing.headersSent) outgoing.destroy()
  else if (!isGone) writeFailure(incoming, outgoing)
}

/** Where even this cannot be written, nobody is left to be told: what was thrown here would end the process. */
function writeFailure(incoming: IncomingMessage, outgoing: ServerResponse): void {
  try {
    writeRefusal(failed, incoming, outgoing)
  } catch {
    outgoing.destroy()
  }
}

/** Scheme and authority of the URL of a request, which has a good Host or, being HTTP/1.0, none. */
function originReader(
  authorities: readonly string[] | undefined,
  { schemeOf }: Sender,
): (incoming: IncomingMessage) => string {
  const first = authorities?.[0] ?? standIn
  // Clients of one server name it in one way.
  let lastHost: string | undefined
  let lastScheme = ''
  let last = ''
  return (incoming) => {
    const { host = first } = incoming.headers
    const scheme = schemeOf(incoming) ?? 'http' // has been examined
    if (host === lastHost && scheme === lastScheme) return last
    last = new URL(`${scheme}://${host}`).origin
    lastHost = host
    lastScheme = scheme
    return last
  }
}

function infoOf(incoming: IncomingMessage, { peerOf }: Sender): PeerInfo {
  const peer = peerOf(incoming)
  return peer === undefined ? unknownPeer : { peer }
}

/** Whether an error says no more than that the client has gone: what a read of its content or its signal throws. */
function isAbort(error: unknown, { errored }: IncomingMessage): boolean {
  if (!(error instanceof Error)) return typeof error === 'string' // the reason that node-server gives to the signal
  return error === errored || error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET')
}
