// An origin whose answers a test writes down, and clients of it that share one cache.
import {
  basic,
  connect,
  httpCache,
  type AgentOptions,
  type Call,
  type ConnectOptions,
  type HttpCacheOptions,
  type Reply,
} from 'slumberjs'

export const base = 'http://origin.test/'

export interface Origin {
  /** Method and path of every request that arrived. */
  readonly arrived: string[]
  readonly requests: Request[]
  /** Milliseconds since 1970, as the cache counts them. */
  now: number
  /** A client of a user, or of nobody; all of them share the cache. */
  readonly client: (user?: string, options?: Partial<ConnectOptions>) => Caller
}

/** What a client sends, as functions that need no client before them. */
export interface Caller {
  readonly send: (call: Call) => Promise<Reply>
  readonly get: (url: string, options?: AgentOptions) => Promise<Reply>
  readonly post: Write
  readonly put: Write
  readonly patch: Write
}

type Write = (url: string, body?: unknown) => Promise<Reply>

/** The content of an answer is how many requests arrived before it, unless the answer has its own. */
export function origin(answer: (request: Request, count: number) => Response, options: HttpCacheOptions = {}): Origin {
  const made: Origin = {
    arrived: [],
    requests: [],
    now: Date.UTC(2026, 0, 1),
    client: (user, more = {}) => {
      const client = connect<object>({
        service: base,
        cache,
        retries: 0,
        transport: (request) => {
          made.requests.push(request)
          made.arrived.push(`${request.method} ${request.url.slice(base.length - 1)}`)
          return answer(request, made.arrived.length)
        },
        ...(user === undefined ? {} : { authenticate: basic(user, 'secret') }),
        ...more,
      })
      return {
        send: (call) => client.send(call),
        get: (url, asked) => client.get(url, asked),
        post: (url, body) => client.post(url, body),
        put: (url, body) => client.put(url, body),
        patch: (url, body) => client.patch(url, body),
      }
    },
  }
  const cache = httpCache({ now: () => made.now, ...options })
  return made
}

/** An answer whose content says which one it is. */
export function numbered(count: number, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(`answer ${count}`, { status, headers: { 'content-type': 'text/plain', ...headers } })
}
