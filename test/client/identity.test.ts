// Who an instance says that it is decides where its writes go: an answer about something else is an UnexpectedAnswer.
import { connect, UnexpectedAnswer, type UntypedInstance, type UntypedNode } from 'slumberjs'
import { describe, expect, test } from 'vitest'

const root = 'http://h/s/'
const url = `${root}menu/Pizza`

const model = (name: string, key: readonly string[], types: Readonly<Record<string, string>>): object => {
  const place = `${root}menu/${name}`
  return {
    name,
    app: 'menu',
    url: place,
    key,
    unique: [],
    dataArrays: {},
    fields: Object.fromEntries(Object.entries(types).map(([field, type]) => [field, { kind: 'value', type }])),
    references: name === 'Pizza' ? { shop: { field: 'shopId', model: `${root}menu/Shop`, nullable: true } } : {},
    operations: {
      model: {
        instances: { href: place, methods: ['GET'] },
        create: { href: place, methods: ['POST'] },
        query: { href: `${place}/-/query`, methods: ['POST'] },
        get: { href: `${place}/-/get{?id}`, methods: ['GET'] },
      },
      instance: {},
    },
  }
}

const contract = {
  service: 's',
  url: root,
  apps: {
    menu: {
      models: {
        Pizza: model('Pizza', ['id'], { id: 'integer', name: 'string', shopId: 'integer' }),
        Shop: model('Shop', ['code'], { code: 'string' }),
      },
    },
  },
}

const row = (self: string, others: object = {}): object => ({
  ...others,
  _etag: '"a"',
  _links: { self: { href: self } },
})

interface Double {
  readonly Pizza: UntypedNode
  readonly Shop: UntypedNode
  readonly reference: (to: string) => Promise<UntypedInstance>
  readonly sent: readonly string[]
}

/** A service that answers each method as it is told. */
function answering(answers: Readonly<Record<string, unknown>>): Double {
  const sent: string[] = []
  const transport = async (request: Request): Promise<Response> => {
    sent.push(`${request.method} ${request.url}`)
    return Response.json(answers[request.method])
  }
  const client = connect({ service: root, transport, contracts: [contract] })
  const app = client['menu']!
  return { Pizza: app['Pizza']!, Shop: app['Shop']!, reference: (to) => client.reference(to).get(), sent }
}

const others = [
  `${url}/2`,
  `${root}menu/Shop/1`,
  root,
  url,
  `${url}/`,
  'http://evil/s/menu/Pizza/1',
  'data:application/json,{}',
  'javascript:1',
  `${url}/1?x`,
  `${url}/1#x`,
  `${url}/1/prices`,
  `${url}/..`,
  `${url}/.%2E`,
  `${url}/../Shop/1`,
  `${url}/1%`,
]

describe('an answer about something else is UnexpectedAnswer', () => {
  test.each(others)('to get() and to a reference: %s', async (self) => {
    const { Pizza, reference } = answering({ GET: row(self, { id: 1 }) })
    await expect(Pizza.get({ id: 1 })).rejects.toThrow(UnexpectedAnswer)
    await expect(Pizza.get({ pk: 1 })).rejects.toThrow(`GET ${url}/-/get?pk=1 → 200: shows `)
    await expect(reference(`${url}/1`)).rejects.toThrow(UnexpectedAnswer)
  })

  test.each(others)('to a write and to refresh(), and what was seen stays: %s', async (self) => {
    const answers: Record<string, unknown> = { GET: row(`${url}/1`, { id: 1 }) }
    const { Pizza, sent } = answering(answers)
    const pizza = await Pizza.get({ id: 1 })
    for (const method of ['GET', 'PATCH', 'PUT']) answers[method] = row(self, { id: 2 })
    await expect(pizza.refresh()).rejects.toThrow(UnexpectedAnswer)
    await expect(pizza.update({ name: 'x' })).rejects.toThrow(UnexpectedAnswer)
    await expect(pizza.replace({ name: 'x' })).rejects.toThrow(UnexpectedAnswer)
    expect([pizza.url, pizza['id']]).toEqual([`${url}/1`, 1])
    expect(sent.slice(1)).toEqual([`GET ${url}/1`, `PATCH ${url}/1`, `PUT ${url}/1`])
  })

  test.each(others.slice(1, -1))('to create(), in lists and in batches: %s', async (self) => {
    const page = { _links: {}, _embedded: { item: [row(`${url}/1`), row(self)] } }
    await expect(answering({ POST: row(self) }).Pizza.create({ name: 'x' })).rejects.toThrow(UnexpectedAnswer)
    await expect(answering({ GET: page }).Pizza.page()).rejects.toThrow(UnexpectedAnswer)
    const batch = answering({ POST: page, GET: row(self) })
    const both = await Promise.allSettled([batch.reference(`${url}/1`), batch.reference(`${url}/3`)])
    expect(both).toMatchObject([{ reason: expect.any(UnexpectedAnswer) }, { reason: expect.any(UnexpectedAnswer) }])
  })

  test('in what is embedded', async () => {
    const links = { self: { href: `${url}/1` }, shop: { href: `${root}menu/Shop/a` } }
    const pizza = { id: 1, _etag: '"a"', _links: links, _embedded: { shop: row(`${root}menu/Shop/b`) } }
    const { Pizza } = answering({ GET: pizza })
    const instance = await Pizza.get({ id: 1 })
    await expect((instance['shop'] as { get(): Promise<unknown> }).get()).rejects.toThrow(UnexpectedAnswer)
  })
})

describe('an answer that spells the key in another way is one', () => {
  test.each([
    ['Thin', 'thin'],
    ['Thin ', 'Thin'],
    ['Café', 'cafe'],
    ['a/b', 'a%2Fb'],
    ['007', '7'],
  ])('%j and %s', async (code, segment) => {
    const { Shop } = answering({ GET: row(`${root}menu/Shop/${segment}`) })
    expect((await Shop.get({ code })).url).toBe(`${root}menu/Shop/${segment}`)
  })

  test('by what is not the key, or several at once, nothing is known of it', async () => {
    const { Pizza } = answering({ GET: row(`${url}/5`) })
    expect((await Pizza.get({ name: 'x' })).url).toBe(`${url}/5`)
    expect((await Pizza.get({ id: { in: [4, 5] } })).url).toBe(`${url}/5`)
    expect((await Pizza.get({ id: '5' })).url).toBe(`${url}/5`)
  })

  test('and so is that of a write which changes the key', async () => {
    const { Pizza } = answering({ GET: row(`${url}/1`, { id: 1 }), PATCH: row(`${url}/9`, { id: 9 }) })
    const pizza = await Pizza.get({ id: 1 })
    await pizza.update({ id: 9 })
    expect(pizza.url).toBe(`${url}/9`)
  })
})
