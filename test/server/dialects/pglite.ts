// PostgreSQL with pgvector and PostGIS from npm, compiled to WebAssembly: for the tests of what these extensions bring, where the
// server has not got them. It has one session, whoever connects, and so one connection at a time and a schema for a database.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Connected, OwnDatabase } from './connect.ts'
import { toolPath } from './install.ts'

/** What tests need of PostgreSQL that a server may be without. */
export const extensions = ['vector', 'postgis'] as const
export type Extension = (typeof extensions)[number]

/** As much of PGlite as is used here; it is not among the project's own packages, nor are its types. */
interface Pglite {
  exec(statements: string): Promise<unknown>
  dumpDataDir(compression: 'none'): Promise<Blob>
  close(): Promise<void>
}
interface SocketServer {
  start(): Promise<void>
  stop(): Promise<void>
  getServerConn(): string
}
interface Packages {
  readonly pglite: {
    readonly PGlite: { create(options: Readonly<Record<string, unknown>>): Promise<Pglite> }
  }
  readonly 'pglite-prepopulatedfs': { readonly dataDir: () => Promise<Blob> }
  readonly 'pglite-pgvector': { readonly vector: unknown }
  readonly 'pglite-postgis': { readonly postgis: unknown }
  readonly 'pglite-socket': {
    readonly PGLiteSocketServer: new (options: Readonly<Record<string, unknown>>) => SocketServer
  }
}

async function load<Name extends keyof Packages>(name: Name): Promise<Packages[Name]> {
  const file = `${await toolPath('pglite')}/@electric-sql/${name}/dist/index.js`
  return (await import(pathToFileURL(file).href)) as Packages[Name]
}

export interface PgliteServer {
  /** A schema of its own, which unqualified names are of, and a free port to reach it. Drop it before the next is made. */
  create(connect: (url: string, connections: number) => Connected): Promise<OwnDatabase>
  stop(): Promise<void>
}

/** Starts one over the data, without asking anything of it. */
async function open(loadDataDir: Blob): Promise<Pglite> {
  const [{ PGlite }, { vector }, { postgis }] = await Promise.all([
    load('pglite'),
    load('pglite-pgvector'),
    load('pglite-postgis'),
  ])
  return await PGlite.create({ loadDataDir, extensions: { vector, postgis } })
}

/** Among the packages, where `npm ci` removes it: it is never of other versions. */
const dataFile = async (): Promise<string> => `${await toolPath('pglite')}/.slumber-data.tar`

/** Installs PGlite, and keeps a database with the extensions: creating PostGIS takes most of the time. */
export async function installPglite(): Promise<string> {
  const file = await dataFile()
  if (existsSync(file)) return file
  const { dataDir } = await load('pglite-prepopulatedfs') // what initdb would write, which takes seconds
  const db = await open(await dataDir())
  for (const extension of extensions) await db.exec(`CREATE EXTENSION ${extension}`)
  const made = await db.dumpDataDir('none')
  await db.close()
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(unfinished, new Uint8Array(await made.arrayBuffer()))
  await rename(unfinished, file)
  return file
}

/** Call `installPglite` before, once for all test files. All extensions are created there. */
export async function startPglite(): Promise<PgliteServer> {
  const { PGLiteSocketServer } = await load('pglite-socket')
  const db = await open(new Blob([await readFile(await dataFile())]))
  return {
    async create(connect) {
      const name = `slumber_test_${randomBytes(4).toString('hex')}`
      await db.exec(`CREATE SCHEMA ${name}; SET search_path TO ${name}, public`)
      const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 1 })
      await server.start()
      return {
        connect: () => Promise.resolve(connect(`postgres://postgres@${server.getServerConn()}/postgres`, 1)),
        drop: async () => {
          await server.stop()
          // The session outlives the connection, and with it the names of its prepared statements.
          await db.exec(`DROP SCHEMA ${name} CASCADE; DEALLOCATE ALL`)
        },
      }
    },
    stop: () => db.close(),
  }
}
