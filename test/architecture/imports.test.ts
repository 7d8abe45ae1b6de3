// Dependencies point one way: the table below is the whole of it, and any other arrow fails.
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, readSource, sourceFiles, type Import } from './modules.ts'

/** The folders of src/, and the folders each may import. `entries` and `cli` put the pieces together: nothing imports them. */
const PIECES = ['wire', 'http', 'server', 'client', 'refs', 'auth', 'explorer', 'node', 'testing', 'contract']
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  http: ['wire'],
  client: ['wire'],
  server: ['http', 'wire'],
  refs: ['server', 'client', 'wire'],
  auth: ['server', 'http', 'client', 'wire'],
  explorer: ['http', 'wire'],
  node: ['http', 'client', 'wire'],
  testing: ['server', 'refs', 'client', 'http', 'wire'],
  contract: ['server', 'client', 'wire'],
  entries: PIECES,
  cli: PIECES,
}

/** Folders that run anywhere `fetch` does: nothing of Node and nothing of a database in them, not even types. */
const ANYWHERE = ['wire', 'http', 'client']

/** The only folder that talks to Node's HTTP servers and clients. */
const SOCKETS = 'node/'
const SOCKET_MODULES = ['node:http', 'node:https', 'node:http2']

/** The only folders with Drizzle or a database driver in the running code; others may use their types. */
const DATABASE = ['server/store/', 'server/schema/', 'refs/column/', 'auth/tables/', 'testing/database/']
const DATABASE_MODULES = ['drizzle-orm', '@libsql/client', 'better-sqlite3', 'pg', 'postgres', 'mysql2']

/** What is wrong with one file's imports, one sentence each. `file` is its path from src/. */
const violations = (file: string, source: string): string[] =>
  importsOf(file, source)
    .map((found) => (found.specifier.startsWith('.') ? faultOfRelative(file, found) : faultOfPackage(file, found)))
    .filter((fault) => fault !== undefined)
    .map((fault) => `src/${file}: ${fault}`)

/** An arrow to another folder: in the table, and through that folder's index. */
const faultOfRelative = (file: string, { specifier }: Import): string | undefined => {
  const target = posix.join(posix.dirname(file), specifier)
  const from = folderOf(file)
  const to = folderOf(target)
  if (from === to) return undefined
  if (!ALLOWED[from]?.includes(to)) return `${from} may not import ${to} (${specifier})`
  if (target !== `${to}/index.ts`) return `import ${to} through its index.ts, not ${specifier}`
  return undefined
}

/** A module from outside: Node's and the database's have their places. */
const faultOfPackage = (file: string, { specifier, typeOnly }: Import): string | undefined => {
  const folder = folderOf(file)
  const isDatabase = DATABASE_MODULES.some((name) => specifier === name || specifier.startsWith(`${name}/`))
  if (ANYWHERE.includes(folder) && (isDatabase || specifier.startsWith('node:'))) {
    return `${folder} runs anywhere: no ${specifier}`
  }
  if (SOCKET_MODULES.includes(specifier) && !file.startsWith(SOCKETS)) return `${specifier} only in src/${SOCKETS}`
  if (isDatabase && !typeOnly && !DATABASE.some((place) => file.startsWith(place))) {
    return `${specifier} only in ${DATABASE.map((place) => `src/${place}`).join(', ')} (elsewhere: import type)`
  }
  return undefined
}

const folderOf = (path: string): string => path.split('/', 1)[0] ?? ''

describe('the import table', () => {
  test('knows every folder of src/', () => {
    expect(Object.keys(ALLOWED)).toEqual(expect.arrayContaining([...new Set(sourceFiles().map(folderOf))]))
  })

  test('holds for every file of src/', () => {
    expect(sourceFiles().flatMap((file) => violations(file, readSource(file)))).toEqual([])
  })
})

describe('the checker finds', () => {
  test.each([
    ['an arrow that is not in the table', 'client/send.ts', `import { app } from '../server/index.ts'`],
    ['an arrow of types', 'wire/link.ts', `import type { Route } from '../http/index.ts'`],
    ['an arrow out of wire by re-export', 'wire/index.ts', `export * from '../client/index.ts'`],
    ['an arrow by dynamic import', 'http/handler.ts', `const x = await import('../server/index.ts')`],
    ['an arrow inside a type', 'http/handler.ts', `type X = import('../server/index.ts').X`],
    ['an import past the index', 'http/handler.ts', `import { date } from '../wire/http-date.ts'`],
    ['an import past the index from a subfolder', 'server/store/read.ts', `import { a } from '../../wire/a.ts'`],
    ['an import past the index from an entry', 'entries/http.ts', `export { x } from '../http/handler.ts'`],
    ['an import of an entry', 'cli/main.ts', `import { connect } from '../entries/client.ts'`],
    ['an import of the command', 'entries/node.ts', `import { run } from '../cli/index.ts'`],
    ['a module of Node in wire', 'wire/hash.ts', `import { createHash } from 'node:crypto'`],
    ['a type of Node in the client', 'client/send.ts', `import type { Agent } from 'node:https'`],
    ['node:http outside src/node', 'server/service.ts', `import { createServer } from 'node:http'`],
    ['SQL outside the store', 'server/instance.ts', `import { eq } from 'drizzle-orm'`],
    ['SQL behind an inline type', 'server/instance.ts', `import { type SQL } from 'drizzle-orm'`],
    ['a driver outside the store', 'auth/users.ts', `import { createClient } from '@libsql/client'`],
    ['Drizzle in the client', 'client/model.ts', `import type { Table } from 'drizzle-orm'`],
  ])('%s', (_, file, source) => {
    expect(violations(file, source)).toHaveLength(1)
  })

  test.each([
    ['a neighbour in the same folder', 'server/store/read.ts', `import { plan } from '../plan.ts'`],
    ['another folder through its index', 'server/store/read.ts', `import { link } from '../../wire/index.ts'`],
    ['types of Drizzle in server', 'server/model.ts', `import type { Table } from 'drizzle-orm'`],
    ['Drizzle in a column', 'refs/column/sqlite.ts', `import { customType } from 'drizzle-orm/sqlite-core'`],
    ['words in a comment or a text', 'wire/a.ts', "// import 'node:fs'\nconst a = `\nimport 'node:fs'\n`"],
  ])('nothing wrong with %s', (_, file, source) => {
    expect(violations(file, source)).toEqual([])
  })
})
