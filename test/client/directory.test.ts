// Where a client begins: a directory by URL or as an object, a single service, and directories that lie.
import {
  basic,
  connect,
  UnexpectedAnswer,
  UnknownName,
  type Client,
  type ConnectOptions,
  type UntypedServices,
} from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('connect', () => {
  test.each([
    ['neither directory nor service', {}, 'connect() needs a directory or a service, one of both.'],
    [
      'both',
      { directory: 'http://h/', service: 'http://h/' },
      'connect() needs a directory or a service, one of both.',
    ],
    [
      'a relative directory',
      { directory: '/slumber/' },
      'The URL of the directory must be an absolute http or https URL',
    ],
    [
      'a directory of another scheme',
      { directory: 'ftp://h/slumber/' },
      'The URL of the directory must be an absolute',
    ],
    [
      'a directory with a password',
      { directory: 'http://u:p@h/' },
      'must be an absolute http or https URL without user.',
    ],
    ['a relative service in the directory', { directory: { pizzas: '/pizzas/' } }, 'The URL of service "pizzas"'],
    ['a relative service', { service: 'pizzas/' }, 'must be an absolute http or https URL'],
  ])('refuses %s at once', (_, options: ConnectOptions, message) => {
    expect(() => connect(options)).toThrow(TypeError)
    expect(() => connect(options)).toThrow(message)
  })
})

test.each(['http://h/slumber', 'http://h/slumber/'])(
  'the directory is trusted with and without its last slash: %s',
  async (directory) => {
    const asked: unknown[] = []
    const client = connect({
      directory: new URL(directory),
      authenticate: basic('ada', 'engine'),
      transport: async ({ url, headers }) => {
        asked.push([url, headers.has('authorization')])
        const other = directory.endsWith('/') ? '/slumber' : '/slumber/'
        if (url === directory) return new Response(null, { status: 308, headers: { location: other } })
        return Response.json({ services: { pizzas: 'http://h/slumber/pizzas/' } })
      },
    })
    await expect(client.geo!.City!.page()).rejects.toThrow(UnknownName)
    expect(asked).toEqual([
      [directory, true],
      [directory.endsWith('/') ? 'http://h/slumber' : 'http://h/slumber/', true],
    ])
  },
)

describe('a directory that lies', () => {
  const errorOf = async (document: unknown): Promise<unknown> => {
    const client = connect({ directory: 'http://h/slumber/', transport: async () => Response.json(document) })
    return await client.pizzas!.menu!.Pizza!.page().catch((error: unknown) => error)
  }
  test.each([
    ['no services', { name: 'x' }, 'is no directory: it has no "services"'],
    ['services that are no object', { services: 5 }, 'is no directory: it has no "services"'],
    ['a service that is no text', { services: { pizzas: 5 } }, 'is no directory: it has no "services"'],
    ['no object', ['x'], 'is no directory: it has no "services"'],
    ['null', null, 'is no directory: it has no "services"'],
    [
      'a relative URL',
      { services: { pizzas: '/pizzas/' } },
      'The URL of service "pizzas" must be an absolute http or https URL',
    ],
    ['an empty list', { services: {} }, 'lists no services'],
    [
      'a service without a directory',
      { services: {}, apps: { menu: 'http://h/menu/' } },
      'lists no services; one that stands alone is connect({ service })',
    ],
  ])('%s: the message says so', async (_, document, message) => {
    const error = await errorOf(document)
    if (!(error instanceof UnexpectedAnswer)) throw error
    expect(error.message).toContain(`GET http://h/slumber/ → 200: ${message}`)
  })

  test('and contracts that are none', async () => {
    const client = connect({
      directory: { pizzas: 'http://h/' },
      transport: async () => Response.json({ apps: { menu: {} } }),
    })
    await expect(client.pizzas!.menu!.Pizza!.page()).rejects.toThrow(
      'GET http://h/-/contract → 200: is no contract of a service',
    )
  })
})

describe('a single service without a directory', () => {
  const alone = (): Client<UntypedServices> =>
    here.client('cook', {
      directory: undefined,
      service: here.system.directory.atlas,
    }) as unknown as Client<UntypedServices> // a single service has other names

  test('has its apps at the top, nested ones too; a first call is contract and call', async () => {
    const naples = await alone().geo!.City!.get({ id: 7 })
    expect(naples.name).toBe('Naples')
    expect(here.requests).toEqual(['GET /atlas/-/contract', 'GET /atlas/geo/City/-/get?id=7'])
    expect((await alone().geo!.partners!.Twin!.page()).items).toHaveLength(1)
  })

  test('names that are not there are listed', async () => {
    await expect(alone().menu!.Pizza!.page()).rejects.toThrow(
      new UnknownName('There is no app "menu" in the service; there are: geo, geo.partners.'),
    )
  })

  test('references to other services lead nowhere, and say so', async () => {
    const service = here.system.directory.pizzas
    const client = here.client('cook', { directory: undefined, service }) as unknown as Client<UntypedServices> // as above
    const shop = await client.menu!.Shop!.get({ id: 1 })
    const city = shop.city as { get(): Promise<unknown> } // a reference
    await expect(city.get()).rejects.toThrow('lies below no service that this client knows')
  })
})

describe('contracts that are given', () => {
  const contract = async (): Promise<object> =>
    (await here.client().get(`${here.system.directory.pizzas}-/contract`)).content as object // a document

  test('are not asked for, and belong to each client that they are given to', async () => {
    const contracts = [await contract()]
    const { directory } = here.system
    const priced = {
      url: 'menu/Pizza',
      instance: (Base: new () => object) =>
        class extends Base {
          get priced(): boolean {
            return true
          }
        },
    }
    here.requests.length = 0
    const plain = await here.client('cook', { directory, contracts }).pizzas.menu.Pizza.get({ id: 1 })
    const more = await here.client('cook', { directory, contracts, proxies: [priced] }).pizzas.menu.Pizza.get({ id: 1 })
    expect(['priced' in plain, 'priced' in more]).toEqual([false, true])
    expect(here.requests).toEqual(Array(2).fill('GET /pizzas/menu/Pizza/-/get?id=1'))
  })

  test('are refused where they are none', () => {
    expect(() =>
      connect({ directory: { pizzas: 'http://h/' }, contracts: [{ url: 'http://h/', models: {} }] }),
    ).toThrow(new TypeError('connect({ contracts }) takes contracts of services.'))
  })
})
