// What a part of a representation holds and says. Section H of the HTTP checklist; what is one answer is in cases-2.json.
import { beforeEach, describe, expect, test } from 'vitest'
import { resource, router } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { silentLogger } from '../../../src/wire/index.ts'
import { app, ask, reset, rows } from './fixture.ts'
import { askApp, Greeting } from './fixture-2.ts'

beforeEach(reset)

const octetsOf = async (response: Response): Promise<readonly number[]> => [
  ...new Uint8Array(await response.arrayBuffer()),
]
const part = async (range: string): Promise<Response> => await ask('/blob/1', { headers: { range } })

test('H174 what is made anew for each request has no parts, and says so to OPTIONS', async () => {
  const whole = await ask('/articles/1/')
  const response = await ask('/articles/1/', { headers: { range: 'bytes=0-1', 'if-range': '"v1"' } })
  expect([response.status, await response.text()]).toEqual([200, await whole.text()])
  expect(response.headers.get('accept-ranges') ?? 'none').toBe('none')
  expect((await ask('/articles/1/', { method: 'OPTIONS' })).headers.get('accept-ranges')).toBe('none')
})

test('H175 the first ten octets are ten octets, on a socket with their length', async () => {
  const response = await part('bytes=0-9')
  expect([response.status, response.headers.get('content-range')]).toEqual([206, 'bytes 0-9/100'])
  expect(await octetsOf(response)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  const server = await serve(app.fetch)
  try {
    const sent = await fetch(`${server.url}/blob/1`, { headers: { range: 'bytes=0-9' } })
    expect(sent.status).toBe(206)
    expect(sent.headers.get('content-range')).toBe('bytes 0-9/100')
    expect(sent.headers.get('content-length')).toBe('10')
    expect(await octetsOf(sent)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  } finally {
    await server.close()
  }
})

test.each([
  ['H176', 'bytes=-10'],
  ['H176', 'bytes=90-'],
  ['H177', 'bytes=90-1000'],
])('%s the last ten octets are these: %s', async (_id, range) => {
  expect(await octetsOf(await part(range))).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
})

test('ranges that join are one part, others give the whole', async () => {
  const joined = await part('bytes=0-4, 5-9')
  expect([joined.status, joined.headers.get('content-range')]).toEqual([206, 'bytes 0-9/100'])
  expect((await part('bytes=0-4, 90-99')).status).toBe(200)
})

test('what is beyond the end is 416, with the length', async () => {
  const response = await part('bytes=100-')
  expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */100'])
  expect(response.headers.has('etag')).toBe(false)
})

test('H180 a PUT with Range stores all of it, and a HEAD says what GET would', async () => {
  const body = Uint8Array.from([1, 2, 3])
  const headers = { range: 'bytes=0-1', 'content-type': 'application/octet-stream' }
  expect((await ask('/blob/1', { method: 'PUT', headers, body })).status).toBe(204)
  expect([...rows.blob.octets]).toEqual([1, 2, 3])
  const [head, get] = [await ask('/blob/1', { method: 'HEAD', headers: { range: 'bytes=0-1' } }), await ask('/blob/1')]
  expect([head.status, head.headers.get('accept-ranges'), head.headers.get('etag')]).toEqual([
    200,
    'bytes',
    get.headers.get('etag'),
  ])
})

describe('H182 many ranges are refused cheaply', () => {
  test.each([
    ['small ones', Array.from({ length: 1000 }, (_, index) => `${index % 100}-${index % 100}`)],
    ['ones that overlap', Array.from({ length: 1000 }, () => '0-')],
    ['of the end', Array.from({ length: 1000 }, () => '-1')],
    ['out of order', Array.from({ length: 1000 }, (_, index) => `${99 - (index % 50) * 2}-`)],
  ])('%s', async (_name, ranges) => {
    await part('bytes=0-0') // so that nothing is done for the first time
    const started = performance.now()
    const response = await part(`bytes=${ranges.join(',')}`)
    const took = performance.now() - started
    expect([200, 416]).toContain(response.status)
    if (response.status === 200) expect(await octetsOf(response)).toHaveLength(100)
    expect(took).toBeLessThan(1_000)
  })
})

test('H183 If-Range is a condition of the part alone: the rest comes whole, with its tag', async () => {
  const ask200 = await ask('/blob/1', { headers: { range: 'bytes=50-', 'if-range': '"old"' } })
  expect([ask200.status, ask200.headers.get('etag'), (await octetsOf(ask200)).length]).toEqual([200, '"b1"', 100])
  const ask206 = await ask('/blob/1', { headers: { range: 'bytes=50-', 'if-range': '"b1"' } })
  expect([ask206.status, ask206.headers.get('etag'), (await octetsOf(ask206)).length]).toEqual([206, '"b1"', 50])
})

test('H185 a date that may still hold two states is no strong validator', async () => {
  class Recent extends resource('/') {
    override ranges = true
    override lastModified = (): Date => new Date()
    GET = (): unknown => new Uint8Array(100)
  }
  const recent = router([Recent], { logger: silentLogger })
  const modified = (await askApp(recent, '/')).headers.get('last-modified') ?? ''
  expect((await askApp(recent, '/', { headers: { range: 'bytes=0-9', 'if-range': modified } })).status).toBe(200)
})

describe('a text', () => {
  const greeting = router([Greeting], { logger: silentLogger })
  const octets = new TextEncoder().encode(Greeting.content)

  test.each([
    [0, 3],
    [2, 2],
    [3, 17],
    [octets.length - 4, octets.length - 1],
  ])('is counted in octets, not in characters: %i-%i', async (first, last) => {
    const response = await askApp(greeting, '/greeting/', { headers: { range: `bytes=${first}-${last}` } })
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${octets.length}`)
    expect(await octetsOf(response)).toEqual(Array.from(octets.subarray(first, last + 1)))
  })

  test('in parts is the whole, once they are put together', async () => {
    const parts: number[] = []
    for (let first = 0; first < octets.length; first += 7) {
      const response = await askApp(greeting, '/greeting/', { headers: { range: `bytes=${first}-${first + 6}` } })
      expect(response.status).toBe(206)
      parts.push(...(await octetsOf(response)))
    }
    expect(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(parts))).toBe(Greeting.content)
  })

  test('H187 a 206 carries what the 200 would', async () => {
    const names = [
      'date',
      'etag',
      'last-modified',
      'cache-control',
      'expires',
      'vary',
      'content-location',
      'content-type',
    ]
    const pick = ({ headers }: Response): Record<string, string | null> =>
      Object.fromEntries(names.map((name) => [name, headers.get(name)]))
    const whole = pick(await askApp(greeting, '/greeting/'))
    const response = await askApp(greeting, '/greeting/', { headers: { range: 'bytes=0-3' } })
    expect(response.status).toBe(206)
    // A second may pass between the two.
    const inTime = { date: expect.any(String), 'cache-control': expect.stringMatching(/^public, max-age=\d+$/) }
    expect(pick(response)).toEqual({ ...whole, ...inTime })
    expect(whole).toMatchObject({ vary: 'cookie', 'content-location': '/greeting/v1', expires: expect.any(String) })
    for (const value of Object.values(whole)) expect(value).not.toBeNull()
  })
})
