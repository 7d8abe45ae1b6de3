// GET of one instance by its key, the commonest request there is: the service against what somebody who knows Fastify
// and Drizzle would write by hand for the same table, and against Node's bare HTTP server as the floor.
import type { Contest, Scenario } from '../frame/contest.ts'
import { authorization } from './credentials.ts'
import { PIZZAS } from './database.ts'

const instance = {
  paths: Array.from({ length: PIZZAS }, (_, index) => `/slumber/pizzas/menu/Pizza/${index + 1}`),
  headers: { Accept: 'application/json', Authorization: authorization },
  bothHave: ['etag'],
} satisfies Partial<Scenario>

const targets = { fastify: null, 'node-http': null }

export const contest: Contest = {
  ours: 'slumber',
  references: ['fastify', 'node-http'],
  scenarios: [
    { ...instance, name: 'GET one instance', status: 200, sameHeaders: ['content-type'], targets },
    { ...instance, name: 'GET one instance, not modified', status: 304, sameHeaders: [], revalidate: true, targets },
  ],
}
