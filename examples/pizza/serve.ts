// One service as a process of its own: `node serve.js takeaway --ports=… --data=…`. Its log is on standard output.

import { parseArgs } from 'node:util'
import { basic, localUsers, remember, remoteUsers, type VerifyPassword } from 'slumberjs/auth'
import { cors } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { jsonLogger, service, type AppDefinition, type SqliteDatabase } from 'slumberjs/server'
import { withPage } from './browser/site.ts'
import { openDatabase } from './database.ts'
import { accountingApps } from './services/accounting.ts'
import { geo } from './services/atlas.ts'
import { menu } from './services/pizzas.ts'
import { ordersApp } from './services/takeaway.ts'
import { directory, directoryUrl, pageUrl, serviceNames, serviceUrl, systemOf, type ServiceName } from './system.ts'

const { values, positionals } = parseArgs({
  options: { ports: { type: 'string' }, data: { type: 'string' } },
  allowPositionals: true,
})
const name = serviceNames.find((known) => known === positionals[0])
if (name === undefined) throw new RangeError(`Say which service: ${serviceNames.join(', ')}.`)
const system = systemOf(values)
const logger = jsonLogger({ write: (line) => process.stdout.write(line), fields: { service: name } })
const opened = await openDatabase(system, name).catch((error: unknown) => {
  // One line in the log; Drizzle wraps what the driver says, and its stack says nothing more.
  const reason = error instanceof Error ? (error.cause ?? error) : error
  logger.error({ folder: system.folder, reason: String(reason) }, 'the database cannot be opened')
  process.exit(1)
})
const { database } = opened

/** Users are kept by `accounting`; every other service asks the one that the directory calls `auth`. */
function verifierOf(of: ServiceName, users: SqliteDatabase): VerifyPassword {
  return of === 'accounting' ? localUsers(users) : remoteUsers({ directory: directory(system) })
}

function appsOf(of: ServiceName, users: SqliteDatabase): readonly AppDefinition[] {
  switch (of) {
    case 'takeaway':
      return [ordersApp]
    case 'pizzas':
      return [menu]
    case 'accounting':
      return accountingApps(localUsers(users))
    case 'atlas':
      return [geo]
  }
}

async function authAnswers(): Promise<void> {
  const { ok } = await fetch(`${serviceUrl(system, 'accounting')}-/health`, { signal: AbortSignal.timeout(2_000) })
  if (!ok) throw new Error('accounting is not healthy')
}

const mounted = service(name, {
  url: serviceUrl(system, name),
  database,
  apps: appsOf(name, database),
  directory: directory(system),
  ...(name === 'takeaway' ? { directoryUrl: directoryUrl(system) } : {}),
  authenticate: [basic(remember(verifierOf(name, database)))],
  ...(name === 'accounting' ? {} : { readiness: { auth: authAnswers } }),
  // The page is at the origin of `takeaway`; browsers let it use the others because they say so.
  middleware: [cors({ origin: [pageUrl(system)], maxAge: 600 })],
  logger,
})

const served = name === 'takeaway' ? withPage(mounted, system) : mounted
const server = await serve(served, { port: system.ports[name], hostname: '127.0.0.1' })
logger.info({ url: mounted.url, pid: process.pid }, 'listening')

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await server.close()
  opened.close()
  process.exit(0)
}
// 'disconnect': the program that started this one is gone, and nobody else would stop it.
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, () => void stop())
