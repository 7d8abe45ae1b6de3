// Ours: the same table as a model of a service, with nothing set but what the others have too.
import { timingSafeEqual } from 'node:crypto'
import { basic } from 'slumberjs/auth'
import { serve } from 'slumberjs/node'
import { app, model, service } from 'slumberjs/server'
import type { Contestant } from '../frame/scenario.ts'
import { user } from './credentials.ts'
import { openPizzas, PIZZAS } from './database.ts'

const password = Buffer.from(user.password)

export const start: Contestant['start'] = (folder, driver) => startService(folder, driver, PIZZAS)

/** The service over so many rows. */
export const startService = async (
  folder: string,
  driver: string,
  rows: number,
): Promise<{ readonly port: number }> => {
  const { database, table } = await openPizzas(folder, driver, rows)
  const identity = { name: user.name, superuser: false, permissions: ['menu.add_pizza'] }
  const verify = basic(async (name, given) => {
    const bytes = Buffer.from(given)
    const isRight = bytes.length === password.length && timingSafeEqual(bytes, password)
    return name === user.name && isRight ? identity : undefined
  })
  const bulk = { items: 10_000, octets: 4_000_000 }
  const pizzeria = service('pizzas', {
    url: 'http://127.0.0.1/slumber/pizzas/',
    database,
    apps: [app('menu', { Pizza: model(table, { bulk, export: true }) })],
    authenticate: [verify],
  })
  const { port } = await serve(pizzeria, { port: 0 })
  return { port }
}
