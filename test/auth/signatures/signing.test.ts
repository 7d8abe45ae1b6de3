// A client that signs: each try anew and last of all, for the service or for a user, and for nobody whom another origin names.
import {
  bearer,
  connect,
  httpCache,
  inProcess,
  perRequest,
  type Cache,
  type Client,
  type ConnectOptions,
  type Transport,
  type UntypedServices,
} from 'slumberjs'
import { generateServiceKey, signed, signing, type ForwardedUser, type SigningOptions } from 'slumberjs/auth'
import { serve } from 'slumberjs/node'
import { describe, expect, test } from 'vitest'
import { RawClient } from '../../node/raw-client.ts'
import { accounting, directory } from '../fixture.ts'
import { fieldsOf, issuer, newNonce, notes, now, shop as shopRecord, shopKey, shopScheme } from './fixture.ts'

const system = accounting()
const key = shopKey.privateKey
/** For the service itself. */
const forwardedUser = (): undefined => undefined
const shop = signing({ service: 'shop', key, now, forwardedUser })

interface Way {
  readonly client: Client<UntypedServices>
  readonly sent: Request[]
}

/** A client of the kitchen, and what it sends; `before` may answer in the place of the service, or nobody. */
function wayTo(
  options: Partial<ConnectOptions>,
  before: (request: Request, count: number) => Response | undefined = () => undefined,
): Way {
  const kitchen = system.kitchen([shopScheme()])
  const sent: Request[] = []
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(request.clone())
    return before(request, sent.length) ?? (await kitchen.fetch(request))
  }
  const transport = inProcess([{ url: directory.kitchen, fetch }])
  return {
    client: connect({ service: directory.kitchen, transport, authenticate: shop, backoff: 1, ...options }),
    sent,
  }
}

const nonceOf = (request: Request): string | undefined =>
  /;nonce="([^"]+)"/.exec(request.headers.get('signature-input') ?? '')?.[1]

test('works with models as any other', async () => {
  const { client } = wayTo({})
  const { Note } = client.kitchen!
  const note = await Note!.create({ words: 'salt' })
  await note.update({ words: 'pepper' })
  expect((await Note!.filter({ words: 'pepper' }).all({ max: 9 })).length).toBeGreaterThan(0)
  await expect(note.delete()).rejects.toMatchObject({ status: 403 })
})

test('over sockets', async () => {
  const server = await serve((request) => service.fetch(request))
  const service = system.kitchen([shopScheme({ url: server.url })])
  const url = `${server.url}/slumber/kitchen/kitchen/Note`
  try {
    const client = connect({ service: `${server.url}/slumber/kitchen/`, authenticate: shop })
    expect((await client.post(url, { words: 'salt ☕' })).status).toBe(201)
    expect((await client.get(`${url}?words=salt%20%E2%98%95`)).content).toEqual(expect.objectContaining({}))
    const other = connect({
      service: `${server.url}/slumber/kitchen/`,
      authenticate: signing({ service: 'shop', key: generateServiceKey().privateKey, now, forwardedUser }),
    })
    await expect(other.get(url)).rejects.toMatchObject({ status: 401 })
  } finally {
    await server.close()
  }
})

test('A015 a line that a field smuggles in is none on the wire', async () => {
  const server = await serve((request) => service.fetch(request))
  const service = system.kitchen([shopScheme()])
  const fields = fieldsOf({ headers: { x: 'a' }, components: ['"@method"', '"@authority"', '"@target-uri"', '"x"'] })
  const lines = Object.entries({ ...fields, x: 'a\n"@path": /admin' }).map(([name, value]) => `${name}: ${value}\r\n`)
  const client = await RawClient.open(server.port)
  try {
    client.send(`GET ${new URL(notes).pathname} HTTP/1.1\r\nHost: kitchen.test\r\n${lines.join('')}\r\n`)
    expect((await client.read()).status).toBe(400)
  } finally {
    client.close()
    await server.close()
  }
})

describe('a try', () => {
  test('has a nonce of its own, and the fields of all others', async () => {
    const { client, sent } = wayTo({ retries: 2 }, (_, count) =>
      count < 3 ? new Response(null, { status: 503 }) : undefined,
    )
    const reply = await client.send({
      method: 'POST',
      url: notes,
      body: { words: 'salt' },
      headers: { 'Idempotency-Key': `"${newNonce()}"` },
      isKeyed: true,
    })
    expect(reply.status).toBe(201)
    expect(new Set(sent.map(nonceOf)).size).toBe(3)
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
  })

  test('whose answer was lost is not taken for a replay', async () => {
    const kitchen = system.kitchen([shopScheme()])
    let count = 0
    const losing: Transport = async (request) => {
      const response = await kitchen.fetch(request)
      count += 1
      if (count === 1) throw new Error('lost')
      return response
    }
    const client = connect({ service: directory.kitchen, transport: losing, authenticate: shop, backoff: 1 })
    expect((await client.get(notes)).status).toBe(200)
    expect(count).toBe(2)
  })
})

describe('is signed last', () => {
  test('with the conditions that a cache adds', async () => {
    const { client, sent } = wayTo({ cache: httpCache() })
    await client.get(notes)
    await client.get(notes)
    expect(sent[1]?.headers.get('signature-input')).toContain('"if-none-match"')
  })

  test.each([
    ['that keeps answers', httpCache()],
    ['of one request', perRequest()],
  ] as const)('a cache %s does not see the signature', async (_, cache: Cache) => {
    const fresh = new Response('{}', {
      headers: { 'content-type': 'application/json', 'cache-control': 'private, max-age=60' },
    })
    const { client, sent } = wayTo({ cache }, () => fresh.clone())
    const asked = await Promise.all([client.get(notes), client.get(notes)])
    expect(asked.map(({ status }) => status)).toEqual([200, 200])
    expect(sent).toHaveLength(1)
  })

  test('content has its digest, whatever the caller said of it', async () => {
    const { client, sent } = wayTo({})
    const headers = { 'Content-Digest': 'sha-256=:AA==:' }
    await client.post(notes, { words: 'salt' }, { headers })
    expect(sent[0]?.headers.get('content-digest')).toMatch(/^sha-256=:.{44}:$/)
  })
})

describe('a user', () => {
  let user: ForwardedUser | undefined
  const authenticate = signing({ service: 'shop', key, now, forwardedUser: async () => user })
  const nameBy = async (client: Way['client']): Promise<unknown> => {
    const { content } = await client.get(directory.kitchen)
    return (content as { user: string }).user // the document of a service
  }

  test('is asked for anew with each request, and each has answers of their own', async () => {
    const { client } = wayTo({ authenticate, cache: httpCache() })
    const names: unknown[] = []
    for (const name of ['clerk', 'Zoë', undefined, 'clerk']) {
      user = name === undefined ? undefined : { name, issuer }
      names.push(await nameBy(client))
    }
    expect(names).toEqual(['clerk', 'Zoë', 'service:shop', 'clerk'])
  })

  test('two services with one cache have answers of their own', () => {
    const [one, two] = ['shop', 'other'].map((service) => signing({ service, key }).user)
    const fields = { 'forwarded-user': '"clerk"' }
    expect(typeof one === 'function' && one(fields)).not.toBe(typeof two === 'function' && two(fields))
  })

  test.each(['', 'a\nb', 'a\0', '\ud800', '\uFEFFclerk', 'x\u007f'])(
    'that no field can carry is not sent: %j',
    async (name) => {
      user = { name, issuer }
      const { client, sent } = wayTo({ authenticate })
      await expect(client.get(notes)).rejects.toThrow('is no user that can be forwarded')
      expect(sent).toEqual([])
    },
  )

  test.each(['Zoë', '用户', '🍕', 'a"b\\c', "d'e%f", ' x ', 'Ü%c3%9c'])('arrives as it is: %s', async (name) => {
    user = { name, issuer }
    const users = (each: ForwardedUser): { name: string; superuser: boolean; permissions: readonly string[] } => ({
      name: each.name,
      superuser: false,
      permissions: [],
    })
    const keys = { shop: { service: 'shop', publicKey: shopKey.publicKey, actAs: { [issuer]: 'all' } } } as const
    const kitchen = system.kitchen([shopScheme({ keys, users })])
    const client = connect({ service: directory.kitchen, transport: inProcess([kitchen]), authenticate })
    expect(await nameBy(client)).toBe(name)
  })

  test('an issuer is ASCII', async () => {
    user = { name: 'clerk', issuer: 'https://shöp.example' }
    await expect(wayTo({ authenticate }).client.get(notes)).rejects.toThrow(TypeError)
  })
})

describe('a redirect', () => {
  const services = { kitchen: directory.kitchen, other: 'http://other.test/slumber/other/' }
  const led = async (
    location: string,
    authenticate = signing({ service: 'shop', key, now, forwardedUser: () => ({ name: 'clerk', issuer }) }),
  ): Promise<Headers> => {
    const sent: Request[] = []
    const transport: Transport = async (request) => {
      sent.push(request)
      return sent.length === 1 ? new Response(null, { status: 307, headers: { location } }) : Response.json({})
    }
    await connect({ directory: services, transport, authenticate }).send({ url: notes })
    return sent[1]!.headers
  }

  test('of the service itself is signed again, for where it leads', async () => {
    const headers = await led(`${notes}?x=1`)
    expect([headers.has('signature'), headers.has('forwarded-user')]).toEqual([true, true])
  })

  test.each(['https://kitchen.test/slumber/kitchen/', 'http://evil.test/', services.other])(
    'to another origin is never signed, and names no user: %s',
    async (location) => {
      const headers = await led(location)
      expect([...headers.keys()]).toEqual(['accept'])
    },
  )

  test('other credentials go along to another service as before', async () => {
    expect((await led(services.other, bearer('x'))).get('authorization')).toBe('Bearer x')
  })
})

describe('a key', () => {
  const status = async (options: SigningOptions): Promise<number> => {
    const { client } = wayTo({ authenticate: signing({ forwardedUser, ...options }) })
    return (await client.get(notes)).status
  }

  test('may be a JWK, and have an id of its own', async () => {
    expect(await status({ service: 'other', keyid: 'shop', key: shopKey.jwk.privateKey, now })).toBe(200)
    await expect(status({ service: 'other', key, now })).rejects.toMatchObject({ status: 401 })
  })

  test('may be shared', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64')
    const kitchen = system.kitchen([shopScheme({ keys: { shop: { service: 'shop', alg: 'hmac-sha256', secret } } })])
    const authenticate = signing({ service: 'shop', key: secret, alg: 'hmac-sha256', now, forwardedUser })
    const client = connect({ service: directory.kitchen, transport: inProcess([kitchen]), authenticate })
    expect((await client.get(notes)).status).toBe(200)
  })

  test.each(['none', shopKey.publicKey, { kty: 'OKP' }])('is refused at once where it is none: %j', (none) => {
    expect(() => signing({ service: 'shop', key: none })).toThrow('is one for ed25519')
    expect(() => signing({ service: 'shop', key: none, alg: 'hmac-sha256' })).toThrow(/ed25519|octets/)
  })

  test('the clock is that of the system unless given', async () => {
    const kitchen = system.kitchen([signed({ url: directory.kitchen, keys: { shop: shopRecord } })])
    const authenticate = signing({ service: 'shop', key, forwardedUser })
    const client = connect({ service: directory.kitchen, transport: inProcess([kitchen]), authenticate })
    expect((await client.get(notes)).status).toBe(200)
  })
})
