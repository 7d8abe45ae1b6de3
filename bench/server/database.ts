// The table behind the benchmark over each driver; and the statements that one would prepare by hand.
import { createClient } from '@libsql/client'
import { asc, eq, gt, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { drizzle as overLibsql, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { drizzle as overNodePostgres, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { pathToFileURL } from 'node:url'
import { Pool } from 'pg'
import { makeDatabase, openBetterSqlite3 } from './place.ts'

export const PIZZAS = 1000

export interface NewPizza {
  readonly name: string
  readonly forSale: boolean
  readonly price: string
  readonly maxToppings: number | null
}

export interface Pizza extends NewPizza {
  readonly id: number
}

type Awaitable<Value> = Value | Promise<Value>

/** What a contestant needs: the database for ours, prepared statements for those by hand. */
export interface Pizzas {
  readonly database: LibSQLDatabase | BetterSQLite3Database | NodePgDatabase
  readonly table: typeof ofSqlite | typeof ofPg
  readonly find: (id: number) => Awaitable<Pizza | undefined>
  readonly page: (after: number, limit: number) => Awaitable<readonly Pizza[]>
  readonly create: (pizza: NewPizza) => Promise<Pizza | undefined>
  /** All or none, each by the driver's own prepared insert. */
  readonly createAll: (pizzas: readonly NewPizza[]) => Promise<void>
}

const ofSqlite = sqlite.sqliteTable('pizzas', {
  id: sqlite.integer().primaryKey(),
  name: sqlite.text().notNull(),
  forSale: sqlite.integer({ mode: 'boolean' }).notNull(),
  price: sqlite.numeric().notNull(),
  maxToppings: sqlite.integer(),
})

const ofPg = pg.pgTable('pizzas', {
  id: pg.integer().primaryKey().generatedByDefaultAsIdentity(),
  name: pg.text().notNull(),
  forSale: pg.boolean().notNull(),
  price: pg.numeric({ precision: 8, scale: 2 }).notNull(),
  maxToppings: pg.integer(),
})

const given = {
  name: sql.placeholder('name'),
  forSale: sql.placeholder('forSale'),
  price: sql.placeholder('price'),
  maxToppings: sql.placeholder('maxToppings'),
}

/** Makes a database in the folder, or on the server, fills it and leaves it open. */
export const openPizzas = async (folder: string, driver: string, rows: number): Promise<Pizzas> => {
  const place = await makeDatabase(folder, driver, rows)
  if (driver === 'node-postgres') return onNodePostgres(place)
  return driver === 'better-sqlite3' ? onBetterSqlite3(place) : onLibsql(place)
}

const insertText = 'INSERT INTO pizzas (name, "forSale", price, "maxToppings") VALUES'

/** Both drivers of SQLite are asked the same; one gives its rows at once, which is as good to wait for. */
const askedOfSqlite = (
  database: sqlite.BaseSQLiteDatabase<'sync' | 'async', unknown>,
): Pick<Pizzas, 'find' | 'page' | 'create'> => {
  const find = database
    .select()
    .from(ofSqlite)
    .where(eq(ofSqlite.id, sql.placeholder('id')))
    .prepare()
  const page = database
    .select()
    .from(ofSqlite)
    .where(gt(ofSqlite.id, sql.placeholder('after')))
    .orderBy(asc(ofSqlite.id))
    .limit(sql.placeholder('limit'))
    .prepare()
  const create = database.insert(ofSqlite).values(given).returning().prepare()
  return {
    find: (id) => find.get({ id }),
    page: (after, limit) => page.all({ after, limit }),
    create: async (pizza) => (await create.all({ ...pizza }))[0],
  }
}

const onLibsql = async (file: string): Promise<Pizzas> => {
  const client = createClient({ url: pathToFileURL(file).href })
  const database = overLibsql(client)
  return {
    database,
    table: ofSqlite,
    ...askedOfSqlite(database),
    createAll: async (pizzas) => {
      const statements = pizzas.map(({ name, forSale, price, maxToppings }) => ({
        sql: `${insertText} (?, ?, ?, ?)`,
        args: [name, forSale ? 1 : 0, price, maxToppings],
      }))
      await client.batch(statements, 'write')
    },
  }
}

const onBetterSqlite3 = async (file: string): Promise<Pizzas> => {
  const client = openBetterSqlite3(file)
  const { drizzle } = await import('drizzle-orm/better-sqlite3') // it imports the driver, which may not be there
  const database = drizzle({ client })
  const insert = client.prepare(`${insertText} (?, ?, ?, ?)`)
  return {
    database,
    table: ofSqlite,
    ...askedOfSqlite(database),
    createAll: async (pizzas) => {
      client.transaction(() => {
        for (const { name, forSale, price, maxToppings } of pizzas) {
          insert.run(name, forSale ? 1 : 0, price, maxToppings)
        }
      })()
    },
  }
}

const onNodePostgres = async (connectionString: string): Promise<Pizzas> => {
  const pool = new Pool({ connectionString })
  const database = overNodePostgres(pool)
  const find = database
    .select()
    .from(ofPg)
    .where(eq(ofPg.id, sql.placeholder('id')))
    .prepare('find')
  const page = database
    .select()
    .from(ofPg)
    .where(gt(ofPg.id, sql.placeholder('after')))
    .orderBy(asc(ofPg.id))
    .limit(sql.placeholder('limit'))
    .prepare('page')
  const create = database.insert(ofPg).values(given).returning().prepare('create')
  return {
    database,
    table: ofPg,
    find: async (id) => (await find.execute({ id }))[0],
    page: (after, limit) => page.execute({ after, limit }),
    create: async (pizza) => (await create.execute({ ...pizza }))[0],
    createAll: async (pizzas) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        for (const { name, forSale, price, maxToppings } of pizzas) {
          const values = [name, forSale, price, maxToppings]
          await client.query({ name: 'insert', text: `${insertText} ($1, $2, $3, $4)`, values })
        }
        await client.query('COMMIT')
      } finally {
        client.release()
      }
    },
  }
}
