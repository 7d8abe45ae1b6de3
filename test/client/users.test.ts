// One client for several users, as a server has it: nothing that is asked for at one moment is answered to another user.
import { AsyncLocalStorage } from 'node:async_hooks'
import { connect, Unauthenticated, type Client, type ConnectOptions, type UntypedServices } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { errorOf } from './sending/fixture.ts'
import { fixture } from './fixture/client.ts'

const here = fixture()
const users = new AsyncLocalStorage<string>()
const fieldsOf = (user: string | undefined): Readonly<Record<string, string>> => ({
  authorization: `Basic ${btoa(`${user}:${user}-demo`)}`,
})

interface Asked {
  readonly client: Client<UntypedServices>
  /** User, method and path of each request. */
  readonly requests: readonly string[]
}

/** @param options may give credentials of another kind. */
function shared(options: Partial<ConnectOptions> = {}): Asked {
  const requests: string[] = []
  const client = connect({
    directory: here.system.directoryUrl,
    authenticate: Object.defineProperty(() => fieldsOf(users.getStore()), 'user', { get: () => users.getStore() }),
    transport: (request) => {
      const [user] = atob(request.headers.get('authorization')?.slice(6) ?? '').split(':')
      requests.push(`${user} ${request.method} ${new URL(request.url).pathname.replace('/slumber', '')}`)
      return here.transport(request)
    },
    ...options,
  })
  return { client, requests }
}

const query = 'POST /pizzas/menu/Pizza/-/query'

describe('references that are asked for together', () => {
  const pizzaOf =
    ({ client }: Asked) =>
    (user: string, id: number): Promise<unknown> =>
      users.run(user, async () => (await client.reference(`slumber://pizzas/menu/Pizza/${id}`).get())['name'])

  test.each<[string, Partial<ConnectOptions>]>([
    ['a user that is told', {}],
    ['a user that only the fields tell', { authenticate: () => fieldsOf(users.getStore()) }],
    ['one that they tell later', { authenticate: async () => await Promise.resolve(fieldsOf(users.getStore())) }],
  ])('are one request for each user: %s', async (_, options) => {
    const asked = shared(options)
    const pizza = pizzaOf(asked)
    await pizza('cook', 1)
    const before = asked.requests.length
    const found = await Promise.all([pizza('cook', 1), pizza('guest', 2), pizza('cook', 3), pizza('guest', 1)])
    expect(found).toEqual(['Margherita', 'Marinara', 'Moda Speciale', 'Margherita'])
    expect(asked.requests.slice(before).toSorted()).toEqual([`cook ${query}`, `guest ${query}`])
  })

  test('each by itself at a first call: who is not let in fails alone', async () => {
    const asked = shared()
    const pizza = pizzaOf(asked)
    const found = await Promise.all([errorOf(pizza('thief', 1)), pizza('cook', 2), pizza('guest', 3)])
    expect(found).toEqual([expect.any(Unauthenticated), 'Marinara', 'Moda Speciale'])
    expect(asked.requests.filter((request) => request.startsWith('thief'))).toEqual(['thief GET /'])
  })

  test('are one request where there are no credentials', async () => {
    const { client, requests } = shared({ authenticate: undefined })
    const failures = await Promise.all(
      [1, 2].map((id) => errorOf(client.reference(`slumber://pizzas/menu/Pizza/${id}`).get())),
    )
    expect(failures).toEqual([expect.any(Unauthenticated), expect.any(Unauthenticated)])
    expect(requests).toHaveLength(1) // of the directory
  })
})

describe('one bad reference', () => {
  test.each(['abc', '99999999999999999999', '1.5', '1?x=1', '1/data', '%zz', '1,2', '-', '~x', '~_w', '"1"'])(
    '%s has the outcome that it has alone, and the others have theirs',
    async (key) => {
      const client = here.client('cook', { directory: here.system.directory })
      const get = async (name: string): Promise<unknown> =>
        (await client.reference(`${here.system.directory.pizzas}menu/Shop/${name}`).get())['name']
      const alone = await errorOf(get(key))
      const [first, bad, second] = await Promise.all([get('1'), errorOf(get(key)), get('2')])
      expect([first, second]).toEqual(['Alta Moda', 'Da Luigi'])
      expect(String(bad)).toBe(String(alone))
      expect(String(bad)).toMatch(/^(?:NotFound|Invalid): /)
    },
  )

  test('that a row behind it is none is said of it alone', async () => {
    const transport = async (request: Request): Promise<Response> => {
      const response = await here.transport(request)
      return request.url.includes('/-/contract')
        ? response
        : new Response((await response.text()).replace('"id":2', '"id":"two"'), response)
    }
    const client = here.client('cook', { directory: here.system.directory, transport })
    const get = async (id: number): Promise<unknown> =>
      (await client.reference(`${here.system.directory.pizzas}menu/Shop/${id}`).get())['name']
    const [one, two] = await Promise.all([get(1), errorOf(get(2))])
    expect([one, String(two)]).toEqual(['Alta Moda', expect.stringContaining('"id" of Shop is no integer')])
  })

  test('in a filter is an error that says so', async () => {
    const client = await here.warmClient()
    const exclusiveTo = client.reference('slumber://pizzas/menu/Shop/%zz')
    await expect(client.pizzas.menu.Pizza.filter({ exclusiveTo }).page()).rejects.toThrow(
      'slumber://pizzas/menu/Shop/%zz is no instance of http://pizzas.test/slumber/pizzas/menu/Shop, or',
    )
  })
})
