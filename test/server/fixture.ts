// A service over a real database file, and the way tests ask it: `api.get('/menu/Pizza/1')` through the public `fetch`.
import { createClient, type Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import {
  app,
  model,
  service,
  silentLogger,
  type AppDefinition,
  type ModelDefinitions,
  type Principal,
  type Scheme,
  type Service,
  type ServiceOptions,
  type SqliteDatabase,
} from 'slumberjs/server'
import * as tables from './tables.ts'

export const base = 'http://pizzas.test/slumber/pizzas'
export const directory = {
  pizzas: `${base}/`,
  atlas: 'http://atlas.test/slumber/atlas/',
  world: 'http://atlas.test/slumber/atlas/',
}

/** `Authorization: Test clerk menu.add_pizza,…`: a name and permissions, all of them for the name `admin`. */
export const testScheme: Scheme = {
  challenge: 'Test realm="tests"',
  authenticate({ headers }) {
    const [scheme, name = '', permissions = ''] = (headers.get('authorization') ?? '').split(' ')
    if (scheme !== 'Test') return Promise.resolve(undefined)
    return Promise.resolve(name === 'nobody' ? ('refused' as const) : principal(name, permissions.split(',')))
  },
}

export function principal(name: string, permissions: readonly string[] = []): Principal {
  const superuser = name === 'admin'
  return { name, superuser, can: (permission) => superuser || permissions.includes(permission) }
}

/** The models of the menu; what is given replaces one or adds to them. */
export function menu(models: ModelDefinitions = {}): AppDefinition {
  return app('menu', {
    Shop: model(tables.shops, {
      display: 'name',
      exclude: ['owner'],
      properties: { webAddress: (shop) => `http://www.example.com/${shop.slug}/` },
    }),
    Pizza: model(tables.pizzas, { display: 'name', exclude: ['recipe'] }),
    Price: model(tables.prices, {
      display: (price) => price.date.toISOString().slice(0, 10),
      references: { pizzaId: { inverse: 'prices' } },
      readOnly: ['madeAt'],
      access: { update: false, delete: false },
    }),
    SizePrice: model(tables.sizePrices, { references: { priceId: { name: 'price', inverse: 'sizes' } } }),
    Crust: model(tables.crusts, { display: 'name' }),
    Category: model(tables.categories, { display: 'name', references: { parentId: { inverse: 'children' } } }),
    Stock: model(tables.stocks, { references: { crustCode: 'crust' } }),
    Sample: model(tables.samples),
    ...models,
  })
}

export interface Asked {
  /** `admin` unless given; `''` for nobody at all. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // What a test expects of it, it says.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Api {
  readonly service: Service
  readonly database: SqliteDatabase
  readonly client: Client
  /** Where the database lies, for a second connection. */
  readonly url: string
  ask(method: string, path: string, asked?: Asked): Promise<Answer>
  get(path: string, asked?: Asked): Promise<Answer>
  post(path: string, json: unknown, asked?: Asked): Promise<Answer>
  put(path: string, json: unknown, asked?: Asked): Promise<Answer>
  patch(path: string, json: unknown, asked?: Asked): Promise<Answer>
  delete(path: string, asked?: Asked): Promise<Answer>
  /** Everything that is stored, as one text. */
  dump(): Promise<string>
  sql(statement: string): Promise<Record<string, unknown>[]>
}

/** A service for the tests of one file or `describe`; before each of them the tables have their first rows again. */
export function serving(options: Partial<ServiceOptions> = {}, journalMode = 'WAL'): Api {
  let folder = ''
  let url = ''
  let client: Client | undefined
  let exact: Client | undefined
  let served: Service | undefined
  let database: SqliteDatabase | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-'))
    url = pathToFileURL(join(folder, 'test.db')).href
    client = createClient({ url })
    exact = createClient({ url, intMode: 'string' })
    await client.executeMultiple(`PRAGMA journal_mode = ${journalMode}; ${tables.createTables}`)
    database = drizzle({ client })
    served = service('pizzas', {
      url: `${base}/`,
      database,
      directory,
      apps: [menu()],
      authenticate: [testScheme],
      logger: silentLogger,
      ...options,
    })
  })
  beforeEach(async () => {
    const empty = tables.tableNames.map((name) => `DELETE FROM ${name};`).join('')
    await client?.executeMultiple(
      `PRAGMA foreign_keys = OFF; ${empty} DELETE FROM sqlite_sequence; PRAGMA foreign_keys = ON;`,
    )
    await client?.executeMultiple(tables.fillTables)
  })
  afterAll(async () => {
    client?.close()
    exact?.close()
    await rm(folder, { recursive: true })
  })
  const ask = (method: string, path: string, asked: Asked = {}): Promise<Answer> =>
    askService(served!, method, path, asked)
  return {
    get service() {
      return served!
    },
    get database() {
      return database!
    },
    get client() {
      return client!
    },
    get url() {
      return url
    },
    ask,
    get: (path, asked) => ask('GET', path, asked),
    post: (path, json, asked) => ask('POST', path, { json, ...asked }),
    put: (path, json, asked) => ask('PUT', path, { json, ...asked }),
    patch: (path, json, asked) => ask('PATCH', path, { json, ...asked }),
    delete: (path, asked) => ask('DELETE', path, asked),
    async dump() {
      const rows = []
      for (const name of [...tables.tableNames, 'sqlite_sequence']) {
        rows.push((await exact!.execute(`SELECT * FROM ${name} ORDER BY 1, 2`)).rows)
      }
      return JSON.stringify(rows, (_, value: unknown) =>
        value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value,
      )
    },
    sql: async (statement) => (await client!.execute(statement)).rows.map((row) => ({ ...row })),
  }
}

/** @param path below the service, or an absolute URL. */
export async function askService(served: Service, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const headers = new Headers(asked.headers)
  if (asked.as !== '' && !headers.has('authorization')) headers.set('authorization', `Test ${asked.as ?? 'admin'}`)
  if (asked.json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const body = asked.json === undefined ? asked.body : JSON.stringify(asked.json)
  const url = path.startsWith('http:') ? path : served.url.slice(0, -1) + path
  const response = await served.fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }))
  const text = await response.text()
  expectSound(response, method, text)
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== ''
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
}

const driverWords = /sqlite|libsql|drizzle|constraint failed|select |insert into|params:|secret-dough|node_modules/i

/** What is true of every answer of a service. */
function expectSound(response: Response, method: string, text: string): void {
  if (response.status === 500) throw new Error(`a 500: ${text}`)
  expect(text).not.toMatch(driverWords)
  expect(response.headers.get('cache-control')).toMatch(/no-cache|no-store/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  if (response.status >= 400 && method !== 'HEAD') {
    const type = response.headers.get('content-type') ?? ''
    expect(type).toMatch(/^(?:application\/problem\+(?:json|xml)|text\/html; charset=utf-8)$/)
    if (!type.endsWith('json')) return
    expect(JSON.parse(text)).toMatchObject({ status: response.status, title: expect.any(String) })
  }
}

export const hal = { headers: { accept: 'application/hal+json' } } as const
