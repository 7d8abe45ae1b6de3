// Hand-written resources of a model (R3): which rows they are about, what is ready-made, and how they are mounted.
import { expect, expectTypeOf, test } from 'vitest'
import {
  CONFLICT,
  cors,
  NO_CONTENT,
  at,
  resource,
  router,
  type Answer,
  type RateLimit,
  type StatusConstant,
} from 'slumberjs/http'
import { app, model, modelCollection, modelResource, service, modelRouter, type Rule } from 'slumberjs/server'
import { testScheme } from './fixture.ts'
import { authors, blogging, comments, hal, posts, votes } from './blog.ts'

const blog = blogging()

class Post extends modelResource('/posts/:id', posts) {
  GET = this.getOne
}
class Posts extends modelCollection('/posts', Post) {
  GET = this.getPage
}
const one = { id: 1, slug: 'one', title: 'One', draft: false, authorId: 1, replyToId: null }

test('R3 a resource of a model supports OPTIONS alone until methods are defined', async () => {
  class Bare extends modelResource('/posts/:id', posts) {}
  class BareList extends modelCollection('/posts', Bare) {}
  expect((await blog.ask([Bare, BareList], 'OPTIONS /posts/1')).headers.get('allow')).toBe('OPTIONS')
  expect((await blog.ask([Bare, BareList], 'OPTIONS /posts')).headers.get('allow')).toBe('OPTIONS')
  expect((await blog.ask([Bare, BareList], 'GET /posts/1')).status).toBe(405)
})

test('R3 a model is given as its table or by its name', async () => {
  class ByName extends modelResource('/named/:id', 'blog.Post') {
    GET = this.getOne
  }
  expect((await blog.ask([Post], 'GET /posts/1')).body).toEqual(one)
  expect((await blog.ask([ByName], 'GET /named/1')).body).toEqual(one)
})

test('R3 a name or a table that is no model of the service is an error when mounted, which lists those that are', () => {
  class Nowhere extends modelResource('/x/:id', 'blog.Past') {}
  class OfOther extends modelResource('/x/:id', posts) {}
  expect(() => blog.site([Nowhere])).toThrow(
    'Nowhere: the service has no model "blog.Past"; there are: blog.Author, blog.Post, blog.Comment, blog.Vote, blog.Tag, blog.PostTag.',
  )
  const other = service(null, {
    url: 'http://other.test/',
    database: blog.service.state.store.database,
    apps: [app('blog', { A: model(authors), B: model(authors) })],
    authenticate: [testScheme],
  })
  expect(() => modelRouter(other, [OfOther])).toThrow(
    'OfOther: its table is that of no model of the service; there are: blog.A, blog.B.',
  )
  class Ambiguous extends modelResource('/x/:id', authors) {}
  expect(() => modelRouter(other, [Ambiguous])).toThrow(
    'its table is that of blog.A and blog.B: name one; there are: blog.A, blog.B.',
  )
})

test('without its service a class cannot be mounted', () => {
  expect(() => router([Post])).toThrow('Post must be made without a request, too, and was not: it has a model')
})

test('a key that no row has, or that no row can have, is 404', async () => {
  expect((await blog.ask([Post], 'GET /posts/9')).status).toBe(404)
  expect((await blog.ask([Post], 'GET /posts/nine')).status).toBe(404)
  expect((await blog.ask([Post], 'DELETE /posts/9')).status).toBe(405)
})

test('a row has one path: another spelling of its key is 308', async () => {
  const moved = await blog.ask([Post], 'GET /posts/1e0?format=hal')
  expect([moved.status, moved.headers.get('location')]).toEqual([308, '/posts/1?format=hal'])
  expect((await blog.ask([Post], 'GET /posts/9e0')).status).toBe(404)
})

test('R3 queryset() says which rows there are for this request, in every method', async () => {
  class Own extends modelResource('/own/:id', posts) {
    GET = this.getOne
    override queryset(): Rule {
      return this.caller.name === 'ada' && { author: { name: 'Ada' } }
    }
    async DELETE(): Promise<StatusConstant> {
      await this.remove()
      return NO_CONTENT
    }
  }
  class OwnList extends modelCollection('/own', posts) {
    GET = this.getPage
    override queryset(): Rule {
      return { authorId: 1 }
    }
  }
  const asAda = { as: 'ada blog.delete_post,blog.change_post' }
  expect((await blog.ask([Own], 'GET /own/1', asAda)).status).toBe(200)
  expect((await blog.ask([Own], 'GET /own/3', asAda)).status).toBe(404)
  expect((await blog.ask([Own], 'DELETE /own/3', asAda)).status).toBe(404)
  expect((await blog.ask([Own], 'GET /own/1')).status).toBe(404)
  expect((await blog.ask([OwnList], 'GET /own')).body.map(({ id }: { id: number }) => id)).toEqual([1, 2])
  expect(await blog.sql('select id from post')).toHaveLength(3)
})

test('the read rule of the model holds besides', async () => {
  expect((await blog.ask([Post], 'GET /posts/2', { as: 'eve' })).status).toBe(404)
  expect((await blog.ask([Post], 'GET /posts/2', { as: 'eve blog.change_post' })).status).toBe(200)
  expect((await blog.ask([Posts], 'GET /posts', { as: 'eve' })).body).toHaveLength(2)
})

test('a queryset that is an empty or a wrong filter is a fault of the program, and shows nothing', async () => {
  class Empty extends modelCollection('/empty', posts) {
    GET = this.getPage
    override queryset(): Rule {
      return {}
    }
  }
  class Wrong extends modelCollection('/wrong', posts) {
    GET = this.getPage
    override queryset(): Rule {
      return { colour: 'red' }
    }
  }
  expect((await blog.ask([Empty], 'GET /empty')).status).toBe(500)
  const wrong = await blog.ask([Wrong], 'GET /wrong')
  expect([wrong.status, wrong.text.includes('colour')]).toEqual([500, false])
})

test('a filter of the program leads through relations to what the caller may read', async () => {
  class Noticed extends modelCollection('/noticed', posts) {
    GET = this.getPage
    override queryset(): Rule {
      return { comments: { text: 'Buy now' } }
    }
  }
  expect((await blog.ask([Noticed], 'GET /noticed')).body).toEqual([]) // it is spam
})

test('R3 get() finds the row another way', async () => {
  class BySlug extends modelResource('/by-slug/:word', posts) {
    GET = this.getOne
    override async get(): Promise<typeof this.row | undefined> {
      return await this.find({ slug: this.params.word })
    }
  }
  expect((await blog.ask([BySlug], 'GET /by-slug/one')).body).toEqual(one)
  expect((await blog.ask([BySlug], 'GET /by-slug/none')).status).toBe(404)
})

test('a value that no row can have finds none, where it is given to a filter too', async () => {
  class ByNumber extends modelResource('/by-number/:number', posts) {
    GET = this.getOne
    override async get(): Promise<typeof this.row | undefined> {
      return await this.find({ id: this.params.number })
    }
  }
  class Later extends modelCollection('/by-author/:author', posts) {
    GET = this.getPage
    override queryset(): Rule {
      return { authorId: Number(this.params.author) }
    }
  }
  expect((await blog.ask([ByNumber], 'GET /by-number/1')).body).toEqual(one)
  expect((await blog.ask([ByNumber], 'GET /by-number/one')).status).toBe(404)
  expect((await blog.ask([Later], 'GET /by-author/2')).body).toHaveLength(1)
  expect((await blog.ask([Later], 'GET /by-author/two')).body).toEqual([])
})

test('parameters of the path are columns, or the key as pk; any other needs a get() of its own', async () => {
  class ByPk extends modelResource('/pk/:pk', posts) {
    GET = this.getOne
  }
  class Vote extends modelResource('/posts/:postId/votes/:voter', votes) {
    GET = this.getOne
  }
  class Unknown extends modelResource('/posts/:number', posts) {}
  expect((await blog.ask([ByPk], 'GET /pk/1')).body).toEqual(one)
  expect((await blog.ask([Vote], 'GET /posts/1/votes/eve')).body).toEqual({ postId: 1, voter: 'eve', points: 2 })
  expect((await blog.ask([Vote], 'GET /posts/2/votes/eve')).status).toBe(404)
  expect(() => blog.site([Unknown])).toThrow('has "number", which is no column of blog.Post')
  class Optional extends modelResource('/posts/:id?', posts) {}
  expect(() => blog.site([Optional])).toThrow('Optional: "id" may be left out of /posts/:id?; override get()')
  expect(() => blog.site([at('/p/:id/:number', Post)])).toThrow('has "number", which is no column of blog.Post')
})

test('a path that fits several rows is a fault of the program', async () => {
  class ByAuthor extends modelResource('/by/:authorId', posts) {
    GET = this.getOne
  }
  expect(() => blog.site([ByAuthor])).toThrow(
    'ByAuthor: several rows of blog.Post may be at one address /by/:authorId;',
  )
  class Found extends ByAuthor {
    override async get(): Promise<this['row'] | undefined> {
      return await this.find({ authorId: Number(this.params.authorId) })
    }
  }
  expect((await blog.ask([Found], 'GET /by/1')).status).toBe(500)
  expect((await blog.ask([Found], 'GET /by/2')).status).toBe(200)
})

test('entity tags and 304 come from what is shown, by themselves', async () => {
  const first = await blog.ask([Post], 'GET /posts/1')
  const tag = first.headers.get('etag') ?? ''
  const again = await blog.ask([Post], 'GET /posts/1', { headers: { 'if-none-match': tag } })
  expect([again.status, again.text]).toEqual([304, ''])
  await blog.sql("update post set title = 'Uno' where id = 1")
  const changed = await blog.ask([Post], 'GET /posts/1', { headers: { 'if-none-match': tag } })
  expect([changed.status, changed.body.title]).toEqual([200, 'Uno'])
})

class Editable extends modelResource('/posts/:id', posts, { fields: { related: { author: ['name'] } } }) {
  GET = this.getOne
  async PATCH(): Promise<StatusConstant> {
    await this.update(this.data() as Partial<typeof posts.$inferInsert>) // what the tests send
    return NO_CONTENT
  }
  async PUT(): Promise<readonly [StatusConstant, string]> {
    await this.update({ title: 'Not kept' })
    return [CONFLICT, 'changed my mind']
  }
  async DELETE(): Promise<StatusConstant> {
    await this.remove()
    return NO_CONTENT
  }
}

test('If-Match is about the row, not about what is shown with it', async () => {
  const etag = (await blog.ask([Editable], 'GET /posts/1')).headers.get('etag') ?? ''
  await blog.sql("update author set name = 'Ada L.' where id = 1")
  const changed = await blog.ask([Editable], 'GET /posts/1', { headers: { 'if-none-match': etag } })
  expect(changed.status).toBe(200)
  const headers = { 'if-match': etag }
  expect((await blog.ask([Editable], 'PATCH /posts/1', { headers, json: { title: 'Uno' } })).status).toBe(204)
  expect((await blog.ask([Editable], 'PATCH /posts/1', { headers, json: { title: 'Late' } })).status).toBe(412)
  expect(await blog.sql('select title from post where id = 1')).toEqual([{ title: 'Uno' }])
})

test('of many writes at once upon one state, one is done', async () => {
  const site = blog.site([Editable])
  const headers = { 'if-match': (await blog.ask(site, 'GET /posts/1')).headers.get('etag') ?? '' }
  const titles = ['a', 'b', 'c', 'd']
  const answers = await Promise.all(
    titles.map((title) => blog.ask(site, 'PATCH /posts/1', { headers, json: { title } })),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 412, 412, 412])
})

test('a write is one transaction: an answer that is an error leaves nothing', async () => {
  expect((await blog.ask([Editable], 'PUT /posts/1', { json: {} })).status).toBe(409)
  expect(await blog.sql('select title from post where id = 1')).toEqual([{ title: 'One' }])
})

test('writes are under the rules of the model, before and after', async () => {
  const as = 'bob blog.change_post'
  expect((await blog.ask([Editable], 'PATCH /posts/1', { as, json: { title: 'Uno' } })).status).toBe(204)
  expect((await blog.ask([Editable], 'PATCH /posts/3', { as, json: { title: 'Tre' } })).status).toBe(403)
  expect((await blog.ask([Editable], 'PATCH /posts/1', { as, json: { authorId: 2 } })).status).toBe(403)
  expect(await blog.sql('select title, authorId from post where id <> 2')).toEqual([
    { title: 'Uno', authorId: 1 },
    { title: 'Three', authorId: 2 },
  ])
})

test('what the database refuses is a problem', async () => {
  const taken = await blog.ask([Editable], 'PATCH /posts/1', { json: { slug: 'two' } })
  expect([taken.status, taken.body.code]).toEqual([409, 'not-unique'])
  expect((await blog.ask([Editable], 'DELETE /posts/1')).status).toBe(409) // there are comments
  expect((await blog.ask([Editable], 'PATCH /posts/1', { json: { authorId: 9 } })).status).toBe(409)
})

test('a method that writes needs the permission of the model, unless the class says otherwise', async () => {
  class Open extends modelResource('/open/:id', posts) {
    override permissions = { DELETE: [], PATCH: ['blog.edit', 'blog.publish'] }
    DELETE(): StatusConstant {
      return NO_CONTENT
    }
    PATCH(): StatusConstant {
      return NO_CONTENT
    }
  }
  const refused = await blog.ask([Editable], 'PATCH /posts/1', { as: 'eve', json: {} })
  expect([refused.status, refused.text.includes('blog.change_post')]).toEqual([403, true])
  expect((await blog.ask([Editable], 'DELETE /posts/1', { as: 'eve blog.change_post' })).status).toBe(403)
  expect((await blog.ask([Open], 'DELETE /open/1', { as: 'eve' })).status).toBe(204)
  const partly = await blog.ask([Open], 'PATCH /open/1', { as: 'eve blog.edit', json: {} })
  expect([partly.status, partly.text.includes('blog.publish')]).toEqual([403, true])
})

class Writable extends modelCollection('/posts', Post) {
  GET = this.getPage
  async POST(): Promise<Answer> {
    return await this.created(await this.create(this.data() as typeof posts.$inferInsert)) // what the tests send
  }
}

test('a collection creates: 201 with the row and where it is', async () => {
  const json = { slug: 'four', title: 'Four', authorId: 2 }
  const made = await blog.ask(blog.site([Writable, Post], { prefix: '/api' }), 'POST /api/posts', { json })
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/posts/4'])
  expect(made.body).toEqual({ id: 4, ...json, draft: false, replyToId: null })
})

test('what is created and may not be read is not shown', async () => {
  const json = { slug: 'five', title: 'Five', authorId: 2, draft: true }
  const made = await blog.ask([Writable, Post], 'POST /posts', { as: 'eve blog.add_post', json })
  expect([made.status, made.text, made.headers.get('location')]).toEqual([201, '', '/posts/4'])
})

test('without a caller everything is 401, and tells no methods, parameters or paths', async () => {
  class Plain extends resource('/plain') {
    GET(): string {
      return 'plain'
    }
  }
  const site = blog.site([Post, Posts, Plain])
  for (const request of [
    'GET /posts/1',
    'DELETE /posts/1',
    'GET /posts?x=1',
    'GET /none',
    'OPTIONS /posts',
    'GET /plain',
  ]) {
    const { status, body, headers } = await blog.ask(site, request, { as: '' })
    expect([request, status, body.code]).toEqual([request, 401, 'unauthenticated'])
    expect(headers.get('allow')).toBeNull()
    expect(headers.get('www-authenticate')).toBe('Test realm="tests"')
  }
  expect((await blog.ask(site, 'GET /posts/1', { as: 'nobody' })).status).toBe(401)
})

test('where everybody may ask, what is not public has no rows for those without credentials', async () => {
  const site = blog.site([Editable, Posts], { defaults: { allowsAnonymous: true } })
  expect((await blog.ask(site, 'GET /posts', { as: '' })).body).toEqual([])
  expect((await blog.ask(site, 'GET /posts/1', { as: '' })).status).toBe(404)
  expect((await blog.ask(site, 'PATCH /posts/1', { as: '', json: {} })).status).toBe(401)
})

test('one class can be mounted twice, and in two services', async () => {
  const site = blog.site([Post, at('/again/:id', Post, { allowedMethods: [] })])
  expect((await blog.ask(site, 'GET /posts/1')).status).toBe(200)
  expect((await blog.ask(site, 'GET /again/1')).status).toBe(405)
  expect(site.urlOf(Post, { id: 3 })).toBe('/posts/3')
  expect(site.mounts.map((each) => each.resource)).toEqual([Post, Post])
  const other = service(null, {
    url: 'http://other.test/',
    database: blog.service.state.store.database,
    apps: [
      app('papers', {
        Article: model(posts, { exclude: ['title'] }),
        Author: model(authors),
        Comment: model(comments),
      }),
    ],
    authenticate: [testScheme],
  })
  expect((await blog.ask(modelRouter(other, [Post]), 'GET /posts/1')).body).not.toHaveProperty('title')
  expect((await blog.ask([Post], 'GET /posts/1')).body).toHaveProperty('title')
})

test('a GET of its own has no entity tag by itself, and may use what is ready-made', async () => {
  class Own extends modelResource('/own/:id', posts) {
    async GET(): Promise<unknown> {
      return { post: (await this.getOne()).data, at: this.row.slug }
    }
  }
  class OwnList extends modelCollection('/own', posts) {
    async GET(): Promise<unknown> {
      return { count: (await this.getPage()).items.length }
    }
  }
  const { body, headers } = await blog.ask([Own], 'GET /own/1')
  expect([body, headers.get('etag')]).toEqual([{ post: one, at: 'one' }, null])
  const list = await blog.ask([OwnList], 'GET /own')
  expect([list.body, list.headers.get('etag')]).toEqual([{ count: 3 }, null])
})

test('guesses are counted where there is a rate limit, and a preflight needs no credentials', async () => {
  class Limited extends modelResource('/limited/:id', posts) {
    GET = this.getOne
    override rateLimit: RateLimit[] = [{ count: 2, by: 'address' }]
  }
  class Shared extends modelResource('/shared/:id', posts) {
    GET = this.getOne
    override middleware = [cors({ origin: ['https://example.org'] })]
  }
  const site = blog.site([Limited, Shared])
  const headers = { origin: 'https://example.org', 'access-control-request-method': 'GET' }
  expect((await blog.ask(site, 'OPTIONS /shared/1', { as: '', headers })).status).toBe(204)
  expect((await blog.ask(site, 'OPTIONS /limited/1', { as: '', headers })).status).toBe(401)
  expect((await blog.ask(site, 'OPTIONS /shared/1', { as: '' })).status).toBe(401)
  expect((await blog.ask(site, 'GET /limited/1', { as: 'nobody' })).status).toBe(401)
  expect((await blog.ask(site, 'GET /limited/1', { as: 'nobody' })).status).toBe(429)
})

test('hooks, the rule and the begin of the service, and marks instead of deletes hold in writes by hand', async () => {
  const seen: string[] = []
  const strict = service(null, {
    url: 'http://strict.test/',
    database: blog.service.state.store.database,
    apps: [
      app('blog', {
        Author: model(authors, { serviceRule: false }),
        Post: model(posts, {
          references: { replyToId: { inverse: 'replies' } },
          softDelete: 'draft',
          on: {
            beforeUpdate: ({ values }) => ({ ...values, title: `${String(values['title'])}!` }),
            committed: ({ action, row }) => seen.push(`${action} ${row.title}`),
          },
        }),
      }),
    ],
    rule: { authorId: 1 },
    begin: () => seen.push('begin'),
    authenticate: [testScheme],
  })
  const site = modelRouter(strict, [Writable, Editable])
  expect((await blog.ask(site, 'GET /posts')).body.map(({ id }: { id: number }) => id)).toEqual([1])
  expect((await blog.ask(site, 'PATCH /posts/3', { json: { title: 'Tre' } })).status).toBe(404)
  expect((await blog.ask(site, 'PATCH /posts/1', { json: { title: 'Uno' } })).status).toBe(204)
  expect((await blog.ask(site, 'PUT /posts/1', { json: {} })).status).toBe(409) // rolled back, and told to nobody
  expect((await blog.ask(site, 'POST /posts', { json: { slug: 'four', title: 'Four' } })).body.authorId).toBe(1)
  expect((await blog.ask(site, 'DELETE /posts/1')).status).toBe(204)
  expect((await blog.ask(site, 'GET /posts/1')).status).toBe(404)
  expect(await blog.sql('select title, draft from post where id = 1')).toEqual([{ title: 'Uno!', draft: 1 }])
  expect(seen.filter((each) => each !== 'begin')).toEqual(['update Uno!', 'create Four', 'delete Uno!'])
  expect(seen.filter((each) => each === 'begin')).toHaveLength(7)
})

test('a table types the rows and what is written; a name leaves them open', () => {
  class ByName extends modelResource('/named/:id', 'blog.Post') {}
  type Typed = InstanceType<typeof Post>
  expectTypeOf<Typed['row']>().toEqualTypeOf<Readonly<typeof posts.$inferSelect>>()
  expectTypeOf<Parameters<Typed['update']>[0]>().toEqualTypeOf<Partial<Readonly<typeof posts.$inferInsert>>>()
  expectTypeOf<Typed['params']>().toExtend<{ readonly id: string }>()
  type New = typeof posts.$inferInsert
  expectTypeOf<InstanceType<typeof Posts>['create']>()
    .parameter(0)
    .toEqualTypeOf<{ readonly [Name in keyof New]: New[Name] | undefined }>()
  expectTypeOf<InstanceType<typeof ByName>['row']>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
  const shout = ({ title }: Typed['row']): string => title.toUpperCase()
  // @ts-expect-error -- there is no such column
  const lost = ({ colour }: Typed['row']): unknown => colour
  expect([shout, lost]).toHaveLength(2)
})

test('HAL has the links and the tag of each row', async () => {
  const { body, headers } = await blog.ask([Post], 'GET /posts/1', hal)
  expect(body).toMatchObject({
    ...one,
    _links: { self: { href: '/posts/1', title: 'One' } },
    _etag: expect.any(String),
  })
  expect(headers.get('etag')?.startsWith(body._etag.slice(0, -1))).toBe(true)
})
