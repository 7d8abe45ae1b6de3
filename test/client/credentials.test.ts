// Credentials go to the directory and to what lies below its services, and nowhere else.
import { inspect } from 'node:util'
import { basic, bearer, connect, type Credentials, type Transport } from 'slumberjs'
import { beforeEach, describe, expect, test } from 'vitest'

/** URL → the Authorization header that was sent there. */
const sent = new Map<string, string | null>()
beforeEach(() => sent.clear())

const directory = { pizzas: 'http://h/slumber/pizzas', atlas: 'http://h:8003/slumber/atlas/' }

/** Answers the directory; everything else is an empty object. */
const transport = async (request: Request): Promise<Response> => {
  sent.set(request.url, request.headers.get('authorization'))
  return Response.json(request.url === 'http://h/slumber/' ? { services: directory } : {})
}

const client = (authenticate: Credentials = bearer('secret')): ReturnType<typeof connect> =>
  connect({ directory: 'http://h/slumber/', transport, authenticate })

describe('client.send', () => {
  test.each([
    'http://h/slumber/',
    'http://h/slumber/pizzas/',
    'http://h/slumber/pizzas/menu/Pizza/1?x=/../..//',
    'http://h/slumber/pizzas/menu/../menu/Pizza/1',
    'http://H:80/slumber/pizzas/menu/Pizza/1',
    'http://h:8003/slumber/atlas/geo/City',
  ])('sends credentials to %s', async (url) => {
    await client().send({ url })
    expect(sent.get(new URL(url).href)).toBe('Bearer secret')
  })

  test.each([
    ['a neighbour whose name begins like a service', 'http://h/slumber/pizzas-evil/'],
    ['another service of the host', 'http://h/slumber/other/'],
    ['what lies below the directory only', 'http://h/slumber/x'],
    ['a path that leaves the service', 'http://h/slumber/pizzas/../pizzas-evil/'],
    ['a path that leaves the service in disguise', 'http://h/slumber/pizzas/%2e%2e/pizzas-evil/'],
    ['a path that leaves the service by a backslash', 'http://h/slumber/pizzas/..\\pizzas-evil/'],
    ['another port', 'http://h:8004/slumber/pizzas/menu/Pizza/1'],
    ['another scheme', 'https://h/slumber/pizzas/menu/Pizza/1'],
    ['another host', 'http://h.evil.test/slumber/pizzas/'],
    ['a host that begins like ours', 'http://h:8003.evil.test/slumber/atlas/'],
    ['the directory with another query', 'http://h/slumber/?x'],
  ])('sends none to %s', async (_, url) => {
    await client()
      .send({ url })
      .catch(() => {}) // one of them is no URL at all
    expect([...sent].filter(([to]) => to !== 'http://h/slumber/').map(([, header]) => header)).not.toContain(
      'Bearer secret',
    )
  })

  test('asks the directory first where it cannot know yet whether a URL is a service', async () => {
    await client().send({ url: 'http://h:8003/slumber/atlas/geo/City' })
    expect([...sent.keys()]).toEqual(['http://h/slumber/', 'http://h:8003/slumber/atlas/geo/City'])
  })

  test('leaves the call the Authorization that it brings itself', async () => {
    const url = 'http://h/slumber/pizzas/menu/Pizza/1'
    await client().get(url, { headers: { Authorization: 'Bearer other' } })
    expect(sent.get(url)).toBe('Bearer other')
  })

  test('sends method, headers and content', async () => {
    const requests: Request[] = []
    const recording = connect({
      service: 'http://h/',
      transport: async (request) => {
        requests.push(request)
        return Response.json({ done: true }, { status: 201 })
      },
    })
    const reply = await recording.send({ method: 'POST', url: 'http://h/x', headers: { 'x-a': '1' }, body: { n: 1n } })
    expect(reply).toMatchObject({ status: 201, content: { done: true } })
    const [request] = requests
    expect([request?.method, request?.headers.get('x-a'), request?.headers.get('content-type')]).toEqual([
      'POST',
      '1',
      'application/json',
    ])
    expect(await request?.json()).toEqual({ n: '1' })
  })
})

test('a service that the directory does not list is asked without credentials, even where a row leads there', async () => {
  const evil = 'http://h/slumber/pizzas-evil/menu/Pizza/1'
  const reference = client().reference(evil)
  await expect(reference.get()).rejects.toThrow('lies below no service')
  expect([...sent.keys()]).toEqual(['http://h/slumber/'])
})

test('a next link that leads to another origin is not followed', async () => {
  const pages = async (request: Request): Promise<Response> => {
    sent.set(new URL(request.url).host, request.headers.get('authorization'))
    if (request.url.endsWith('/contract')) return Response.json(contract)
    return Response.json({ _links: { next: { href: 'http://evil.test/' } }, _embedded: { item: [] } })
  }
  const alone = connect({ service: 'http://h/', transport: pages, authenticate: bearer('secret') })
  await expect(alone.menu!.Pizza!.all({ max: 1 })).rejects.toThrow('is of no service')
  expect([...sent.keys()]).toEqual(['h'])
})

const contract = {
  service: null,
  url: 'http://h/',
  apps: {
    menu: {
      models: {
        Pizza: {
          name: 'Pizza',
          app: 'menu',
          url: 'http://h/menu/Pizza',
          key: ['id'],
          unique: [],
          fields: {},
          references: {},
          dataArrays: {},
          operations: {
            model: { instances: { href: 'http://h/menu/Pizza{?params*}', methods: ['GET'] } },
            instance: {},
          },
        },
      },
    },
  },
}

describe('the schemes', () => {
  const headerOf = async (credentials: Credentials): Promise<string | null | undefined> => {
    await client(credentials).send({ url: 'http://h/slumber/' })
    return sent.get('http://h/slumber/')
  }
  test('basic is UTF-8 (RFC 7617 §2.1)', async () => {
    expect(await headerOf(basic('test', '123£'))).toBe('Basic dGVzdDoxMjPCow==')
  })
  test('basic takes no name with a colon', () => {
    expect(() => basic('a:b', 'c')).toThrow(TypeError)
  })
  test('bearer takes a token, or a function that is asked each time', async () => {
    let count = 0
    const rotating = bearer(async () => `t${++count}`)
    expect([await headerOf(bearer('secret')), await headerOf(rotating), await headerOf(rotating)]).toEqual([
      'Bearer secret',
      'Bearer t1',
      'Bearer t2',
    ])
  })
})

describe('a token that cannot be sent', () => {
  test.each(['SECRET\nTOKEN', 'SECRET\0TOKEN', 'SECRETł'])('%j is in no error, nor in its cause', async (token) => {
    let requests = 0
    const light: Transport['light'] = () => Promise.reject(new Error((requests++, 'invalid header')))
    for (const over of [undefined, transport, Object.assign(() => new Response(), { light })]) {
      const given = over === undefined ? {} : { transport: over }
      const service = 'http://h/slumber/pizzas/'
      const error = await connect({ service, authenticate: bearer(token), ...given })
        .get(service)
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({
        name: 'SlumberError',
        message: `GET ${service}: such a method, URL or field cannot be sent.`,
      })
      expect(inspect(error, { depth: 9 })).not.toContain('SECRET')
    }
    expect([requests, sent.size]).toEqual([1, 0])
  })
})
