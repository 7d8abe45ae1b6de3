// In Hono: the request as it came, prefix and all.

import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { api } from './api.ts'

export const app = new Hono()
app.all('/api/*', (c) => {
  const peer = getConnInfo(c).remote.address // for rate limits by address
  return api.fetch(c.req.raw, peer === undefined ? {} : { peer })
})
app.get('/', (c) => c.text('a page of Hono'))
