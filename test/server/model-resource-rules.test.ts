// What hand-written resources keep of their model: conditions that writes need, versions as tags, and one row at one address.
import { int, mysqlTable, unique as mysqlUnique, varchar } from 'drizzle-orm/mysql-core'
import {
  integer as pgInteger,
  pgTable,
  serial as pgSerial,
  text as pgText,
  unique as pgUnique,
} from 'drizzle-orm/pg-core'
import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { Table } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { NO_CONTENT, type StatusConstant } from 'slumberjs/http'
import {
  app,
  model,
  modelResource,
  modelRouter,
  service,
  silentLogger,
  type ModelOptions,
  type Row,
  type RuleSource,
  type Service,
} from 'slumberjs/server'
import { createdOn, dialects } from './dialects.ts'
import { base, testScheme } from './fixture.ts'

const sqliteRepairs = sqliteTable(
  'repair',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    tenant: text().notNull(),
    number: text().notNull(),
    state: text().notNull(),
    version: integer().notNull().default(1),
  },
  (table) => [unique('number_of_tenant').on(table.tenant, table.number)],
)
const pgRepairs = pgTable(
  'repair',
  {
    id: pgSerial().primaryKey(),
    tenant: pgText().notNull(),
    number: pgText().notNull(),
    state: pgText().notNull(),
    version: pgInteger().notNull().default(1),
  },
  (table) => [pgUnique('number_of_tenant').on(table.tenant, table.number)],
)
const mysqlRepairs = mysqlTable(
  'repair',
  {
    id: int().autoincrement().primaryKey(),
    tenant: varchar({ length: 20 }).notNull(),
    number: varchar({ length: 20 }).notNull(),
    state: varchar({ length: 20 }).notNull(),
    version: int().notNull().default(1),
  },
  (table) => [mysqlUnique('number_of_tenant').on(table.tenant, table.number)],
)
const tables: Readonly<Record<string, Table>> = { sqlite: sqliteRepairs, pg: pgRepairs, mysql: mysqlRepairs }

class Repair extends modelResource('/repairs/:id', 'shop.Repair') {
  GET = this.getOne
  async PATCH(): Promise<StatusConstant> {
    await this.update(this.data() as Row)
    return NO_CONTENT
  }
  async DELETE(): Promise<StatusConstant> {
    await this.remove()
    return NO_CONTENT
  }
}
class Lenient extends modelResource('/lenient/:id', 'shop.Repair', { settings: { requiresCondition: false } }) {
  async PATCH(): Promise<StatusConstant> {
    await this.update(this.data() as Row)
    return NO_CONTENT
  }
}
class ByNumber extends modelResource('/by/:number', 'shop.Repair') {
  GET = this.getOne
}
class ByTenant extends modelResource('/by/:tenant/:number', 'shop.Repair') {
  GET = this.getOne
}
class ByState extends modelResource('/states/:state', 'shop.Repair') {
  GET = this.getOne
}

describe.each(dialects)('over $name', (dialect) => {
  const table = tables[dialect.kind]!
  const created = createdOn(dialect, [table])
  beforeEach(async () => {
    await created.sql('DELETE FROM repair')
    await created.sql(
      "INSERT INTO repair (id, tenant, number, state, version) VALUES (1, 'a', 'R1', 'open', 4), (2, 'b', 'R1', 'open', 1), (3, 'b', 'R2', 'open', 1)",
    )
  })
  const over = (options: ModelOptions<Table>, rule?: RuleSource): Service =>
    service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('shop', { Repair: model(table, options) })],
      authenticate: [testScheme],
      logger: silentLogger,
      ...(rule === undefined ? {} : { rule }),
    })
  const asking =
    (served: Service, classes: Parameters<typeof modelRouter>[1]) =>
    async (method: string, path: string, headers: Record<string, string> = {}, as = 'admin'): Promise<Response> =>
      await modelRouter(served, classes).fetch(
        new Request(`http://pizzas.test${path}`, {
          method,
          headers: { authorization: `Test ${as}`, 'content-type': 'application/json', ...headers },
          ...(method === 'PATCH' ? { body: '{"state":"done"}' } : {}),
        }),
      )

  test('a write needs a condition where the model asks for one, and the version is the tag', async () => {
    const ask = asking(over({ requiresCondition: true, version: 'version' }), [Repair, Lenient])
    expect((await ask('PATCH', '/repairs/1')).status).toBe(428)
    expect((await ask('DELETE', '/repairs/1')).status).toBe(428)
    expect((await ask('GET', '/repairs/1')).headers.get('etag')).toBe('"4"')
    expect((await ask('PATCH', '/repairs/1', { 'if-match': '"3"' })).status).toBe(412)
    expect((await ask('PATCH', '/repairs/1', { 'if-match': '"4"' })).status).toBe(204)
    expect((await ask('GET', '/repairs/1')).headers.get('etag')).toBe('"5"')
    expect((await ask('DELETE', '/repairs/1', { 'if-match': '"4"' })).status).toBe(412)
    expect((await ask('PATCH', '/lenient/1')).status).toBe(204) // its own word goes before the model's
    expect((await ask('DELETE', '/repairs/1', { 'if-match': '"6"' })).status).toBe(204)
  })

  test('a model that asks for none has none', async () => {
    const ask = asking(over({}), [Repair])
    expect((await ask('PATCH', '/repairs/1')).status).toBe(204)
  })

  test('a path whose columns several rows may have is refused', () => {
    const message =
      'ByNumber: several rows of shop.Repair may be at one address /by/:number; override get(), or name all of: id; tenant and number.'
    expect(() => modelRouter(over({}), [ByNumber])).toThrow(message)
    expect(() => modelRouter(over({}, { state: 'open' }), [ByNumber])).toThrow(message)
    expect(() =>
      modelRouter(
        over({ serviceRule: false }, () => ({ tenant: 'a' })),
        [ByNumber],
      ),
    ).toThrow(message)
    expect(() =>
      modelRouter(
        over({}, () => ({ tenant: 'a' })),
        [ByState],
      ),
    ).toThrow('several rows of shop.Repair')
    expect(() => modelRouter(over({}), [ByTenant, Repair])).not.toThrow()
    expect(() => modelRouter(over({}, { tenant: 'a' }), [ByNumber])).not.toThrow()
    expect(() => modelRouter(over({ access: { read: { tenant: 'a' } } }), [ByNumber])).not.toThrow()
  })

  test('a rule may complete it; where it does not for somebody it is 409', async () => {
    const ask = asking(
      over({}, (user) => user.superuser || { tenant: user.name }),
      [ByNumber],
    )
    expect(await (await ask('GET', '/by/R1', {}, 'a')).json()).toMatchObject({ id: 1 })
    expect(await (await ask('GET', '/by/R1', {}, 'b')).json()).toMatchObject({ id: 2 })
    expect((await ask('GET', '/by/R2', {}, 'a')).status).toBe(404)
    expect((await ask('GET', '/by/R2')).status).toBe(200)
    const several = await ask('GET', '/by/R1')
    expect([several.status, ((await several.json()) as Row)['detail']]).toEqual([
      409,
      'Several rows have this number, and the address does not say which is meant.',
    ])
  })
})
