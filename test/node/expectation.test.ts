// Expect: 100-continue (RFC 9110 §10.1.1): what is refused by its header section alone is refused before any content is sent.
import { describe, test } from 'vitest'
import { HOST, running } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { ask, RawClient } from './raw-client.ts'

const server = running({ authorities: ['h'], maxContentLength: 1_000 }, async (request) => {
  if (request.headers.get('authorization') === null) return new Response('who?', { status: 401 })
  return Response.json({ content: await request.text() }, { status: 201 })
})
const post = (fields: string, target = '/articles/') => `POST ${target} HTTP/1.1\r\n${HOST}${fields}\r\n\r\n`
const user = 'Authorization: Bearer x'

describe('H022 a request that is refused by its headers alone gets no 100', () => {
  test.each([
    [413, post(`${user}\r\nExpect: 100-continue\r\nContent-Length: 1001`)],
    [421, post('Expect: 100-continue\r\nContent-Length: 5', 'http://other.example/')],
    [400, post('Expect: 100-continue\r\nContent-Length: 5', '/a//b')],
    [501, `LOCK / HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n`],
  ])('H022 by the front: %i', async (status, text) => {
    const client = await RawClient.open(server.port)
    client.send(text)
    const answer = await client.read() // would be the 100
    expect(answer).toBeProblem(status)
    expect(answer.headers['connection']).toBe('close')
    expect(await client.closesWithin()).toBe(true)
    expect(server.calls).toEqual([])
  })

  test('H022 by the application, and the connection ends: its content cannot be told from a request', async () => {
    const client = await RawClient.open(server.port)
    client.send(post('Expect: 100-continue\r\nContent-Length: 5'))
    const answer = await client.read()
    expect(answer).toMatchObject({ status: 401, body: 'who?', headers: { connection: 'close' } })
    expect(await client.closesWithin()).toBe(true)
  })
})

test('the length limit holds for content that is sent at once, too', async () => {
  expect(await ask(server.port, post(`${user}\r\nContent-Length: 1001`) + 'x'.repeat(1_001))).toBeProblem(413)
})

test.each(['100-continue', '100-Continue'])(
  'H023 %s on an acceptable request gets 100, then the final answer',
  async (it) => {
    const client = await RawClient.open(server.port)
    client.send(post(`${user}\r\nExpect: ${it}\r\nContent-Length: 5`))
    expect((await client.read()).status).toBe(100)
    client.send('hello')
    expect(await client.read()).toMatchObject({ status: 201, body: '{"content":"hello"}' })
    client.send(`${post(`${user}\r\nContent-Length: 2`)}hi`)
    expect((await client.read()).status, 'the connection goes on').toBe(201)
    client.close()
  },
)

test('H024 an unknown expectation is 417, and ignored from HTTP/1.0', async () => {
  for (const it of ['foo', 'foo, 100-continue', '100-continue=1']) {
    expect(await ask(server.port, post(`${user}\r\nExpect: ${it}\r\nContent-Length: 2`))).toBeProblem(417)
  }
  expect(server.calls).toEqual([])
  const old = `POST / HTTP/1.0\r\n${user}\r\nExpect: foo\r\nContent-Length: 2\r\n\r\nhi`
  expect((await ask(server.port, old)).status).toBe(201)
})
