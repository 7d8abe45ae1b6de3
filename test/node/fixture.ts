// The server of the wire tests: authority `h`, an application that says what it was asked, and a record of its calls.
import { afterAll, beforeAll, beforeEach } from 'vitest'
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

/** Starts a server before the tests of a file or `describe`, and closes it after them. */
export function running(options: ServeOptions = {}, handler: FetchHandler = echo): Running {
  let server: Server | undefined
  const calls: string[] = []
  const errors: unknown[] = []
  beforeAll(async () => {
    const recorded: FetchHandler = (request, info) => {
      calls.push(`${request.method} ${request.url}`)
      return handler(request, info)
    }
    server = await serve(recorded, { onError: (error) => errors.push(error), closeTimeout: 500, ...options })
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

export const HOST = 'Host: h\r\n'
