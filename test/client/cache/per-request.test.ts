// While a service answers one request, the same question of its client is asked once: an operation that reads another service.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { basic, connect, httpCache, perRequest, type Cache, type Client } from 'slumberjs'
import { basic as basicScheme } from 'slumberjs/auth'
import { app, model, operation, service, type Service } from 'slumberjs/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixture } from '../fixture/client.ts'
import { numbered } from './origin.ts'

const home = 'http://asking.test/'
const other = 'http://other.test/'
const thing = `${other}thing`

let asking: Service | undefined
let close = async (): Promise<void> => {}
/** What the operation does, when it is called next. */
const works: (() => Promise<unknown>)[] = []
const arrived: string[] = []

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slumber-request-'))
  const connection = createClient({ url: pathToFileURL(join(folder, 'asking.db')).href })
  await connection.execute('CREATE TABLE note (id integer PRIMARY KEY)')
  const notes = sqliteTable('note', { id: integer().primaryKey() })
  const ask = operation.model({ GET: { run: () => works.shift()?.() } })
  asking = service('asking', {
    url: home,
    database: drizzle(connection),
    apps: [app('notes', { Note: model(notes, { operations: { ask } }) })],
    authenticate: [basicScheme(async (name) => ({ name, superuser: true, permissions: [] }))],
  })
  close = async () => {
    connection.close()
    await rm(folder, { recursive: true, force: true })
  }
})
beforeEach(() => {
  arrived.length = 0
})
afterAll(() => close())

const clientWith = (cache: Cache, user = 'ada'): Client<object> =>
  connect<object>({
    service: other,
    authenticate: basic(user, 'secret'),
    cache,
    retries: 0,
    transport: (request) => {
      arrived.push(request.method)
      return numbered(arrived.length, {}, request.url.endsWith('down') ? 503 : 200)
    },
  })

/** What the work comes to while a request is answered. */
const answering = async (doing: () => Promise<unknown>): Promise<unknown> => {
  works.push(doing)
  const authorization = `Basic ${btoa('ada:secret')}`
  const response = await asking!.fetch(new Request(`${home}notes/Note/-/ask`, { headers: { authorization } }))
  return await response.json()
}

const texts = async (client: Client<object>, ...urls: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = []
  for (const url of urls) found.push((await client.get(url)).text)
  return found
}

describe('perRequest', () => {
  test('asks once while one request is answered, and again for the next', async () => {
    const client = clientWith(perRequest())
    expect(await answering(() => texts(client, thing, thing))).toEqual(['answer 1', 'answer 1'])
    expect(await answering(() => texts(client, thing, thing))).toEqual(['answer 2', 'answer 2'])
  })

  test('keeps requests apart that are answered at the same time', async () => {
    const client = clientWith(perRequest())
    const [first, second] = await Promise.all([
      answering(() => texts(client, thing, `${thing}/1`, thing)),
      answering(() => texts(client, `${thing}/2`, thing, `${thing}/2`)),
    ])
    expect(arrived).toHaveLength(4)
    expect([(first as string[])[0], (second as string[])[0]]).toEqual([(first as string[])[2], (second as string[])[2]])
  })

  test('asks again after a write, of whichever client', async () => {
    const [reader, writer] = [clientWith(perRequest()), clientWith(perRequest())]
    const read = await answering(async () => {
      const before = await texts(reader, thing)
      await writer.put(thing, {})
      return [...before, ...(await texts(reader, thing))]
    })
    expect(read).toEqual(['answer 1', 'answer 3'])
  })

  test('is for each user, and for each client', async () => {
    const cache = perRequest()
    const clients = [clientWith(cache), clientWith(cache, 'bob'), clientWith(cache)]
    const read = await answering(async () => await Promise.all(clients.map((client) => texts(client, thing))))
    expect(read).toEqual([['answer 1'], ['answer 2'], ['answer 3']])
  })

  test('who wants to know asks; and a failure is not kept', async () => {
    const client = clientWith(perRequest())
    await answering(async () => {
      await texts(client, thing)
      await client.get(thing, { headers: { 'cache-control': 'no-cache' } })
      await client.get(thing, { headers: { 'if-none-match': '"a"' } })
      await client.get(`${other}down`).catch(() => undefined)
      await client.get(`${other}down`).catch(() => undefined)
      return null
    })
    expect(arrived).toHaveLength(5)
  })

  test('does nothing where no request is answered', async () => {
    expect(await texts(clientWith(perRequest()), thing, thing)).toEqual(['answer 1', 'answer 2'])
  })

  test('stands before a cache that keeps for longer', async () => {
    const client = clientWith(perRequest(httpCache()))
    const read = async (): Promise<string> => (await client.get(thing, { ttl: 60 })).text
    expect(await answering(read)).toBe('answer 1')
    expect(await read()).toBe('answer 1')
    expect(arrived).toHaveLength(1)
  })
})

describe('instances that are shared while one request is answered', () => {
  const here = fixture()
  const sharing = (user?: 'cook' | 'guest', cache: Cache = perRequest()): ReturnType<typeof here.client> =>
    here.client(user, { cache })

  /** What the work finds out while a request is answered. */
  const during = async (finding: () => Promise<readonly boolean[]>): Promise<unknown> => await answering(finding)

  test('are one object for each URL, by key, by a unique field, by reference and together with others', async () => {
    const client = sharing()
    const { Pizza, Shop } = client.pizzas.menu
    const found = await during(async () => {
      const pizza = await Pizza.get({ id: 3 })
      const shop = await Shop.get({ id: 1 })
      const [same, another] = await Promise.all([
        client.reference(pizza.url).get(),
        client.reference(`${here.system.directory.pizzas}menu/Pizza/1`).get(),
      ])
      return [
        pizza === (await Pizza.get({ id: 3 })),
        pizza === (await Pizza.get({ name: 'Moda Speciale' })),
        Object.is(pizza, same),
        Object.is(another, await Pizza.get({ pk: 1 })),
        shop === (await pizza.exclusiveTo?.get()),
      ]
    })
    expect(found).toEqual([true, true, true, true, true])
  })

  test('are forgotten after a write, and where the row is another meanwhile', async () => {
    const { Pizza } = sharing().pizzas.menu
    const elsewhere = here.client().pizzas.menu.Pizza
    const found = await during(async () => {
      const pizza = await Pizza.get({ id: 2 })
      await (await elsewhere.get({ id: 2 })).update({ limit: 7 })
      const changed = await Pizza.get({ name: 'Marinara' })
      await changed.update({ limit: null })
      const after = await Pizza.get({ id: 2 })
      return [pizza === changed, changed === after, after === (await Pizza.get({ id: 2 }))]
    })
    expect(found).toEqual([false, false, true])
  })

  test('are not those of other requests, users and clients, nor parts of them', async () => {
    const cache = perRequest()
    const [mine, guests, others] = [sharing('cook', cache), sharing('guest', cache), sharing('cook', cache)]
    const kept: unknown[] = []
    const found = async (): Promise<readonly boolean[]> => {
      const pizza = await mine.pizzas.menu.Pizza.get({ id: 1 })
      kept.push(pizza)
      const apart = await Promise.all([
        guests.pizzas.menu.Pizza.get({ id: 1 }),
        others.pizzas.menu.Pizza.get({ id: 1 }),
        mine.pizzas.menu.Pizza.get({ id: 1 }, { fields: ['name'] }),
        mine.pizzas.menu.Pizza.get({ id: 1 }, { expand: { exclusiveTo: true } }),
      ])
      return [...apart.map((each) => Object.is(pizza, each)), pizza === (await mine.pizzas.menu.Pizza.get({ id: 1 }))]
    }
    expect(await during(found)).toEqual([false, false, false, false, true])
    await during(found)
    expect(kept[0]).not.toBe(kept[1])
  })

  test('are none outside of requests, and without perRequest', async () => {
    const { Pizza } = sharing().pizzas.menu
    expect(await Pizza.get({ id: 1 })).not.toBe(await Pizza.get({ id: 1 }))
    const plain = here.client().pizzas.menu.Pizza
    const apart = async (): Promise<readonly boolean[]> => {
      const [one, again] = [await plain.get({ id: 1 }), await plain.get({ id: 1 })]
      return [one === again]
    }
    expect(await during(apart)).toEqual([false])
  })
})
