// Services in a row on sockets, each of which asks the next one by signed requests: what it asks, a test says.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connect, type Client, type ConnectOptions, type UntypedServices } from 'slumberjs'
import {
  basic,
  generateServiceKey,
  signed,
  signing,
  type Identity,
  type KeyRecord,
  type SigningOptions,
} from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { app, model, operation, service, type Service, type SqliteDatabase } from 'slumberjs/server'
import { afterAll, beforeAll } from 'vitest'

/** Who vouches for the users, whom all services know. */
export const issuer = 'https://accounts.example'

const codes = (...actions: readonly string[]): readonly string[] => actions.map((action) => `notes.${action}_note`)

export const identities: readonly Identity[] = [
  { name: 'admin', superuser: true, permissions: [] },
  { name: 'clerk', superuser: false, permissions: codes('add', 'change') },
  { name: 'viewer', superuser: false, permissions: [] },
  { name: '用户 Zoë 🍕', superuser: false, permissions: codes('add') },
]

export type Name = 'first' | 'second' | 'third'
const names: readonly Name[] = ['first', 'second', 'third']

/** What a service does when its operation `work` is called, or the public one, `open`. */
export type Work = (client: Client<UntypedServices>, path: (name: Name, below?: string) => string) => unknown

export interface Row {
  readonly services: Readonly<Record<Name, Service>>
  readonly urls: Readonly<Record<Name, string>>
  /** What arrived where, in order: method, path below the service, and the fields by which others are asked for somebody. */
  readonly arrived: { readonly at: Name; readonly request: Request }[]
  /** Replaced by each test. */
  readonly works: Partial<Record<Name, Work>>
  /** Of each service, with credentials of its own. */
  readonly client: (
    name: Name,
    options?: Partial<ConnectOptions>,
    own?: Partial<SigningOptions>,
  ) => Client<UntypedServices>
  /** By Basic: what the operation of a service comes to. */
  readonly ask: (
    name: Name,
    user: string | undefined,
    path?: string,
    method?: string,
  ) => Promise<{ readonly status: number; readonly body: unknown }>
  readonly path: (name: Name, below?: string) => string
}

const notes = sqliteTable('note', { id: integer().primaryKey({ autoIncrement: true }), words: text().notNull() })

/**
 * @param records what the keys of services may do, besides acting for all users of the issuer; nothing by themselves.
 * @param options of the clients by which services ask
 */
export function row(
  records: Partial<Record<Name, Partial<KeyRecord>>> = {},
  options: Partial<ConnectOptions> = {},
  maxHops = 3,
): Row {
  const keys = Object.fromEntries(names.map((name) => [name, generateServiceKey()]))
  const known = Object.fromEntries(
    names.map((name): [string, KeyRecord] => {
      const { publicKey } = keys[name]!
      return [name, { service: name, publicKey, actAs: { [issuer]: 'all' }, ...records[name] } as KeyRecord]
    }),
  )
  const servers: Server[] = []
  const made: Partial<Record<Name, Service>> = {}
  const urls: Partial<Record<Name, string>> = {}
  const clients: Partial<Record<Name, Client<UntypedServices>>> = {}
  let close = async (): Promise<void> => {}

  const it: Row = {
    services: made as Record<Name, Service>, // they are there before the first test
    urls: urls as Record<Name, string>,
    arrived: [],
    works: {},
    client: (name, own = {}, more = {}) =>
      connect({
        directory: { ...it.urls },
        authenticate: signing({ service: name, key: keys[name]!.privateKey, issuer, ...more }),
        retries: 0,
        ...options,
        ...own,
      }),
    path: (name, below = 'notes/Note/-/work') => it.urls[name] + below,
    ask: async (name, user, path, method = 'GET') => {
      const headers = new Headers()
      if (user !== undefined) headers.set('authorization', `Basic ${Buffer.from(`${user}:x`).toString('base64')}`)
      const response = await fetch(it.path(name, path), { method, headers })
      const answered = await response.text()
      return { status: response.status, body: answered === '' ? undefined : JSON.parse(answered) }
    },
  }

  const serviceOf = (name: Name, database: SqliteDatabase): Service => {
    const run = (): unknown => it.works[name]?.(clients[name]!, it.path)
    const users = ({ name: user }: { readonly name: string }): Identity | undefined =>
      identities.find((each) => each.name === user)
    return service(name, {
      url: it.urls[name],
      database,
      directory: it.urls,
      apps: [
        app('notes', {
          Note: model(notes, {
            operations: {
              work: operation.model({ GET: { run } }),
              open: operation.model({ GET: { run } }, { public: true }),
              who: operation.model({
                GET: { run: ({ user: caller }) => ({ name: caller.name, service: caller.service ?? null }) },
              }),
            },
          }),
        }),
      ],
      authenticate: [
        basic(async (user) => users({ name: user })),
        signed({ url: it.urls[name], keys: known, users, maxHops }),
      ],
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    })
  }

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slumber-forwarding-'))
    const connection = createClient({ url: pathToFileURL(join(folder, 'notes.db')).href })
    await connection.execute('CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT, words text NOT NULL)')
    for (const name of names) {
      const server = await serve(async (request) => {
        it.arrived.push({ at: name, request: request.clone() })
        return await it.services[name].fetch(request)
      })
      servers.push(server)
      urls[name] = `${server.url}/slumber/${name}/`
    }
    for (const name of names) {
      made[name] = serviceOf(name, drizzle(connection))
      clients[name] = it.client(name)
    }
    close = async () => {
      connection.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await close()
  })
  return it
}

/** The status of a call, refused or not. */
export async function statusOf(call: Promise<{ readonly status: number }>): Promise<number> {
  const { status } = await call.catch((error: unknown) => error as { readonly status: number }) // a refusal has one
  return status
}
