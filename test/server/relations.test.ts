// Keys, unique sets and relations of every shape: composite, to itself, to a key that is itself a reference, over a join table.
import * as orm from 'drizzle-orm'
import {
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { connect } from 'slumberjs'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  app,
  model,
  service,
  silentLogger,
  type ModelDefinitions,
  type Principal,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import { createdOn, dialects } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

const tenants = sqliteTable('tenant', { code: text().primaryKey() })
const people = sqliteTable(
  'person',
  {
    tenantCode: text('tenant_code')
      .notNull()
      .references(() => tenants.code),
    number: integer().notNull(),
    name: text().notNull(),
    bossNumber: integer('boss_number'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantCode, table.number] }),
    unique('names').on(table.tenantCode, table.name),
    foreignKey({ columns: [table.tenantCode, table.bossNumber], foreignColumns: [table.tenantCode, table.number] }),
  ],
)
/** Its key is a reference. */
const profiles = sqliteTable('profile', {
  id: integer()
    .primaryKey()
    .references(() => tags.id),
  text: text().notNull(),
})
const tags = sqliteTable('tag', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => tags.id),
})
const posts = sqliteTable('post', { id: integer().primaryKey(), title: text().notNull(), state: text().notNull() })
const postTags = sqliteTable(
  'post_tag',
  {
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    tagId: integer('tag_id')
      .notNull()
      .references(() => tags.id),
    hidden: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.postId, table.tagId] })],
)
/** A join table of a table with itself, with a key of its own. */
const follows = sqliteTable(
  'follow',
  {
    id: integer().primaryKey(),
    followerId: integer('follower_id')
      .notNull()
      .references(() => tags.id),
    followedId: integer('followed_id')
      .notNull()
      .references(() => tags.id),
  },
  (table) => [uniqueIndex('once').on(table.followerId, table.followedId)],
)

const all = [tenants, people, tags, profiles, posts, postTags, follows]
const libsql = dialects.find(({ name }) => name === 'libsql')
const created = createdOn(libsql!, all)

function serve(models: ModelDefinitions, options: Partial<ServiceOptions> = {}): Service {
  return service(null, {
    url: `${base}/`,
    database: created.database,
    apps: [app('a', models)],
    authenticate: [testScheme],
    logger: silentLogger,
    ...options,
  })
}

const everything: ModelDefinitions = {
  Tenant: model(tenants),
  Person: model(people, {
    references: { tenantCode: 'tenant', 'tenantCode,bossNumber': { name: 'boss', inverse: 'staff' } },
  }),
  Tag: model(tags, { display: 'name', references: { parentId: { inverse: 'children' } } }),
  Profile: model(profiles, { references: { id: { inverse: 'profiles' } } }),
  Post: model(posts, { display: 'title' }),
  PostTag: model(postTags),
  Follow: model(follows),
}

let served: Service
const get = async (path: string, as = 'admin') => (await askService(served, 'GET', path, { as })).body
const names = async (path: string) =>
  (await get(path)).map((row: { name?: string; title?: string }) => row.name ?? row.title)

beforeAll(() => {
  served = serve(everything)
})
beforeEach(async () => {
  for (const name of ['follow', 'post_tag', 'post', 'profile', 'tag', 'person', 'tenant']) {
    await created.sql(`DELETE FROM ${name}`)
  }
  for (const rows of [
    `tenant VALUES ('x'), ('y')`,
    `person VALUES ('x', 1, 'Ada', NULL), ('x', 2, 'Bob', 1), ('y', 1, 'Cleo', NULL), ('y', 2, 'Dan', 1)`,
    `tag VALUES (1, 'food', NULL), (2, 'pizza', 1), (3, 'vegan', 1)`,
    `profile VALUES (2, 'round')`,
    `post VALUES (1, 'One', 'open'), (2, 'Two', 'open'), (3, 'Three', 'draft')`,
    `post_tag VALUES (1, 2, 0), (1, 3, 1), (2, 2, 0), (3, 3, 0)`,
    `follow VALUES (1, 1, 2), (2, 1, 3), (3, 2, 3)`,
  ]) {
    await created.sql(`INSERT INTO ${rows}`)
  }
})

describe('keys', () => {
  test('a composite key is a part of URLs, of references to it and of its own', async () => {
    const { body } = await askService(served, 'GET', '/a/Person/x,2', { headers: { accept: 'application/hal+json' } })
    expect(body._links.boss.href).toBe(`${base}/a/Person/x,1`)
    expect(body._links.tenant.href).toBe(`${base}/a/Tenant/x`)
    expect(await names('/a/Person/x,1/staff')).toEqual(['Bob'])
    expect(await names('/a/Person?boss.name=Cleo')).toEqual(['Dan'])
  })

  test('a reference of several columns is told apart from the others, which clients of before take for all there are', async () => {
    const { references, compositeReferences } = await get('/a/Person/-/model')
    expect(references).toEqual({ tenant: { field: 'tenantCode', model: `${base}/a/Tenant`, nullable: false } })
    expect(compositeReferences).toEqual({
      boss: {
        fields: ['tenantCode', 'bossNumber'],
        targetFields: ['tenantCode', 'number'],
        model: `${base}/a/Person`,
        nullable: true,
      },
    })
    expect((await get('/a/Tag/-/model')).compositeReferences).toBeUndefined()
    const transport = (request: Request): Promise<Response> => {
      request.headers.set('authorization', 'Test admin')
      return served.fetch(request)
    }
    const found = await connect({ service: base, transport })['a']?.['Person']?.get({ tenantCode: 'x', number: 2 })
    expect(found?.data).toMatchObject({ name: 'Bob', bossNumber: 1 })
  })

  test('of one whose columns some may not read only those know who may; so it is with what it refers to', async () => {
    const badges = sqliteTable('badge', { id: integer().primaryKey(), tenant: text(), holder: text() }, (table) => [
      foreignKey({ columns: [table.tenant, table.holder], foreignColumns: [people.tenantCode, people.name] }),
    ])
    const told = async (as: string, hidden: { readonly badge?: 'holder'; readonly person?: 'name' }) => {
      const onlyAdmin = { read: ({ superuser }: Principal) => superuser }
      const hiding = (name: string | undefined) => (name === undefined ? {} : { fields: { [name]: onlyAdmin } })
      const badged = serve({
        Person: model(people, {
          references: { 'tenantCode,bossNumber': 'boss', tenantCode: 'tenant' },
          ...hiding(hidden.person),
        }),
        Badge: model(badges, { references: { tenant: 'person' }, ...hiding(hidden.badge) }),
      })
      return (await askService(badged, 'GET', '/a/Badge/-/model', { as })).body.compositeReferences?.person
    }
    expect(await told('admin', { badge: 'holder' })).toMatchObject({ targetFields: ['tenantCode', 'name'] })
    expect(await told('clerk', { badge: 'holder' })).toBeUndefined()
    expect(await told('clerk', { person: 'name' })).toEqual({
      fields: ['tenant', 'holder'],
      model: `${base}/a/Person`,
      nullable: true,
    })
  })

  test('a key that is a reference is written with the row, and called as its target is', async () => {
    expect((await askService(served, 'POST', '/a/Profile', { json: { id: 3, text: 'green' } })).status).toBe(201)
    expect((await askService(served, 'POST', '/a/Profile', { json: { id: 9, text: 'none' } })).status).toBe(409)
    const { body } = await askService(served, 'GET', '/a/Profile/3', { headers: { accept: 'application/hal+json' } })
    expect(body._links.tag).toEqual({ href: `${base}/a/Tag/3`, title: 'vegan' })
  })

  test('unique sets of columns, constraints and indexes find rows', async () => {
    expect((await get('/a/Person/-/model')).unique).toEqual([['tenantCode', 'name']])
    expect((await get('/a/Person/-/get?tenantCode=y&name=Dan')).number).toBe(2)
    expect((await get('/a/Follow/-/get?followerId=2&followedId=3')).id).toBe(3)
  })
})

describe('many-to-many', () => {
  test('each end has a data array of the other, besides that of the join table', async () => {
    expect(Object.keys((await get('/a/Post/-/model')).dataArrays)).toEqual(['postTags', 'tags'])
    expect(Object.keys((await get('/a/Tag/-/model')).dataArrays)).toEqual([
      'children',
      'profiles',
      'postTags',
      'followsByFollower',
      'followsByFollowed',
      'posts',
      'followeds',
      'followers',
    ])
    expect(await names('/a/Post/1/tags')).toEqual(['pizza', 'vegan'])
    expect(await names('/a/Tag/2/posts')).toEqual(['One', 'Two'])
    expect(await names('/a/Post/9/tags').catch(() => [])).toEqual([])
  })

  test('of a table with itself, it goes both ways', async () => {
    expect(await names('/a/Tag/1/followeds')).toEqual(['pizza', 'vegan'])
    expect(await names('/a/Tag/3/followers')).toEqual(['food', 'pizza'])
  })

  test('it is filtered, sorted and paged as any list, and filtered by', async () => {
    expect(await names('/a/Post/1/tags?sort=-name&limit=1')).toEqual(['vegan'])
    expect(await names('/a/Post?tags.name=vegan')).toEqual(['One', 'Three'])
    expect(await names('/a/Post?tags.parent.name=food&title__contains=w')).toEqual(['Two'])
    expect(await names('/a/Tag?posts.tags.name=vegan')).toEqual(['pizza', 'vegan'])
  })

  test('the rules of both ends and of the join table hold on the way', async () => {
    served = serve({
      ...everything,
      Post: model(posts, { access: { read: (user) => user.superuser || { state: 'open' } } }),
      PostTag: model(postTags, { access: { read: (user) => user.superuser || { hidden: false } } }),
    })
    const titles = async (path: string) => (await get(path, 'clerk')).map((row: { id: number }) => row.id)
    expect(await titles('/a/Tag/3/posts')).toEqual([])
    expect(await titles('/a/Tag/2/posts')).toEqual([1, 2])
    expect(await titles('/a/Post/1/tags')).toEqual([2])
    expect(await titles('/a/Tag?posts.title__startswith=T')).toEqual([2])
    expect((await askService(served, 'GET', '/a/Post/3/tags', { as: 'clerk' })).status).toBe(404)
    served = serve(everything)
  })

  test('a join table that is no model is named, and not exposed', async () => {
    const { PostTag: _, Follow: __, ...others } = everything
    const quiet = serve(others)
    const ofPost = (await askService(quiet, 'GET', '/a/Post/-/model')).body
    expect(Object.keys(ofPost.dataArrays)).toEqual([])
    served = serve({ ...others, Post: model(posts, { through: { labels: postTags } }) })
    expect(await names('/a/Post/1/labels')).toEqual(['pizza', 'vegan'])
    expect(Object.keys((await get('/a/Tag/-/model')).dataArrays)).toEqual(['children', 'profiles'])
    expect((await askService(served, 'GET', '/a/PostTag')).status).toBe(404)
    expect((await askService(served, 'GET', '/a/Post-labels')).status).toBe(404)
    served = serve(everything)
  })

  test('what is no join table of the model is refused', () => {
    const through = (table: typeof profiles | typeof postTags): (() => Service) => {
      return () => serve({ Tag: model(tags), Post: model(posts), Tenant: model(tenants, { through: { all: table } }) })
    }
    expect(through(postTags)).toThrow('"all" goes through a table that is no join table of it and another model')
    expect(through(profiles)).toThrow('two foreign keys to models of this service must make up its key or a unique set')
  })
})

/** Drizzle 1.0 has `defineRelations()` instead: see defined-relations.test.ts. */
const hasRelations = Object.hasOwn(orm, 'relations')
const relations: typeof orm.relations = hasRelations ? orm.relations : () => undefined as never

describe.runIf(hasRelations)('names from Drizzle’s relations', () => {
  const tagRelations = relations(tags, ({ one, many }) => ({
    above: one(tags, { fields: [tags.parentId], references: [tags.id], relationName: 'tree' }),
    below: many(tags, { relationName: 'tree' }),
    profile: one(profiles),
    joins: many(postTags),
  }))
  const profileRelations = relations(profiles, ({ one }) => ({
    label: one(tags, { fields: [profiles.id], references: [tags.id] }),
  }))
  const joinRelations = relations(postTags, ({ one }) => ({
    tag: one(tags, { fields: [postTags.tagId], references: [tags.id] }),
    article: one(posts, { fields: [postTags.postId], references: [posts.id] }),
  }))
  const schema = { tags, profiles, posts, postTags, tagRelations, profileRelations, joinRelations }
  const plain: ModelDefinitions = {
    Tag: model(tags),
    Profile: model(profiles),
    Post: model(posts),
    PostTag: model(postTags),
  }

  test('name references and their other ends; what they leave out is derived', async () => {
    const related = serve(plain, { relations: schema })
    const ofTag = (await askService(related, 'GET', '/a/Tag/-/model')).body
    expect(Object.keys(ofTag.references)).toEqual(['above'])
    expect(Object.keys(ofTag.dataArrays)).toEqual(['below', 'profile', 'joins', 'articles'])
    const ofPost = (await askService(related, 'GET', '/a/Post/-/model')).body
    expect(Object.keys(ofPost.dataArrays)).toEqual(['postTags', 'tags'])
  })

  test('are taken from the database that was given them', async () => {
    const { drizzle } = await import('drizzle-orm/libsql')
    const related = serve(plain, { database: drizzle.mock({ schema }) })
    const ofProfile = (await askService(related, 'GET', '/a/Profile/-/model')).body
    expect(Object.keys(ofProfile.references)).toEqual(['label'])
  })

  test('yield to what the model says', async () => {
    const own = { ...plain, Tag: model(tags, { references: { parentId: { name: 'over', inverse: 'under' } } }) }
    const ofTag = (await askService(serve(own, { relations: schema }), 'GET', '/a/Tag/-/model')).body
    expect([Object.keys(ofTag.references), Object.keys(ofTag.dataArrays)[0]]).toEqual([['over'], 'under'])
  })

  test('make a reference where the database has no foreign key', async () => {
    const notes = sqliteTable('note', { id: integer().primaryKey(), about: integer().notNull() })
    const noteRelations = relations(notes, ({ one }) => ({
      subject: one(tags, { fields: [notes.about], references: [tags.id] }),
    }))
    const related = serve({ ...plain, Note: model(notes) }, { relations: { ...schema, notes, noteRelations } })
    expect((await askService(related, 'GET', '/a/Note/-/model')).body.references.subject.model).toBe(`${base}/a/Tag`)
  })

  test('that collide are refused with a hint', () => {
    const colliding = relations(profiles, ({ one }) => ({
      text: one(tags, { fields: [profiles.id], references: [tags.id] }),
    }))
    expect(() => serve(plain, { relations: { tags, profiles, colliding } })).toThrow(
      'a.Profile: "text" is both a column and a reference; rename one',
    )
    const twice = relations(tags, ({ many }) => ({ one: many(profiles), two: many(profiles) }))
    expect(() => serve(plain, { relations: { tags, profiles, profileRelations, twice } })).toThrow(
      'Relations of "tag": "one" and "two" could both be the other end of "label" of "profile"; give them a relationName.',
    )
  })
})

describe('what is exposed is told once at the start', () => {
  const told: unknown[] = []
  const logger = { ...silentLogger, isLevelEnabled: () => true, info: (fields: object) => void told.push(fields) }

  test('with the number of fields, the methods, and what is public', () => {
    told.length = 0
    serve({ Post: model(posts, { public: true, operations: { delete: false } }) }, { logger })
    expect(told).toEqual([
      { models: { 'a.Post': { url: `${base}/a/Post`, fields: 3, methods: 'GET POST PATCH PUT', public: true } } },
    ])
  })

  test('and not in production', () => {
    const { NODE_ENV } = process.env
    told.length = 0
    process.env['NODE_ENV'] = 'production'
    serve({ Post: model(posts) }, { logger })
    process.env['NODE_ENV'] = NODE_ENV
    expect(told).toEqual([])
  })

  test.each([
    ['development', [[`${base}/ serves\n  a.Post (public): 3 fields · GET POST PATCH PUT DELETE`]]],
    ['test', []],
    ['production', []],
  ])('where there is no logger, on the console: in %s', (mode, lines) => {
    const { NODE_ENV } = process.env
    const error = vi.spyOn(console, 'error').mockReturnValue(undefined)
    process.env['NODE_ENV'] = mode
    const apps = [app('a', { Post: model(posts, { public: true }) })]
    service(null, { url: `${base}/`, database: created.database, apps, authenticate: [testScheme] })
    process.env['NODE_ENV'] = NODE_ENV
    expect(error.mock.calls).toEqual(lines)
    error.mockRestore()
  })
})
