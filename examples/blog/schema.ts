// The tables of the blog, and what they begin with.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const authors = sqliteTable('author', {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
})

export const posts = sqliteTable('post', {
  id: integer().primaryKey(),
  title: text().notNull(),
  text: text().notNull(),
  authorId: integer()
    .notNull()
    .references(() => authors.id), // the reference `author`
  published: integer({ mode: 'boolean' }).notNull().default(false),
})

export const firstRows = `
  create table if not exists author (id integer primary key, name text not null, email text not null);
  create table if not exists post (id integer primary key, title text not null, text text not null,
    authorId integer not null references author, published integer not null default 0);
  insert or ignore into author values (1, 'Ada', 'ada@example.org');
  insert or ignore into post values (1, 'Slumber', 'Zzz.', 1, 1), (2, 'A draft', 'Not yet.', 1, 0);`
