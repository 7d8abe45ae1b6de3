// Finished Responses, and what handlers say of their octets, where the layer codes content, takes a part of it, or cannot send it.

import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  memoryStore,
  NO_CONTENT,
  OK,
  Problem,
  resource,
  Resource,
  router,
  type ContentCoding,
  type ResourceClass,
} from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask } from '../fixture.ts'

const text = 'x'.repeat(1_000)
const acceptsGzip = { 'accept-encoding': 'gzip' }

/** A resource with one answer, which may be coded and sent in parts. */
function answering(make: () => unknown): ResourceClass {
  return class extends Resource {
    override get encodings(): readonly ContentCoding[] {
      return ['gzip']
    }
    override get ranges(): boolean {
      return true
    }
    GET(): unknown {
      return make()
    }
  }
}

describe('a coding', () => {
  test('takes with it what was said of the octets without it', async () => {
    const headers = { 'content-length': '1000', 'content-digest': 'sha-256=:AAAA:', 'repr-digest': 'sha-256=:AAAA:' }
    const response = await ask(
      answering(() => new Response(text, { headers })),
      'GET',
      { headers: acceptsGzip },
    )
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(Object.keys(headers).filter((name) => response.headers.has(name))).toEqual([])
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(text)
  })

  test.each([
    ['a part', () => new Response('01', { status: 206, headers: { 'content-range': 'bytes 0-1/10' } })],
    ['what says that it is one', () => new Response('01', { headers: { 'content-range': 'bytes 0-1/10' } })],
    ['what has a strong tag of its own', () => new Response('01', { headers: { etag: '"up"' } })],
    ['content with a strong tag of its own', () => OK('01', { etag: '"up"' })],
  ])('is not put on %s', async (_, make) => {
    const response = await ask(answering(make), 'GET', { headers: { ...acceptsGzip, range: 'bytes=0-0' } })
    expect(response.headers.has('content-encoding')).toBe(false)
    expect(response.headers.get('content-range') ?? 'bytes 0-1/10').not.toContain('/1000')
  })

  test('is put on what has a weak one', async () => {
    const make = (): Response => new Response(text, { headers: { etag: 'W/"up"' } })
    const response = await ask(answering(make), 'GET', { headers: acceptsGzip })
    expect([response.headers.get('content-encoding'), response.headers.get('etag')]).toEqual(['gzip', 'W/"up"'])
  })
})

test('a part has neither the length nor the digest of the whole', async () => {
  const headers = { 'content-length': '1000', 'content-digest': 'sha-256=:AAAA:', 'repr-digest': 'sha-256=:AAAA:' }
  const make = (): unknown => OK(new TextEncoder().encode(text), headers)
  const response = await ask(answering(make), 'GET', { headers: { range: 'bytes=0-9' } })
  expect([response.status, await response.text()]).toEqual([206, 'x'.repeat(10)])
  expect(response.headers.get('content-length')).toBe('10')
  expect(response.headers.has('content-digest')).toBe(false)
  expect(response.headers.get('repr-digest')).toBe('sha-256=:AAAA:')
})

test('fields of the connection that a Response came over stay behind, those too that `Connection` names', async () => {
  const hops = {
    te: 'trailers',
    trailer: 'x-late',
    'proxy-authenticate': 'Basic',
    'x-hop': '1',
    'x-other': '2',
    'keep-alive': 'timeout=5',
  }
  const headers = { ...hops, connection: 'close, X-Hop\t,x-other', 'x-end': '3' }
  const response = await ask(
    answering(() => new Response(text, { headers })),
    'GET',
  )
  expect(['connection', ...Object.keys(hops)].filter((name) => response.headers.has(name))).toEqual([])
  expect(response.headers.get('x-end')).toBe('3')
})

test.each([100, 101])('a problem of status %i is a fault of the program', async (status) => {
  const make = (): unknown => {
    throw new Problem(status)
  }
  expect((await ask(answering(make), 'GET')).status).toBe(500)
})

test('so is an error response', async () => {
  expect(
    (
      await ask(
        answering(() => Response.error()),
        'GET',
      )
    ).status,
  ).toBe(500)
})

test('no content has no length', async () => {
  const response = await ask(
    answering(() => NO_CONTENT(undefined, { 'content-length': '5' })),
    'GET',
  )
  expect([response.status, response.headers.has('content-length')]).toEqual([204, false])
})

describe('over a socket', () => {
  class Coded extends resource('/coded') {
    override get encodings(): readonly ContentCoding[] {
      return ['gzip']
    }
    GET(): unknown {
      return new Response(text, { headers: { 'content-length': '1000', 'content-type': 'text/plain' } })
    }
  }
  class Unwritable extends resource('/unwritable') {
    override readonly idempotency = {}
    override readonly sharedStore = memoryStore()
    POST(): unknown {
      return OK(1, { 'bad name': '1' })
    }
  }
  class Failing extends resource('/failing') {
    GET(): unknown {
      return Response.error()
    }
  }
  const app = router([Coded, Unwritable, Failing], { logger: silentLogger })
  let server: Server
  beforeAll(async () => {
    server = await serve(app)
  })
  afterAll(() => server.close())

  test('coded content comes whole', async () => {
    const response = await fetch(`${server.url}/coded`)
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual(['gzip', text])
  })

  test('a field that cannot be written is 500, with an idempotency key as well', async () => {
    const init = { method: 'POST', headers: { 'idempotency-key': '"a"' } }
    expect((await fetch(`${server.url}/unwritable`, init)).status).toBe(500)
    expect((await app.fetch(new Request('http://h/unwritable', init))).status).toBe(500)
  })

  test('an error response is 500', async () => {
    expect((await fetch(`${server.url}/failing`)).status).toBe(500)
  })
})
