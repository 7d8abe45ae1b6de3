// What a hostile tester made the server do too much of: read beyond a limit, do things twice, keep timers and rejections that nobody ends.
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { cachePage, CREATED, memoryStore, ndjson, NO_CONTENT, octets, resource } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { appOf, send, sleep } from './sending.ts'

describe('content is not read beyond the limit', () => {
  test('where it is chunked: that is 413, over a socket', async () => {
    class Inbox extends resource('/inbox') {
      override contentLimits = { size: 10, depth: 5 }
      POST(): unknown {
        return 1
      }
    }
    const server = await serve(appOf(Inbox), { onError() {} })
    const head =
      'POST /inbox HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const elevenBlanks = `b\r\n${' '.repeat(11)}\r\n0\r\n\r\n`
    let received = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(head + elevenBlanks))
    socket.on('data', (data) => (received += data.toString())).on('error', () => undefined)
    // A rejection that nobody handles, before or after the answer, fails the run.
    await expect.poll(() => received, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 413 /)
    await sleep(100)
    socket.destroy()
    await server.close()
  })

  test('where it lies about its length', async () => {
    class Upload extends resource('/upload') {
      override accepts = [octets]
      POST(): unknown {
        return 1
      }
    }
    const chunk = new Uint8Array(65_536)
    let chunksRead = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (chunksRead++ < 500) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '1' }
    const answer = await send(appOf(Upload), '/upload', { method: 'POST', headers, body, duplex: 'half' })
    expect(answer.status).toBe(413)
    expect(chunksRead * chunk.length).toBeLessThan(2_000_000)
  })
})

test('what was done is not done again because its answer did not fit into the store', async () => {
  let now = 0
  let done = 0
  const store = memoryStore({ maxSize: 2000, now: () => now })
  class Orders extends resource('/orders') {
    override idempotency = {}
    override sharedStore = store
    POST(): unknown {
      done++
      return CREATED('x'.repeat(3000))
    }
  }
  const app = appOf(Orders)
  const sent = { method: 'POST', headers: { 'idempotency-key': '"k"' } }
  expect((await send(app, '/orders', sent)).status).toBe(201)
  now += 301_000
  await send(app, '/orders', sent)
  expect(done).toBe(1)
})

test('a write to a path in another spelling drops the kept page', async () => {
  let made = 0
  class Blog extends resource('/blog') {
    override middleware = [cachePage(60)]
    override idempotency = {}
    override sharedStore = memoryStore()
    GET(): unknown {
      return ++made
    }
    PUT(): unknown {
      return NO_CONTENT
    }
  }
  const app = appOf(Blog)
  expect(await (await send(app, '/blog')).json()).toBe(1)
  await send(app, '/%62log', { method: 'PUT' })
  expect(await (await send(app, '/blog')).json()).toBe(2)
})

describe('no timer outlives a stream that its client left, over a socket', () => {
  test.each([0, 1])('whose source waits after %i rows', async (rows) => {
    const [begun, ended] = [vi.spyOn(globalThis, 'setInterval'), vi.spyOn(globalThis, 'clearInterval')]
    onTestFinished(() => {
      begun.mockRestore()
      ended.mockRestore()
    })
    let asks = 0
    class Waiting extends resource('/waiting') {
      override produces = [ndjson]
      GET(): AsyncIterable<number> {
        // A cursor that knows `return()`.
        const cursor: AsyncIterator<number> = {
          next: async () => {
            asks++
            return asks <= rows ? { value: asks } : await new Promise<never>(() => undefined)
          },
          return: async () => ({ done: true, value: 0 }),
        }
        return { [Symbol.asyncIterator]: () => cursor }
      }
    }
    const server = await serve(appOf(Waiting))
    const leaving = new AbortController()
    const asked = fetch(`${server.url}/waiting`, { signal: leaving.signal })
      .then(async (answer) => await answer.text())
      .catch(() => 'left')
    await expect.poll(() => asks).toBe(rows + 1)
    await sleep(100)
    // Before the first row there is no stream yet.
    expect(begun.mock.results.length > 0).toBe(rows > 0)
    leaving.abort()
    expect(await asked).toBe('left')
    const running = (): number => {
      const over = new Set<unknown>(ended.mock.calls.map(([timer]) => timer))
      return begun.mock.results.filter(({ value }) => !over.has(value)).length
    }
    await expect.poll(running).toBe(0)
    await server.close()
  })
})

test('two validators of which one fails at once are one 500, and no unhandled rejection', async () => {
  class Failing extends resource('/failing') {
    override async entityTag(): Promise<string> {
      await sleep(5)
      return 'v1'
    }
    override async lastModified(): Promise<Date> {
      throw new Error('the database is away')
    }
    GET(): unknown {
      return 1
    }
  }
  const unhandled: unknown[] = []
  const listeners = process.listeners('unhandledRejection') // those of vitest, which would end the run
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => unhandled.push(error))
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  })
  expect((await send(appOf(Failing), '/failing')).status).toBe(500)
  await sleep(30)
  expect(unhandled).toEqual([])
})
