// Operations with further parts of their path: the client fills the templates that the service tells.
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic, connect, type UntypedNode } from 'slumberjs'
import { app, model, operation, service, type Service } from 'slumberjs/server'
import { basic as basicScheme } from 'slumberjs/auth'
import { mockServices } from 'slumberjs/testing'
import { query } from 'slumberjs/http'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

const books = sqliteTable('book', { isbn: text().primaryKey(), pages: integer() })

interface Given {
  readonly params: object
  readonly query: object
  readonly input: unknown
}

const told = ({ params, query: asked, input }: Given): object => ({ params, asked, input })

const shelf = app('shelf', {
  Book: model(books, {
    operations: {
      'of-genre': operation.model(
        { GET: { query: { limit: query.integer() }, run: told } },
        { path: '/:genre/:year?' },
      ),
      since: operation.model({ GET: { run: told } }, { path: '/:year?' }),
      file: operation.model({ GET: { run: told } }, { path: '/:path{.+}' }),
      order: operation.model({ POST: { input: z.object({ count: z.number() }), run: told } }, { path: '/:shop' }),
      close: operation.model({ POST: { run: told } }, { path: '/:shop' }),
      many: operation.model({ POST: { input: z.array(z.number()), run: told } }, { path: '/:shop?' }),
      leaf: operation.instance({ GET: { run: told } }, { path: '/:number/:side?' }),
      mark: operation.instance({ POST: { run: told } }, { mount: '/marks/:pk', path: '/:colour?' }),
    },
  }),
})

let real: Service
let Book: UntypedNode
let requests: string[]

beforeEach(async () => {
  const database = createClient({ url: ':memory:' })
  await database.execute('CREATE TABLE book (isbn TEXT PRIMARY KEY, pages INTEGER)')
  await database.execute("INSERT INTO book VALUES ('b c', 1)")
  requests = []
  real = service(null, {
    url: 'http://books.test/',
    database: drizzle({ client: database }),
    apps: [shelf],
    authenticate: [basicScheme(() => Promise.resolve({ name: 'ada', superuser: true, permissions: [] }))],
  })
  const client = connect({
    service: real.url,
    authenticate: basic('ada', 'engine'),
    transport: async (request) => {
      requests.push(`${request.method} ${request.url.slice(real.url.length)}`)
      return await real.fetch(request)
    },
  })
  Book = client['shelf']!['Book']!
})

describe('an operation of a model', () => {
  test('takes the parts of its path by their names, and a GET the rest as its query', async () => {
    expect(await Book['ofGenre']!({ genre: 'sci fi é?', year: 2020, limit: 5 })).toEqual({
      params: { genre: 'sci fi é?', year: '2020' },
      asked: { limit: 5 },
    })
  })

  test.each([
    ['ofGenre', { genre: 'novel', limit: undefined }, 'GET shelf/Book/-/of-genre/novel', { genre: 'novel' }],
    ['ofGenre', { genre: 'novel', year: 0 }, 'GET shelf/Book/-/of-genre/novel/0', { genre: 'novel', year: '0' }],
    ['since', undefined, 'GET shelf/Book/-/since', {}],
    ['since', { year: 2020 }, 'GET shelf/Book/-/since/2020', { year: '2020' }],
    ['file', { path: 'a b/c%' }, 'GET shelf/Book/-/file/a%20b/c%25', { path: 'a b/c%' }],
    ['close', { shop: 'here' }, 'POST shelf/Book/-/close/here', { shop: 'here' }],
  ])('%s(%j)', async (name, input, request, params) => {
    expect(await Book[name]!(input)).toMatchObject({ params })
    expect(requests.at(-1)).toBe(request)
  })

  test('sends the rest as content, where it takes content', async () => {
    expect(await Book['order']!({ shop: 'here', count: 2 })).toMatchObject({
      params: { shop: 'here' },
      input: { count: 2 },
    })
    expect(await Book['many']!([1, 2])).toMatchObject({ params: {}, input: [1, 2] })
  })

  test.each([
    ['ofGenre', undefined, 'of-genre needs "genre"'],
    ['ofGenre', { year: 2020 }, 'of-genre needs "genre"'],
    ['ofGenre', { genre: '' }, 'of-genre needs "genre"'],
    ['ofGenre', { genre: null }, 'of-genre needs "genre"'],
    ['ofGenre', { genre: '..' }, 'of-genre needs "genre"'],
    ['ofGenre', { genre: 'novel', year: '.' }, 'of-genre needs "year"'],
    ['file', { path: 'a/../../b' }, 'file needs "path"'],
    ['file', { path: '/a' }, 'file needs "path"'],
  ])('refuses what is missing, or would lead elsewhere, by its name: %s(%j)', async (name, input, message) => {
    await Book.count()
    requests.length = 0
    await expect(Book[name]!(input)).rejects.toThrow(`${message} for its path.`)
    expect(requests).toEqual([])
  })
})

describe('an operation of an instance', () => {
  test.each([
    ['leaf', { number: 7 }, 'GET shelf/Book/b%20c/leaf/7', { number: '7' }],
    ['leaf', { number: 7, side: 'left' }, 'GET shelf/Book/b%20c/leaf/7/left', { number: '7', side: 'left' }],
    ['mark', undefined, 'POST marks/b%20c', {}],
    ['mark', { colour: 'red' }, 'POST marks/b%20c/red', { colour: 'red' }],
  ])('%s(%j)', async (name, input, request, params) => {
    const book = (await Book.get({ isbn: 'b c' })) as unknown as UntypedNode
    expect(await book[name]!(input)).toMatchObject({ params })
    expect(requests.at(-1)).toBe(request)
  })

  test('needs what its path needs', async () => {
    const book = (await Book.get({ isbn: 'b c' })) as unknown as UntypedNode
    await expect(book['leaf']!()).rejects.toThrow('leaf needs "number" for its path.')
  })
})

describe('a mock service', () => {
  test('has them as well: its handlers are given what the client was called with', async () => {
    const answer = await real.fetch(
      new Request(`${real.url}-/contract`, { headers: { authorization: `Basic ${btoa('ada:engine')}` } }),
    )
    const mock = await mockServices({
      contracts: [(await answer.json()) as object], // a document
      rows: { shelf: { Book: [{ isbn: 'x' }] } },
      operations: {
        shelf: {
          Book: {
            ofGenre: (input) => input,
            order: (input) => input,
            leaf: (input, { instance }) => ({ input, instance }),
          },
        },
      },
    })
    const mocked = connect(mock.options)['shelf']!['Book']!
    expect(await mocked['ofGenre']!({ genre: 'novel', limit: 2 })).toEqual({ genre: 'novel', limit: 2 })
    expect(await mocked['order']!({ shop: 'here', count: 2 })).toEqual({ shop: 'here', count: 2 })
    const book = (await mocked.get({ pk: 'x' })) as unknown as UntypedNode
    expect(await book['leaf']!({ number: 7 })).toMatchObject({ input: { number: '7' }, instance: { isbn: 'x' } })
    mock.close()
  })
})
