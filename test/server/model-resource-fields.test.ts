// Which fields of a model a hand-written resource shows (R14), and collections that show their items as these show themselves (R15).
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Entity, type BaseClass } from 'slumberjs/http'
import {
  app,
  model,
  modelCollection,
  modelResource,
  modelRouter,
  service,
  type Fields,
  type Row,
  type Rule,
} from 'slumberjs/server'
import { testScheme } from './fixture.ts'
import { authors, blogging, comments, hal, posts, votes } from './blog.ts'

const blog = blogging()

function postWith(fields: Fields<typeof posts.$inferSelect>): BaseClass {
  return class Post extends modelResource('/posts/:id', posts, { fields }) {
    GET = this.getOne
  }
}
class Author extends modelResource('/authors/:id', authors, { default: true, fields: ['id', 'name'] }) {
  GET = this.getOne
}
const shown = async (fields: Fields<typeof posts.$inferSelect>, others: readonly BaseClass[] = []): Promise<unknown> =>
  (await blog.ask([postWith(fields), ...others], 'GET /posts/1')).body
const own = { id: 1, slug: 'one', title: 'One', draft: false, authorId: 1, replyToId: null }

test('R14 own columns are shown unless something else is said', async () => {
  expect(await shown([])).toEqual({})
  expect(await shown({})).toEqual(own)
  expect(await shown(['own'])).toEqual(own)
})

test('R14 sets of fields have names, and a name means the field before the set', async () => {
  const relations = {
    author: 1,
    replyTo: null,
    comments: [1],
    replies: [2, 3],
    votes: expect.any(Array),
    tags: [1, 2],
    postTags: expect.any(Array),
  }
  expect(await shown(['key'])).toEqual({ id: 1 })
  expect(await shown(['relations'])).toEqual(relations)
  expect(await shown(['all'])).toEqual({ ...own, ...relations })
  expect(Object.keys((await shown(['title', 'own'])) as object)[0]).toBe('title') // each once, in the order given
})

test('R14 all has the computed properties of the model, own has not', async () => {
  class Whole extends modelResource('/authors/:id', authors, { fields: { include: ['all'], exclude: ['relations'] } }) {
    GET = this.getOne
  }
  const ada = { id: 1, name: 'Ada', email: 'ada@example.org' }
  expect((await blog.ask([Whole], 'GET /authors/1')).body).toEqual({ ...ada, initial: 'A' })
})

test('R14 exclusion wins over all that is included, computed or related', async () => {
  const computed = { shout: ({ title }: { title: string }) => title.toUpperCase() }
  const related = { author: ['name'] }
  expect(await shown({ include: ['key', 'title'], computed, related })).toEqual({
    id: 1,
    title: 'One',
    shout: 'ONE',
    author: { name: 'Ada' },
  })
  const exclude = ['title', 'shout', 'author']
  expect(await shown({ include: ['key', 'title', 'author'], exclude, computed, related })).toEqual({ id: 1 })
})

test('R14 fields are renamed, computed and related ones too', async () => {
  const rename = { title: 'headline', shout: 'title', author: 'by' }
  const computed = { shout: ({ title }: { title: string }) => title.toUpperCase() }
  expect(await shown({ include: ['title'], rename, computed, related: { author: ['name'] } })).toEqual({
    headline: 'One',
    title: 'ONE',
    by: { name: 'Ada' },
  })
})

test('R14 nested relations have a selection of their own', async () => {
  const related = {
    author: { include: ['name', 'posts'], related: { posts: { include: ['slug'], rename: { slug: 'at' } } } },
    comments: ['text'],
    votes: { exclude: ['postId'] },
  }
  expect(await shown({ include: ['key'], related })).toEqual({
    id: 1,
    author: { name: 'Ada', posts: [{ at: 'one' }, { at: 'two' }] },
    comments: [{ text: 'Well done' }],
    votes: [
      { voter: 'bob', points: 1 },
      { voter: 'eve', points: 2 },
    ],
  })
})

test('R14 a related row looks as the default resource of its model, and is its key where there is none', async () => {
  expect(await shown(['author', 'comments', 'votes'], [Author])).toEqual({
    author: { id: 1, name: 'Ada' },
    comments: [1],
    votes: [
      { postId: 1, voter: 'bob' },
      { postId: 1, voter: 'eve' },
    ],
  })
  expect(await shown(['author'])).toEqual({ author: 1 })
})

test('R14 a default resource that changes how its rows look changes it wherever they are', async () => {
  class Loud extends modelResource('/loud/:id', authors, { default: true, fields: ['name'] }) {
    override represent(row: Row): Entity {
      const { data, links, tag } = super.represent(row)
      return new Entity({ name: String(data['name']).toUpperCase() }, links, tag)
    }
  }
  expect(await shown(['author'], [Loud])).toEqual({ author: { name: 'ADA' } })
})

test('R14 a second default resource of a model is an error when mounted', () => {
  class Other extends modelResource('/others/:id', authors, { default: true }) {}
  expect(() => blog.site([Author, Other])).toThrow(
    'Other: blog.Author has a default resource, Author; a model has one.',
  )
})

test.each([
  [
    { include: ['colour'] },
    '"colour" is no field of blog.Post; there are: id, slug, title, draft, authorId, replyToId, author',
  ],
  [{ exclude: ['colour'] }, '"colour" is no field of blog.Post'],
  [{ rename: { colour: 'color' } }, 'rename names "colour", which is no field of blog.Post'],
  [{ related: { title: [] } }, 'related names "title", which is no relation of blog.Post; there are: author, replyTo'],
  [{ related: { author: ['colour'] } }, 'Post, "author": "colour" is no field of blog.Author'],
  [{ related: { author: ['password'] } }, '"password" is hidden by blog.Author'],
  [{ computed: { title: () => '' } }, '"title" is computed, and a field of blog.Post'],
  [{ rename: { title: 'slug' } }, 'two fields would be shown as "slug"'],
  [{ rename: { title: '_links' } }, 'cannot be shown as "_links"'],
  [{ related: { author: { limit: 1 } } }, 'Post, "author": a reference leads to one row, and has no limit or sort'],
  [{ related: { comments: { limit: 0 } } }, 'limit is how many rows are shown, at least 1: 0'],
  [{ related: { comments: { sort: 'colour' } } }, 'Post, "comments": cannot sort by "colour"'],
  [
    {
      related: {
        author: { related: { posts: { related: { author: { related: { posts: ['id'] } } } } } },
      },
    },
    'fields are selected in at most 4 levels',
  ],
])('R14 fields that cannot be are an error when mounted: %j', (fields, message) => {
  expect(() => blog.site([postWith(fields)])).toThrow(message)
})

test('R14 loops end: inside itself a default resource is its key', async () => {
  class LoopPost extends modelResource('/posts/:id', posts, {
    default: true,
    fields: ['id', 'author', 'replyTo', 'comments'],
  }) {
    GET = this.getOne
  }
  class LoopAuthor extends modelResource('/authors/:id', authors, { default: true, fields: ['name', 'posts'] }) {}
  class LoopComment extends modelResource('/comments/:id', comments, { default: true, fields: ['text', 'post'] }) {}
  const { body } = await blog.ask([LoopPost, LoopAuthor, LoopComment], 'GET /posts/3')
  expect(body).toEqual({
    id: 3,
    author: { name: 'Bob', posts: [3] },
    replyTo: 1,
    comments: [{ text: 'Hm', post: 3 }],
  })
})

test('related rows are there only for those who may read them', async () => {
  const post = postWith({ include: ['key', 'comments', 'replies'], related: { replyTo: ['title'] } })
  const asEve = { as: 'eve' }
  expect((await blog.ask([post], 'GET /posts/1', asEve)).body).toEqual({
    id: 1,
    comments: [1],
    replies: [3],
    replyTo: null,
  })
  await blog.sql('update post set draft = 1 where id = 1')
  expect((await blog.ask([post], 'GET /posts/3', asEve)).body).toMatchObject({ id: 3, replyTo: null })
  expect((await blog.ask([post], 'GET /posts/3')).body).toMatchObject({ id: 3, replyTo: { title: 'One' } })
})

test('what the default resource of a model does not have is not there where it is related either', async () => {
  class Bobless extends modelResource('/authors/:id', authors, { default: true, fields: ['name'] }) {
    override queryset(): Rule {
      return { name: { ne: 'Bob' } }
    }
  }
  for (const post of [postWith(['author']), postWith({ include: [], related: { author: ['name'] } })]) {
    expect((await blog.ask([post, Bobless], 'GET /posts/1')).body).toEqual({ author: { name: 'Ada' } })
    expect((await blog.ask([post, Bobless], 'GET /posts/3')).body).toEqual({ author: null })
  }
})

test('what a field rule hides is left out, here and inside other rows', async () => {
  const post = postWith({ include: ['key'], related: { author: ['email', 'name'] } })
  class Mail extends modelResource('/authors/:id', authors, { fields: ['email'] }) {
    GET = this.getOne
  }
  const seen = async (as: string): Promise<readonly unknown[]> => [
    (await blog.ask([post], 'GET /posts/1', { as })).body.author,
    (await blog.ask([Mail], 'GET /authors/1', { as })).body,
  ]
  expect(await seen('eve')).toEqual([{ name: 'Ada' }, {}])
  expect(await seen('eve blog.view_email')).toEqual([
    { name: 'Ada', email: 'ada@example.org' },
    { email: 'ada@example.org' },
  ])
})

test('a hidden or excluded column is not in the entity tag, from which it could be guessed', async () => {
  class Name extends modelResource('/authors/:id', authors, { fields: ['name', 'email'] }) {
    GET = this.getOne
  }
  const tagFor = async (as: string): Promise<unknown> =>
    (await blog.ask([Name], 'GET /authors/1', { as })).headers.get('etag')
  const [eve, mailer] = [await tagFor('eve'), await tagFor('eve blog.view_email')]
  expect(eve).not.toBe(mailer)
  await blog.sql("update author set email = 'a@example.org', password = 'other' where id = 1")
  expect(await tagFor('eve')).toBe(eve)
  expect(await tagFor('eve blog.view_email')).not.toBe(mailer)
})

test('related rows of a page are one statement for each relation, however many rows there are', async () => {
  class List extends modelCollection('/posts', posts, {
    fields: { include: ['own', 'author'], related: { replyTo: ['slug'], comments: ['text'] } },
  }) {
    GET = this.getPage
  }
  const few = await blog.ask([List, Author], 'GET /posts')
  expect([few.body.length, blog.statements.length]).toEqual([3, 4])
  const rows = Array.from({ length: 50 }, (_, index) => `(${index + 10}, 'p${index}', 'P', 0, ${1 + (index % 2)}, 1)`)
  await blog.sql(`insert into post values ${rows.join()}`)
  const many = await blog.ask([List, Author], 'GET /posts?limit=100')
  expect([many.body.length, blog.statements.length]).toEqual([53, 4])
})

test('HAL links a row to what it refers to, where that has a URL', async () => {
  const { body } = await blog.ask(
    blog.site([postWith(['author', 'replyTo']), Author], { prefix: '/api' }),
    'GET /api/posts/3',
    hal,
  )
  expect(body._links).toEqual({
    self: { href: '/api/posts/3', title: 'Three' },
    author: { href: '/api/authors/2', title: 'Bob' },
  })
})

test('R15 a collection shows its items as these show themselves, and links to them', async () => {
  class Post extends modelResource('/posts/:slug', posts, {
    fields: { include: ['title'], related: { author: ['name'] } },
  }) {
    GET = this.getOne
    override represent(row: Row): Entity {
      const { data, links, tag } = super.represent(row)
      return new Entity({ ...data, kind: 'post' }, links, tag)
    }
  }
  class Posts extends modelCollection('/posts', Post) {
    GET = this.getPage
  }
  const site = blog.site([Posts, Post], { prefix: '/api' })
  const list = await blog.ask(site, 'GET /api/posts')
  const listed = (await blog.ask(site, 'GET /api/posts', hal)).body._embedded.item
  expect(list.body[0]).toEqual({ title: 'One', author: { name: 'Ada' }, kind: 'post' })
  for (const [index, item] of listed.entries()) {
    const { href } = item._links.self
    expect((await blog.ask(site, `GET ${href}`)).body).toEqual(list.body[index])
    expect((await blog.ask(site, `GET ${href}`, hal)).body).toEqual(item)
  }
})

test('R15 what is not there as an item is in no list of such items', async () => {
  class Short extends modelResource('/posts/:id', posts, { fields: ['key'] }) {
    GET = this.getOne
    override queryset(): Rule {
      return { slug: { ne: 'three' } }
    }
  }
  class Shorts extends modelCollection('/posts', Short) {
    GET = this.getPage
  }
  class OthersShorts extends modelCollection('/others', Short) {
    GET = this.getPage
    override queryset(): Rule {
      return { authorId: 2 }
    }
  }
  const classes = [Shorts, OthersShorts, Short]
  expect((await blog.ask(classes, 'GET /posts')).body).toEqual([{ id: 1 }, { id: 2 }])
  expect((await blog.ask(classes, 'GET /others')).body).toEqual([])
})

test('R15 a collection of a model without a resource of its own has a selection itself', async () => {
  class Votes extends modelCollection('/posts/:postId/votes', votes, { fields: ['voter'], sort: '-points' }) {
    GET = this.getPage
    override queryset(): { readonly postId: number } {
      return { postId: Number(this.params.postId) }
    }
  }
  expect((await blog.ask([Votes], 'GET /posts/1/votes')).body).toEqual([{ voter: 'eve' }, { voter: 'bob' }])
})

test('a data array is shown in its order, and only so many of it where that is said', async () => {
  class Comment extends modelResource('/comments/:id', comments, { default: true, fields: ['text'] }) {}
  await blog.sql("insert into comment values (4, 1, 'Yes', 0), (5, 1, 'No', 0), (6, 3, 'Oh', 0)")
  class List extends modelCollection('/posts', posts, {
    fields: { include: ['key'], related: { comments: { limit: 2, sort: '-id' } } },
  }) {
    GET = this.getPage
  }
  expect((await blog.ask([List, Comment], 'GET /posts')).body).toEqual([
    { id: 1, comments: [{ text: 'No' }, { text: 'Yes' }] },
    { id: 2, comments: [] },
    { id: 3, comments: [{ text: 'Oh' }, { text: 'Hm' }] },
  ])
})

test('R14 a many-to-many relation is shown as what lies behind its join table', async () => {
  const fields = { include: ['key', 'tags'], related: { tags: ['name'] } }
  expect(await shown(fields)).toEqual({ id: 1, tags: [{ name: 'new' }, { name: 'old' }] })
  expect((await blog.ask([postWith(fields)], 'GET /posts/3')).body).toEqual({ id: 3, tags: [{ name: 'old' }] })
})

test('rules are asked once for a request, whatever is shown', async () => {
  let asked = 0
  const counted = service(null, {
    url: 'http://counted.test/',
    database: blog.service.state.store.database,
    apps: [
      app('blog', {
        Author: model(authors, {
          access: {
            read: () => {
              asked += 1
              return true
            },
          },
        }),
        Post: model(posts, { references: { replyToId: { inverse: 'replies' } } }),
      }),
    ],
    authenticate: [testScheme],
  })
  class List extends modelCollection('/posts', posts, { fields: ['own', 'author'] }) {
    GET = this.getPage
  }
  class Writer extends modelResource('/authors/:id', authors, { default: true, fields: ['name', 'posts'] }) {}
  expect((await blog.ask(modelRouter(counted, [List, Writer]), 'GET /posts')).status).toBe(200)
  expect(asked).toBe(1)
})

test('R14 property: what is shown is what is included, without what is excluded', async () => {
  const relations = ['author', 'replyTo', 'comments', 'replies', 'votes', 'tags', 'postTags']
  const sets = {
    key: ['id'],
    own: Object.keys(own),
    relations,
    all: [...Object.keys(own), ...relations],
  }
  const name = fc.constantFrom(...Object.keys(sets), ...sets.all)
  const expand = (names: readonly string[]): readonly string[] =>
    names.flatMap((each) => (Object.hasOwn(sets, each) ? sets[each as keyof typeof sets] : [each]))
  await fc.assert(
    fc.asyncProperty(fc.array(name), fc.array(name, { maxLength: 3 }), async (include, exclude) => {
      const excluded = expand(exclude)
      const expected = [...new Set(expand(include))].filter((each) => !excluded.includes(each)).toSorted()
      expect(Object.keys((await shown({ include, exclude })) as object).toSorted()).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
