// The rules of shared stores, over each of them: in memory, in the databases, in Redis.
import type { Redis } from 'ioredis'
import { feedPage, memoryStore, redisStore, type RedisClient, type SharedStore } from 'slumberjs/http'
import { slumberTables as mysqlTables } from 'slumberjs/mysql'
import { slumberTables as pgTables } from 'slumberjs/pg'
import { databaseStore } from 'slumberjs/server'
import { slumberTables as sqliteTables } from 'slumberjs/sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { createdOn, dialects, type Database, type Dialect } from '../dialects.ts'
import { connectedTo, hasRedis, redisPrefix, redisUrl } from '../../redis.ts'
import { countersAreKept, feedsAreKept, usesWork, valuesAreKept, type Pair } from './rules.ts'

const tables = { sqlite: sqliteTables.shared, pg: pgTables.shared, mysql: mysqlTables.shared }

function rulesAreKept(pair: () => Pair): void {
  countersAreKept(pair)
  valuesAreKept(pair)
  feedsAreKept(pair)
  usesWork(pair)
}

/** How many entries two pages have, and how many of them are different ones. */
async function pagesOf(store: SharedStore, feed: string): Promise<readonly number[]> {
  const page = await store.since(feed)
  const rest = await store.since(feed, page.at(-1)?.cursor)
  return [page.length, rest.length, new Set([...page, ...rest].map(({ cursor }) => cursor)).size]
}

const pagesOf1024 = [feedPage, 1_024 - feedPage, 1_024]

describe('in memory', () => {
  const store = memoryStore()
  rulesAreKept(() => [store, store])

  test('a feed comes in pages', async () => {
    for (let index = 0; index < 1_024; index += 1) await store.append('long', String(index), 600)
    expect(await pagesOf(store, 'long')).toEqual(pagesOf1024)
  })
})

function onDatabase(dialect: Dialect): { pair: () => Pair; created: ReturnType<typeof createdOn> } {
  const created = createdOn(dialect, [tables[dialect.kind]])
  let pair: Pair | undefined
  beforeAll(async () => {
    const other = (await created.connect()).database as Database // each is of a class that a store takes
    pair = [databaseStore(created.database), databaseStore(other)]
  })
  return { pair: () => pair!, created }
}

describe.each(dialects)('in a database: $name', (dialect) => {
  const { pair, created } = onDatabase(dialect)
  rulesAreKept(pair)

  test('a feed comes in pages', async () => {
    const columns = `${dialect.kind === 'mysql' ? '`key`' : 'key'}, place`
    await created.sql('DELETE FROM slumber_shared')
    await pair()[0].append('long', 'x', 600)
    for (let count = 1; count < 1_024; count *= 2) {
      await created.sql(
        `INSERT INTO slumber_shared (${columns}, value, expires) SELECT ${columns} + ${count}, value, expires FROM slumber_shared WHERE place > 0`,
      )
    }
    expect(await pagesOf(pair()[1], 'long')).toEqual(pagesOf1024)
  })

  test('what has expired goes, in small bites, and nothing else', async () => {
    const key = dialect.kind === 'mysql' ? '`key`' : 'key'
    const row = (index: number, expires: number): string => `('old ${index}', 0, 'x', ${expires})`
    const later = Date.now() + 600_000
    const old = Array.from({ length: 50 }, (_, index) => row(index, 1))
    await created.sql('DELETE FROM slumber_shared')
    await created.sql(
      `INSERT INTO slumber_shared (${key}, place, value, expires) VALUES ${[...old, row(50, later)].join(', ')}`,
    )
    const store = databaseStore(created.database)
    const left: unknown[] = []
    for (const name of ['a', 'b', 'c']) {
      await store.setIfAbsent(name, '', 600)
      left.push((await created.sql(`SELECT ${key} FROM slumber_shared WHERE expires = 1`)).length)
    }
    expect(left).toEqual([30, 10, 0])
    expect(await created.sql(`SELECT ${key} FROM slumber_shared`)).toHaveLength(4)
  })

  test('where the table is missing it says which statement makes it, and that statement does', async () => {
    const store = databaseStore(created.database)
    await created.sql('DROP TABLE slumber_shared')
    const missing: unknown = await store.ready().catch((error: unknown) => error)
    const [, statements = ''] = /makes it: (.*)$/s.exec(String(missing)) ?? []
    await expect(store.get('a')).rejects.toThrow('slumber_shared')
    for (const statement of statements.split(';').filter((each) => each.trim() !== '')) await created.sql(statement)
    await store.ready()
    expect([await store.setIfAbsent('a', 'x', 60), await store.get('a')]).toEqual([undefined, 'x'])
  })
})

describe.skipIf(!hasRedis)('in Redis', () => {
  /** What is used of a client of the package `redis`, which has no `call`. */
  const asNodeRedis = (redis: Redis): RedisClient => ({
    sendCommand: ([command = '', ...parts]) => redis.call(command, ...parts),
  })
  const [one, two] = [connectedTo(redisUrl), connectedTo(redisUrl)]
  const options = { prefix: redisPrefix }
  const pair = [redisStore(one, options), redisStore(asNodeRedis(two), options)] as const
  rulesAreKept(() => pair)

  test('a feed comes in pages', async () => {
    await Promise.all(
      Array.from({ length: 1_024 }, async (_, index) => await pair[0].append('long', String(index), 600)),
    )
    expect(await pagesOf(pair[1], 'long')).toEqual(pagesOf1024)
  })

  test('every key has its prefix and an end', async () => {
    const keys = await one.keys(`${redisPrefix}shared1:*`)
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) expect(await one.pttl(key)).not.toBe(-1)
  })

  test('another prefix is another store', async () => {
    const other = redisStore(one, { prefix: `${redisPrefix}other:` })
    await pair[0].setIfAbsent('a', 'x', 60)
    expect(await other.get('a')).toBeUndefined()
  })

  test('replies that are no texts are never taken for nothing', async () => {
    const octets = redisStore({ call: () => Promise.resolve(Buffer.from('x')) })
    await expect(octets.setIfAbsent('a', '', 60)).rejects.toThrow('as strings')
  })

  test.each([{}, { get: () => null }, { call: 5 }])('what is no client is refused: %o', (none) => {
    expect(() => redisStore(none as unknown as RedisClient)).toThrow(TypeError)
  })
})
