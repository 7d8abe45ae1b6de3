// Section C of the HTTP checklist, availability, limits and callers: what takes more than one request, a log or a socket.
import { setTimeout as after } from 'node:timers/promises'
import { parseList, type BareItem } from 'structured-headers'
import { beforeEach, expect, test, vi } from 'vitest'
import { serve } from 'slumberjs/node'
import { RawClient } from '../../node/raw-client.ts'
import { app, ask, dump, logged, reset } from './fixture.ts'

beforeEach(reset)

test('H054 wrong credentials are answered as none are, but for the words', async () => {
  const none = await ask('/guarded/1/')
  const wrong = await ask('/guarded/1/', { headers: { authorization: 'Bearer eve' } })
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, none.headers.get('www-authenticate')])
})

test('H055 a row that is hidden is answered as one that is not there, to the byte', async () => {
  for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE']) {
    const visible = async (id: number): Promise<unknown> => {
      const content = method === 'PATCH' ? { body: '{}' } : {}
      const headers = {
        authorization: 'Bearer fay',
        'request-id': 'the-same-in-both',
        'if-match': '"v1"',
        ...(method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {}),
      }
      const response = await ask(`/hidden/${id}/`, { method, headers, ...content })
      expect(response.status).toBe(404)
      return [Object.fromEntries(response.headers), await response.text()]
    }
    expect(await visible(1)).toEqual(await visible(999))
  }
  expect((await ask('/hidden/1/', { headers: { authorization: 'Bearer ada' } })).status).toBe(200)
})

test('H055 who is known but not permitted is not asked to say who they are', async () => {
  const response = await ask('/guarded/999/', { headers: { authorization: 'Bearer fay' } })
  expect([response.status, response.headers.has('www-authenticate')]).toEqual([403, false])
})

/** The one limit that the two fields tell of, as their parser reads them. */
function limitOf({ headers }: Response): Record<string, BareItem> {
  const members: Record<string, BareItem> = {}
  for (const field of ['ratelimit-policy', 'ratelimit']) {
    const [item, ...others] = parseList(headers.get(field) ?? '')
    expect([item?.[0], others]).toEqual(['default', []])
    for (const [name, value] of item?.[1] ?? []) members[name] = value
  }
  return members
}

test('H059 every answer of what is limited tells policy and state as structured fields', async () => {
  const seen = []
  for (let count = 0; count < 3; count++) seen.push(limitOf(await ask('/limited/')))
  expect(seen.map(({ q, w, r }) => [q, w, r])).toEqual([
    [2, 60, 1],
    [2, 60, 0],
    [2, 60, 0],
  ])
  for (const { t } of seen) expect([59, 60]).toContain(t)
})

test('H060 a 429 says to come back not before t', async () => {
  for (let count = 0; count < 2; count++) expect((await ask('/limited/')).headers.has('retry-after')).toBe(false)
  const response = await ask('/limited/')
  expect([response.status, response.headers.get('cache-control')]).toEqual([429, 'no-store'])
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(Number(limitOf(response)['t']))
})

test('H061 a fault of the program is a 500 without a word of it; the log has it, with the id of the request', async () => {
  const response = await ask('/failing/program/')
  expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/problem+json'])
  const text = `${await response.text()} ${JSON.stringify([...response.headers])}`
  expect(text).not.toMatch(/secret|SELECT|users|\bat \w|\.ts\b|Failing/)
  const requestId = response.headers.get('request-id')
  const error = expect.objectContaining({ message: expect.stringContaining('secret') })
  expect(logged).toContainEqual(['error', expect.objectContaining({ requestId, error }), expect.any(String)])
})

test('H062 a fault of a remote part is logged as that, not as a fault of the program', async () => {
  expect((await ask('/failing/hangs/')).status).toBe(504)
  expect((await ask('/failing/garbage/')).status).toBe(502)
  expect(logged.map(([level]) => level)).toEqual(['warn', 'info', 'warn', 'info'])
})

const brokenOff = {
  'a declared length': 'Content-Length: 15\r\n\r\n{"title',
  chunks: 'Transfer-Encoding: chunked\r\n\r\n7\r\n{"title\r\n',
}

test.each([
  ['a declared length', 'close', app],
  ['a declared length', 'reset', app],
  ['chunks', 'close', app],
  ['chunks', 'reset', app],
  ['a declared length', 'close', app.fetch],
  ['chunks', 'reset', app.fetch],
] as const)(
  'H063 a client that leaves amid content of %s (%s) changes nothing, and no 5xx is logged',
  async (...row) => {
    const [length, end, program] = row
    const server = await serve(program, { authorities: ['h'] })
    const before = dump()
    try {
      const client = await RawClient.open(server.port)
      client.send(`POST /articles/ HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n${brokenOff[length]}`)
      await after(50) // until the program waits for the rest
      client[end]()
      await vi.waitFor(() => expect(logged).not.toEqual([]))
    } finally {
      await server.close()
    }
    expect(dump()).toBe(before)
    expect(logged).toEqual([['info', expect.objectContaining({ method: 'POST', status: 400 }), 'request']])
  },
)
