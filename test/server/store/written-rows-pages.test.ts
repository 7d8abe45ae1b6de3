// Pages whose rows the database writes as JSON: the same rows in the same order as in HAL, which the program writes, whatever is
// asked for, and whoever asks; and tags that change with what is shown, and with nothing else.
import type { Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type ModelOptions, type Service } from 'slumberjs/server'
import { linkOf } from '../conformance/asking.ts'
import { createdOn, dialects, type Dialect } from '../dialects.ts'
import { askService, base, hal, testScheme, type Answer, type Asked } from '../fixture.ts'

interface Tables {
  readonly shelves: Table
  readonly books: Table
}

const tables: Readonly<Record<Dialect['kind'], Tables>> = {
  sqlite: (() => {
    const shelves = sqlite.sqliteTable('shelf', { id: sqlite.integer().primaryKey(), name: sqlite.text().notNull() })
    const books = sqlite.sqliteTable('book', {
      id: sqlite.integer().primaryKey(),
      title: sqlite.text(),
      price: sqlite.numeric(),
      at: sqlite.integer({ mode: 'timestamp_ms' }),
      lent: sqlite.integer({ mode: 'boolean' }),
      weight: sqlite.real(),
      shelfId: sqlite.integer('shelf_id').references(() => shelves.id),
      note: sqlite.text(),
    })
    return { shelves, books }
  })(),
  pg: (() => {
    const shelves = pg.pgTable('shelf', { id: pg.integer().primaryKey(), name: pg.text().notNull() })
    const books = pg.pgTable('book', {
      id: pg.integer().primaryKey(),
      title: pg.text(),
      price: pg.numeric(),
      at: pg.timestamp({ withTimezone: true }),
      lent: pg.boolean(),
      weight: pg.doublePrecision(),
      shelfId: pg.integer('shelf_id').references(() => shelves.id),
      note: pg.text(),
    })
    return { shelves, books }
  })(),
  mysql: (() => {
    const shelves = mysql.mysqlTable('shelf', { id: mysql.int().primaryKey(), name: mysql.text().notNull() })
    const books = mysql.mysqlTable('book', {
      id: mysql.int().primaryKey(),
      title: mysql.text(),
      price: mysql.decimal({ precision: 12, scale: 4 }),
      at: mysql.datetime({ fsp: 6 }),
      lent: mysql.boolean(),
      weight: mysql.double(),
      shelfId: mysql.int('shelf_id').references(() => shelves.id),
      note: mysql.text(),
    })
    return { shelves, books }
  })(),
}

const columns = ['title', 'price', 'at', 'lent', 'weight', 'shelf_id', 'note'] as const

/** SQL of so many books, with ties and NULLs in every column, and times that are finer than a Date. */
function booksOf({ kind }: Dialect, count: number): string {
  const text = (value: string): string => (kind === 'mysql' ? `'${value.replace('\\', '\\\\')}'` : `'${value}'`)
  const time = (index: number): string => {
    const date = new Date(Date.UTC(1969, 11, 31, 23, 59, 59, 990) + index * 7)
    if (kind === 'sqlite') return String(date.getTime())
    return `'${date.toISOString().slice(0, -1).replace('T', ' ')}${index % 2 === 0 ? '001' : '999'}'`
  }
  const rows = Array.from({ length: count }, (_, index) => {
    const values = [
      ['NULL', text('a "b"'), text('ü\\'), text(''), text('[1]')][index % 5],
      ['NULL', '9.5', '9', '-0.25', '1000000.0001', '9.5'][index % 6],
      index % 7 === 3 ? 'NULL' : time(index % 9),
      ['NULL', 'TRUE', 'FALSE'][index % 3],
      index === 20 ? '1e-7' : (['NULL', '0.1', '-2', '30000000000.5'][index % 11] ?? '0.125'),
      ['NULL', '1', '2'][index % 3],
      index % 2 === 0 ? text('secret') : 'NULL',
    ]
    return `(${[index + 1, ...values].join(', ')})`
  })
  return `INSERT INTO book (id, ${columns.join(', ')}) VALUES ${rows.join(', ')}`
}

/** Kinds of models, some of whose rows the database can write, and some not. */
const options: Readonly<Record<string, ModelOptions<Table>>> = {
  plain: {},
  excluding: { exclude: ['note', 'weight'] as never[] }, // of a table of any dialect
  hiding: { fields: { note: { read: (user) => user.can('see') }, price: { read: false } } },
  ruled: { access: { read: (user) => user.superuser || { id: { gt: 5 }, lent: true } } },
  converting: { convert: { price: (price: unknown) => `${String(price)} €` } },
  computing: { properties: { double: (row: Readonly<Record<string, unknown>>) => Number(row['id']) * 2 } },
  titled: { display: (row: Readonly<Record<string, unknown>>) => `Book ${String(row['id'])}` },
  newest: { newestFirst: true },
}

const orders = [
  '',
  'title',
  '-title',
  'price',
  '-price',
  'at',
  '-at',
  'lent,-id',
  'weight',
  '-weight',
  'shelf.name,-title',
]
const filters = ['', 'lent=true', 'price__gte=9', 'title__isnull=true', 'shelf.name=Upper', 'note__isnull=false']

type Item = Readonly<Record<string, unknown>>

const without = (item: Item, ...names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)))

describe.each(dialects)('$name', (dialect) => {
  const { shelves, books } = tables[dialect.kind]
  const created = createdOn(dialect, [shelves, books])
  const services = new Map<string, Service>()

  const serving = (name: string): Service => {
    const known = services.get(name)
    if (known !== undefined) return known
    const made = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('menu', { Shelf: model(shelves), Book: model(books, options[name]) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    services.set(name, made)
    return made
  }
  const get = (name: string, path: string, asked: Asked = {}): Promise<Answer> =>
    askService(serving(name), 'GET', path, asked)

  /** The items of a page without what HAL alone shows of them. */
  const itemsOf = (answer: Answer): readonly Item[] => {
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)])
    if (Array.isArray(answer.body)) return answer.body as Item[]
    return (answer.body._embedded?.item ?? []).map((item: Item) => without(item, '_links', '_etag'))
  }
  const nextOf = (answer: Answer, rel: string): string | undefined =>
    Array.isArray(answer.body) ? linkOf(answer, rel) : answer.body._links[rel]?.href

  /** From the first page to the last, and in plain JSON back. @returns the rows of each page, in the order of the list. */
  async function walk(name: string, path: string, asked: Asked): Promise<readonly (readonly Item[])[]> {
    const there: (readonly Item[])[] = []
    let last = path
    for (let url: string | undefined = path; url !== undefined;) {
      const answer = await get(name, url, asked)
      there.push(itemsOf(answer))
      last = url
      url = nextOf(answer, 'next')
      if (there.length > 30) throw new Error('It does not come to an end.')
    }
    if (asked.headers !== undefined) return there
    const back: (readonly Item[])[] = []
    for (let url: string | undefined = last; url !== undefined;) {
      const answer = await get(name, url, asked)
      back.unshift(itemsOf(answer))
      url = nextOf(answer, 'prev')
      if (back.length > 30) throw new Error('It does not come to an end.')
    }
    expect(back.flat()).toEqual(there.flat())
    return there
  }

  describe('pages', () => {
    beforeAll(async () => {
      await created.sql('DELETE FROM book')
      await created.sql('DELETE FROM shelf')
      await created.sql(`INSERT INTO shelf VALUES (1, 'Upper'), (2, 'Lower')`)
      await created.sql(booksOf(dialect, 23))
    })

    test.each(orders)('by "%s" have every row once, both ways, and the rows that HAL has', async (sort) => {
      const path = `/menu/Book?limit=7${sort === '' ? '' : `&sort=${sort}`}`
      const pages = await walk('plain', path, {})
      const ids = pages.flat().map(({ id }) => id)
      expect([ids.length, new Set(ids).size]).toEqual([23, 23])
      expect(pages).toEqual(await walk('plain', path, hal))
      expect((await get('plain', `${path.replace('7', '5')}&offset=9`)).body).toEqual(pages.flat().slice(9, 14))
    })

    test.each(filters)('of "%s" are those of HAL', async (filter) => {
      const path = `/menu/Book?limit=3&sort=-price&${filter}`
      const pages = await walk('plain', path, {})
      expect(pages.flat().length).toBeGreaterThan(0)
      expect(pages).toEqual(await walk('plain', path, hal))
    })

    test.each(Object.keys(options))('of a model that is %s are those of HAL, for whoever asks', async (name) => {
      for (const as of name === 'hiding' || name === 'ruled' ? ['admin', 'clerk', 'clerk see'] : ['admin']) {
        for (const sort of ['-title', 'at']) {
          const path = `/menu/Book?limit=8&sort=${sort}`
          const pages = await walk(name, path, { as })
          expect(pages).toEqual(await walk(name, path, { as, ...hal }))
          expect(pages.flat().length).toBe(name === 'ruled' && as !== 'admin' ? 6 : 23)
          const hidesNote = name === 'excluding' || (name === 'hiding' && as === 'clerk')
          expect('note' in pages[0]![0]!).toBe(!hidesNote)
        }
      }
    })

    test.each(['fields=id,title', 'expand=shelf', 'fields=title&expand=shelf', 'with.shelf.fields=name&expand=shelf'])(
      'with "%s" are those of HAL',
      async (selection) => {
        const path = `/menu/Book?limit=9&sort=-at&${selection}`
        const inJson = (await walk('plain', path, {})).flat()
        const inHal = (await walk('plain', path, hal)).flat()
        const own = (item: Item): Item => without(item, '_embedded')
        expect(inJson.map(own)).toEqual(inHal.map(own))
        expect(inJson.some((item) => '_embedded' in item)).toBe(selection.includes('expand'))
      },
    )
  })

  describe('the tag of a page', () => {
    beforeEach(async () => {
      await created.sql('DELETE FROM book')
      await created.sql('DELETE FROM shelf')
      await created.sql(`INSERT INTO shelf VALUES (1, 'Upper'), (2, 'Lower')`)
      await created.sql(booksOf(dialect, 4))
    })
    const tag = async (name: string, path: string, asked: Asked = {}): Promise<string> =>
      (await get(name, path, asked)).headers.get('etag') ?? ''

    test.each(Object.keys(options))('is weak, the same for the same rows, and holds (%s)', async (name) => {
      for (const accept of ['application/json', 'application/x-ndjson', 'application/hal+json']) {
        const first = await tag(name, '/menu/Book?sort=title', { headers: { accept } })
        expect(first).toMatch(/^W\/"[^"]+"$/)
        expect(await tag(name, '/menu/Book?sort=title', { headers: { accept } })).toBe(first)
        const again = await get(name, '/menu/Book?sort=title', { headers: { accept, 'if-none-match': first } })
        expect([again.status, again.text]).toEqual([304, ''])
      }
    })

    test('changes with each row on the page, and with no other', async () => {
      const ask = async (path: string): Promise<number> => {
        const before = tags.get(path)
        const { status, headers } = await get('plain', path, { headers: { 'if-none-match': before ?? '"none"' } })
        tags.set(path, headers.get('etag') ?? '')
        return status
      }
      const tags = new Map<string, string>()
      const [first, second] = ['/menu/Book?limit=2', '/menu/Book?limit=2&offset=2']
      expect([await ask(first), await ask(second)]).toEqual([200, 200])
      for (const [id, isFirst] of [
        [1, true],
        [2, true],
        [3, false],
        [4, false],
      ] as const) {
        const changed = await askService(serving('plain'), 'PATCH', `/menu/Book/${id}`, { json: { weight: id / 8 } })
        expect(changed.status).toBe(200)
        expect([id, await ask(first), await ask(second)]).toEqual([id, isFirst ? 200 : 304, isFirst ? 304 : 200])
      }
    })

    test('tells apart what callers may see', async () => {
      const [all, some] = [
        await tag('hiding', '/menu/Book', { as: 'clerk see' }),
        await tag('hiding', '/menu/Book', { as: 'clerk' }),
      ]
      expect(all).not.toBe(some)
      const other = await get('hiding', '/menu/Book', { as: 'clerk', headers: { 'if-none-match': all } })
      expect(other.status).toBe(200)
    })

    test.each(['plain', 'excluding', 'hiding', 'ruled'])('is the same whoever writes the page (%s)', async (name) => {
      const path = '/menu/Book?limit=2'
      const written = await tag(name, path)
      await created.sql('UPDATE book SET weight = 1e-300 WHERE id = 3') // which is looked at for whether there is more
      expect(await tag(name, path)).toBe(written)
    })
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('$name', (dialect) => {
  const { shelves, books } = tables.pg
  const created = createdOn(dialect, [shelves, books])

  test('decimals that are no numbers do not stop a walk', async () => {
    const served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('menu', { Shelf: model(shelves), Book: model(books) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    const prices = ['1.5', "'NaN'", "'Infinity'", "'-Infinity'", 'NULL', "'NaN'", '2']
    await created.sql(
      `INSERT INTO book (id, price) VALUES ${prices.map((price, index) => `(${index}, ${price})`).join(', ')}`,
    )
    const seen: unknown[] = []
    for (let url: string | undefined = `/menu/Book?sort=price&limit=1`; url !== undefined;) {
      const answer: Answer = await askService(served, 'GET', url)
      expect(answer.status).toBe(200)
      seen.push(answer.body[0].price)
      url = linkOf(answer, 'next')
    }
    expect(seen).toEqual(['-Infinity', '1.5', '2', 'Infinity', 'NaN', 'NaN', null])
  })
})
