// Section A of the HTTP checklist, as far as messages are told apart: what the parser refuses, and where content ends.
import { describe, test } from 'vitest'
import { HOST, running } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { ask, askAndSeeClosed, RawClient } from './raw-client.ts'

const server = running({ authorities: ['h'] })
const smuggled = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`

const noSmuggling = () => expect(server.calls.filter((call) => call.includes('smuggled'))).toEqual([])

describe('A032 refused and closed', () => {
  test.each(['Content-Length: 3\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: chunked\r\nContent-Length: 3'])(
    'H014 Content-Length with Transfer-Encoding is 400, without a second answer: %j',
    async (lines) => {
      const text = `POST / HTTP/1.1\r\n${HOST}${lines}\r\n\r\n0\r\n\r\n${smuggled}`
      expect(await askAndSeeClosed(server.port, text)).toBeProblem(400)
      expect(server.calls).toEqual([])
    },
  )

  test.each([
    'Content-Length: 3\r\nContent-Length: 3',
    'Content-Length: 3\r\nContent-Length: 4',
    'Content-Length: 3, 3',
  ])('H015 more than one Content-Length is 400: %j', async (lines) => {
    expect(await askAndSeeClosed(server.port, `POST / HTTP/1.1\r\n${HOST}${lines}\r\n\r\nabc${smuggled}`)).toBeProblem(
      400,
    )
    expect(server.calls).toEqual([])
  })

  test.each(['-3', '+3', '3x', '0x3', '', '99999999999999999999'])('a Content-Length of %j is 400', async (length) => {
    const text = `POST / HTTP/1.1\r\n${HOST}Content-Length: ${length}\r\n\r\nabc`
    expect(await askAndSeeClosed(server.port, text)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each([
    ['space before the colon', 'A : b\r\n\r\n'],
    ['a space behind Transfer-Encoding', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a folded line', 'A: b\r\n c\r\n\r\n'],
    ['a bare LF', 'A: b\nC: d\r\n\r\n'],
    ['a bare CR', 'A: b\rC: d\r\n\r\n'],
    ['NUL in a value', 'A: b\0c\r\n\r\n'],
    ['a space in a name', 'A b: c\r\n\r\n'],
    ['no name', ': c\r\n\r\n'],
  ])('H016 %s is 400', async (_, lines) => {
    expect(await askAndSeeClosed(server.port, `GET / HTTP/1.1\r\n${HOST}${lines}`)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each(['gzip', 'gzip, chunked', 'chunked, identity', 'identity', 'xchunked', 'chunked, chunked'])(
    'H017 the transfer coding %s is 400 or 501',
    async (coding) => {
      const text = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n${smuggled}`
      const answer = await askAndSeeClosed(server.port, text)
      expect([400, 501]).toContain(answer.status)
      expect(answer).toBeProblem(answer.status)
      expect(server.calls).toEqual([])
    },
  )

  test('Transfer-Encoding in HTTP/1.0 is 400 (RFC 9112 §6.1)', async () => {
    const text = `POST / HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
    expect(await askAndSeeClosed(server.port, text)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each([
    '\x16\x03\x01\x02\x00\x01\x00',
    '\0\0\0\0\0\0',
    'GET\r\n\r\n',
    'G(T / HTTP/1.1\r\n\r\n',
    'GET / HTTP/x.y\r\n\r\n',
  ])('noise is 400: %j', async (text) => {
    expect(await askAndSeeClosed(server.port, text)).toBeProblem(400)
  })

  test('a faulty chunk is 400 and closes, with the application waiting for its content', async () => {
    const head = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`
    expect(await askAndSeeClosed(server.port, `${head}2\r\nhi\r\nzz\r\n${smuggled}`)).toBeProblem(400)
    expect(await askAndSeeClosed(server.port, `${head}1;${'x'.repeat(20_000)}\r\na\r\n0\r\n\r\n`)).toBeProblem(413)
    noSmuggling()
    expect(server.errors).toEqual([])
  })
})

describe('order', () => {
  test('noise behind a request is answered after it', async () => {
    const client = await RawClient.open(server.port)
    client.send(`GET /first HTTP/1.1\r\n${HOST}\r\nGET /second HTTP/1.1\r\n${HOST}\r\nnoise\x01\r\n\r\nmore noise`)
    expect(JSON.parse((await client.read()).body)).toMatchObject({ url: 'http://h/first' })
    expect(JSON.parse((await client.read()).body)).toMatchObject({ url: 'http://h/second' })
    expect(await client.read()).toBeProblem(400)
    expect(await client.closesWithin()).toBe(true)
  })

  test('nothing behind an answer that closes is processed', async () => {
    const client = await RawClient.open(server.port)
    client.send(`GET / HTTP/1.1\r\n\r\n${smuggled}`)
    expect(await client.read()).toBeProblem(400)
    expect(await client.closesWithin()).toBe(true)
    noSmuggling()
  })
})

describe('content', () => {
  test('H029 chunk extensions are ignored, trailers never become headers', async () => {
    const head = `POST / HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n`
    const body = '2;a=b;c="d"\r\nhi\r\n0;e\r\nContent-Type: text/html\r\nHost: other.example\r\n\r\n'
    const answer = await ask(server.port, head + body)
    expect(JSON.parse(answer.body)).toEqual({ method: 'POST', url: 'http://h/', type: 'text/plain', content: 'hi' })
  })

  test.each(['GET', 'HEAD'])('H030 content in %s is ignored and the connection stays in step', async (method) => {
    const client = await RawClient.open(server.port)
    client.send(
      `${method} /first HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nhi${method} /second HTTP/1.1\r\n${HOST}\r\n`,
    )
    const [first, second] = [await client.read({ method }), await client.read({ method })]
    client.close()
    expect([first.status, second.status]).toEqual([200, 200])
    expect(server.calls).toEqual([`${method} http://h/first`, `${method} http://h/second`])
    expect(method === 'HEAD' || second.body.includes('"url":"http://h/second"')).toBe(true)
  })

  test('a little content behind a refusal is dropped, not read as a request', async () => {
    const client = await RawClient.open(server.port)
    client.send(`POST /a//b HTTP/1.1\r\n${HOST}Content-Length: ${smuggled.length}\r\n\r\n`)
    expect(await client.read()).toBeProblem(400)
    client.send(`${smuggled}GET /next HTTP/1.1\r\n${HOST}\r\n`)
    expect(JSON.parse((await client.read()).body)).toMatchObject({ url: 'http://h/next' })
    client.close()
    expect(server.calls).toEqual(['GET http://h/next'])
  })

  test.each(['Content-Length: 1000000', 'Transfer-Encoding: chunked'])(
    'much or unmeasured content behind a refusal ends the connection: %s',
    async (line) => {
      expect(await askAndSeeClosed(server.port, `POST /a//b HTTP/1.1\r\n${HOST}${line}\r\n\r\n`)).toBeProblem(400)
    },
  )

  test('what comes behind `Connection: close` is not processed', async () => {
    const client = await RawClient.open(server.port)
    client.send(`GET /last HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n${smuggled}`)
    expect((await client.read()).status).toBe(200)
    expect(await client.closesWithin()).toBe(true)
    expect(server.calls).toEqual(['GET http://h/last'])
  })

  test('a refusal without content keeps the connection', async () => {
    const client = await RawClient.open(server.port)
    client.send(`GET /a//b HTTP/1.1\r\n${HOST}\r\n`)
    expect(await client.read()).toBeProblem(400)
    client.send(`GET /b HTTP/1.1\r\n${HOST}\r\n`)
    expect((await client.read()).status).toBe(200)
    client.close()
  })
})
