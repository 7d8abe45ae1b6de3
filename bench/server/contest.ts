// Reading and writing rows: the service against what somebody who knows Fastify and Drizzle would write by hand for the same
// table, with prepared statements, entity tags and conditions, over each driver.
import type { Contest, Scenario } from '../frame/contest.ts'
import { authorization } from './credentials.ts'
import { drivers, PIZZAS } from './database.ts'

const list = '/slumber/pizzas/menu/Pizza'
const headers = { Accept: 'application/json', Authorization: authorization }

const instance = {
  paths: Array.from({ length: PIZZAS }, (_, index) => `${list}/${index + 1}`),
  headers,
  bothHave: ['etag'],
} satisfies Partial<Scenario>

const pizza = { name: 'Quattro stagioni', forSale: true, price: '9.50', maxToppings: 4 }
const written = { 'Content-Type': 'application/json', ...headers }
const targets = (fastify: number): Scenario['targets'] => ({ fastify })

export const contest: Contest = {
  ours: 'slumber',
  references: ['fastify'],
  variants: drivers,
  scenarios: [
    { ...instance, name: 'GET one', status: 200, sameHeaders: ['content-type'], targets: targets(1) },
    { ...instance, name: 'GET one, 304', status: 304, sameHeaders: [], revalidate: true, targets: targets(1) },
    {
      name: 'GET page of 50',
      paths: [`${list}?limit=50`],
      status: 200,
      headers,
      sameHeaders: ['content-type'],
      bothHave: ['etag', 'link'],
      targets: targets(1.3),
    },
    {
      name: 'POST one',
      method: 'POST',
      content: JSON.stringify(pizza),
      paths: [list],
      status: 201,
      headers: written,
      sameHeaders: ['content-type'],
      bothHave: ['etag', 'location'],
      requests: 2000,
      targets: targets(0.9),
    },
    {
      name: 'POST 10,000',
      method: 'POST',
      content: JSON.stringify(Array.from({ length: 10_000 }, () => pizza)),
      paths: [list],
      status: 204,
      headers: { ...written, Prefer: 'handling=strict, return=minimal' },
      sameHeaders: [],
      bothHave: [],
      requests: 4,
      targets: targets(0.7),
    },
  ],
}
