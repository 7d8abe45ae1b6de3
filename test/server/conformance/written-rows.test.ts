// Lists in JSON and NDJSON whose rows the database itself writes: octet for octet what the program writes of one row, whatever
// is stored, and written by the program wherever the database might say something else.
import * as fc from 'fast-check'
import type { Logger } from 'drizzle-orm'
import { drizzle as overLibsql } from 'drizzle-orm/libsql'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import { drizzle as overNodePostgres } from 'drizzle-orm/node-postgres'
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  app,
  model,
  service,
  silentLogger,
  type FieldAccess,
  type ModelDefinitions,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import type { Connected } from '../dialects/connect.ts'
import { createdOn, dialects, type CreatedOn, type Database, type Dialect } from '../dialects.ts'
import { askService, base, testScheme, type Answer } from '../fixture.ts'
import { seed } from '../../seed.ts'
import { made, oddNames, oddTables, shapes, wide, type Literal } from './written-values.ts'

/** The same database, which tells its statements. */
async function telling(dialect: Dialect, { database }: Pick<Connected, 'database'>, logger: Logger): Promise<Database> {
  const { $client: client } = database as { readonly $client?: unknown }
  const config = { client: client as never, logger } // of the driver that the dialect names
  if (dialect.name === 'libsql') return overLibsql(config)
  if (dialect.name === 'node-postgres') return overNodePostgres(config)
  if (dialect.name === 'postgres.js') return overPostgresJs(config)
  if (dialect.name === 'mysql2') return overMysql(config)
  const { drizzle } = await import('drizzle-orm/better-sqlite3') // which may not be there
  return drizzle(config)
}

/** Whatever somebody has set for the sessions of the database: texts are the same. */
async function setOtherwise(created: CreatedOn): Promise<void> {
  const [{ name }] = (await created.sql('SELECT current_database() AS name')) as [{ name: string }]
  const settings = ["timezone = 'Asia/Kolkata'", "datestyle = 'SQL, DMY'", 'extra_float_digits = -5']
  for (const setting of settings) await created.sql(`ALTER DATABASE ${name} SET ${setting}`)
}

const numRuns = 10

describe.each(dialects)('$name', (dialect) => {
  const { table, sure, any, unsure } = shapes[dialect.kind]
  const othersTables = dialect.kind === 'sqlite' ? [made, wide] : []
  const models: ModelDefinitions = dialect.kind === 'sqlite' ? { Made: model(made), Wide: model(wide) } : {}
  const isWriting = dialect.kind !== 'mysql'
  const created = createdOn(dialect, [table, oddTables[dialect.kind], ...othersTables])
  const statements: string[] = []
  let database: Database | undefined
  let served: Service | undefined
  beforeAll(async () => {
    if (dialect.kind === 'pg') await setOtherwise(created)
    const logger = { logQuery: (statement: string): void => void statements.push(statement) }
    database = await telling(dialect, await created.connect(), logger)
    served = serve({ Row: model(table), Odd: model(oddTables[dialect.kind]), ...models })
  })

  const serve = (given: ModelDefinitions, more: Partial<ServiceOptions> = {}): Service =>
    service(null, {
      url: `${base}/`,
      database: database!,
      apps: [app('menu', given)],
      authenticate: [testScheme],
      logger: silentLogger,
      ...more,
    })
  const get = (path: string, accept = 'application/json'): Promise<Answer> =>
    askService(served!, 'GET', path, { headers: { accept } })
  const names = Object.keys(sure)
  const columnOf = (name: string): string =>
    ({ smallSerial: 'small_serial', safeSerial: 'safe_serial', bigSerial: 'big_serial' })[name] ?? name
  const quoted = (name: string): string => (dialect.kind === 'mysql' ? `\`${name}\`` : `"${columnOf(name)}"`)

  type Values = Readonly<Record<string, Literal>>

  /** Rows under the keys 1, 2, 3 … in place of those that were there. */
  async function store(rows: readonly Values[]): Promise<void> {
    await created.sql('DELETE FROM written')
    const all = rows.map(
      (row, index) => `(${[index + 1, ...names.map((name) => row[name] ?? nothing(name))].join(', ')})`,
    )
    await created.sql(`INSERT INTO written (id, ${names.map(quoted).join(', ')}) VALUES ${all.join(', ')}`)
  }
  const nothing = (name: string): Literal => (name.toLowerCase().endsWith('serial') ? '1' : 'NULL')
  const valuesOf = (of: typeof sure): fc.Arbitrary<Values> =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.option(of[name]!, { nil: nothing(name), freq: 6 })])))
  const sureRows = fc.array(valuesOf(sure), { minLength: 1, maxLength: 12 })
  const mixed = Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof({ weight: 6, arbitrary: sure[name]! }, ...(any[name] ?? []).map((each) => fc.constant(each))),
    ]),
  )
  const anyRows = fc.array(valuesOf(mixed), { minLength: 1, maxLength: 8 })

  /** Each row as it is answered by itself. */
  async function textsOf(count: number): Promise<readonly string[]> {
    const texts: string[] = []
    for (let id = 1; id <= count; id += 1) texts.push((await get(`/menu/Row/${id}`)).text)
    return texts
  }

  async function statementsOf(path: string): Promise<readonly string[]> {
    statements.length = 0
    await get(path)
    return [...statements]
  }
  const byDatabase = expect.stringMatching(/^select (?!["`]id["`])[^,]+\|\|/)
  const byProgram = expect.stringMatching(/^select ["`]id["`], /)

  test(`a list is the texts of its rows, which the database has written (seed ${seed})`, async () => {
    const property = fc.asyncProperty(sureRows, async (rows) => {
      await store(rows)
      const texts = await textsOf(rows.length)
      expect(await statementsOf('/menu/Row')).toEqual([isWriting ? byDatabase : byProgram])
      expect((await get('/menu/Row')).text).toBe(`[${texts.join(',')}]`)
      expect((await get('/menu/Row', 'application/x-ndjson')).text).toBe(texts.map((text) => `${text}\n`).join(''))
      expect((await get('/menu/Row?sort=-id')).text).toBe(`[${texts.toReversed().join(',')}]`)
    })
    await fc.assert(property, { numRuns, seed })
  })

  test(`whatever is stored, a list is the texts of its rows (seed ${seed})`, async () => {
    const property = fc.asyncProperty(anyRows, async (rows) => {
      await store(rows)
      const texts = await textsOf(rows.length)
      expect((await get('/menu/Row')).text).toBe(`[${texts.join(',')}]`)
      for (const [index, text] of texts.entries()) {
        expect((await get(`/menu/Row?id=${index + 1}`)).text).toBe(`[${text}]`)
      }
    })
    await fc.assert(property, { numRuns, seed })
  })

  test('every value that the database might write otherwise is written by the program', async () => {
    for (const [name, values] of Object.entries(any)) {
      for (const value of values) {
        await store([{ [name]: value }])
        expect([name, value, (await get('/menu/Row')).text]).toEqual([name, value, `[${(await textsOf(1))[0]}]`])
      }
    }
  })

  test.runIf(isWriting)('where the database is not sure of a value, the program writes the page', async () => {
    for (const [name, value] of unsure) {
      await store([{}, { [name]: value }, {}])
      expect([name, value, await statementsOf('/menu/Row')]).toEqual([name, value, [byDatabase, byProgram]])
      expect([name, value, await statementsOf('/menu/Row?id=1')]).toEqual([name, value, [byDatabase]])
    }
  })

  test('names of columns are written as JSON writes them', async () => {
    await created.sql('INSERT INTO odd (id, c1) VALUES (1, NULL), (2, NULL)')
    const texts = [(await get('/menu/Odd/1')).text, (await get('/menu/Odd/2')).text]
    const { text, body } = await get('/menu/Odd')
    expect(text).toBe(`[${texts.join(',')}]`)
    expect(Object.keys(body[0])).toEqual(['id', ...oddNames])
  })

  test.runIf(dialect.kind === 'sqlite')('what is made by the database is a text, though it be JSON', async () => {
    await created.sql('INSERT INTO made (id) VALUES (1), (2)')
    const shown = [1, 2].map((id) => ({ id, list: `[${id},"x"]`, kept: `[${id},"x"]`, mean: id }))
    expect((await get('/menu/Made')).text).toBe(JSON.stringify(shown))
    expect(await statementsOf('/menu/Made')).toEqual([byDatabase])
  })

  test.runIf(dialect.kind === 'sqlite')('rows with very many columns are written by the program', async () => {
    await created.sql('INSERT INTO wide (id, c7) VALUES (1, 5)')
    expect((await get('/menu/Wide')).text).toBe(`[${(await get('/menu/Wide/1')).text}]`)
    expect(await statementsOf('/menu/Wide')).toEqual([byProgram])
  })

  test('so it is in the transactions of a service that begins one for each request', async () => {
    const own = serve({ Row: model(table) }, { begin: () => Promise.resolve() })
    for (const [name, value] of [['flag', 'NULL'] as const, ...unsure]) {
      await store([{ [name]: value }])
      const alone = await askService(own, 'GET', '/menu/Row/1')
      expect([name, value, (await askService(own, 'GET', '/menu/Row')).text]).toEqual([name, value, `[${alone.text}]`])
    }
  })

  test('nothing is asked of the database but what the caller may see', async () => {
    await store([{}, {}, {}])
    const fields: Readonly<Record<string, FieldAccess>> = { text: { read: (user) => user.can('see') } }
    const hiding = serve({ Row: model(table, { fields, access: { read: { id: { lte: 2 } } } }) })
    for (const [as, seesText] of [
      ['clerk', false],
      ['clerk see', true],
      ['clerk', false],
    ] as const) {
      statements.length = 0
      const { body } = await askService(hiding, 'GET', '/menu/Row', { as })
      expect(body.map((row: object) => ['text' in row, 'flag' in row])).toEqual(
        [seesText, seesText].map((sees) => [sees, true]),
      )
      if (!isWriting) continue
      expect(statements).toEqual([byDatabase])
      expect(statements[0]?.includes('"text":')).toBe(seesText)
    }
  })

  test('columns that the program shows in its own way are written by it, though other services of the table have them plain', async () => {
    await store([{}])
    const [plain] = (await get('/menu/Row')).body
    const text = { type: 'string', encode: () => 'other' } as const
    await created.sql(`UPDATE written SET text = 'one'`)
    for (const [options, shown] of [
      [{ convert: { text } }, { ...plain, text: 'other' }],
      [{ properties: { more: () => 1 } }, { ...plain, text: 'one', more: 1 }],
    ] as const) {
      const own = serve({ Row: model(table, options) })
      statements.length = 0
      expect((await askService(own, 'GET', '/menu/Row')).body).toEqual([shown])
      expect(statements).toEqual([byProgram])
    }
    expect((await get('/menu/Row')).body).toEqual([{ ...plain, text: 'one' }])
  })
})
