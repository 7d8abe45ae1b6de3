// Users of the auth service, copied into the tables of another service each time it is asked about them, over every database.
import type { Table } from 'drizzle-orm'
import { copiedUsers, localUsers, type Identity } from 'slumberjs/auth'
import { authTables as mysqlTables } from 'slumberjs/mysql'
import { authTables as pgTables } from 'slumberjs/pg'
import { authTables as sqliteTables } from 'slumberjs/sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { createdOn, dialects } from '../../server/dialects.ts'
import { quickHash } from '../fixture.ts'
import type { Filling } from './fixture.ts'

const tablesOf = { sqlite: sqliteTables, pg: pgTables, mysql: mysqlTables }

describe.each(dialects)('$name', (dialect) => {
  const { users } = tablesOf[dialect.kind]
  const created = createdOn(dialect, [users])
  const filling = (): Filling => created.database as unknown as Filling // whichever it is
  const rows = async (): Promise<readonly unknown[]> =>
    (
      await filling()
        .select()
        .from(users as Table)
    ).map((row) => [row['name'], row['superuser'], row['active']])

  let said: Identity | undefined
  let verify: ReturnType<typeof copiedUsers> = () => Promise.resolve(undefined)
  beforeAll(() => {
    verify = copiedUsers(() => Promise.resolve(said), created.database)
  })

  test('one that is not there is made, with a key of its own and no password', async () => {
    await filling().insert(users).values({ name: 'local', passwordHash: '' })
    said = { name: 'Zoë', superuser: false, permissions: ['menu.add_pizza'] }
    expect(await Promise.all(['a', 'b', 'c'].map((password) => verify('Zoë', password)))).toEqual([said, said, said])
    expect(await rows()).toEqual([
      ['local', false, true],
      ['Zoë', false, true],
    ])
    expect(await localUsers(created.database)('Zoë', '')).toBeUndefined()
  })

  test('one that is there is overwritten, superuser and password included, and keeps its key', async () => {
    const passwordHash = quickHash('from before')
    await filling().insert(users).values({ name: 'ada', passwordHash, active: false })
    said = { name: 'ada', superuser: true, permissions: [] }
    await verify('ada', 'x')
    expect(await rows()).toContainEqual(['ada', true, true])
    expect(await localUsers(created.database)('ada', 'from before')).toBeUndefined()
    said = { name: 'ada', superuser: false, permissions: [] }
    await verify('ada', 'x')
    expect(await rows()).toContainEqual(['ada', false, true])
  })

  test('who is refused is not copied', async () => {
    said = undefined
    expect(await verify('eve', 'x')).toBeUndefined()
    expect(await rows()).toHaveLength(3)
  })
})
