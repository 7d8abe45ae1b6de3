// What stands in for a network that fails: a transport that answers by a script, and a proxy that loses answers of a real service.
import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net'
import { connect, type ConnectOptions, type Transport } from 'slumberjs'

export const root = 'http://h/slumber/pizzas/'

/** What comes of one request: an answer, no answer, or whatever a function makes of it. */
export type Outcome = number | Response | 'cut' | 'silence' | ((request: Request) => Response | Promise<Response>)

export interface Scripted {
  /** Method and URL of each request. */
  readonly requests: string[]
  readonly sent: Request[]
  readonly transport: Transport
  readonly client: ReturnType<typeof connect>
}

/** A client of one service whose requests come to these outcomes, one after the other; the last of them from then on. */
export function scripted(outcomes: readonly Outcome[], options: Partial<ConnectOptions> = {}): Scripted {
  const requests: string[] = []
  const sent: Request[] = []
  const transport: Transport = async (request) => {
    const outcome = outcomes[Math.min(requests.length, outcomes.length - 1)] ?? 200
    requests.push(`${request.method} ${request.url}`)
    sent.push(request)
    if (outcome === 'cut') throw new Error('cut')
    if (outcome === 'silence') return await new Promise(() => {})
    if (typeof outcome === 'function') return await outcome(request)
    if (typeof outcome !== 'number') return outcome.clone()
    return Response.json({ n: requests.length }, { status: outcome })
  }
  const client = connect({ service: root, transport, backoff: 1, ...options })
  return { requests, sent, transport, client }
}

/** What a promise is rejected with. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => 'no error',
    (error: unknown) => error,
  )
}

export interface LossyProxy {
  readonly url: string
  /** The next answers that are lost, once the service has given them. */
  losses: number
  /** First lines of the requests that passed. */
  readonly passed: string[]
  close(): Promise<void>
}

/** A socket in front of a server: requests pass, and some of the answers do not come back. */
export async function lossyProxy(port: () => number): Promise<LossyProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connectSocket(port(), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    near.on('data', (chunk: Buffer) => {
      const [line = ''] = chunk.toString('latin1').split(' HTTP/1.1', 1)
      if (/^[A-Z]+ \//.test(line)) proxy.passed.push(line)
      far.write(chunk)
    })
    far.on('data', (chunk: Buffer) => {
      if (proxy.losses === 0) return void near.write(chunk)
      proxy.losses--
      near.destroy()
      far.destroy()
    })
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo // listening on a port
  const proxy: LossyProxy = {
    url: `http://127.0.0.1:${own}`,
    losses: 0,
    passed: [],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return proxy
}

/** A promise that the test settles. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
}

export function deferred<T = void>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, ...settle! } // a promise calls its function at once
}
