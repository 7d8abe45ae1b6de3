// A server on a port: Node's HTTP/1.1 parser with every answer of its own replaced, and the front on top.

import { createServer, type RequestListener, type Server as HttpServer, type ServerOptions } from 'node:http'
import { isIPv6, type AddressInfo, type Socket } from 'node:net'
import { refuseUnknownOptions, type KnownOptions } from '../wire/index.ts'
import { Connections } from './connections.ts'
import { createFront, type FetchHandler, type FetchObject, type FrontOptions } from './front.ts'
import { refusalOf } from './parser-error.ts'
import { unknownMethod } from './refusal.ts'

export interface ServeOptions extends FrontOptions {
  /** 0 takes a free one. */
  readonly port?: number
  /** The name or address to listen on. */
  readonly hostname?: string
  /** Octets of the request line and header section together; more is 431. Keep it above `maxUriLength`, which is 414. */
  readonly maxHeaderSize?: number
  /** Milliseconds until the header section must be there, else 408; looked at every tenth of it, at least once a second. */
  readonly headersTimeout?: number
  /** Milliseconds until the whole request must be there, else 408. */
  readonly requestTimeout?: number
  /** Milliseconds that `close` gives to running requests. */
  readonly closeTimeout?: number
}

const defaults = {
  port: 0,
  hostname: '127.0.0.1',
  maxHeaderSize: 24 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  closeTimeout: 5_000,
} as const

const known: KnownOptions<ServeOptions> = {
  ...defaults,
  authorities: true,
  trustedProxies: true,
  maxUriLength: true,
  maxContentLength: true,
  onError: true,
}

export interface Server {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Stops accepting, closes idle connections at once and the others when they are answered, or at `closeTimeout`. */
  close(): Promise<void>
}

/**
 * Serves a fetch handler, or anything with a `fetch` method, over strict HTTP/1.1 (RFC 9112). What is not well-formed, or not
 * for this server, is answered with a problem document and never reaches the handler.
 *
 * @throws Error where the address cannot be listened on (its message names it, `code` and `cause` are Node's), RangeError or
 *   TypeError for options that cannot be; what `ready` of the handler rejects with, a service's where a table is missing
 * @example
 * const server = await serve(() => new Response('hello'))
 * await fetch(server.url)
 * await server.close()
 */
export async function serve(handler: FetchHandler | FetchObject, options: ServeOptions = {}): Promise<Server> {
  refuseUnknownOptions(options, known, 'serve(handler, …)')
  const { port, hostname, closeTimeout } = { ...defaults, ...options }
  const server = createServer(parserOptions(options))
  server.maxHeadersCount = 0 // Node drops further fields in silence; `maxHeaderSize` is limit enough
  const connections = new Connections()
  attach(server, connections, handler, options)
  if (typeof handler === 'object') await handler.ready?.()
  await listen(server, port, hostname)
  const address = server.address() as AddressInfo // listening on a port, not on a pipe
  let closed: Promise<void> | undefined
  return {
    url: `http://${hostOf(hostname)}:${address.port}`,
    port: address.port,
    close: () => (closed ??= close(server, connections, closeTimeout)),
  }
}

function parserOptions(options: ServeOptions): ServerOptions {
  const { maxHeaderSize } = { ...defaults, ...options }
  // Node wants the first not above the second: the one that is given moves the default of the other.
  const requestTimeout = options.requestTimeout ?? Math.max(defaults.requestTimeout, options.headersTimeout ?? 0)
  const headersTimeout = options.headersTimeout ?? Math.min(defaults.headersTimeout, requestTimeout || Infinity)
  const connectionsCheckingInterval = Math.min(1_000, Math.ceil((headersTimeout || requestTimeout || 10_000) / 10))
  return {
    maxHeaderSize,
    headersTimeout,
    requestTimeout,
    connectionsCheckingInterval,
    insecureHTTPParser: false,
    requireHostHeader: false, // examined by the front, which answers with a problem
  }
}

function attach(
  server: HttpServer,
  connections: Connections,
  handler: FetchHandler | FetchObject,
  options: ServeOptions,
): void {
  const front = createFront(handler, options)
  server.on('connection', (socket) => connections.add(socket))
  const listener =
    (awaitsContinue: boolean): RequestListener =>
    (incoming, outgoing) => {
      const before = connections.begin(outgoing)
      if (before === undefined) front(incoming, outgoing, awaitsContinue)
      else connections.runBehind(before, outgoing, () => front(incoming, outgoing, awaitsContinue))
    }
  server.on('request', listener(false))
  server.on('checkContinue', listener(true))
  server.on('checkExpectation', listener(true))
  server.on('clientError', (error, stream) => {
    const socket = stream as Socket // a connection of this server is one
    const refusal = refusalOf(error)
    if (refusal === undefined) socket.destroy()
    else connections.refuse(socket, refusal)
  })
  server.on('connect', (_, stream) => {
    const socket = stream as Socket // as above; Node has let go of it, errors and data too
    socket.on('error', () => socket.destroy())
    socket.resume()
    connections.refuse(socket, unknownMethod)
  })
}

function listen(server: HttpServer, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, port, hostname)))
    server.listen(port, hostname, resolve)
  })
}

function listenError(cause: NodeJS.ErrnoException, port: number, hostname: string): Error {
  const why = cause.code === 'EADDRINUSE' ? 'the port is already in use' : cause.message
  const error = new Error(`Cannot listen on ${hostname}, port ${port}: ${why}.`, { cause })
  return Object.assign(error, { code: cause.code })
}

/** What to write into a URL: an address that stands for all of them is reached on the loopback one. */
function hostOf(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1'
  if (hostname === '::') return '[::1]'
  return isIPv6(hostname) ? `[${hostname}]` : hostname
}

async function close(server: HttpServer, connections: Connections, closeTimeout: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve)) // closes the idle connections too
  connections.retire()
  // An answer whose head was out before has not said that it is the last: its connection goes when it is idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => connections.destroy(), closeTimeout)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
