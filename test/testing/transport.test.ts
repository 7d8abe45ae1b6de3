// The mock transport: requests in their order, what they are answered, and what is said where they are others.
import { connect, ConnectionFailed, NotFound, SlumberError, type Client } from 'slumberjs'
import { mockTransport, UnexpectedRequest, type Expected, type MockTransport } from 'slumberjs/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Services } from '../types/services.ts'
import { savedContracts } from './contracts.ts'

const pizzas = 'http://pizzas.test/slumber/pizzas/'
const directory = { pizzas, atlas: 'http://atlas.test/slumber/atlas/' }
const margherita = {
  id: 1,
  name: 'Margherita',
  price: '7.5',
  _etag: '"a"',
  _links: { self: { href: `${pizzas}menu/Pizza/1`, title: 'Margherita' } },
}
const get: Expected = { url: `${pizzas}menu/Pizza/-/get?id=1`, answer: { body: margherita } }
const patch: Expected = {
  method: 'PATCH',
  url: `${pizzas}menu/Pizza/1`,
  headers: { 'If-Match': '"a"', 'content-type': /json/ },
  body: { price: '9' },
  answer: { body: { ...margherita, price: '9' } },
}

let contracts: readonly object[] = []
beforeAll(async () => {
  contracts = await savedContracts()
})

function mocked(...expected: readonly Expected[]): { client: Client<Services>; transport: MockTransport } {
  const transport = mockTransport(expected)
  return { client: connect<Services>({ directory, contracts, transport, backoff: 1 }), transport }
}

/** The program under test. */
async function raise(client: Client<Services>, price: string): Promise<string> {
  const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
  await pizza.update({ price })
  return pizza.price
}

describe('what is expected', () => {
  test('is answered in its order', async () => {
    const { client, transport } = mocked(get, patch)
    expect(await raise(client, '9')).toBe('9')
    transport.done()
  })

  test('may leave the content open, name the URL by a pattern, and be answered by a function', async () => {
    const { body: _, ...open } = patch
    const answer = async (request: Request): Promise<Response> =>
      Response.json({ ...margherita, price: 'own', asked: request.method })
    const { client, transport } = mocked(get, { ...open, url: /\/menu\/Pizza\/1$/, answer })
    expect(await raise(client, '100')).toBe('own')
    transport.done()
  })

  test('may be refused, or have no answer at all, which is tried again', async () => {
    const problem = { title: 'Not Found', status: 404 }
    const { client, transport } = mocked(
      { ...get, answer: new Error('cut off') },
      { ...get, answer: { status: 404, body: problem } },
    )
    await expect(raise(client, '9')).rejects.toThrow(NotFound)
    transport.done()
    const cut = mocked(...Array.from({ length: 3 }, () => ({ ...get, answer: new Error('cut off') })))
    await expect(raise(cut.client, '9')).rejects.toThrow(ConnectionFailed)
    cut.transport.done()
  })

  test('may be no content, or content of any type', async () => {
    const { client, transport } = mocked(
      { method: 'POST', url: 'http://a.test/', body: null, answer: {} },
      {
        method: 'PUT',
        url: 'http://a.test/',
        body: '"text"',
        answer: new Response('a,b', { headers: { 'content-type': 'text/csv' } }),
      },
      {
        method: 'post',
        url: 'http://a.test/',
        body: { b: 10n, a: [1] },
        answer: { body: 'done', headers: { 'x-a': 'b' } },
      },
    )
    expect((await client.post('http://a.test/')).status).toBe(204)
    expect((await client.put('http://a.test/', 'text')).text).toBe('a,b')
    const last = await client.post('http://a.test/', { a: [1], b: 10n })
    expect([last.text, last.headers.get('x-a'), last.status]).toEqual(['done', 'b', 200])
    transport.done()
  })
})

describe('what is not expected', () => {
  test.each([
    [
      'another content',
      [get, { ...patch, headers: {} }],
      `Request 2 has another body than expected.
  expected  PATCH ${pizzas}menu/Pizza/1
            {"price":"9"}
  got       PATCH ${pizzas}menu/Pizza/1
            {"price":"100"}`,
    ],
    [
      'another method, URL and field',
      [get, { method: 'DELETE', url: `${pizzas}menu/Pizza/2`, headers: { 'If-Match': '"b"', 'x-y': /z/ }, answer: {} }],
      `Request 2 has another method and url and field "If-Match" and field "x-y" than expected.
  expected  DELETE ${pizzas}menu/Pizza/2
            If-Match: "b"
            x-y: /z/
  got       PATCH ${pizzas}menu/Pizza/1
            If-Match: "a"
            x-y: not there`,
    ],
    [
      'one more',
      [get],
      `Request 2 is one more than expected.
  expected  nothing
  got       PATCH ${pizzas}menu/Pizza/1
            {"price":"100"}`,
    ],
  ] satisfies readonly [string, readonly Expected[], string][])('is said: %s', async (_, expected, message) => {
    const { client, transport } = mocked(...expected)
    const error = await raise(client, '100').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UnexpectedRequest)
    expect(error).toBeInstanceOf(SlumberError)
    expect((error as Error).message).toBe(message)
    // The program may have caught it.
    expect(() => transport.done()).toThrow(message)
  })

  test('is what never came', async () => {
    const { client, transport } = mocked(get, patch, { url: /x/, answer: {} })
    await client.pizzas.menu.Pizza.get({ id: 1 })
    expect(() => transport.done()).toThrow(`2 of 3 expected requests never came:
  2. PATCH ${pizzas}menu/Pizza/1
            If-Match: "a"
            content-type: /json/
            {"price":"9"}
  3. GET /x/`)
  })
})
