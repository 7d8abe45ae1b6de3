// Two real processes of one service that share a store: what one of them has let in, the other knows, however close they are.
import { fork, type ChildProcess } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { slumberTables as mysqlTables } from 'slumberjs/mysql'
import { slumberTables as pgTables } from 'slumberjs/pg'
import { slumberTables as sqliteTables } from 'slumberjs/sqlite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { request } from 'undici'
import { url } from '../../examples/auth/processes.ts'
import { fieldsOf, shop, shopKey } from '../auth/signatures/fixture.ts'
import { hasRedis, redisPrefix, redisUrl } from '../redis.ts'
import { createdOn, dialects, type Dialect } from '../server/dialects.ts'

interface Store {
  readonly kind: 'redis' | Dialect['kind']
  readonly url: string
  readonly prefix?: string
}

const program = new URL('./payments.mjs', import.meta.url)

/** As a proxy that stands before both passes it on. */
const { host } = new URL(url)

async function begun(child: ChildProcess): Promise<number> {
  return await new Promise((resolve, reject) => {
    child.once('message', resolve as (port: unknown) => void) // a number, as payments.mjs says
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)))
  })
}

/** The ports of two processes, for the tests of one `describe`. */
function twoProcesses(store: () => Store | Promise<Store>): {
  send: (index: number, fields: Fields) => Promise<Response>
} {
  const children: ChildProcess[] = []
  const ports: number[] = []
  beforeAll(async () => {
    const told = JSON.stringify({ ...(await store()), keys: { shop } })
    for (const _ of [1, 2]) children.push(fork(program, [told]))
    ports.push(...(await Promise.all(children.map(begun))))
  })
  afterAll(async () => {
    await Promise.all(
      children.map(async (child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.disconnect()
        await ended
      }),
    )
  })
  const send = async (index: number, fields: Fields): Promise<Response> => {
    const asked = { method: 'POST', headers: { ...fields, host } } as const // which fetch() would not send
    const { statusCode: status, headers, body } = await request(`http://127.0.0.1:${ports[index % 2]}/payments`, asked)
    return new Response(await body.text(), { status, headers: headers as Fields }) // none comes twice
  }
  return { send }
}

type Fields = Record<string, string>

function signedNow(headers: Fields = {}): Fields {
  const created = Math.floor(Date.now() / 1_000)
  const parameters = { created: String(created), expires: String(created + 60) }
  return fieldsOf({ method: 'POST', url, headers, parameters, key: shopKey.privateKey })
}

function areOne(store: () => Store | Promise<Store>): void {
  const { send } = twoProcesses(store)

  test('A004 of a signed request that races on both exactly one passes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const fields = signedNow()
      const answers = await Promise.all([0, 1, 2, 3].map(async (index) => await send(index, fields)))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      const refused = answers.filter(({ status }) => status === 401)
      expect(refused).toHaveLength(3)
      for (const answer of refused) expect(await answer.json()).toMatchObject({ code: 'replay' })
    }
  })

  test('requests are counted over both', async () => {
    const left: number[] = []
    for (const index of [0, 1, 0, 1]) {
      const { headers } = await send(index, signedNow())
      left.push(Number(/;r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]))
    }
    expect(left.map((each) => left[0]! - each)).toEqual([0, 1, 2, 3])
  })

  test('what was done with an idempotency key by one, the other answers alike', async () => {
    const keyed = (): Fields => signedNow({ 'idempotency-key': '"k"' })
    const [first, again] = [await send(0, keyed()), await send(1, keyed())]
    expect([again.status, again.headers.get('idempotency-replayed'), await again.text()]).toEqual([
      201,
      '?1',
      await first.text(),
    ])
  })
}

describe.skipIf(!hasRedis)('in Redis', () => {
  areOne(() => ({ kind: 'redis', url: redisUrl, prefix: redisPrefix }))
})

const tables = { sqlite: sqliteTables.shared, pg: pgTables.shared, mysql: mysqlTables.shared }
/** What says where the database of a test is. */
const places: Readonly<Record<Dialect['kind'], readonly [statement: string, urlOf: (place: string) => string]>> = {
  sqlite: ['SELECT file AS place FROM pragma_database_list', (file) => pathToFileURL(file).href],
  pg: ['SELECT current_database() AS place', (name) => new URL(`/${name}`, inject('postgresUrl')).href],
  mysql: ['SELECT database() AS place', (name) => new URL(`/${name}`, inject('mysqlUrl')).href],
}

describe.each(dialects.filter(({ name }) => ['libsql', 'node-postgres', 'mysql2'].includes(name)))(
  'in a database: $name',
  (dialect) => {
    const created = createdOn(dialect, [tables[dialect.kind]])
    areOne(async () => {
      const [statement, urlOf] = places[dialect.kind]
      const [row] = await created.sql(statement)
      return { kind: dialect.kind, url: urlOf(String(row?.['place'])) }
    })
  },
)
