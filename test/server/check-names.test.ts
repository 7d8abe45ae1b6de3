// The name of a check is told only to callers who may see every column that it mentions, however it spells them.
import { sql, type SQL } from 'drizzle-orm'
import { check, integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type FieldRule } from 'slumberjs/server'
import { askService, base, serving, testScheme } from './fixture.ts'

const nobody: FieldRule = () => false
type Columns = { readonly salary: unknown; readonly bonus: unknown }

const jobs = (holds: (columns: Columns) => SQL) =>
  sqliteTable(
    'job',
    {
      id: integer().primaryKey(),
      salary: integer('the wage').default(900),
      pay: integer().default(900),
      bonus: integer(),
    },
    ({ pay: salary, bonus }) => [check('wage_over_bonus', holds({ salary, bonus }))],
  )

const checks: readonly (readonly [string, (columns: Columns) => SQL])[] = [
  ['as a column', ({ salary, bonus }) => sql`${salary} + ${bonus} < 1000`],
  ['in another case', ({ bonus }) => sql`PAY + ${bonus} < 1000`],
  ['as an identifier', ({ bonus }) => sql`${sql.identifier('pay')} + ${bonus} < 1000`],
  ['in quotes, with a blank', ({ bonus }) => sql`"the wage" + ${bonus} < 1000`],
  ['inside another SQL', ({ salary, bonus }) => sql`${sql`${salary} + ${bonus}`} < ${1000}`],
]

describe.each(checks)('a hidden column that a check mentions %s', (_, holds) => {
  const api = serving()
  const table = jobs(holds)
  const statements = `DROP TABLE IF EXISTS job; CREATE TABLE job (id integer PRIMARY KEY, "the wage" integer DEFAULT 900, pay integer DEFAULT 900,
    bonus integer, CONSTRAINT wage_over_bonus CHECK (pay + bonus < 1000));`

  test.each([
    ['excluded', { exclude: ['salary', 'pay'] } as const, false],
    [
      'closed by a rule',
      { fields: { salary: { read: nobody, write: nobody }, pay: { read: nobody, write: nobody } } },
      false,
    ],
    ['not hidden at all', {}, true],
  ])('%s', async (__, options, isTold) => {
    await api.client.executeMultiple(statements)
    const made = service(null, {
      url: `${base}/`,
      database: api.database,
      apps: [app('a', { Job: model(table, options) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    const { status, body } = await askService(made, 'POST', '/a/Job', { json: { bonus: 200 } })
    expect(status).toBe(422)
    expect(String(body.detail).includes('wage_over_bonus')).toBe(isTold)
  })
})
