// A fault inside an array or a JSON document points at the element, not only at the column.
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, operation, service, silentLogger, type Service } from 'slumberjs/server'
import { matrix } from './columns/matrix.ts'
import { createdOn, dialects } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

const pgUsers = pg.pgTable('member', {
  id: pg.integer().primaryKey(),
  roles: pg.text({ enum: ['admin', 'clerk'] }).array(),
  grid: matrix(),
  place: pg.point(),
  spot: pg.point({ mode: 'xy' }),
  info: pg.jsonb(),
})
const mysqlUsers = mysql.mysqlTable('member', { id: mysql.int().primaryKey(), info: mysql.json() })

const inDocument: readonly [unknown, string, string | RegExp][] = [
  [{ info: { a: [1, { b: '\ud800' }] } }, '#/info/a/1/b', /well-formed/],
  [{ info: ['x', '\ud800'] }, '#/info/1', /well-formed/],
  [{ info: { 'a/b': { '\ud800': 1 } } }, '#/info/a~1b', /well-formed/],
]

describe.each(dialects.filter(({ kind }) => kind !== 'sqlite'))('$name', (dialect) => {
  const users = dialect.kind === 'pg' ? pgUsers : mysqlUsers
  const created = createdOn(dialect, [users])
  let served: Service
  beforeAll(() => {
    const make = operation.model({
      POST: { run: ({ models }) => models(pgUsers).create({ id: 8, roles: ['admin', 'king' as 'clerk'] }) },
    })
    const apps = [app('a', { User: model(users, { bulk: true, operations: { make } }) })]
    const { database } = created
    served = service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
  })
  const faultsOf = async (method: string, path: string, json: unknown, prefer = ''): Promise<unknown> => {
    const { status, body } = await askService(served, method, path, { json, headers: { prefer } })
    return [status, ...body.errors.map(({ pointer }: { pointer: string }) => pointer)]
  }

  test.each(inDocument)('%j', async (content, pointer, detail) => {
    const { status, body } = await askService(served, 'POST', '/a/User', { json: { id: 9, ...(content as object) } })
    expect([status, body.errors]).toEqual([422, [{ pointer, detail: expect.stringMatching(detail) }]])
  })

  describe.runIf(dialect.kind === 'pg')('arrays', () => {
    test.each([
      [{ roles: ['admin', 'clerk', 'king'] }, '#/roles/2', 'must be one of: admin, clerk'],
      [{ roles: ['admin', 5] }, '#/roles/1', 'must be a string'],
      [{ roles: ['admin', null] }, '#/roles/1', 'must not be null, as an item of a list'],
      [{ roles: 'admin' }, '#/roles', 'must be an array'],
      [
        {
          grid: [
            [1, 2],
            [3, 4.5],
          ],
        },
        '#/grid/1/1',
        'must be an integer',
      ],
      [{ grid: [[1, 2], [3]] }, '#/grid', 'must have rows of one length, and none that is empty'],
      [{ place: [1, 'x'] }, '#/place/1', 'must be a number'],
      [{ spot: { x: 1, y: 'x' } }, '#/spot/y', 'must be a number'],
    ])('%j', async (content, pointer, detail) => {
      const { status, body } = await askService(served, 'POST', '/a/User', { json: { id: 9, ...content } })
      expect([status, body.errors]).toEqual([422, [{ pointer, detail }]])
    })

    test('in lists, operations and filters, too', async () => {
      const items = [{ id: 1 }, { id: 2, roles: ['king'] }]
      expect(await faultsOf('POST', '/a/User', items, 'handling=strict')).toEqual([422, '#/1/roles/0'])
      // No pointer, for the caller has sent none of it.
      const made = await askService(served, 'POST', '/a/User/-/make', { json: {} })
      expect([made.status, made.body.detail, made.body.errors]).toEqual([
        422,
        expect.stringMatching(/^roles\/1 /),
        undefined,
      ])
      expect(await faultsOf('QUERY', '/a/User', { roles: { in: [['admin'], ['clerk', 'king']] } })).toEqual([
        422,
        '#/roles/in/1/1',
      ])
      expect(await faultsOf('QUERY', '/a/User', { id: { in: [1, 'x'] } })).toEqual([422, '#/id/in/1'])
      expect(await faultsOf('QUERY', '/a/User', { id: { range: [1, 'x'] } })).toEqual([422, '#/id/range/1'])
      expect(await faultsOf('QUERY', '/a/User', { id: { in: 'x' } })).toEqual([422, '#/id/in'])
    })
  })
})
