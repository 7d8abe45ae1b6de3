// The server of the wire tests: authority `h`, an application that says what it was asked, and a record of its calls.
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { RequestLike } from '../../src/http/index.ts'
import { serve, type FetchHandler, type ServeOptions, type Server } from '../../src/node/index.ts'

export interface Running {
  readonly port: number
  /** Method and URL of each request that reached the application. */
  readonly calls: string[]
  /** What `onError` was told. */
  readonly errors: unknown[]
}

const echo: FetchHandler = async (request) => {
  const content = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text()
  const { method, url } = request
  return Response.json({ method, url, type: request.headers.get('content-type'), content })
}

/** How the applications of this file are asked: see `light-request.test.ts`. */
let form: 'fetch' | 'answer' = 'fetch'

/** From here on applications are served by their `answer`. */
export function serveByAnswer(): void {
  form = 'answer'
}

/** Starts a server before the tests of a file or `describe`, and closes it after them. */
export function running(options: ServeOptions = {}, handler: FetchHandler = echo): Running {
  let server: Server | undefined
  const calls: string[] = []
  const errors: unknown[] = []
  beforeAll(async () => {
    const fetch: FetchHandler = (request, info) => {
      calls.push(`${request.method} ${request.url}`)
      return handler(request, info)
    }
    const answer = (request: RequestLike, info: { readonly peer?: string }) => fetch(withText(request), info)
    const settings = { onError: (error: unknown) => errors.push(error), closeTimeout: 500, ...options }
    server = await serve(form === 'fetch' ? fetch : { fetch, answer }, settings)
  })
  beforeEach(() => {
    calls.length = 0
    errors.length = 0
  })
  afterAll(() => server?.close())
  return {
    get port() {
      return server?.port ?? 0
    },
    calls,
    errors,
  }
}

/** As much of a Request as the applications of these tests use. */
function withText(light: RequestLike): Request {
  const request = {
    method: light.method,
    url: light.url,
    headers: light.headers,
    get body() {
      return light.body
    },
    get signal() {
      return light.signal
    },
    text: async () => new TextDecoder().decode(await light.arrayBuffer()),
  }
  return request as unknown as Request // see above
}

export const HOST = 'Host: h\r\n'
