// Behind proxies: whose word is taken for the address, the scheme and the authority of a request, and whose is not.
import { afterAll, beforeAll, describe, test } from 'vitest'
import { serve, type FetchHandler, type Server, type ServeOptions } from 'slumberjs/node'
import { expect } from './problem-matcher.ts'
import { ask, type RawAnswer } from './raw-client.ts'

type Proxies = NonNullable<ServeOptions['trustedProxies']>

const saying: FetchHandler = ({ url }, { peer }) => Response.json({ url, peer: peer ?? null })

const here = '127.0.0.0/8' // from where the tests ask

/** A server that trusts these, asked in both of its forms: they must agree. */
function trusting(trustedProxies: Proxies | undefined): (...lines: readonly string[]) => Promise<RawAnswer> {
  const servers: Server[] = []
  beforeAll(async () => {
    const options = { authorities: ['h', 'shop.example'], ...(trustedProxies === undefined ? {} : { trustedProxies }) }
    const answer = ((request: { url: string }, info: object) => saying(request as Request, info)) as FetchHandler
    servers.push(await serve(saying, options), await serve({ fetch: saying, answer: answer as never }, options))
  })
  afterAll(async () => {
    for (const server of servers) await server.close()
  })
  return async (...lines) => {
    const text = `GET /a HTTP/1.1\r\nHost: h\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`
    const [byFetch, byAnswer] = [await ask(servers[0]!.port, text), await ask(servers[1]!.port, text)]
    expect(byAnswer.body).toBe(byFetch.body)
    return byFetch
  }
}

const said = (answer: RawAnswer): { readonly url: string; readonly peer: string | null } =>
  JSON.parse(answer.body) as { url: string; peer: string | null } // what `saying` says

const everything = ['x-forwarded-proto', 'x-forwarded-host'] as const

describe('a server that trusts no proxy', () => {
  const send = trusting(undefined)

  test('A022 A027 takes nobody’s word', async () => {
    const lines = ['X-Forwarded-For: 192.0.2.1', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https']
    expect(said(await send(...lines))).toEqual({ url: 'http://h/a', peer: '127.0.0.1' })
    expect(said(await send('Forwarded: for=192.0.2.1;proto=https;host=evil', 'X-Real-IP: 192.0.2.1'))).toEqual({
      url: 'http://h/a',
      peer: '127.0.0.1',
    })
  })
})

describe('a server that trusts another proxy than the one that asks', () => {
  const send = trusting({ addresses: ['10.0.0.0/8', '::1'], fields: everything })

  test('A022 A027 takes nobody’s word either', async () => {
    const lines = ['X-Forwarded-For: 10.0.0.1', 'X-Forwarded-Host: shop.example', 'X-Forwarded-Proto: https']
    expect(said(await send(...lines))).toEqual({ url: 'http://h/a', peer: '127.0.0.1' })
  })
})

describe('a server behind one proxy', () => {
  const send = trusting({ addresses: [here] })
  const peerOf = async (field: string): Promise<string | null> => said(await send(`X-Forwarded-For: ${field}`)).peer

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 127.0.0.1', '127.0.0.1'], // from the machine of the proxy
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['2001:0DB8:0:0::0001', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('A023 A025 the client of %s is %s', async (field, peer) => {
    expect(await peerOf(field)).toBe(peer)
  })

  test.each([
    'unknown',
    '_hidden',
    '',
    ',',
    '127.0.0.1,',
    '127.1',
    '0x7f000001',
    '2130706433',
    '127.0.0.1 203.0.113.9',
  ])('A026 a client that the proxy does not name is nobody: %j', async (field) => {
    expect(await peerOf(field)).toBe(field === '' ? '127.0.0.1' : null)
  })

  test('A023 lines of one field are read as one', async () => {
    expect(said(await send('X-Forwarded-For: 127.0.0.1', 'X-Forwarded-For: 203.0.113.9')).peer).toBe('203.0.113.9')
  })

  test('A027 and only of what it is said to set', async () => {
    expect(said(await send('X-Forwarded-Host: shop.example', 'X-Forwarded-Proto: https')).url).toBe('http://h/a')
  })
})

describe('a server behind two proxies', () => {
  const send = trusting({ addresses: [here, '10.0.0.0/8'], hops: 2 })

  test.each([
    ['198.51.100.1, 203.0.113.9, 10.0.0.1', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'], // past the outer proxy
    ['198.51.100.1, 10.0.0.2, 10.0.0.1', '10.0.0.2'], // no further: what stands before, a client wrote
    ['10.0.0.1', '10.0.0.1'],
  ])('A023 the client of %s is %s', async (field, peer) => {
    expect(said(await send(`X-Forwarded-For: ${field}`)).peer).toBe(peer)
  })
})

describe('a server behind a proxy that says scheme and host', () => {
  const send = trusting({ addresses: [here], fields: everything })

  test('is asked by those', async () => {
    const lines = ['X-Forwarded-Proto: HTTPS', 'X-Forwarded-Host: Shop.example']
    expect(said(await send(...lines)).url).toBe('https://shop.example/a')
    expect(said(await send('X-Forwarded-Host: shop.example:8443')).url).toBe('http://shop.example:8443/a')
    expect(said(await send('X-Forwarded-Proto: https')).url).toBe('https://h/a')
  })

  test('A027 and refuses what is neither', async () => {
    expect(await send('X-Forwarded-Proto: javascript')).toBeProblem(400)
    expect(await send('X-Forwarded-Proto: https, http')).toBeProblem(400)
    expect(await send('X-Forwarded-Host: h/../evil')).toBeProblem(400)
    expect(await send('X-Forwarded-Host: h, shop.example')).toBeProblem(400)
    expect(await send('X-Forwarded-Host: evil.example')).toBeProblem(421)
    expect(said(await send('X-Forwarded-Prefix: //evil')).url).toBe('http://h/a')
  })

  test('A030 a target with the other scheme is not for it', async () => {
    const server = await serve(saying, {
      authorities: ['h'],
      trustedProxies: { addresses: [here], fields: everything },
    })
    const get = (scheme: string, line: string): Promise<RawAnswer> =>
      ask(server.port, `GET ${scheme}://h/ HTTP/1.1\r\nHost: h\r\n${line}\r\n`)
    expect(await get('https', '')).toBeProblem(421)
    expect(await get('http', 'X-Forwarded-Proto: https\r\n')).toBeProblem(421)
    expect(said(await get('https', 'X-Forwarded-Proto: https\r\n')).url).toBe('https://h/')
    await server.close()
  })
})

test.each<[string, Proxies]>([
  ['"10.0.0.0/33" is no address', { addresses: ['10.0.0.0/33'] }],
  ['"fd00::/129" is no address', { addresses: ['fd00::/129'] }],
  ['"10.0.0/8" is no address', { addresses: ['10.0.0/8'] }],
  ['"10.0.0.0/" is no address', { addresses: ['10.0.0.0/'] }],
  ['"10.0.0.0/8/8" is no address', { addresses: ['10.0.0.0/8/8'] }],
  ['"proxy.internal" is no address', { addresses: ['proxy.internal'] }],
  ['hops is a whole number', { addresses: [], hops: 0 }],
  ['there is no "forwarded"', { addresses: [], fields: ['forwarded' as 'x-forwarded-host'] }],
  ['"hop"', { addresses: [], hop: 1 } as Proxies],
])('a setting that cannot be is refused when it starts: %s', async (message, trustedProxies) => {
  await expect(serve(saying, { trustedProxies })).rejects.toThrow(message)
})
