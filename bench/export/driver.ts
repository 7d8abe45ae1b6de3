// The reference: Node's HTTP server, and the driver's rows written as they come, with JSON.stringify.
import { createClient } from '@libsql/client'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Pool } from 'pg'
import type { Contestant } from '../frame/scenario.ts'
import { isAuthorised } from '../server/by-hand.ts'
import { makeDatabase, openBetterSqlite3 } from '../server/place.ts'
import { ROWS } from './rows.ts'

/** Rows that are read, or at least written, at once. */
const PAGE = 1000

interface Row {
  readonly id: number
}

/** Pages of rows, in the order of the key. */
type Pages = () => AsyncGenerator<readonly Row[]>

export const start: Contestant['start'] = async (folder, driver) => {
  const pages = open(await makeDatabase(folder, driver, ROWS), driver)
  const server = createServer((request, response) => {
    if (isAuthorised(request.headers.authorization)) {
      void write(pages, response).catch((error: unknown) => response.destroy(error as Error))
    } else {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="pizzas", charset="UTF-8"' }).end()
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port } // a TCP server that listens has one
}

const write = async (pages: Pages, response: ServerResponse): Promise<void> => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for await (const rows of pages()) {
    let text = ''
    for (const row of rows) text += `${JSON.stringify(row)}\n`
    if (!response.write(text)) await once(response, 'drain')
  }
  response.end()
}

const open = (place: string, driver: string): Pages => {
  if (driver === 'better-sqlite3') {
    const every = openBetterSqlite3(place).prepare<[], Row>('SELECT * FROM pizzas ORDER BY id')
    return () => inPages(every.iterate())
  }
  if (driver === 'libsql') {
    const client = createClient({ url: pathToFileURL(place).href })
    const sql = 'SELECT * FROM pizzas WHERE id > ? ORDER BY id LIMIT ?'
    // Its rows are typed by position and name alone.
    return () =>
      pageByPage(async (after) => (await client.execute({ sql, args: [after, PAGE] })).rows as unknown as Row[])
  }
  const pool = new Pool({ connectionString: place })
  const text = 'SELECT * FROM pizzas WHERE id > $1 ORDER BY id LIMIT $2'
  return () => pageByPage(async (after) => (await pool.query<Row>({ name: 'page', text, values: [after, PAGE] })).rows)
}

const inPages = async function* (every: Iterable<Row>): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = []
  for (const row of every) {
    rows.push(row)
    if (rows.length < PAGE) continue
    yield rows
    rows = []
  }
  yield rows
}

const pageByPage = async function* (read: (after: number) => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let rows: readonly Row[]
  let after = 0
  do {
    rows = await read(after)
    yield rows
    after = rows.at(-1)?.id ?? after
  } while (rows.length === PAGE)
}
