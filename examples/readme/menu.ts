// The server side: tables become strict REST resources.

import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic } from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { app, model, operation, Problem, service } from 'slumberjs/server'
import { z } from 'zod'

const shops = sqliteTable('shop', {
  id: integer().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
})
const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey(),
  name: text().notNull().unique(),
  price: numeric().notNull(),
  exclusiveToId: integer().references(() => shops.id), // the reference `exclusiveTo`
})

export async function startMenu(file: string, port: number): Promise<Server> {
  const client = createClient({ url: `file:${file}` })
  await client.executeMultiple(`
    create table if not exists shop (id integer primary key, name text not null, slug text not null unique);
    create table if not exists pizza (id integer primary key, name text not null unique, price numeric not null, exclusiveToId integer references shop);
    insert or ignore into shop values (1, 'Alta Moda', 'alta-moda');
    insert or ignore into pizza values (1, 'Margherita', 7.5, null), (2, 'Moda Speciale', 13.7, 1);`)

  const menu = app('menu', {
    Shop: model(shops, {
      display: 'name',
      properties: { webAddress: (shop) => `http://www.example.com/${shop.slug}/` },
    }),
    Pizza: model(pizzas, {
      display: 'name',
      operations: {
        quote: operation.instance({
          POST: {
            permissions: [], // every known caller; unless given, `menu.change_pizza` is needed
            input: z.object({ quantity: z.int().min(1) }),
            run: ({ instance, input }) => {
              if (input.quantity > 100) throw new Problem(409, 'That many we cannot bake.', { code: 'too-many' })
              return { total: (Number(instance['price']) * input.quantity).toFixed(2) }
            },
          },
        }),
      },
    }),
  })
  const pizzeria = service('pizzas', {
    url: `http://localhost:${port}/slumber/pizzas/`, // every link begins with it
    database: drizzle({ client }),
    apps: [menu],
    authenticate: [
      basic(async (name, password) =>
        name === 'ada' && password === 'engine' ? { name, superuser: true, permissions: [] } : undefined,
      ),
    ],
  })
  return await serve(pizzeria, { port }) // or hang `pizzeria.fetch` below any path of your own program
}
