// Columns whose collation takes different texts for the same, or orders them as people do, over every database.
import { beforeAll, describe, expect, test } from 'vitest'
import { service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, fill, menuOver, type Dialect } from '../dialects.ts'
import { createStatements } from '../dialects/ddl.ts'
import { tableNames } from '../dialects/rows.ts'
import { askService, base, directory, testScheme, type Answer } from '../fixture.ts'
import { linkOf } from './asking.ts'

/** The collation of texts that each database knows and that takes `A` for `a`, or at least puts them side by side. */
const collations = { sqlite: 'NOCASE', pg: '"und-x-icu"', mysql: 'utf8mb4_general_ci' } as const

/** Statements that give the column of Sample, and the key of Crust, another collation. */
function collate({ kind, tables }: Dialect): readonly string[] {
  const collation = collations[kind]
  if (kind === 'pg') return [`ALTER TABLE sample ALTER COLUMN word TYPE text COLLATE ${collation}`]
  if (kind === 'mysql') {
    return [
      'ALTER TABLE stock DROP FOREIGN KEY stock_crust_code_crust_code_fk',
      `ALTER TABLE sample MODIFY word text COLLATE ${collation}`,
      `ALTER TABLE crust MODIFY code varchar(100) COLLATE ${collation} NOT NULL`,
    ]
  }
  const made = createStatements([tables.samples, tables.crusts])
  return ['sample', 'crust']
    .map((name) => `DROP TABLE ${name}`)
    .concat(made.map((statement) => statement.replace(/"(word|code)" text/, `"$1" text COLLATE ${collation}`)))
}

describe.each(dialects)('$name', (dialect) => {
  const created = createdOn(
    dialect,
    tableNames.map((name) => dialect.tables[name]),
  )
  let served: Service
  beforeAll(async () => {
    for (const statement of collate(dialect)) await created.sql(statement)
    await fill(dialect, created.database)
    served = service('pizzas', {
      url: `${base}/`,
      database: created.database,
      directory,
      apps: [menuOver(dialect)],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    const words = ['a', 'A', 'b', 'B', 'ä', 'Ä', 'a b', 'A-B', 'ab', '', 'ss', 'ß', 'e\u0301', 'é']
    for (const [index, word] of words.entries()) await put(`/menu/Sample/${index + 10}`, { word })
  })
  const get = (path: string): Promise<Answer> => askService(served, 'GET', path)
  const put = (path: string, json: unknown): Promise<Answer> => askService(served, 'PUT', path, { json })

  test.each(['word', '-word', 'word,-id', '-word,-id'])('pages by %s show every row once, both ways', async (sort) => {
    const whole = (await get(`/menu/Sample?sort=${sort}`)).body.map(({ id }: { id: number }) => id)
    expect(new Set(whole).size).toBe(18)
    const walk = async (path: string, rel: string): Promise<readonly unknown[][]> => {
      const pages: unknown[][] = []
      for (let url: string | undefined = path; url !== undefined;) {
        const answer = await get(url)
        pages.push(answer.body.map(({ id }: { id: number }) => id))
        if (pages.length > 18) throw new Error('It does not come to an end.')
        url = linkOf(answer, rel)
        if (url === undefined && rel === 'next') last = answer
      }
      return pages
    }
    let last: Answer | undefined
    expect((await walk(`/menu/Sample?sort=${sort}&limit=4`, 'next')).flat()).toEqual(whole)
    const back = await walk(linkOf(last!, 'prev') ?? '', 'prev')
    expect(back.toReversed().flat()).toEqual(whole.slice(0, 16))
  })

  test('what the column takes for the same is found by it, and text is looked for as it is', async () => {
    const found = async (query: string): Promise<unknown[]> =>
      (await get(`/menu/Sample?id__gte=10&sort=id&${query}`)).body.map(({ word }: { word: string }) => word)
    const same = dialect.kind === 'pg' ? ['B'] : ['b', 'B']
    expect(await found('word=B')).toEqual(same)
    expect(await found('word__in=B')).toEqual(same)
    expect(await found('word__contains=B')).toEqual(['B', 'A-B'])
    expect(await found('word__startswith=B')).toEqual(['B'])
  })

  test.runIf(dialect.kind !== 'pg')('another spelling of a key is 308 to the row, for every method', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
      const asked = ['PUT', 'PATCH'].includes(method) ? { json: { name: 'x' } } : {}
      const { status, headers } = await askService(served, method, '/menu/Crust/THN?format=json', asked)
      expect([status, headers.get('location')]).toEqual([308, `${base}/menu/Crust/thn?format=json`])
    }
    expect((await get('/menu/Crust/thn')).body).toEqual({ code: 'thn', name: 'Thin' })
    expect((await askService(served, 'POST', '/menu/Crust', { json: { code: 'THN', name: 'x' } })).status).toBe(409)
  })
})
