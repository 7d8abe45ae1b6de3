// A database for random services, filled with a random world, and answers as what a caller can observe of them.
import { service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, type Dialect } from '../dialects.ts'
import { nameOf } from '../dialects/ddl.ts'
import { askService, testScheme, type Answer } from '../fixture.ts'
import type { Question } from './questions.ts'
import type { Setup } from './setup.ts'
import { columnsOf, tableNames, tablesOf, type Row, type TableName, type World } from './tables.ts'

const url = 'http://world.test/s'

/** Generated keys begin behind those of a world, whatever it holds. */
const firstGenerated = 100

export interface Randoms {
  readonly tables: (typeof tablesOf)['sqlite']
  make(setup: Setup): Service
  fill(world: World): Promise<void>
  /** What is stored, as a world. */
  stored(): Promise<World>
}

export function servingRandoms(dialect: Dialect): Randoms {
  const kind = dialect.kind === 'pg' ? 'pg' : 'sqlite'
  const tables = tablesOf[kind]
  const created = createdOn(dialect, Object.values(tables))
  const literal = (value: Row[string]): string => {
    if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
    return kind === 'sqlite' && typeof value === 'boolean' ? String(Number(value)) : String(value ?? 'NULL')
  }
  const insert = (name: TableName, rows: readonly Row[]): string => {
    const names = Object.keys(rows[0] ?? {})
    const lists = rows.map((row) => `(${names.map((each) => literal(row[each] ?? null)).join(', ')})`)
    return `INSERT INTO ${nameOf(tables[name])} (${names.map((each) => `"${each}"`).join(', ')}) VALUES ${lists.join(', ')}`
  }
  return {
    tables,
    make: ({ options }) =>
      service(null, {
        url: `${url}/`,
        database: created.database,
        authenticate: [testScheme],
        logger: silentLogger,
        secret: 'the same for all of a test',
        apps: [],
        ...options,
      }),
    async fill(world) {
      for (const name of tableNames.toReversed()) await created.sql(`DELETE FROM ${nameOf(tables[name])}`)
      for (const name of tableNames) if (world[name].length > 0) await created.sql(insert(name, world[name]))
      if (kind === 'sqlite') {
        await created.sql('DELETE FROM sqlite_sequence')
        const keyed = tableNames.filter((name) => name !== 'post_tag')
        const lists = keyed.map((name) => `('${name}', ${firstGenerated})`)
        await created.sql(`INSERT INTO sqlite_sequence (name, seq) VALUES ${lists.join(', ')}`)
      } else {
        const keyed = tableNames.filter((name) => name !== 'post_tag')
        const parts = keyed.map((name) => `setval(pg_get_serial_sequence('${name}', 'id'), ${firstGenerated})`)
        await created.sql(`SELECT ${parts.join(', ')}`)
      }
    },
    async stored() {
      const all: [TableName, readonly Row[]][] = []
      for (const name of tableNames) {
        const order = name === 'post_tag' ? '"postId", "tagId"' : 'id'
        const rows = await created.sql(`SELECT * FROM ${nameOf(tables[name])} ORDER BY ${order}`)
        all.push([name, rows.map((row) => asStored(name, row))])
      }
      return Object.fromEntries(all) as unknown as World // each name is there
    },
  }
}

/** In the order of a world's members, with booleans as such. */
function asStored(name: TableName, row: Readonly<Record<string, unknown>>): Row {
  const columns = name === 'post_tag' ? [] : ['id']
  return Object.fromEntries(
    [...columns, ...Object.keys(columnsOf[name])].map((column) => {
      const value = row[column] as Row[string] // what was stored as one
      return [column, column === 'gone' || column === 'published' ? Boolean(value) : value]
    }),
  )
}

export async function ask(
  served: Service,
  { method, path, asked }: Question,
  as: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return await askService(served, method, path, { ...asked, as, headers: { ...asked.headers, ...more } })
}

/** All of an answer that its caller can tell from another; not the id of the request. */
export function observed({ status, text, headers }: Answer): unknown {
  const kept = [...headers].map(([name, value]) => `${name}: ${name.endsWith('request-id') ? '' : value}`)
  return [status, text.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ''), kept.toSorted()]
}
