// One process of the service of examples/auth/processes.ts, over the store that it is told; it ends with its parent.

import { Redis } from 'ioredis'
import { redisStore } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { databaseStore } from 'slumberjs/server'
import { payments } from '../../examples/.build/auth/processes.js'

const { kind, url, prefix, keys } = JSON.parse(process.argv[2] ?? '')

const stores = {
  redis: () => redisStore(new Redis(url), { prefix }),
  sqlite: async () => databaseStore((await import('drizzle-orm/libsql')).drizzle(url)),
  pg: async () => databaseStore((await import('drizzle-orm/node-postgres')).drizzle(url)),
  mysql: async () => databaseStore((await import('drizzle-orm/mysql2')).drizzle(url)),
}

const { port } = await serve(payments(await stores[kind](), keys), { port: 0 })
process.send?.(port)
process.once('disconnect', () => process.exit())
