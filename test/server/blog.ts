// A blog in a database file, for hand-written resources: its tables, its models, and a way to ask a site of resources.
import { createClient, type Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, primaryKey, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { BaseClass, Mount, Router, RouterOptions } from 'slumberjs/http'
import { app, model, modelRouter, service, silentLogger, type AppDefinition, type Service } from 'slumberjs/server'
import { testScheme } from './fixture.ts'

export const authors = sqliteTable('author', {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  /** Hidden. */
  password: text().notNull().default('swordfish'),
})
export const posts = sqliteTable('post', {
  id: integer().primaryKey({ autoIncrement: true }),
  slug: text().notNull().unique(),
  title: text().notNull(),
  draft: integer({ mode: 'boolean' }).notNull().default(false),
  authorId: integer()
    .notNull()
    .references(() => authors.id),
  /** What it is an answer to. */
  replyToId: integer().references((): AnySQLiteColumn => posts.id),
})
export const comments = sqliteTable('comment', {
  id: integer().primaryKey(),
  postId: integer()
    .notNull()
    .references(() => posts.id),
  text: text().notNull(),
  spam: integer({ mode: 'boolean' }).notNull().default(false),
})
export const votes = sqliteTable(
  'vote',
  {
    postId: integer()
      .notNull()
      .references(() => posts.id),
    voter: text().notNull(),
    points: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.postId, table.voter] })],
)
const tags = sqliteTable('tag', { id: integer().primaryKey(), name: text().notNull() })
const postTags = sqliteTable(
  'post_tag',
  {
    postId: integer()
      .notNull()
      .references(() => posts.id),
    tagId: integer()
      .notNull()
      .references(() => tags.id),
  },
  (table) => [primaryKey({ columns: [table.postId, table.tagId] })],
)

const createTables = `
  create table author (id integer primary key, name text not null, email text not null, password text not null default 'swordfish');
  create table post (id integer primary key autoincrement, slug text not null unique, title text not null, draft integer not null default 0,
    authorId integer not null references author, replyToId integer references post);
  create table comment (id integer primary key, postId integer not null references post, text text not null, spam integer not null default 0);
  create table vote (postId integer not null references post, voter text not null, points integer not null, primary key (postId, voter));
  create table tag (id integer primary key, name text not null);
  create table post_tag (postId integer not null references post, tagId integer not null references tag, primary key (postId, tagId));`

const rows = `
  delete from post_tag; delete from tag; delete from vote; delete from comment; delete from post; delete from author; delete from sqlite_sequence;
  insert into author (id, name, email) values (1, 'Ada', 'ada@example.org'), (2, 'Bob', 'bob@example.org');
  insert into post values (1, 'one', 'One', 0, 1, null), (2, 'two', 'Two', 1, 1, 1), (3, 'three', 'Three', 0, 2, 1);
  insert into comment values (1, 1, 'Well done', 0), (2, 1, 'Buy now', 1), (3, 3, 'Hm', 0);
  insert into vote values (1, 'eve', 2), (1, 'bob', 1), (3, 'eve', 5);
  insert into tag values (1, 'new'), (2, 'old');
  insert into post_tag values (1, 2), (1, 1), (3, 2);`

/** Drafts are there for those who may change posts, spam for nobody. */
function blogApp(): AppDefinition {
  return app('blog', {
    Author: model(authors, {
      display: 'name',
      exclude: ['password'],
      properties: { initial: ({ name }) => name.charAt(0) },
      fields: { email: { read: (user) => user.can('blog.view_email') } },
    }),
    Post: model(posts, {
      display: 'title',
      references: { replyToId: { inverse: 'replies' } },
      access: {
        read: (user) => user.can('blog.change_post') || { draft: false },
        update: (user) => user.superuser || { authorId: 1 },
      },
    }),
    Comment: model(comments, { access: { read: { spam: false } } }),
    Vote: model(votes),
    Tag: model(tags),
    PostTag: model(postTags),
  })
}

export interface Asked {
  /** A name and permissions, as the test scheme reads them; `admin` unless given, `''` for nobody. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // What a test expects of it, it says.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Blog {
  readonly service: Service
  /** The statements since the last question. */
  readonly statements: readonly string[]
  sql(statement: string): Promise<readonly Record<string, unknown>[]>
  site(resources: readonly (BaseClass | Mount)[], options?: RouterOptions): Router
  /** Asks a site of these resources. */
  ask(resources: Router | readonly BaseClass[], request: string, asked?: Asked): Promise<Answer>
}

/** A service for the tests of one file; before each of them its tables have their first rows. */
export function blogging(apps: () => readonly AppDefinition[] = () => [blogApp()]): Blog {
  let folder = ''
  let client: Client | undefined
  let made: Service | undefined
  let statements: string[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-blog-'))
    client = createClient({ url: pathToFileURL(join(folder, 'blog.db')).href })
    await client.executeMultiple(createTables)
    made = service(null, {
      url: 'http://blog.test/slumber/',
      database: drizzle({ client, logger: { logQuery: (query) => statements.push(query) } }),
      apps: apps(),
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })
  beforeEach(async () => {
    await client?.executeMultiple(rows)
  })
  afterAll(async () => {
    client?.close()
    await rm(folder, { recursive: true })
  })
  const site = (resources: readonly (BaseClass | Mount)[], options?: RouterOptions): Router =>
    modelRouter(made!, resources, options)
  return {
    get service() {
      return made!
    },
    get statements() {
      return statements
    },
    sql: async (statement) => (await client!.execute(statement)).rows.map((row) => ({ ...row })),
    site,
    async ask(resources, request, { as = 'admin', headers = {}, json } = {}) {
      statements = []
      const [method = '', path = ''] = request.split(' ')
      const response = await ('fetch' in resources ? resources : site(resources)).fetch(
        new Request(new URL(path, 'http://blog.test'), {
          method,
          headers: {
            ...(as === '' ? {} : { authorization: `Test ${as}` }),
            ...(json === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        }),
      )
      const answer = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true && answer !== ''
      return {
        status: response.status,
        headers: response.headers,
        text: answer,
        body: isJson ? JSON.parse(answer) : undefined,
      }
    },
  }
}

export const hal = { headers: { accept: 'application/hal+json' } } as const
