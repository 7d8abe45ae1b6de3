// An answer written at once is the one that Node would have written, octet for octet, and what cannot be written is refused alike.
import * as fc from 'fast-check'
import { createServer, type RequestListener } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { requestListener } from '../../src/node/index.ts'
import { RawClient } from './raw-client.ts'

let answer = (): Response => new Response()
const listener = requestListener({ fetch: () => answer(), answer: () => answer() }, { onError: () => undefined })
const open = async (each: RequestListener) => {
  const server = createServer({ requireHostHeader: false }, each)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as { port: number }).port // listening on a port
}
const quick = await open(listener)
const plain = await open((incoming, outgoing) => {
  outgoing.writeHead = outgoing.writeHead.bind(outgoing) // replaced: so that it is called
  listener(incoming, outgoing)
})

const octetsOf = async (port: number, method: string): Promise<string> => {
  const client = await RawClient.open(port)
  client.send(`${method} / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n`)
  return (await client.readAll()).replaceAll(/Date: [^\r]*/g, 'Date')
}

const name = fc.constantFrom(
  'x-a',
  'ETag',
  'Set-Cookie',
  'vary',
  'Content-Type',
  'content-length',
  'Date',
  'bad name',
  'Connection',
)
const value = fc.oneof(
  fc.constantFrom('a', 'close', '\r\nx-b: c', '☃', ''),
  fc.string({ maxLength: 20, unit: 'grapheme-ascii' }),
)

test('whatever its status, fields and text', { timeout: 30_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'HEAD'),
      fc.constantFrom(200, 201, 304, 404),
      fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 6 }),
      fc.oneof(fc.constantFrom('', 'é☃', '{}'), fc.string()),
      async (method, status, fields, text) => {
        answer = () => new Response(status === 304 ? null : text, { status, headers: Object.fromEntries(fields) })
        expect(await octetsOf(quick, method)).toBe(await octetsOf(plain, method))
      },
    ),
    { numRuns: 150 },
  )
})

test('a field keeps its octets beside text of any alphabet', async () => {
  for (const text of ['a', 'é', '☃ and so on']) {
    answer = () => new Response(text, { headers: { 'x-a': 'é' } })
    const octets = await octetsOf(quick, 'GET')
    expect(octets).toContain('x-a: \u00e9\r\n')
    expect(octets).toContain(`\r\n\r\n${Buffer.from(text).toString('latin1')}`)
  }
})

test('a status has the phrase of RFC 9110, however it is written', async () => {
  for (const contentOf of [() => '{}', () => new Blob(['{}']).stream()]) {
    for (const port of [quick, plain]) {
      answer = () => new Response(contentOf(), { status: 422 })
      expect(await octetsOf(port, 'GET')).toMatch(/^HTTP\/1\.1 422 Unprocessable Content\r\n/)
    }
  }
})
