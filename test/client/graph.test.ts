// The graph as few requests: references of one moment together, what is expanded not again, writes that say what they replace.
import { NotFound, PreconditionFailed, Refused, type ModelProxy, type UntypedNode } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('references that are asked for at the same time', () => {
  const city = (id: number): string => `slumber://atlas/geo/City/${id}`

  test('are one request for each model, and each gets its own', async () => {
    const client = await here.warmClient()
    const urls = [city(8), city(7), 'slumber://pizzas/menu/Pizza/3', 'slumber://pizzas/menu/Pizza/1', city(7)]
    const found = await Promise.all(urls.map((url) => client.reference(url).get()))
    expect(found.map(({ display }) => display)).toEqual(['Osaka', 'Naples', 'Moda Speciale', 'Margherita', 'Naples'])
    expect(here.requests.toSorted()).toEqual([
      'POST /atlas/geo/City/-/query?limit=2',
      'POST /pizzas/menu/Pizza/-/query?limit=2',
    ])
    expect(found[1]).toBe(found[4])
  })

  test('100 of one model are one request, 250 are two', async () => {
    const client = await here.warmClient()
    const { Shop } = client.pizzas.menu
    const made = await Promise.all(
      Array.from({ length: 250 }, (_, index) => Shop.create({ name: `Shop ${index}`, slug: `shop-${index}` })),
    )
    const ask = async (count: number): Promise<readonly string[]> => {
      here.requests.length = 0
      const found = await Promise.all(made.slice(0, count).map(({ url }) => client.reference(url).get()))
      expect(found.map(({ url }) => url)).toEqual(made.slice(0, count).map(({ url }) => url))
      return here.requests.map((request) => request.replace(/\?.*/, ''))
    }
    expect(await ask(100)).toEqual(['POST /pizzas/menu/Shop/-/query'])
    expect(await ask(250)).toEqual(Array.from({ length: 2 }, () => 'POST /pizzas/menu/Shop/-/query'))
    await Promise.all(made.map((shop) => shop.delete()))
  })

  test('with a key of several parts too; one that is not there fails alone', async () => {
    const client = await here.warmClient()
    const twin = (key: string): string => `slumber://atlas/geo/partners/Twin/${key}`
    const [there, missing, gone] = await Promise.allSettled([
      client.reference(twin('7,8')).get(),
      client.reference(twin('7,9')).get(),
      client.reference(city(99)).get(),
    ])
    expect(there).toMatchObject({ status: 'fulfilled', value: { since: 1950 } })
    expect(missing).toMatchObject({ reason: expect.any(NotFound) })
    expect(gone).toMatchObject({ reason: { problem: { status: 404 } } })
    expect(here.requests.toSorted()).toEqual([
      'GET /atlas/geo/City/99',
      'POST /atlas/geo/partners/Twin/-/query?limit=2',
    ])
  })

  test('one alone is a GET, and one after another are one each', async () => {
    const client = await here.warmClient()
    await client.reference(city(7)).get()
    await client.reference(city(7)).get()
    expect(here.requests).toEqual(['GET /atlas/geo/City/7', 'GET /atlas/geo/City/7'])
  })
})

describe('what is expanded', () => {
  test('comes with the page: references and data arrays ask for nothing, and go on where the page ends', async () => {
    const client = await here.warmClient()
    const list = client.pizzas.menu.Pizza.filter({ id: { in: [1, 3] } }).expand('exclusiveTo', {
      prices: { filter: { size: { in: ['m', 'l'] } }, sort: ['-date'], limit: 3 },
    })
    const [margherita, moda] = (await list.page()).items
    expect(here.requests).toHaveLength(1)
    expect((await moda?.exclusiveTo?.get())?.name).toBe('Alta Moda')
    expect(await moda?.exclusiveTo?.get()).toBe(await moda?.exclusiveTo?.get())
    expect((await margherita?.prices.page())?.items.map(({ size }) => size)).toEqual(['l', 'l', 'm'])
    expect(here.requests).toHaveLength(1)
    const all = await margherita?.prices.all({ max: 10 })
    expect(all?.map(({ size }) => size)).toEqual(['l', 'l', 'm', 'm'])
    expect(here.requests).toHaveLength(2)
  })

  test('stays filtered where it is narrowed further, counted or ordered', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const some = { or: [{ size: 'm' }, { size: 'l' }] } as const
    const filters = [{ size: { in: ['m', 'l'] } }, some] as const
    for (const filter of filters) {
      const prices = { filter, sort: ['-date'], limit: 3 } as const
      const margherita = await Pizza.get({ id: 1 }, { expand: { prices } })
      const sizes = async (list: {
        all(most: { max: number }): Promise<readonly { readonly size: string }[]>
      }): Promise<readonly string[]> => (await list.all({ max: 10 })).map(({ size }) => size)
      expect(await margherita.prices.count()).toBe(4)
      expect((await sizes(margherita.prices.sort('size'))).toSorted()).toEqual(['l', 'l', 'm', 'm'])
      expect(await sizes(margherita.prices.filter({ size: 'l' }))).toEqual(['l', 'l'])
      expect(await sizes(margherita.prices.filter({ not: { size: 'l' } }))).toEqual(['m', 'm'])
      expect(await sizes(margherita.prices.expand('pizza').fields('size').limit(2))).toHaveLength(2)
      const many = {
        size: { in: Array.from({ length: 90 }, () => 'l' as const) },
        date: { in: Array.from({ length: 400 }, (_, day) => new Date(day * 1_000)) },
      } as const
      expect(await margherita.prices.filter(many).count()).toBe(0)
    }
  })

  test('comes with one that is asked for by its key, and fields alone', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const moda = await Pizza.get(
      { id: 3 },
      { fields: ['name', 'exclusiveToId'], expand: { exclusiveTo: { fields: ['name'] } } },
    )
    expect(moda.data).toEqual({ name: 'Moda Speciale', exclusiveToId: 1 })
    expect((await moda.exclusiveTo?.get())?.name).toBe('Alta Moda')
    expect(here.requests).toHaveLength(1)
  })

  test('a relation that is not there is an error that lists those that are', async () => {
    const list = (await here.warmClient()).pizzas.menu.Pizza.expand('shop' as never) // the types refuse it
    await expect(list.page()).rejects.toThrow(
      'There is no relation "shop" in menu.Pizza; there are: exclusiveTo, prices, steps.',
    )
  })

  test('a reference that may not be expanded is refused when it is asked for, never empty', async () => {
    const client = here.client('cook', {
      transport: async (request) => {
        const response = await here.transport(request)
        if (!request.url.includes('expand=')) return response
        const page = (await response.json()) as { _embedded: { item: object[] } }
        const problem = { title: 'Bad Gateway', status: 502, detail: 'The service is down.' }
        page._embedded.item = page._embedded.item.map((item) => ({
          ...item,
          _embedded: {},
          _problems: { exclusiveTo: problem },
        }))
        return Response.json(page)
      },
    })
    const [moda] = (await client.pizzas.menu.Pizza.filter({ id: 3 }).expand('exclusiveTo').page()).items
    const error: unknown = await moda?.exclusiveTo?.get().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Refused)
    expect(error).toMatchObject({ problem: { status: 502, detail: 'The service is down.' } })
  })
})

describe('lists', () => {
  test('count without fetching, as they are narrowed', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    expect(await Pizza.filter({ price: { gte: '7' } }).count()).toBe(2)
    expect(await Pizza.filter({ id: { in: [] } }).count()).toBe(0)
    expect(here.requests[0]).toBe('GET /pizzas/menu/Pizza?price__gte=7&limit=1')
  })

  test('show the fields that were asked for, and no others', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const [pizza] = (await Pizza.filter({ id: 1 }).fields('name').page()).items
    expect(pizza?.data).toEqual({ name: 'Margherita' })
  })

  test('with filters too long for a URL are a QUERY, page by page', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const names = [
      'Margherita',
      'Marinara',
      'Moda Speciale',
      ...Array.from({ length: 400 }, (_, index) => `No pizza ${index}`),
    ]
    const first = await Pizza.filter({ name: { in: names } })
      .sort('-name')
      .limit(2)
      .page()
    const second = await first.next()
    expect([...first.items, ...(second?.items ?? [])].map(({ name }) => name)).toEqual([
      'Moda Speciale',
      'Marinara',
      'Margherita',
    ])
    expect(here.requests.map((request) => request.replace(/after=[^&]+/, 'after=…'))).toEqual([
      'POST /pizzas/menu/Pizza/-/query?sort=-name&limit=2',
      'POST /pizzas/menu/Pizza/-/query?sort=-name&limit=2&after=…',
    ])
  })
})

describe('update with a function', () => {
  test('is applied again to what someone else has made of it', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const mine = await Pizza.create({ name: 'Contested', price: '1' })
    const theirs = await Pizza.get({ id: mine.id })
    await theirs.update({ price: '2' })
    const seen: string[] = []
    await mine.update(({ price }) => {
      seen.push(price)
      return { price: String(Number(price) + 10) }
    })
    expect([seen, mine.price]).toEqual([['1', '2'], '12'])
    await mine.delete()
  })

  test('gives up after so many attempts, with the state as it is then', async () => {
    const client = await here.warmClient()
    const { Pizza } = client.pizzas.menu
    const mine = await Pizza.create({ name: 'Hopeless', price: '1' })
    let attempts = 0
    const updating = mine.update(
      async ({ id }) => {
        attempts += 1
        await (await Pizza.get({ id })).update({ price: String(100 + attempts) })
        return { price: '5' }
      },
      { attempts: 3 },
    )
    const error: unknown = await updating.catch((reason: unknown) => reason)
    if (!(error instanceof PreconditionFailed)) throw error
    expect([attempts, error.current?.['price']]).toEqual([3, '103'])
    await (await Pizza.get({ id: mine.id })).delete()
  })
})

describe('creates and operations carry a key', () => {
  test('of their own each; reads and deletes none', async () => {
    const keys: (readonly [string, string | null])[] = []
    const client = here.client('cook', {
      transport: (request) => {
        keys.push([request.method, request.headers.get('idempotency-key')])
        return here.transport(request)
      },
    })
    const { Pizza } = client.pizzas.menu
    const pizza = await Pizza.create({ name: 'Keyed', price: '1' })
    await pizza.update({ price: '2' })
    await pizza.delete()
    const written = keys.filter(([method]) => method === 'POST' || method === 'PATCH').map(([, key]) => key)
    expect(written).toHaveLength(2)
    for (const key of written) expect(key).toMatch(/^"[A-Za-z0-9+/]{22}=="$/)
    expect(new Set(written).size).toBe(2)
    expect(keys.filter(([method]) => method === 'GET' || method === 'DELETE').every(([, key]) => key === null)).toBe(
      true,
    )
  })
})

describe('proxies', () => {
  interface Priced {
    readonly name: string
    readonly price: string
  }
  const priced: ModelProxy<Priced> = {
    url: '/menu/Pizza/',
    instance: (Base) =>
      class extends Base {
        get label(): string {
          return `${this.name} (${this.price})`
        }
        double(): string {
          return String(Number(this.price) * 2)
        }
      },
  }
  const louder: ModelProxy<Priced & { readonly label: string }> = {
    url: 'Pizza',
    instance: (Base) =>
      class extends Base {
        shout(): string {
          return this.label.toUpperCase()
        }
      },
    model: (Base) =>
      class extends Base {
        async cheapest(): Promise<string> {
          const { items } = await (this as object as Priced & UntypedNode).sort('price').limit(1).page()
          return items.map(({ display }) => display).join()
        }
      },
  }

  test('add members to instances and to the model, several on top of each other, by the tail of its URL', async () => {
    const client = here.client('cook', { proxies: [priced, louder] })
    const pizza = (await client.pizzas.menu.Pizza.get({ id: 1 })) as object as {
      label: string
      double(): string
      shout(): string
    }
    expect([pizza.label, pizza.double(), pizza.shout()]).toEqual(['Margherita (7.5)', '15', 'MARGHERITA (7.5)'])
    const model = client.pizzas.menu.Pizza as object as { cheapest(): Promise<string> }
    expect(await model.cheapest()).toBe('Marinara')
    const shop = await client.pizzas.menu.Shop.get({ id: 1 })
    expect('label' in shop).toBe(false)
    const crust = await client.pizzas.menu.PizzaCrust.get({ code: 'thn' })
    expect('shout' in crust).toBe(false)
  })

  test('are loaded when the client is first used, once', async () => {
    let loads = 0
    const client = here.client('cook', {
      proxies: async () => {
        loads += 1
        return await Promise.resolve([priced])
      },
    })
    expect(loads).toBe(0)
    await client.pizzas.menu.Pizza.get({ id: 1 })
    await client.atlas.geo.City.get({ id: 7 })
    expect(loads).toBe(1)
  })
})

describe('the user agent', () => {
  test('reaches any URL of the services with credentials, and gives what is answered', async () => {
    const client = await here.warmClient()
    const url = `${here.system.directory.pizzas}menu/Pizza`
    const csv = await client.get(`${url}?fields=id,name&limit=1`, { accept: 'text/csv' })
    expect([csv.text, csv.content]).toEqual(['id,name\r\n1,Margherita\r\n', undefined])
    const made = await client.post(url, { name: 'By hand', price: '3' })
    const place = made.headers.get('location') ?? ''
    expect(
      (await client.patch(place, { price: '4' }, { contentType: 'application/merge-patch+json' })).content,
    ).toMatchObject({ price: '4' })
    expect((await client.put(place, { name: 'By hand', price: '5' })).status).toBe(204)
    expect((await client.delete(place)).status).toBe(204)
  })
})
