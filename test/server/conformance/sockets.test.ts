// What only a socket can do to a service: requests that break off, come slowly, several at once or as two things at a time,
// and answers that nobody waits for. Nothing is written that was not asked for whole, and the next request is answered.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { serve, type Server } from 'slumberjs/node'
import { RawClient, type RawAnswer } from '../../node/raw-client.ts'
import { dialects, menuOver, servingOn } from '../dialects.ts'

const root = '/slumber/pizzas/menu'
const head = 'Host: pizzas.test\r\nAuthorization: Test admin\r\n'
const json = 'Content-Type: application/json\r\n'

/** @param text octets as Latin-1, of which the client makes no others. */
const sent = (method: string, path: string, text: string, lines = ''): string =>
  `${method} ${root}${path} HTTP/1.1\r\n${head}${json}${lines}Content-Length: ${text.length}\r\n\r\n${text}`
const asked = (path: string, lines = ''): string => `GET ${root}${path} HTTP/1.1\r\n${head}${lines}\r\n`

const pizza = '{"name":"Smuggled","price":"1"}'
const crusts = JSON.stringify(Array.from({ length: 500 }, (_, index) => ({ code: `c${index}`, name: 'x' })))

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, ({ crusts: table, samples }) => ({
    apps: [
      menuOver(dialect, {
        Bulk: model(table, { bulk: true }),
        Sample: model(samples, { bulk: true, export: true }),
      }),
    ],
  }))
  const errors: unknown[] = []
  let server: Server | undefined
  beforeAll(async () => {
    server = await serve(api.service, { authorities: ['pizzas.test'], onError: (error) => errors.push(error) })
  })
  afterAll(async () => {
    await server?.close()
    if (errors.length > 0) throw new Error(`The server reports ${errors.map(String).join(', ')}.`)
  })
  const open = (allowHalfOpen = false): Promise<RawClient> => RawClient.open(server?.port ?? 0, { allowHalfOpen })

  async function ask(text: string): Promise<RawAnswer> {
    const client = await open()
    client.send(text)
    const answer = await client.read()
    client.close()
    return answer
  }

  const price = async (id: number): Promise<unknown> => JSON.parse((await ask(asked(`/Pizza/${id}`))).body).price

  describe.each([
    ['a create', '/Pizza', pizza],
    ['a bulk create', '/Bulk', crusts],
    ['a strict bulk create', '/Bulk', crusts],
  ])('%s that breaks off', (name, path, text) => {
    const lines = `${json}${name.includes('strict') ? 'Prefer: handling=strict\r\n' : ''}`
    const begun = `POST ${root}${path} HTTP/1.1\r\n${head}${lines}`
    const chunk = `${text.length.toString(16)}\r\n${text}\r\n`

    test.each([
      ['in the middle', `${begun}Content-Length: ${text.length}\r\n\r\n${text.slice(0, -9)}`],
      [
        'one octet before its end, with JSON that is whole',
        `${begun}Content-Length: ${text.length + 1}\r\n\r\n${text}`,
      ],
      ['before its last chunk', `${begun}Transfer-Encoding: chunked\r\n\r\n${chunk}`],
      ['in its last chunk', `${begun}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n`],
    ])('%s writes nothing', async (_, request) => {
      const before = await api.dump()
      const half = await open(true)
      half.send(request)
      expect(await half.readAll()).toMatch(/^(?:HTTP\/1\.1 400 |$)/)
      for (const leave of ['close', 'reset'] as const) {
        const client = await open()
        await client.sendBytes(Buffer.from(request, 'latin1'))
        client[leave]()
      }
      expect((await ask(asked('/Pizza?limit=1'))).status).toBe(200)
      expect(await api.dump()).toBe(before)
    })
  })

  test.each([
    ['Content-Length with chunks', 400, `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks with Content-Length', 400, `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['a blank before the colon', 400, `Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}`],
    ['a coding that is none', 501, `Transfer-Encoding: xchunked\r\n\r\n`],
    ['a chunk of a negative size', 400, `Transfer-Encoding: chunked\r\n\r\n-1\r\n`],
    ['a chunk of 2^68 octets', 400, `Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n`],
    ['a size with 0x', 400, `Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n`],
    ['a line end of LF in an extension', 400, `Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n`],
  ])('%s is refused, with the request that hides behind it', async (_, status, rest) => {
    const before = await api.dump()
    const client = await open()
    client.send(`POST ${root}/Pizza HTTP/1.1\r\n${head}${json}${rest}${sent('POST', '/Pizza', pizza)}`)
    expect((await client.read()).status).toBe(status)
    expect(await client.closesWithin()).toBe(true)
    expect(await api.dump()).toBe(before)
  })

  test.each(['Host: other.test', 'Authorization: Test nobody', 'Content-Type: text/plain', 'Content-Length: 3'])(
    'a second line of a field that has one is refused: %s',
    async (line) => {
      const before = await api.dump()
      expect((await ask(sent('POST', '/Pizza', pizza, `${line}\r\n`))).status).toBe(400)
      expect(await api.dump()).toBe(before)
    },
  )

  test('content of a GET is no request', async () => {
    const before = await api.dump()
    const hidden = sent('POST', '/Pizza', pizza)
    const client = await open()
    client.send(`${asked('/Pizza/1', `Content-Length: ${hidden.length}\r\n`)}${hidden}${asked('/Pizza/2')}`)
    expect(JSON.parse((await client.read()).body)).toMatchObject({ id: 1 })
    expect(JSON.parse((await client.read()).body)).toMatchObject({ id: 2 })
    client.close()
    expect(await api.dump()).toBe(before)
  })

  test('requests at once are answered in order, and those that fail in the middle are nobody else’s', async () => {
    const client = await open()
    const requests: readonly (readonly [status: number, request: string])[] = [
      [200, asked('/Pizza/1')],
      [422, sent('POST', '/Pizza', '{"name":1,"price":"1"}')],
      [400, sent('POST', '/Pizza', '{')],
      [201, sent('POST', '/Pizza', pizza)],
      [409, sent('POST', '/Pizza', pizza)],
      [404, sent('PATCH', '/Pizza/99', '{}')],
      [400, asked('/Pizza?nothing=1')],
      [422, sent('PATCH', '/Pizza/2', '{"name":"a\\u0000"}')],
      [200, sent('PATCH', '/Pizza/2', '{"price":"8"}')],
      [200, asked('/Pizza/2')],
    ]
    client.send(requests.map(([, request]) => request).join(''))
    const answers: RawAnswer[] = []
    for (const _ of requests) answers.push(await client.read())
    client.close()
    expect(answers.map(({ status }) => status)).toEqual(requests.map(([status]) => status))
    expect(Number(JSON.parse(answers.at(-1)?.body ?? '').price)).toBe(8)
  })

  test('slow senders hold nobody up, and are answered when they have sent', async () => {
    const slow = await Promise.all(Array.from({ length: 10 }, () => open()))
    const begun = `PATCH ${root}/Pizza/2 HTTP/1.1\r\n${head}${json}Content-Length: 13\r\n\r\n{"price"`
    for (const client of slow) await client.sendBytes(Buffer.from(begun))
    expect((await ask(sent('PATCH', '/Pizza/2', '{"price":"8"}'))).status).toBe(200)
    expect(Number(await price(2))).toBe(8)
    for (const client of slow) client.send(':"9"}')
    const answers = await Promise.all(slow.map((client) => client.read()))
    expect(answers.map(({ status }) => status)).toEqual(slow.map(() => 200))
    expect(Number(await price(2))).toBe(9)
    for (const client of slow) client.close()
  })

  test('who leaves in the middle of a write or of a whole list takes no connection along', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ id: 100 + index, word: 'w'.repeat(900) }))
    expect((await ask(sent('POST', '/Sample', JSON.stringify(rows)))).status).toBe(200)
    for (const format of ['ndjson', 'csv', 'json', 'xml']) {
      for (const leave of ['close', 'reset', 'close', 'reset', 'close', 'reset'] as const) {
        const client = await open()
        await client.sendBytes(Buffer.from(asked(`/Sample?limit=all&format=${format}`)))
        client[leave]()
        const writer = await open()
        await writer.sendBytes(Buffer.from(sent('PATCH', '/Pizza/3', '{"maxExtraToppings":7}')))
        writer[leave]()
      }
    }
    // More at once than a pool of these tests has connections.
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ask(index % 2 === 0 ? asked('/Pizza/3') : sent('PATCH', '/Pizza/3', '{"maxExtraToppings":8}')),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(JSON.parse((await ask(asked('/Pizza/3'))).body).maxExtraToppings).toBe(8)
  })

  test('who does not read a whole list holds nobody up', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ id: 100 + index, word: 'w'.repeat(900) }))
    for (const more of [0, 1_000, 2_000]) {
      const page = rows.map(({ id, word }) => ({ id: id + more, word }))
      expect((await ask(sent('POST', '/Sample', JSON.stringify(page)))).status).toBe(200)
    }
    const sockets: Socket[] = []
    for (let count = 0; count < 6; count += 1) {
      const socket = connect(server?.port ?? 0, '127.0.0.1')
      sockets.push(socket)
      await once(socket, 'connect')
      socket.write(asked('/Sample?limit=all&format=ndjson'))
      await once(socket, 'readable') // the first of it is there; nobody takes it
    }
    const answers = await Promise.all([
      ask(asked('/Pizza/1')),
      ask(sent('PATCH', '/Pizza/1', '{"price":"8"}')),
      ask(asked('/Sample?limit=all&format=ndjson&id__lt=4')),
      ask(sent('POST', '/Pizza', pizza)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 201])
    for (const socket of sockets) socket.destroy()
  })

  test.each([
    ['a field of 30 kB', 431, asked('/Pizza', `X: ${'x'.repeat(30_000)}\r\n`)],
    ['a URI of 9 kB', 414, asked(`/Pizza?name=${'x'.repeat(9_000)}`)],
    ['a key of 7 kB', 404, asked(`/Crust/${'x'.repeat(7_000)}`)],
    ['a bomb', 413, sent('POST', '/Pizza', bomb(), 'Content-Encoding: gzip\r\n')],
    ['two million brackets', 413, sent('QUERY', '/Pizza', '['.repeat(2_000_000))],
  ])('%s is refused', async (_, status, request) => {
    const before = await api.dump()
    const answer = await ask(request)
    expect([answer.status, JSON.parse(answer.body).status]).toEqual([status, status])
    expect(await api.dump()).toBe(before)
  })

  test.each(['%00', 'a%00b', '%ED%A0%80', '%ff', '%C0%80', '%F4%90%80%80', '%', '%zz'])(
    'octets that are no text of a database are no address and no filter: %s',
    async (octets) => {
      for (const path of [`/Crust/${octets}`, `/Stock/1,${octets}`, `/Pizza/${octets}`, `/${octets}`]) {
        expect([400, 404]).toContain((await ask(asked(path))).status)
      }
      const names = [
        'name',
        'name__contains',
        'name__in',
        'exclusiveTo.name',
        'sort',
        'fields',
        'after',
        'where',
        'format',
      ]
      for (const name of [...names, octets]) {
        const { status } = await ask(asked(`/Pizza?${name}=${octets}`))
        expect([name, [400, 406].includes(status)]).toEqual([name, true])
      }
    },
  )
})

function bomb(): string {
  return gzipSync(Buffer.alloc(30_000_000, 0x20), { level: 9 }).toString('latin1')
}
