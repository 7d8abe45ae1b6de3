// Long texts that a caller stores harm nobody else: pages go on behind them, keys fit into URLs, titles into header fields.
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, base, testScheme, type Answer, type Asked } from './fixture.ts'

const sqliteBooks = sqlite.sqliteTable('book', { id: sqlite.integer().primaryKey(), title: sqlite.text() })
const pgBooks = pg.pgTable('book', { id: pg.integer().primaryKey(), title: pg.text() })
const mysqlBooks = mysql.mysqlTable('book', { id: mysql.int().primaryKey(), title: mysql.text() })
const tables = {
  sqlite: {
    books: sqliteBooks,
    pages: sqlite.sqliteTable('page', {
      key: sqlite.text().primaryKey(),
      bookId: sqlite.integer().references(() => sqliteBooks.id),
      text: sqlite.text(),
    }),
  },
  pg: {
    books: pgBooks,
    pages: pg.pgTable('page', {
      key: pg.text().primaryKey(),
      bookId: pg.integer().references(() => pgBooks.id),
      text: pg.text(),
    }),
  },
  mysql: {
    books: mysqlBooks,
    pages: mysql.mysqlTable('page', {
      key: mysql.varchar({ length: 700 }).primaryKey(),
      bookId: mysql.int().references(() => mysqlBooks.id),
      text: mysql.text(),
    }),
  },
} as const

/** Four titles that differ at their ends alone, and two that are short. */
const titles = ['a', ...['1', '2', '3', '4'].map((end) => `${'b'.repeat(9_000)}${end}`), 'c']

describe.each(dialects)('$name', (dialect: Dialect) => {
  const { books, pages } = tables[dialect.kind]
  const created = createdOn(dialect, [books, pages])
  let served: Service
  beforeAll(async () => {
    const models = {
      Book: model(books, { display: 'title' as never, export: true }),
      Page: model(pages, { references: { bookId: { inverse: 'pages' } } }),
    }
    const apps = [app('a', models)]
    const scheme = { authenticate: [testScheme], logger: silentLogger }
    served = service(null, { url: `${base}/`, database: created.database, apps, ...scheme })
    for (const [index, title] of titles.entries()) await ask('POST', '/a/Book', { json: { id: index + 1, title } })
    for (const [index, text] of titles.entries()) {
      await ask('POST', '/a/Page', { json: { key: `k${index + 1}`, bookId: 2, text } })
    }
  })
  const ask = (method: string, path: string, asked?: Asked): Promise<Answer> => askService(served, method, path, asked)
  const linkOf = ({ headers }: Answer, rel: string): string | undefined =>
    new RegExp(`<([^>]*)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]
  async function walk(path: string, rel: 'next' | 'prev'): Promise<{ ids: unknown[]; last: Answer }> {
    const answer = await ask('GET', path)
    expect([answer.status, path.length < 2_000]).toEqual([200, true])
    const ids = answer.body.map((row: { id?: unknown; key?: unknown }) => row.id ?? row.key)
    const further = linkOf(answer, rel)
    if (further === undefined) return { ids, last: answer }
    const others = await walk(further, rel)
    return { ids: rel === 'next' ? [...ids, ...others.ids] : [...others.ids, ...ids], last: others.last }
  }

  test.each(['title', '-title'])('pages by %s go through all rows in both directions', async (sort) => {
    // MySQL's order is that of the beginnings of texts.
    const backwards = dialect.kind === 'mysql' ? [6, 2, 3, 4, 5, 1] : [6, 5, 4, 3, 2, 1]
    const sorted = sort === 'title' ? [1, 2, 3, 4, 5, 6] : backwards
    for (const fields of ['', '&fields=id']) {
      const { ids, last } = await walk(`/a/Book?sort=${sort}&limit=1${fields}`, 'next')
      expect(ids).toEqual(sorted)
      expect((await walk(linkOf(last, 'prev') ?? '', 'prev')).ids).toEqual(sorted.slice(0, -1))
    }
    const { ids } = await walk(`/a/Page?sort=${sort.replace('title', 'book.title')}&limit=2&fields=key`, 'next')
    expect(ids).toEqual(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
    expect((await ask('GET', `/a/Book?sort=${sort}&limit=all&fields=id`)).body).toHaveLength(6)
  })

  test('pages inside a row go on at their own URL', async () => {
    const expanded = '/a/Book/2?expand=pages&with.pages.sort=text&with.pages.limit=3&format=hal'
    const { body } = await ask('GET', expanded)
    const next = body._embedded.pages._links.next.href
    expect([next.length < 1_000, (await walk(next, 'next')).ids]).toEqual([true, ['k4', 'k5', 'k6']])
  })

  test('a page that ended with a long text is gone where the text has changed or its row is gone, and only there', async () => {
    await ask('POST', '/a/Book', { json: { id: 7, title: `${'d'.repeat(9_000)}1` } })
    await ask('POST', '/a/Book', { json: { id: 8, title: 'e' } })
    const next = linkOf(await ask('GET', '/a/Book?sort=title&limit=7&fields=id'), 'next') ?? ''
    const isGone = dialect.kind !== 'mysql' // whose cursors have the beginning
    expect((await ask('GET', next)).body).toEqual([{ id: 8 }])
    await ask('PATCH', '/a/Book/7', { json: { title: `${'d'.repeat(9_000)}2` } })
    const changed = await ask('GET', next)
    const detail = 'is of a row that has gone or has changed; begin at the beginning of the list'
    expect([changed.status, changed.body.errors]).toEqual(
      isGone ? [400, [{ parameter: 'after', detail }]] : [200, undefined],
    )
    await ask('DELETE', '/a/Book/7')
    expect((await ask('GET', next)).status).toBe(isGone ? 400 : 200)
    await ask('DELETE', '/a/Book/8')
  })

  test('a title is shown as far as a line needs it, in header fields and in HAL', async () => {
    const shown = `${'b'.repeat(200)}…`
    const encoded = `title*=UTF-8''${encodeURIComponent(shown)}`
    const { headers } = await ask('GET', '/a/Book/2')
    expect([headers.get('link')?.includes(encoded), (headers.get('link') ?? '').length < 3_000]).toEqual([true, true])
    const { body } = await ask('GET', '/a/Page/k1?format=hal')
    expect(body._links.book.title).toBe(shown)
    expect((await ask('GET', '/a/Book/2')).body.title).toHaveLength(9_001)
  })

  test('a title is never cut inside of a character', async () => {
    const [whole, longer] = ['\u{1F355}'.repeat(200), '\u{1F355}'.repeat(201)]
    for (const [title, shown] of [
      [whole, whole],
      [longer, `${whole}…`],
    ]) {
      await ask('PUT', '/a/Book/9', { json: { id: 9, title } })
      expect((await ask('GET', '/a/Book/9?format=hal')).body._links.self.title).toBe(shown)
    }
    await ask('DELETE', '/a/Book/9')
  })

  test('a key that is longer than its URL may be is refused', async () => {
    const isShort = dialect.kind === 'mysql'
    const [most, more] = isShort ? ['あ'.repeat(222), 'あ'.repeat(223)] : ['k'.repeat(2_000), 'k'.repeat(2_001)]
    const { status, body } = await ask('POST', '/a/Page', { json: { key: more } })
    const detail = 'is too long: the key may have 2000 characters in a URL'
    expect([status, body.code, body.errors]).toEqual([422, 'invalid-content', [{ pointer: '#/key', detail }]])
    const made = await ask('POST', '/a/Page', { json: { key: most } })
    const location = made.headers.get('location') ?? ''
    expect([made.status, (await ask('GET', location)).body.key]).toEqual([201, most])
    const first = await ask('GET', isShort ? '/a/Page?sort=-key&limit=1&fields=text' : '/a/Page?sort=key&limit=7')
    expect((await ask('GET', linkOf(first, isShort ? 'next' : 'self') ?? '')).status).toBe(200)
    expect((await ask('DELETE', location)).status).toBe(204)
  })
})
