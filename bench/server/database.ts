// The table behind the benchmark, and a file database with 1,000 rows of it.
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const PIZZAS = 1000

export const pizzas = sqliteTable('pizzas', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  forSale: integer('for_sale', { mode: 'boolean' }).notNull(),
  price: numeric('price').notNull(),
  maxToppings: integer('max_toppings'),
})

/** Makes a database in the folder, fills it and leaves it open. */
export const createDatabase = async (folder: string): Promise<LibSQLDatabase> => {
  const client = createClient({ url: pathToFileURL(join(folder, 'pizzas.db')).href })
  const database = drizzle(client)
  await database.run(sql`PRAGMA journal_mode = WAL`)
  await database.run(sql`CREATE TABLE pizzas (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    for_sale INTEGER NOT NULL,
    price NUMERIC NOT NULL,
    max_toppings INTEGER
  )`)
  await database.insert(pizzas).values(
    Array.from({ length: PIZZAS }, (_, index) => ({
      name: `Pizza number ${index + 1}`,
      forSale: index % 3 > 0,
      price: String(4.95 + (index % 40) / 4),
      maxToppings: index % 5 === 0 ? null : index % 12,
    })),
  )
  return database
}
