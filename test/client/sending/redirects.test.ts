// Where a redirect is followed to, and what goes there.
import { bearer, connect, UnexpectedAnswer, type Transport } from 'slumberjs'
import { serve } from 'slumberjs/node'
import { describe, expect, test } from 'vitest'
import { errorOf } from './fixture.ts'

const directory = { pizzas: 'http://h/slumber/pizzas/', atlas: 'http://h:8003/slumber/atlas/' }
const from = `${directory.pizzas}old`

interface Trip {
  readonly sent: { readonly method: string; readonly url: string; readonly text: string; readonly headers: Headers }[]
  readonly result: Promise<unknown>
}

/** One call that is led to a place with a status. */
const led = (
  status: number,
  location: string,
  call: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Trip => {
  const sent: Trip['sent'] = []
  const transport: Transport = async (request) => {
    const { method, url, headers } = request
    sent.push({ method, url, headers, text: await request.text() })
    return url === from ? new Response(null, { status, headers: { location } }) : Response.json({ there: true })
  }
  const client = connect({ directory, transport, authenticate: bearer('secret'), retries: 0 })
  return { sent, result: client.send({ url: from, ...call }) }
}

describe('a read', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed', async (status) => {
    const { result, sent } = led(status, 'new?x=1')
    expect(await result).toMatchObject({ content: { there: true }, request: { url: `${directory.pizzas}new?x=1` } })
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret', 'Bearer secret'])
  })

  test('within the service keeps its fields', async () => {
    const { result, sent } = led(307, `${directory.pizzas}new`, { headers: { 'If-None-Match': '"a"', 'X-Own': '1' } })
    await result
    expect([sent[1]?.headers.get('if-none-match'), sent[1]?.headers.get('x-own')]).toEqual(['"a"', '1'])
  })

  test.each([
    ['another host', 'http://evil.test/', null],
    ['another port', 'http://h:8004/slumber/pizzas/new', null],
    ['another scheme', 'https://h/slumber/pizzas/new', null],
    ['a neighbour of the service', '/slumber/pizzas-evil/', null],
    ['//', '//evil.test/slumber/pizzas/', null],
    // It has credentials of its own, as in every call to a service of the directory; but no field of the caller.
    ['another service of the directory', `${directory.atlas}new`, 'Bearer secret'],
  ])('to %s takes nothing along but Accept', async (_, location, authorization) => {
    const headers = { 'X-Api-Key': 'k', 'If-Match': '"a"', Cookie: 'c=1', Accept: 'text/plain' }
    const { result, sent } = led(302, location, { headers })
    await result
    const fields = [...(sent[1]?.headers ?? [])].filter(([name]) => name !== 'authorization')
    expect(fields).toEqual([['accept', 'text/plain']])
    expect(sent[1]?.headers.get('authorization')).toBe(authorization)
  })

  test('is followed five times', async () => {
    const urls: string[] = []
    const transport = async (request: Request): Promise<Response> => {
      urls.push(request.url)
      return Response.redirect(`${directory.pizzas}${urls.length}`, 302)
    }
    const error = await errorOf(connect({ directory, transport }).get(from))
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(String(error)).toContain(`→ 302: leads to ${directory.pizzas}6`)
    expect(urls).toHaveLength(6)
  })

  test.each(['ftp://h/x', 'javascript:alert(1)', 'http://['])('to %s is UnexpectedAnswer', async (location) => {
    const { result, sent } = led(302, location)
    expect(await errorOf(result)).toBeInstanceOf(UnexpectedAnswer)
    expect(sent).toHaveLength(1)
  })

  test('to a URL with a password is refused, and the error does not show it', async () => {
    const { result, sent } = led(302, 'http://u:pass-word@h/slumber/pizzas/new')
    const error = await errorOf(result)
    expect(String(error)).toContain('a URL with a user or password is not sent')
    expect(String(error)).not.toContain('pass-word')
    expect(sent).toHaveLength(1)
  })

  test('that a browser hides is UnexpectedAnswer', async () => {
    const opaque = new Response(null)
    Object.defineProperties(opaque, { type: { value: 'opaqueredirect' }, status: { value: 0 } }) // as browsers give it
    const client = connect({ directory, transport: async () => opaque })
    expect(String(await errorOf(client.get(from)))).toContain(`GET ${from} → 0: leads to another place`)
  })
})

describe('a write', () => {
  const write = { method: 'POST', body: { n: 1 }, headers: { 'Idempotency-Key': '"k"', 'If-Match': '"a"' } }

  test.each([307, 308])('%i within the service is sent there as it is', async (status) => {
    const { result, sent } = led(status, 'new', write)
    await result
    const { headers } = sent[1]!
    expect([sent[1]?.method, sent[1]?.url, sent[1]?.text]).toEqual(['POST', `${directory.pizzas}new`, '{"n":1}'])
    expect(['idempotency-key', 'if-match', 'content-type', 'authorization'].map((name) => headers.get(name))).toEqual([
      '"k"',
      '"a"',
      'application/json',
      'Bearer secret',
    ])
  })

  test.each([
    [301, 'new'],
    [302, 'new'],
    [303, 'new'],
    [307, 'http://evil.test/'],
    [308, 'http://h:8004/slumber/pizzas/new'],
    [308, 'https://h/slumber/pizzas/new'],
    [307, '/slumber/pizzas-evil/'],
    [308, `${directory.atlas}new`],
  ])('%i to %s is not followed', async (status, location) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { result, sent } = led(status, location, { ...write, method })
      expect(await errorOf(result)).toBeInstanceOf(UnexpectedAnswer)
      expect(sent).toHaveLength(1)
    }
  })
})

test('over sockets: the platform follows nothing by itself, and adds no field that caches heed', async () => {
  const seen: [string, Headers][] = []
  const server = await serve((request) => {
    seen.push([new URL(request.url).pathname, request.headers])
    if (request.url.endsWith('/a')) return new Response(null, { status: 307, headers: { location: '/b' } })
    return Response.json({})
  })
  const client = connect({ service: `${server.url}/`, authenticate: bearer('secret') })
  await client.get(`${server.url}/a`)
  await server.close()
  expect(seen.map(([path, headers]) => [path, headers.get('authorization')])).toEqual([
    ['/a', 'Bearer secret'],
    ['/b', 'Bearer secret'],
  ])
  for (const [, headers] of seen) expect([headers.get('cache-control'), headers.get('pragma')]).toEqual([null, null])
})
