// Pages of hand-written collections: limit, cursors, links, order and tags.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openApi, query, type BaseClass } from 'slumberjs/http'
import { modelCollection, modelResource, type Rule } from 'slumberjs/server'
import { blogging, hal, posts, type Answer, type Blog } from './blog.ts'

const blog: Blog = blogging()

class Post extends modelResource('/posts/:id', posts, { fields: ['id', 'title'] }) {
  GET = this.getOne
}
class Posts extends modelCollection('/posts', Post, { query: { word: query.text() }, sort: '-title' }) {
  GET = this.getPage
  override queryset(): Rule {
    return this.query.word === undefined ? true : { title: { contains: this.query.word } }
  }
}

const linkOf = (answer: Answer, relation: string): string | undefined =>
  new RegExp(`<([^>]*)>; rel="${relation}"`).exec(answer.headers.get('link') ?? '')?.[1]

async function walk(
  classes: readonly BaseClass[],
  path: string,
  relation: 'next' | 'prev' = 'next',
): Promise<readonly Answer[]> {
  const found: Answer[] = []
  const site = blog.site(classes)
  for (let next: string | undefined = path; next !== undefined;) {
    const page: Answer = await blog.ask(site, `GET ${next}`)
    expect(page.status).toBe(200)
    found.push(page)
    next = linkOf(page, relation)
  }
  return found
}

const idsOf = (pages: readonly Answer[]): readonly number[] =>
  pages.flatMap(({ body }) => body.map(({ id }: { id: number }) => id))

test('a page has the rows in their order, and a link to the next', async () => {
  const first = await blog.ask([Posts, Post], 'GET /posts?limit=2')
  expect(first.body.map(({ title }: { title: string }) => title)).toEqual(['Two', 'Three'])
  expect([linkOf(first, 'self'), linkOf(first, 'first')]).toEqual(['/posts?limit=2', undefined])
  const second = await blog.ask([Posts, Post], `GET ${linkOf(first, 'next')}`)
  expect(second.body).toEqual([{ id: 1, title: 'One' }])
  expect([linkOf(second, 'next'), linkOf(second, 'first')]).toEqual([undefined, '/posts?limit=2'])
  const back = await blog.ask([Posts, Post], `GET ${linkOf(second, 'prev')}`)
  expect([back.body, linkOf(back, 'prev')]).toEqual([first.body, undefined])
})

test('a parameter of its own keeps its value in the links, whatever it is called', async () => {
  class Words extends modelCollection('/posts', Post, { query: { offset: query.text() } }) {
    GET = this.getPage
  }
  const first = await blog.ask([Words, Post], 'GET /posts?offset=1&limit=1')
  expect(linkOf(first, 'next')).toMatch(/^\/posts\?offset=1&limit=1&after=/)
  const second = await blog.ask([Words, Post], `GET ${linkOf(first, 'next')}`)
  expect([second.status, linkOf(second, 'first')]).toEqual([200, '/posts?offset=1&limit=1'])
  expect(linkOf(second, 'prev')).toMatch(/^\/posts\?offset=1&limit=1&before=/)
})

test('in HAL the links stand in the page, below a prefix too', async () => {
  const { body } = await blog.ask(blog.site([Posts, Post], { prefix: '/api' }), 'GET /api/posts?limit=1', hal)
  expect(body._links.next.href).toMatch(/^\/api\/posts\?limit=1&after=/)
  expect(body._embedded.item).toEqual([
    expect.objectContaining({ id: 2, _links: { self: { href: '/api/posts/2', title: 'Two' } } }),
  ])
})

test.each([
  'limit=0',
  'limit=1001',
  'limit=x',
  'limit=1&limit=2',
  'after=x',
  'before=x',
  'colour=red',
  'title=One',
  'sort=title',
])('a page with %s is refused with what is allowed', async (search) => {
  const { status, body } = await blog.ask([Posts], `GET /posts?${search}`)
  expect([status, body.code, body.errors.length]).toEqual([400, 'invalid-parameter', 1])
})

test('a cursor is good for one list, its parameters and one caller', async () => {
  class Others extends modelCollection('/others', Post, { sort: '-title' }) {
    GET = this.getPage
  }
  const classes = [Posts, Others, Post]
  const next = linkOf(await blog.ask(classes, 'GET /posts?limit=1'), 'next') ?? ''
  expect((await blog.ask(classes, `GET ${next}`)).status).toBe(200)
  expect((await blog.ask(classes, `GET ${next.replace('limit=1', 'limit=5')}`)).status).toBe(200)
  for (const [path, as] of [
    [next, 'eve'],
    [`${next}&word=o`, 'admin'],
    [next.replace('/posts', '/others'), 'admin'],
    [`${next.slice(0, -1)}~`, 'admin'],
  ] as const) {
    const { status, body } = await blog.ask(classes, `GET ${path}`, { as })
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ parameter: 'after' })]])
  }
})

test('declared parameters narrow a list by what queryset() makes of them', async () => {
  expect(idsOf(await walk([Posts, Post], '/posts?word=o&limit=1'))).toEqual([2])
  expect(idsOf(await walk([Posts, Post], '/posts?word=T&limit=1'))).toEqual([2, 3])
})

test('a list has a weak tag of what it shows, and is 304 while that is the same', async () => {
  const tag = (await blog.ask([Posts], 'GET /posts')).headers.get('etag') ?? ''
  expect(tag).toMatch(/^W\/"/)
  const headers = { 'if-none-match': tag }
  expect((await blog.ask([Posts], 'GET /posts', { headers })).status).toBe(304)
  expect((await blog.ask([Posts], 'GET /posts?limit=2', { headers })).status).toBe(200)
  await blog.sql("update post set title = 'Uno' where id = 1")
  expect((await blog.ask([Posts], 'GET /posts', { headers })).status).toBe(200)
})

test('an order that cannot be is an error when mounted', () => {
  class Odd extends modelCollection('/odd', posts, { sort: '-colour' }) {}
  expect(() => blog.site([Odd])).toThrow('Odd: cannot sort by "colour"; there are: id, slug, title')
})

test('property: cursors give every row once and in order, whatever is equal or null', async () => {
  class Sorted extends modelCollection('/sorted', posts, { sort: ['replyToId', '-title'], fields: ['id'] }) {
    GET = this.getPage
  }
  const row = fc.record({ title: fc.constantFrom('a', 'b', 'ä'), replyTo: fc.constantFrom('null', '1', '2') })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (rows, limit) => {
      await blog.sql('delete from post where id > 3')
      for (const [index, { title, replyTo }] of rows.entries()) {
        await blog.sql(`insert into post values (${index + 10}, 's${index}', '${title}', 0, 1, ${replyTo})`)
      }
      const pages = await walk([Sorted], `/sorted?limit=${limit}`)
      const all = await blog.sql('select id from post order by replyToId is null, replyToId, title desc, id')
      expect(idsOf(pages)).toEqual(all.map(({ id }) => id))
      const last = linkOf(pages.at(-1)!, 'self') ?? ''
      const back = await walk([Sorted], last, 'prev')
      expect(idsOf(back.toReversed())).toEqual(idsOf(pages))
    }),
    { numRuns: 15 },
  )
})

test('OpenAPI describes them as any resource', () => {
  const document = openApi(blog.site([Posts, Post]), { title: 'Blog', version: '1' })
  expect(Object.keys(document.paths ?? {})).toEqual(['/posts', '/posts/{id}'])
  const parameters = JSON.stringify(document)
  for (const name of ['limit', 'after', 'word']) expect(parameters).toContain(`"${name}"`)
})
