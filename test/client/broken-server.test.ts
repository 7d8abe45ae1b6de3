// Servers that answer what no service should, and programs that ask what no service could: an error that says so, never a TypeError
// of the platform or a walk without end.
import {
  connect,
  SlumberError,
  UnexpectedAnswer,
  type ConnectOptions,
  type Reference,
  type UntypedInstance,
  type UntypedNode,
} from 'slumberjs'
import { describe, expect, test, vi } from 'vitest'

const root = 'http://h/slumber/pizzas/'
const url = `${root}menu/Pizza`

const pizzaModel = {
  name: 'Pizza',
  app: 'menu',
  url,
  key: ['id'],
  unique: [],
  fields: { id: { kind: 'value', type: 'integer' }, shopId: { kind: 'object', type: 'integer' } },
  references: { shop: { field: 'shopId', model: `${root}menu/Shop`, nullable: true } },
  dataArrays: {},
  operations: {
    model: {
      instances: { href: url, methods: ['GET'] },
      create: { href: url, methods: ['POST'] },
      get: { href: `${url}/-/get{?id}`, methods: ['GET'] },
    },
    instance: {},
  },
}

const pizza = { id: 1, shopId: 2, _etag: '"a"', _links: { self: { href: `${url}/1`, title: 'One' } } }

const page = (next: string | undefined, item: readonly unknown[] = []): object => ({
  _links: { self: { href: url }, ...(next === undefined ? {} : { next: { href: next } }) },
  _embedded: { item },
})

interface Double {
  readonly Pizza: UntypedNode
  readonly requests: readonly string[]
}

/** A service of one model; `answer` gives what is below it. */
function answering(
  answer: (url: string) => unknown,
  model: unknown = pizzaModel,
  options: Partial<ConnectOptions> = {},
): Double {
  const requests: string[] = []
  const transport = async (request: Request): Promise<Response> => {
    requests.push(request.url)
    if (requests.length > 20) throw new Error('asked for ever')
    if (!request.url.endsWith('/-/contract')) return Response.json(answer(request.url))
    return Response.json({ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: model } } } })
  }
  const client = connect({ service: root, transport, ...options })
  return { Pizza: client['menu']!['Pizza']!, requests } // any name is a node
}

const errorOf = async (call: Promise<unknown>): Promise<Error> =>
  await call.then(
    () => new Error('no error'),
    (error: unknown) => (error instanceof Error ? error : new Error('no Error')),
  )

const walk = async (list: AsyncIterable<unknown>): Promise<number> => {
  let count = 0
  for await (const _ of list) count += 1
  return count
}

describe('a next page that was there before', () => {
  test.each([
    ['the page itself', { [url]: url }, 1],
    ['the first of three', { [url]: `${url}?b`, [`${url}?b`]: `${url}?c`, [`${url}?c`]: url }, 3],
    ['the second of three', { [url]: `${url}?b`, [`${url}?b`]: `${url}?c`, [`${url}?c`]: `${url}?b` }, 3],
  ] as readonly (readonly [string, Record<string, string>, number])[])('ends the walk: %s', async (_, next, pages) => {
    const { Pizza, requests } = answering((asked) => page(next[asked]))
    const error = await errorOf(walk(Pizza))
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(error.message).toContain('the next page was there before')
    expect(requests).toHaveLength(pages + 1) // and the contract
  })

  test('ends all({ max })', async () => {
    const { Pizza } = answering((asked) => page(asked))
    expect(await errorOf(Pizza.all({ max: 9 }))).toBeInstanceOf(UnexpectedAnswer)
  })

  test('is no error where the program asks for the same next page twice', async () => {
    const { Pizza } = answering((asked) =>
      page(asked === url ? `${url}?b` : asked === `${url}?b` ? `${url}?c` : undefined),
    )
    const first = await Pizza.page()
    for (const second of [await first.next(), await first.next()]) {
      const third = await second?.next()
      expect([third?.items, third?.next()]).toEqual([[], undefined])
    }
  })
})

describe('pages without a row', () => {
  test('are walked where there are a few', async () => {
    const { Pizza } = answering((asked) => {
      const place = Number(new URL(asked).searchParams.get('after'))
      return place < 10 ? page(`${url}?after=${place + 1}`) : page(undefined, [pizza])
    })
    expect(await walk(Pizza)).toBe(1)
  })

  test('end the walk where there is always another', async () => {
    for (const ask of [walk, (list: UntypedNode) => list.all({ max: 5 }), (list: UntypedNode) => list.first()]) {
      let places = 0
      const { Pizza } = answering(() => page(`${url}?after=${places++}`))
      const error = await errorOf(ask(Pizza))
      expect(error).toBeInstanceOf(UnexpectedAnswer)
      expect(error.message).toContain('follows too many without a row')
    }
  })
})

test.each([
  ['of nobody', 'http://evil.test/menu/Pizza'],
  ['beside the service', 'http://h/menu/Pizza'],
  ['that is no page of the web', 'data:,x'],
])('a next page %s is not asked for: %s', async (_, next) => {
  const { Pizza, requests } = answering(() => page(next, [pizza]))
  const error = await errorOf(walk(Pizza))
  expect(error).toBeInstanceOf(UnexpectedAnswer)
  expect(error.message).toContain(`the next page, ${next}, is of no service`)
  expect(requests).toHaveLength(2) // and the contract
})

test.each(['', ' ', '1.5', '-1', 'x', '1, 1'])('a Total-Count of "%s" says nothing', async (total) => {
  const { transport } = {
    transport: async (request: Request) =>
      request.url.endsWith('/-/contract')
        ? Response.json({ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: pizzaModel } } } })
        : Response.json(page(undefined), { headers: { 'total-count': total } }),
  }
  const error = await errorOf(connect({ service: root, transport })['menu']!['Pizza']!.count()) // any name is a node
  expect(error).toBeInstanceOf(UnexpectedAnswer)
})

describe('links', () => {
  test('that are relative are resolved against the URL of the request (RFC 3986 §5.1.3)', async () => {
    const row = { ...pizza, _links: { self: { href: '/slumber/pizzas/menu/Pizza/1' }, shop: { href: 'Shop/2' } } }
    const { Pizza, requests } = answering((asked) =>
      asked === url ? page('?cursor=2', [row]) : page(undefined, [row]),
    )
    const first = await Pizza.page()
    expect(first.items[0]).toMatchObject({ url: `${url}/1`, shop: { url: `${root}menu/Shop/2` } })
    await first.next()
    expect(requests.at(-1)).toBe(`${url}?cursor=2`)
  })

  test('in arrays are none of ours (draft-kelly-json-hal §4.1.1)', async () => {
    const curies = [{ name: 'x', href: 'http://h/{rel}', templated: true }]
    const { Pizza } = answering(() => ({ ...pizza, shopId: null, _links: { ...pizza._links, curies } }))
    expect(await Pizza.get({ id: 1 })).toMatchObject({ url: `${url}/1`, shop: null })
  })

  const self = pizza._links.self
  const isNone = (name: string): string => `the link "${name}" is no URL, or holds a user or a password`
  test.each([
    ['null', { self, shop: null }, isNone('shop')],
    ['a text', { self, shop: `${url}/1` }, isNone('shop')],
    ['with a title that is none', { self: { href: `${url}/1`, title: {} } }, isNone('self')],
    ['that are no URL', { self: { href: 'http://' } }, isNone('self')],
    ['with a password', { self: { href: 'http://u:secret@h/1' } }, isNone('self')],
    ['elsewhere with a user', { self, shop: { href: '//secret@h/1' } }, isNone('shop')],
    ['that are not there', null, 'shows , which was not asked for'],
  ])('%s are UnexpectedAnswer', async (_, links, message) => {
    const { Pizza } = answering((asked) => {
      const row = { ...pizza, _links: links }
      return asked.includes('/-/get') ? row : page(undefined, [row])
    })
    const error = await errorOf(Pizza.get({ id: 1 }))
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(error.message).toBe(`GET ${url}/-/get?id=1 → 200: ${message}`)
    expect(await errorOf(Pizza.page())).toBeInstanceOf(UnexpectedAnswer)
  })

  test('to a next page are checked too', async () => {
    const answers: readonly unknown[] = [{ next: null }, { next: { href: 'http://u:secret@h/' } }]
    for (const links of answers) {
      const error = await errorOf(answering(() => ({ ...page(undefined), _links: links })).Pizza.page())
      expect(error).toBeInstanceOf(UnexpectedAnswer)
      expect(error.message).not.toContain('secret')
    }
  })
})

test.each([['"a"\r\nx: y'], ['a'], ['"a'], ['"€"'], [''], [1]])('_etag %j is none: UnexpectedAnswer', async (_etag) => {
  const { Pizza } = answering(() => ({ ...pizza, _etag }))
  expect(await errorOf(Pizza.get({ id: 1 }))).toBeInstanceOf(UnexpectedAnswer)
})

test.each([
  ['null', null],
  ['{}', {}],
  ['without operations', { ...pizzaModel, operations: undefined }],
  ['with an operation of null', { ...pizzaModel, operations: { model: { get: null }, instance: {} } }],
  ['with an operation without methods', { ...pizzaModel, operations: { model: { get: { href: url } }, instance: {} } }],
  ['with a field of null', { ...pizzaModel, fields: { id: null } }],
  ['with a reference of null', { ...pizzaModel, references: { shop: null } }],
  ['with a data array of null', { ...pizzaModel, dataArrays: { prices: null } }],
  ['with a key that is no list', { ...pizzaModel, key: 'id' }],
])('a contract whose model is %s is none', async (_, model) => {
  const error = await errorOf(answering(() => pizza, model).Pizza.get({ id: 1 }))
  expect(error).toBeInstanceOf(UnexpectedAnswer)
  expect(error.message).toContain('is no contract of a service')
})

describe('what is embedded is looked at where it is asked for', () => {
  const containing = (shop: unknown): object => ({
    ...pizza,
    _links: { ...pizza._links, shop: { href: `${root}menu/Shop/2` } },
    _embedded: { shop },
  })

  test('however deep it is', async () => {
    const inside = '{"_etag":"\\"a\\"","_links":{},"_embedded":{"shop":'
    const deep = `${inside.repeat(20_000)}{}${'}}'.repeat(20_000)}`
    const text = JSON.stringify(containing('…')).replace('"…"', () => deep)
    const contracts = [{ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: pizzaModel } } } }]
    const transport = async (): Promise<Response> =>
      new Response(text, { headers: { 'content-type': 'application/json' } })
    const client = connect({ service: root, contracts, transport })
    expect(await client['menu']!['Pizza']!.get({ id: 1 })).toMatchObject({ id: 1 }) // any name is a node
  })

  test.each([
    ['null', null],
    ['a text', 'x'],
    ['a page', page(undefined)],
    ['without links', { _etag: '"a"' }],
  ])('and what is no instance is an UnexpectedAnswer then: %s', async (_, shop) => {
    const Shop = { ...pizzaModel, name: 'Shop', url: `${root}menu/Shop`, references: {} }
    const contracts = [{ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: pizzaModel, Shop } } } }]
    const { Pizza } = answering(() => containing(shop), pizzaModel, { contracts })
    const instance = await Pizza.get({ id: 1 })
    const reference = instance['shop'] as { get(): Promise<unknown> } // a reference
    const error = await errorOf(reference.get())
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(error.message).toContain(`GET ${url}/-/get?id=1 → 200: `)
  })
})

test('what came with a row is there once its contract is, after a failure too', async () => {
  let isDown = true
  const shop = { _etag: '"s"', _links: { self: { href: 'http://shops/Shop/2' } } }
  const Shop = { ...pizzaModel, name: 'Shop', url: 'http://shops/Shop', references: {} }
  const shopOf = { ...pizza, _links: { ...pizza._links, shop: shop._links.self }, _embedded: { shop } }
  const client = connect({
    directory: { pizzas: root, shops: 'http://shops/' },
    retries: 0,
    contracts: [{ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: pizzaModel } } } }],
    transport: async ({ url: asked }) => {
      if (!asked.startsWith('http://shops/')) return Response.json(shopOf)
      if (isDown) return new Response(null, { status: 503 })
      return Response.json({ service: 'shops', url: 'http://shops/', apps: { menu: { models: { Shop } } } })
    },
  })
  const instance = await client['pizzas']!['menu']!['Pizza']!.get({ id: 1 }) // any name is a node
  const reference = instance['shop'] as { get(): Promise<{ url: string }> } // a reference
  await expect(reference.get()).rejects.toThrow('503')
  isDown = false
  expect((await reference.get()).url).toBe('http://shops/Shop/2')
  expect(await reference.get()).toBe(await reference.get())
})

describe('a call that cannot be sent is a SlumberError', () => {
  const client = connect({ service: root, transport: async () => Response.json({}) })
  test.each([
    ['a header of two lines', { url, headers: { 'x-a': 'b\r\nsecret' } }],
    ['a header with a name that is none', { url, headers: { 'secret thing': 'b' } }],
    ['a URL that is none', { url: '/menu/Pizza' }],
    ['a URL with a password', { url: 'http://u:secret@h/' }],
    ['a method that is none', { url, method: 'GE T' }],
    ['a GET with content', { url, body: {} }],
  ])('%s', async (_, call) => {
    const error = await errorOf(client.send(call))
    expect(error).toBeInstanceOf(SlumberError)
    expect(error.message).toMatch(/sent\.$/)
    expect(error.message).not.toContain('secret')
  })
})

describe('wrong use is a TypeError that says what is taken, and nothing is sent', () => {
  const fields = 'takes an object of fields, { name: value }, not'
  test.each<[string, (model: UntypedNode, input: never) => unknown, unknown]>([
    ['get', (model, input) => model.get(input), 'x'],
    ['get', (model, input) => model.get(input), null],
    ['get', (model, input) => model.get(input), 1],
    ['get', (model, input) => model.get(input), undefined],
    ['create', (model, input) => model.create(input), null],
    ['create', (model, input) => model.create(input), undefined],
    ['create', (model, input) => model.create(input), []],
    ['filter', (model, input) => model.filter(input), 'x'],
  ])('%s', async (name, call, input) => {
    const { Pizza, requests } = answering(() => pizza)
    const error = await errorOf((async () => await call(Pizza, input as never))()) // as programs without types do
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toContain(`${name}() ${fields} `)
    expect(requests).toEqual([])
  })

  test('update, replace', async () => {
    const { Pizza, requests } = answering(() => pizza)
    const instance = await Pizza.get({ id: 1 })
    const before = requests.length
    const wrong = 'name' as never // as programs without types do
    expect(await errorOf(instance.update(wrong))).toEqual(new TypeError(`update() ${fields} string.`))
    expect(await errorOf(instance.replace(wrong))).toEqual(new TypeError(`replace() ${fields} string.`))
    expect(requests).toHaveLength(before)
  })
})

describe('maxAnswerSize', () => {
  const row = { ...pizza, name: 'Ö'.repeat(500_000) }
  const size = new TextEncoder().encode(JSON.stringify(row)).length

  test('is the octets that are read of one answer', async () => {
    const enough = answering(() => row, pizzaModel, { maxAnswerSize: size })
    expect(await enough.Pizza.get({ id: 1 })).toMatchObject({ id: 1 })
    const less = answering(() => row, pizzaModel, { maxAnswerSize: size - 1 })
    const error = await errorOf(less.Pizza.get({ id: 1 }))
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(error.message).toContain(`the content is longer than ${size - 1} octets`)
  })

  test('ends an answer that has no end', async () => {
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_024)),
      cancel: () => void (isCancelled = true),
    })
    const client = connect({ service: root, transport: async () => new Response(body), maxAnswerSize: 10_000 })
    expect(await errorOf(client.send({ url }))).toBeInstanceOf(UnexpectedAnswer)
    expect(isCancelled).toBe(true)
  })
})

describe('content that says that it is JSON, and is not', () => {
  const get = (text: string, status = 200): Promise<Error> =>
    errorOf(
      connect({
        service: root,
        transport: () => new Response(text, { status, headers: { 'content-type': 'application/hal+json' } }),
      }).get(url),
    )

  test.each(['{"cut":', 'null null', '<html>', ' '])('is UnexpectedAnswer: %j', async (text) => {
    const error = await get(text)
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(error.message).toBe(`GET ${url} → 200: the content is no JSON (application/hal+json)`)
  })

  test('is what a refusal has, too', async () => {
    expect(await get('{"cut":', 404)).toMatchObject({ name: 'NotFound', status: 404 })
  })
})

test('a platform whose navigator says nothing of itself is one as any other', async () => {
  vi.stubGlobal('navigator', { product: 'ReactNative' })
  vi.resetModules()
  const { connect: connectThere } = await import('slumberjs')
  vi.unstubAllGlobals()
  expect(await connectThere({ service: root, transport: () => Response.json({}) }).get(url)).toMatchObject({
    status: 200,
  })
})

describe('references of one moment', () => {
  const model = {
    ...pizzaModel,
    operations: {
      ...pizzaModel.operations,
      model: { ...pizzaModel.operations.model, query: { href: `${url}/-/query`, methods: ['POST'] } },
    },
  }
  const row = (id: number): object => ({ id, _etag: '"a"', _links: { self: { href: `${url}/${id}` } } })
  const together = (answer: () => Response): Promise<readonly unknown[]> => {
    const transport = async (request: Request): Promise<Response> => {
      if (request.url.endsWith('/-/contract')) {
        return Response.json({ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: model } } } })
      }
      const id = Number(request.url.split('/').at(-1))
      return request.method === 'POST' ? answer() : Response.json(row(id), { status: id === 2 ? 500 : 200 })
    }
    const client = connect({ service: root, transport, retries: 0 })
    const ids = [1, 2, 3].map(async (id) => (await client.reference(`${url}/${id}`).get())['id'])
    return Promise.all(ids.map((each) => each.catch((error: unknown) => (error as Error).name)))
  }

  test.each([403, 404, 405, 413, 500, 501])(
    'are asked for by themselves where they are refused together: %i',
    async (status) => {
      expect(await together(() => Response.json({}, { status }))).toEqual([1, 'Refused', 3])
    },
  )

  test.each([401, 429, 503])('are not where that says nothing of them: %i', async (status) => {
    const name = status === 401 ? 'Unauthenticated' : 'Unavailable'
    expect(await together(() => Response.json({}, { status }))).toEqual([name, name, name])
  })

  test('that are on further pages are asked for by themselves', async () => {
    expect(await together(() => Response.json(page(`${url}/-/query?after=1`, [row(1)])))).toEqual([1, 'Refused', 3])
    expect(await together(() => Response.json(page(undefined, [row(1)])))).toEqual([1, 'NotFound', 'NotFound'])
  })
})

test('a problem of null is none, and faults that are no list are none', async () => {
  const links = { ...pizza._links, shop: { href: `${root}menu/Pizza/2` } }
  const shop = { ...pizza, id: 2, _links: { self: { href: `${url}/2` } } }
  const model = { ...pizzaModel, references: { shop: { ...pizzaModel.references.shop, model: url } } }
  const { Pizza } = answering(
    (asked) => (asked.endsWith('/2') ? shop : { ...pizza, _links: links, _problems: { shop: null } }),
    model,
  )
  const one = await Pizza.get({ id: 1 })
  expect((await (one['shop'] as Reference<UntypedInstance>).get()).url).toBe(`${url}/2`)
  const answer = Response.json({ errors: null }, { status: 422 })
  const error = await errorOf(connect({ service: root, transport: async () => answer }).get(url))
  expect(error).toMatchObject({ name: 'Invalid', faults: [] })
})

test('attempts that are no number are one', async () => {
  let asked = 0
  const transport = async (request: Request): Promise<Response> => {
    if (request.url.endsWith('/-/contract')) {
      return Response.json({ service: 'pizzas', url: root, apps: { menu: { models: { Pizza: pizzaModel } } } })
    }
    if (++asked > 9) throw new Error('asked for ever')
    return Response.json(request.method === 'PATCH' ? {} : pizza, { status: request.method === 'PATCH' ? 412 : 200 })
  }
  const one = await connect({ service: root, transport, retries: 0 })['menu']!['Pizza']!.get({ id: 1 }) // any name is a node
  expect(await errorOf(one.update(() => ({ shopId: 3 }), { attempts: Number.NaN }))).toMatchObject({
    name: 'PreconditionFailed',
  })
})
