// Another process that writes to the same database: waited for, and what it has left is what a write decides about.
import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { dialects, servingOn, type Dialect } from '../dialects.ts'
import type { Connected } from '../dialects/connect.ts'
import { ifMatch, tagOf } from './asking.ts'

/** As much of the asynchronous databases of Drizzle as is used here. */
interface Transacting {
  transaction(run: (transaction: Running) => Promise<void>): Promise<void>
}
type Running = Readonly<Partial<Record<'execute' | 'run', (statement: SQL) => PromiseLike<unknown>>>>

/** Runs a statement in a transaction that stays open. @returns what commits it. */
async function hold({ name }: Dialect, other: Connected, statement: string): Promise<() => Promise<void>> {
  if (name === 'better-sqlite3') {
    await other.sql('BEGIN IMMEDIATE')
    await other.sql(statement)
    return async () => void (await other.sql('COMMIT'))
  }
  let commit = (): void => undefined
  const isEnding = new Promise<void>((resolve) => {
    commit = resolve
  })
  let ended: Promise<void> | undefined
  await new Promise<void>((resolve, reject) => {
    ended = (other.database as Transacting).transaction(async (transaction) => {
      await (transaction.execute?.(sql.raw(statement)) ?? transaction.run?.(sql.raw(statement)))
      resolve()
      await isEnding
    })
    ended.catch(reject)
  })
  return async () => {
    commit()
    await ended
  }
}

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect)
  const change = `UPDATE crust SET name = 'Theirs' WHERE code = 'thn'`

  test('H167 a write waits for another, and its condition is about what that has left', async () => {
    const tag = await tagOf(api, '/menu/Crust/thn')
    const commit = await hold(dialect, await api.connect(), change)
    const write = api.patch('/menu/Crust/thn', { name: 'Ours' }, ifMatch(tag))
    for (let index = 0; index < 3; index++) expect((await api.get('/menu/Crust/thn')).body.name).toBe('Thin')
    await commit()
    expect((await write).status).toBe(412)
    expect((await api.get('/menu/Crust/thn')).body.name).toBe('Theirs')
  })

  test('writes without a condition happen behind it, one after the other', async () => {
    const commit = await hold(dialect, await api.connect(), change)
    const writes = [1, 2, 3].map((index) => api.put('/menu/Crust/thn', { name: `Ours ${index}` }))
    expect((await api.get('/menu/Crust')).body).toHaveLength(2)
    await commit()
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([204, 204, 204])
    expect((await api.get('/menu/Crust/thn')).body.name).toMatch(/^Ours/)
  })

  test('a row that another is making is one that is there in the end', async () => {
    const commit = await hold(dialect, await api.connect(), `INSERT INTO crust VALUES ('new', 'Theirs')`)
    const writes = [
      api.put('/menu/Crust/new', { name: 'Ours' }, { headers: { 'if-none-match': '*' } }),
      api.post('/menu/Crust', { code: 'new', name: 'Ours' }),
    ]
    expect((await api.get('/menu/Crust/new')).status).toBe(404)
    await commit()
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([412, 409])
    expect((await api.get('/menu/Crust/new')).body.name).toBe('Theirs')
  })
})
