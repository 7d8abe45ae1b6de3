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
