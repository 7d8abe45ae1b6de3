// Section F of the HTTP checklist, request content: octets that JSON cannot hold, streams, digests and sockets.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { serve } from 'slumberjs/node'
import { ask as askRaw } from '../../node/raw-client.ts'
import { app, ask, dump, reset, type Asked } from './fixture.ts'

beforeEach(reset)

const limit = 1_048_576

/** Of a POST, after which nothing has been written unless it was taken. */
async function post(body: NonNullable<Asked['body']>, headers: Record<string, string> = {}): Promise<Response> {
  const before = dump()
  const response = await ask('/articles/', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  expect(dump() === before).toBe(response.status !== 201)
  return response
}

const octets = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** Pieces that are made when they are asked for. */
function stream(pieces: Iterator<Uint8Array>, onCancel: () => void = () => undefined): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull: (controller) => {
        const { done, value } = pieces.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  )
}

test.each([
  ['no UTF-8', Uint8Array.of(0xff, 0xfe)],
  ['no UTF-8 in a text', Uint8Array.from([...octets('{"title":"'), 0xc3, 0x28, ...octets('"}')])],
  ['a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...octets('{"title":"x"}')])],
  ['UTF-16', Uint8Array.from(Buffer.from('{"title":"x"}', 'utf16le'))],
])('H124 %s is 400', async (_, body) => {
  const response = await post(body)
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'malformed-content' }),
  ])
})

describe('H126 content coding', () => {
  test('H126 is taken off', async () => {
    const response = await post(Uint8Array.from(gzipSync('{"title":"New"}')), { 'content-encoding': 'gzip' })
    expect([response.status, await response.json()]).toEqual([201, { id: 78, title: 'New' }])
  })

  test('H126 the limit is one of what is decoded', async () => {
    const body = Uint8Array.from(gzipSync(new Uint8Array(limit + 1)))
    expect(body.byteLength).toBeLessThan(limit / 500)
    expect((await post(body, { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  test('H126 what is in no coding is 400', async () => {
    expect((await post('{"title":"New"}', { 'content-encoding': 'gzip' })).status).toBe(400)
  })
})

describe('size', () => {
  test('H127 a declared length over the limit is 413 before anything is sent, and the connection ends', async () => {
    const before = dump()
    const server = await serve(app, { authorities: ['h'] })
    try {
      const fields = 'Host: h\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n'
      const answer = await askRaw(server.port, `POST /articles/ HTTP/1.1\r\n${fields}`)
      expect([answer.status, answer.headers['connection']]).toEqual([413, 'close'])
    } finally {
      await server.close()
    }
    expect(dump()).toBe(before)
  })

  test('H128 content of no declared length is 413 as soon as it is over the limit', async () => {
    let sent = 0
    let isCancelled = false
    function* tenfold(): Generator<Uint8Array> {
      for (; sent < 160; sent++) yield new Uint8Array(limit / 16).fill(0x20)
    }
    const response = await post(
      stream(tenfold(), () => void (isCancelled = true)),
      { 'transfer-encoding': 'chunked' },
    )
    expect([response.status, isCancelled]).toEqual([413, true])
    expect(sent).toBeLessThan(20)
  })

  test('H129 a length is needed where a resource says so, and nowhere else', async () => {
    const chunked = (path: string): Promise<Response> =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        body: stream([octets('{"title":"New"}')].values()),
      })
    const refused = await chunked('/needs-length/')
    expect([refused.status, await refused.json()]).toEqual([411, expect.objectContaining({ code: 'length-required' })])
    expect((await chunked('/articles/')).status).toBe(201)
    const headers = { 'content-length': '2' }
    expect((await ask('/needs-length/', { method: 'POST', headers, body: '{}' })).status).toBe(200)
  })

  test('H129 over a socket', async () => {
    const server = await serve(app, { authorities: ['h'] })
    try {
      const fields =
        'Host: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
      const send = async (path: string): Promise<number> =>
        (await askRaw(server.port, `POST ${path} HTTP/1.1\r\n${fields}f\r\n{"title":"New"}\r\n0\r\n\r\n`)).status
      expect([await send('/needs-length/'), await send('/articles/')]).toEqual([411, 201])
    } finally {
      await server.close()
    }
  })
})

test.each(['['.repeat(200), `${'['.repeat(200)}${']'.repeat(200)}`, '{"title":'.repeat(200), '['.repeat(500_000)])(
  'H132 nested too deeply is 400, not a fault: %.12s…',
  async (body) => {
    const response = await post(body)
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'malformed-content', detail: expect.stringMatching(/deeper than 64/) }),
    ])
  },
)

describe('Content-Digest', () => {
  const body = '{"title":"New"}'
  const digest = (algorithm: string, text: string): string => `:${createHash(algorithm).update(text).digest('base64')}:`
  const wrong = digest('sha256', 'other')

  test.each([
    ['one', `sha-256=${wrong}`],
    ['of two that are known', `sha-256=${digest('sha256', body)}, sha-512=${digest('sha512', 'other')}`],
    ['behind one that is unknown', `md5=:AAAA:, sha-256=${wrong}`],
  ])('H134 a wrong one is 400, and nothing is written: %s', async (_, header) => {
    const response = await post(body, { 'content-digest': header })
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'digest-mismatch' }),
    ])
  })

  test('H134 it is looked at before the content is parsed', async () => {
    const response = await post('{"title":', { 'content-digest': `sha-256=${wrong}` })
    expect(await response.json()).toMatchObject({ code: 'digest-mismatch' })
  })

  test('H134 it is of the octets that were sent, coded', async () => {
    const coded = gzipSync(body)
    const header = `sha-256=:${createHash('sha256').update(coded).digest('base64')}:`
    const headers = { 'content-encoding': 'gzip', 'content-digest': header }
    expect((await post(Uint8Array.from(coded), headers)).status).toBe(201)
    reset()
    headers['content-digest'] = `sha-256=${digest('sha256', body)}`
    expect((await post(Uint8Array.from(coded), headers)).status).toBe(400)
  })

  test.each([
    ['before one that matches', `md5=:AAAA:, sha-256=${digest('sha256', body)}`],
    ['alone', 'md5=:AAAA:'],
    ['one to come', 'sha-1024=:AAAA:'],
  ])('H135 an algorithm that is unknown is ignored: %s', async (_, header) => {
    expect((await post(body, { 'content-digest': header })).status).toBe(201)
  })
})

test('H137 the content of a DELETE says nothing about what is deleted', async () => {
  const response = await ask('/articles/1/', { method: 'DELETE', body: '{"id":3}' })
  expect(response.status).toBe(204)
  expect((await ask('/articles/1/')).status).toBe(404)
  expect((await ask('/articles/3/')).status).toBe(200)
})
