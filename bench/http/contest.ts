// One resource in two representations, with an entity tag: a resource class against the same answers written by hand, with
// Node's bare HTTP server as the floor, Fastify and Hono. `front` is serve() alone: what the way over the socket costs us.
import type { Contest, Scenario } from '../frame/scenario.ts'
import { ARTICLES } from './articles.ts'

const fields = ['etag', 'vary', 'cache-control', 'x-content-type-options', 'connection']

const instance = {
  paths: Array.from({ length: ARTICLES }, (_, index) => `/articles/${index + 1}`),
  headers: { Accept: 'application/json', 'Accept-Encoding': 'gzip, deflate', 'User-Agent': 'bench' },
  bothHave: ['date', 'request-id'],
  sameBytes: true,
} satisfies Partial<Scenario>

export const contest: Contest = {
  ours: 'slumber',
  references: ['node-http', 'fastify', 'hono', 'front'],
  scenarios: [
    {
      ...instance,
      name: 'GET',
      status: 200,
      sameHeaders: [...fields, 'content-type', 'content-length'],
      targets: { 'node-http': 0.8, fastify: 0.95 },
    },
    {
      ...instance,
      name: 'GET, not modified',
      status: 304,
      sameHeaders: [...fields, 'content-type', 'content-length'],
      revalidate: true,
      targets: { 'node-http': 0.85, fastify: 1, hono: 1 },
    },
  ],
}
