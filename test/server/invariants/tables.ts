// The tables of the random services: posts with comments that belong to them, tags behind a join table, authors in teams.
import type { Table } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'

export const tableNames = ['team', 'author', 'post', 'comment', 'tag', 'post_tag'] as const
export type TableName = (typeof tableNames)[number]

const cascade = { onDelete: 'cascade' } as const

const sqliteTeam = sqlite.sqliteTable('team', {
  id: sqlite.integer().primaryKey({ autoIncrement: true }),
  name: sqlite.text().notNull(),
  tenantId: sqlite.integer().notNull().default(1),
})
const sqliteAuthor = sqlite.sqliteTable('author', {
  id: sqlite.integer().primaryKey({ autoIncrement: true }),
  name: sqlite.text().notNull(),
  email: sqlite.text(),
  rank: sqlite.integer().notNull().default(1),
  teamId: sqlite.integer().references(() => sqliteTeam.id),
  gone: sqlite.integer({ mode: 'boolean' }).notNull().default(false),
  tenantId: sqlite.integer().notNull().default(1),
})
const sqlitePost = sqlite.sqliteTable('post', {
  id: sqlite.integer().primaryKey({ autoIncrement: true }),
  title: sqlite.text().notNull().unique(),
  body: sqlite.text(),
  price: sqlite.integer(),
  published: sqlite.integer({ mode: 'boolean' }).notNull().default(true),
  authorId: sqlite.integer().references(() => sqliteAuthor.id),
  tenantId: sqlite.integer().notNull().default(1),
})
const sqliteTag = sqlite.sqliteTable('tag', {
  id: sqlite.integer().primaryKey({ autoIncrement: true }),
  name: sqlite.text().notNull(),
  weight: sqlite.integer(),
})

const pgTeam = pg.pgTable('team', {
  id: pg.serial().primaryKey(),
  name: pg.text().notNull(),
  tenantId: pg.integer().notNull().default(1),
})
const pgAuthor = pg.pgTable('author', {
  id: pg.serial().primaryKey(),
  name: pg.text().notNull(),
  email: pg.text(),
  rank: pg.integer().notNull().default(1),
  teamId: pg.integer().references(() => pgTeam.id),
  gone: pg.boolean().notNull().default(false),
  tenantId: pg.integer().notNull().default(1),
})
const pgPost = pg.pgTable('post', {
  id: pg.serial().primaryKey(),
  title: pg.text().notNull().unique(),
  body: pg.text(),
  price: pg.integer(),
  published: pg.boolean().notNull().default(true),
  authorId: pg.integer().references(() => pgAuthor.id),
  tenantId: pg.integer().notNull().default(1),
})
const pgTag = pg.pgTable('tag', { id: pg.serial().primaryKey(), name: pg.text().notNull(), weight: pg.integer() })

/** Those that others refer to first. */
export const tablesOf: Readonly<Record<'sqlite' | 'pg', Readonly<Record<TableName, Table>>>> = {
  sqlite: {
    team: sqliteTeam,
    author: sqliteAuthor,
    post: sqlitePost,
    comment: sqlite.sqliteTable('comment', {
      id: sqlite.integer().primaryKey({ autoIncrement: true }),
      postId: sqlite
        .integer()
        .notNull()
        .references(() => sqlitePost.id, cascade),
      authorId: sqlite.integer().references(() => sqliteAuthor.id),
      text: sqlite.text(),
      tenantId: sqlite.integer().notNull().default(1),
    }),
    tag: sqliteTag,
    post_tag: sqlite.sqliteTable(
      'post_tag',
      {
        postId: sqlite
          .integer()
          .notNull()
          .references(() => sqlitePost.id, cascade),
        tagId: sqlite
          .integer()
          .notNull()
          .references(() => sqliteTag.id, cascade),
      },
      (table) => [sqlite.primaryKey({ columns: [table.postId, table.tagId] })],
    ),
  },
  pg: {
    team: pgTeam,
    author: pgAuthor,
    post: pgPost,
    comment: pg.pgTable('comment', {
      id: pg.serial().primaryKey(),
      postId: pg
        .integer()
        .notNull()
        .references(() => pgPost.id, cascade),
      authorId: pg.integer().references(() => pgAuthor.id),
      text: pg.text(),
      tenantId: pg.integer().notNull().default(1),
    }),
    tag: pgTag,
    post_tag: pg.pgTable(
      'post_tag',
      {
        postId: pg
          .integer()
          .notNull()
          .references(() => pgPost.id, cascade),
        tagId: pg
          .integer()
          .notNull()
          .references(() => pgTag.id, cascade),
      },
      (table) => [pg.primaryKey({ columns: [table.postId, table.tagId] })],
    ),
  },
}

type Value = string | number | boolean | null
export type Row = Readonly<Record<string, Value>>
export type World = Readonly<Record<TableName, readonly Row[]>>

/** Columns but the key, and what they may hold; `Id` at the end: a key of the table. */
export const columnsOf: Readonly<Record<TableName, Readonly<Record<string, readonly Value[] | TableName>>>> = {
  team: { name: ['red', 'blue'], tenantId: [1, 2] },
  author: {
    name: ['ann', 'bob', 'eve'],
    email: ['a@x', 'b@x', null],
    rank: [1, 2, 3],
    teamId: 'team',
    gone: [false, false, true],
    tenantId: [1, 1, 2],
  },
  post: {
    title: ['one', 'two', 'ten', 'six', 'ace', 'elf', 'fox', 'gnu', 'hen', 'ivy', 'jam', 'kit'],
    body: ['long', 'short', null],
    price: [1, 5, null],
    published: [true, false],
    authorId: 'author',
    tenantId: [1, 1, 2],
  },
  comment: { postId: 'post', authorId: 'author', text: ['a', 'b', null], tenantId: [1, 1, 2] },
  tag: { name: ['hot', 'cold'], weight: [1, 2, null] },
  post_tag: { postId: 'post', tagId: 'tag' },
}

export const nullable: ReadonlySet<string> = new Set(['author.teamId', 'post.authorId', 'comment.authorId'])
