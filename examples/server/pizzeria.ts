// The service: apps over a database, and who may ask.

import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { basic } from 'slumberjs/auth'
import { service, type Service } from 'slumberjs/server'
import { menu } from './menu.ts'
import { sold } from './orders.ts'
import { firstRows } from './schema.ts'

const users = new Map([
  ['ada:engine', { name: 'ada', superuser: true, permissions: [] }],
  [
    'bob:builder',
    { name: 'bob', superuser: false, permissions: ['sold.add_order', 'sold.change_order', 'sold.add_line'] },
  ],
])

export async function pizzeria(file: string, url: string): Promise<Service> {
  const client = createClient({ url: `file:${file}` })
  await client.executeMultiple(firstRows)
  return service('pizzas', {
    url, // every link begins with it
    database: drizzle({ client }),
    apps: [menu, sold],
    authenticate: [basic(async (name, password) => users.get(`${name}:${password}`))],
    idempotency: true,
  })
}
