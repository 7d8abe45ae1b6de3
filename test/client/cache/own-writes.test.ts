// Whatever two users read and write through one cache, nobody is given what was answered to the other, and nobody reads what is older
// than their own last write: a property of random sequences, over a real service, for every store.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import * as fc from 'fast-check'
import {
  basic,
  connect,
  httpCache,
  memoryStore,
  SlumberError,
  type CacheStore,
  type Client,
  type Step,
} from 'slumberjs'
import { basic as basicScheme } from 'slumberjs/auth'
import { app, model, operation, service, type Service } from 'slumberjs/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const parents = sqliteTable('parent', { id: integer().primaryKey(), n: integer().notNull() })
const children = sqliteTable('child', {
  id: integer().primaryKey(),
  n: integer().notNull(),
  parentId: integer()
    .notNull()
    .references(() => parents.id),
})

const home = 'http://family.test/'
const users = ['ada', 'bob'] as const
type User = (typeof users)[number]

let family: Service | undefined
let close = async (): Promise<void> => {}
/** Counts up with each write: what a row shows says when it was written. */
let clock = 0

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slumber-cache-'))
  const connection = createClient({ url: pathToFileURL(join(folder, 'family.db')).href })
  await connection.executeMultiple(`
    CREATE TABLE parent (id integer PRIMARY KEY, n integer NOT NULL);
    CREATE TABLE child (id integer PRIMARY KEY, n integer NOT NULL, parentId integer NOT NULL REFERENCES parent (id));
    INSERT INTO parent VALUES (1, 0);
    INSERT INTO child VALUES (1, 0, 1), (2, 0, 1);`)
  const touch = operation.instance({
    POST: {
      permissions: [],
      input: z.object({ n: z.number() }),
      run: async ({ models, input: { n } }) => {
        await models(children).update({ id: 1 }, { n })
      },
    },
  })
  family = service('family', {
    url: home,
    database: drizzle(connection),
    apps: [
      app('children', {
        Parent: model(parents, { operations: { touch } }),
        Child: model(children, { references: { parentId: { inverse: 'children' } } }),
      }),
    ],
    authenticate: [
      basicScheme(async (name, password) =>
        password === 'secret' ? { name, superuser: true, permissions: [] } : undefined,
      ),
    ],
  })
  close = async () => {
    connection.close()
    await rm(folder, { recursive: true, force: true })
  }
})
afterAll(() => close())

const parent = `${home}children/Parent/1`
const child = (id: number): string => `${home}children/Child/${id}`

/** What shows rows: by itself, in lists, behind relations. */
const reads = [
  parent,
  child(1),
  child(2),
  `${home}children/Child`,
  `${home}children/Child?sort=-n`,
  `${parent}/children`,
  `${child(1)}?expand=parent`,
  `${parent}?expand=children`,
]

type Write = (client: Client<object>, n: number) => Promise<readonly string[]>

const patch =
  (url: string): Write =>
  async (client, n) => {
    await client.patch(url, { n }, { contentType: 'application/merge-patch+json' })
    return [url]
  }

/** Each gives the rows that it changed. */
const writes: readonly Write[] = [
  patch(parent),
  patch(child(1)),
  patch(child(2)),
  // It changes another row than the one it is called on.
  async (client, n) => {
    await client.post(`${parent}/touch`, { n })
    return [child(1)]
  },
  // Done, but nobody hears of it: the answer is lost.
  async (client, n) => {
    const lost = client.patch(
      child(2),
      { n },
      { headers: { 'x-lost': '1' }, contentType: 'application/merge-patch+json' },
    )
    await expect(lost).rejects.toThrow(SlumberError)
    return [child(2)]
  },
]

/** Every row in a document → what it shows. */
const shown = (content: unknown, found: [string, number][] = []): readonly (readonly [url: string, n: number])[] => {
  if (typeof content !== 'object' || content === null) return found
  const { _links: links, n } = content as { _links?: { self?: { href?: string } }; n?: unknown } // HAL, where it is one
  if (typeof links?.self?.href === 'string' && typeof n === 'number') found.push([links.self.href, n])
  for (const below of Object.values(content)) shown(below, found)
  return found
}

/** The service behind a proxy that gives some answers a lifetime, says on each whose it is, and loses some. */
const transport = async (request: Request): Promise<Response> => {
  const { status, headers, body } = await family!.fetch(request)
  if (request.headers.has('x-lost')) throw new TypeError('connection lost')
  const fields = new Headers(headers)
  const lasts = request.url.includes('sort') || request.url.endsWith('Parent/1')
  if (lasts) fields.set('cache-control', 'private, max-age=60')
  fields.set('x-for', request.headers.get('authorization') ?? 'nobody')
  return new Response(body, { status, headers: fields })
}

const step = fc.oneof(
  fc.record({ is: fc.constant('read' as const), of: fc.nat(reads.length - 1), ttl: fc.constantFrom(undefined, 0, 60) }),
  fc.record({
    is: fc.constant('write' as const),
    of: fc.nat(writes.length - 1),
    during: fc.option(fc.nat(reads.length - 1)),
  }),
)
const sequence = fc.array(fc.record({ user: fc.constantFrom(...users), step }), { minLength: 3, maxLength: 20 })

/** As one over a network: what is asked of it takes effect some turns later. */
const slow = (store: CacheStore): CacheStore => ({
  async get(key) {
    await Promise.resolve()
    return structuredClone(await store.get(key))
  },
  async set(key, held, seconds) {
    await new Promise((resolve) => setImmediate(resolve))
    await store.set(key, structuredClone(held), seconds)
  },
})

const stores = {
  memory: () => memoryStore(),
  'memory for four': () => memoryStore({ maxEntries: 4 }),
  'another process': () => slow(memoryStore()),
}

test.each(Object.entries(stores))(
  'H234 H237 nobody reads the answer of another, or what is older than their own write: %s',
  async (_, make) => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(sequence, async (steps) => {
        let sent = 0
        let reading = 0
        const cache = httpCache({ store: make() })
        const count =
          (next: Step): Step =>
          async (message) => {
            if (message.method === 'GET') sent += 1
            return await next(message)
          }
        const counting = { step: (next: Step) => cache.step(count(next)) }
        const clients = Object.fromEntries(
          users.map((user) => [
            user,
            connect<object>({
              service: home,
              authenticate: basic(user, 'secret'),
              transport,
              cache: counting,
              retries: 0,
            }),
          ]),
        ) as Record<User, Client<object>> // one for each
        const written: Record<User, Map<string, number>> = { ada: new Map(), bob: new Map() }
        const read = async (user: User, url: string, ttl: number | undefined): Promise<void> => {
          const own = new Map(written[user])
          reading += 1
          const { content, headers } = await clients[user].get(url, ttl === undefined ? {} : { ttl })
          expect(headers.get('x-for')).toBe(`Basic ${btoa(`${user}:secret`)}`)
          for (const [row, n] of shown(content)) expect([row, n >= (own.get(row) ?? 0)]).toEqual([row, true])
        }
        for (const { user, step: each } of steps) {
          if (each.is === 'read') {
            reading += 1
            await read(user, reads[each.of]!, each.ttl)
          } else {
            clock += 1
            const n = clock
            // Asked for before the write is done, and answered before or after it.
            const during = each.during === null ? undefined : read(user, reads[each.during]!, 60)
            during?.catch(() => {}) // told below
            const rows = await writes[each.of]!(clients[user], n)
            for (const row of rows) written[user].set(row, n)
            await during
          }
        }
        taken += reading - sent
      }),
      { numRuns: 25 },
    )
    expect(taken).toBeGreaterThan(0)
  },
  60_000,
)
