// Reading and writing rows: the service against what somebody who knows Fastify and Drizzle would write by hand for the same
// table, with prepared statements, entity tags and conditions, and against frameworks that make resources of tables as it does,
// over each driver.
import type { Contest, Scenario } from '../frame/scenario.ts'
import { authorization } from './credentials.ts'
import { PIZZAS } from './database.ts'
import { drivers, dropDatabases, missingFor } from './place.ts'

const list = '/slumber/pizzas/menu/Pizza'
const headers = { Accept: 'application/json', Authorization: authorization }

const instance = {
  paths: Array.from({ length: PIZZAS }, (_, index) => `${list}/${index + 1}`),
  headers,
  bothHave: ['etag'],
} satisfies Partial<Scenario>

const pizza = { name: 'Quattro stagioni', forSale: true, price: '9.50', maxToppings: 4 }
const written = { 'Content-Type': 'application/json', ...headers }
const targets = (fastify: number, frameworks: number | null): Scenario['targets'] => ({
  fastify,
  feathers: frameworks,
  remult: frameworks,
  loopback: frameworks,
})

/** Frameworks give what they give by themselves, beside the document itself. */
const plain = { bothHave: [] }
const hal = { headers: { ...headers, Accept: 'application/hal+json' }, sameHeaders: [], ownContent: true }

export const contest: Contest = {
  ours: 'slumber',
  references: ['fastify', 'feathers', 'remult', 'loopback', 'slumber-hal'],
  variants: drivers,
  missing: missingFor,
  absent: {
    feathers: { libsql: 'its adapter for SQL is Knex, which has no dialect for libsql' },
    loopback: {
      libsql: 'it has no connector for libsql',
      'better-sqlite3': 'its connector for SQLite stands on sqlite3 4, which is no longer maintained',
    },
  },
  clearUp: dropDatabases,
  scenarios: [
    {
      ...instance,
      name: 'GET one',
      status: 200,
      sameHeaders: ['content-type'],
      differs: { feathers: plain, remult: plain, loopback: plain, 'slumber-hal': hal },
      targets: targets(1, 2),
    },
    {
      ...instance,
      name: 'GET one, 304',
      status: 304,
      among: ['slumber', 'fastify', 'remult'], // Feathers over Koa and LoopBack have no conditions
      sameHeaders: [],
      revalidate: true,
      targets: targets(1, null),
    },
    {
      name: 'GET page of 50',
      paths: [`${list}?limit=50`],
      status: 200,
      headers,
      sameHeaders: ['content-type'],
      bothHave: ['etag', 'link'],
      differs: {
        feathers: { ...plain, paths: [`${list}?$limit=50&$sort[id]=1`] },
        remult: { ...plain, paths: [`${list}?_limit=50`] }, // in the order of the key unless another is asked for
        loopback: { ...plain, paths: [`${list}?filter[limit]=50`] }, // so too
        'slumber-hal': { ...hal, bothHave: ['etag'] },
      },
      targets: targets(1.3, 2.5),
    },
    {
      name: 'POST one',
      method: 'POST',
      content: JSON.stringify(pizza),
      paths: [list],
      status: 201,
      headers: written,
      among: ['slumber', 'fastify', 'feathers', 'remult', 'loopback'],
      sameHeaders: ['content-type'],
      bothHave: ['etag', 'location'],
      differs: { feathers: plain, remult: plain, loopback: { ...plain, status: 200 } },
      requests: 2000,
      targets: targets(0.9, null),
    },
    {
      name: 'POST 10,000',
      method: 'POST',
      content: JSON.stringify(Array.from({ length: 10_000 }, () => pizza)),
      paths: [list],
      status: 204,
      headers: { ...written, Prefer: 'handling=strict, return=minimal' },
      among: ['slumber', 'fastify'],
      sameHeaders: [],
      bothHave: [],
      requests: 4,
      targets: { fastify: 0.7 },
    },
  ],
}
