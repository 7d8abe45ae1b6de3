// An accounting service over a real database file: users, groups and permissions, and one model of its own to use them on.
import { randomBytes, scryptSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { authApp, basic, localUsers, scrypt, type LocalUsers } from 'slumberjs/auth'
import {
  app,
  model,
  service,
  type AppDefinition,
  type Scheme,
  type Service,
  type SqliteDatabase,
} from 'slumberjs/server'
import { authTables } from 'slumberjs/sqlite'
import { afterAll, beforeAll } from 'vitest'
import { createStatements } from '../server/dialects/ddl.ts'

/** `auth` is another name of the accounting service, as other services know it. */
export const directory = {
  accounting: 'http://accounting.test/slumber/accounting/',
  auth: 'http://accounting.test/slumber/accounting/',
  kitchen: 'http://kitchen.test/slumber/kitchen/',
} as const

const notes = sqliteTable('note', { id: integer().primaryKey({ autoIncrement: true }), words: text().notNull() })
export const kitchen: AppDefinition = app('kitchen', { Note: model(notes) })

/** Who is there, and the password of each. */
export const passwords = {
  admin: 'admin-demo',
  clerk: 'clerk-demo',
  viewer: 'viewer-demo',
  retired: 'retired-demo',
  Zoë: 'pässwörd ☕',
  colon: 'a:b::c:',
  empty: '',
} as const

/** Hashes that cost nothing. */
const quick = scrypt({ N: 16, r: 1, p: 1 })

/** A hash of the stored form, by parameters that cost nothing unless given. */
export function quickHash(password: string, { N, r, p } = { N: 16, r: 1, p: 1 }): string {
  const salt = randomBytes(16)
  const hash = scryptSync(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 2 ** 28 })
  const inBase64 = (octets: Buffer): string => octets.toString('base64').replace(/=+$/, '')
  return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${inBase64(salt)}$${inBase64(hash)}`
}

export interface Accounting {
  readonly database: SqliteDatabase
  /** `localUsers` of the database. */
  readonly verify: LocalUsers
  readonly service: Service
  /** `kitchen`, over the same database, with another way to authenticate. */
  kitchen(authenticate: readonly Scheme[]): Service
}

/** The service for the tests of one file. @param cost of the hashes that are stored. */
export function accounting(hashing = quick, cost?: { N: number; r: number; p: number }): Accounting {
  let folder = ''
  let made: Omit<Accounting, 'kitchen'> | undefined
  let close = (): void => undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-auth-'))
    const client = createClient({ url: pathToFileURL(join(folder, 'test.db')).href })
    close = () => client.close()
    await client.executeMultiple(createStatements([notes, ...Object.values(authTables)]).join(';\n'))
    const database = drizzle(client)
    await fill(database, cost)
    const verify = localUsers(database, { hashing })
    made = {
      database,
      verify,
      service: service('accounting', {
        url: directory.accounting,
        database,
        directory,
        apps: [authApp(verify), kitchen],
        authenticate: [basic(verify)],
      }),
    }
  })
  afterAll(async () => {
    close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    get database() {
      return made!.database
    },
    get verify() {
      return made!.verify
    },
    get service() {
      return made!.service
    },
    kitchen: (authenticate) =>
      service('kitchen', {
        url: directory.kitchen,
        database: made!.database,
        directory,
        apps: [kitchen],
        authenticate,
      }),
  }
}

/** `clerk` may add notes as a member of the cooks, and change them in their own right. */
async function fill(database: SqliteDatabase, cost?: { N: number; r: number; p: number }): Promise<void> {
  const { users, groups, permissions, userGroups, userPermissions, groupPermissions } = authTables
  const rows = Object.entries(passwords).map(([name, password]) => ({
    name,
    passwordHash: quickHash(password, cost),
    superuser: name === 'admin',
    active: name !== 'retired',
  }))
  await database.insert(users).values(rows)
  await database.insert(groups).values([{ name: 'cooks' }, { name: 'guests' }])
  const codes = ['kitchen.add_note', 'kitchen.change_note', 'kitchen.delete_note']
  await database.insert(permissions).values(codes.map((code) => ({ code })))
  await database.insert(userGroups).values({ userId: 2, groupId: 1 })
  await database.insert(groupPermissions).values([
    { groupId: 1, permissionId: 1 },
    { groupId: 2, permissionId: 3 },
  ])
  await database.insert(userPermissions).values([
    { userId: 2, permissionId: 1 }, // in two ways
    { userId: 2, permissionId: 2 },
  ])
}

/** The value of `Authorization`. */
export function credentials(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

/** As one of those in `passwords`. */
export const as = (name: keyof typeof passwords): string => credentials(name, passwords[name])

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // What a test expects of it, it says.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

/** @param path below the service. */
export async function ask(
  { url, fetch }: Service,
  method: string,
  path: string,
  asked: { readonly authorization?: string; readonly json?: unknown } = {},
): Promise<Answer> {
  const headers = new Headers()
  if (asked.authorization !== undefined) headers.set('authorization', asked.authorization)
  if (asked.json !== undefined) headers.set('content-type', 'application/json')
  const body = asked.json === undefined ? {} : { body: JSON.stringify(asked.json) }
  const response = await fetch(new Request(url + path, { method, headers, ...body }))
  const answered = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true && answered !== ''
  return {
    status: response.status,
    headers: response.headers,
    text: answered,
    body: isJson ? JSON.parse(answered) : undefined,
  }
}

/** Everything about an answer that may tell a caller something: without the request's own id. */
export function visible({ status, headers, body }: Answer): unknown {
  const fields = Object.fromEntries([...headers].filter(([name]) => name !== 'request-id'))
  return { status, fields, body: { ...body, requestId: undefined } }
}
