// A service whose types another file of the repository takes: what Drizzle's types do not tell, the options of its models say.

import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic } from 'slumberjs/auth'
import { app, instanceOf, model, operation, service } from 'slumberjs/server'

const authors = sqliteTable('author', { id: integer().primaryKey(), name: text().notNull().unique() })
const books = sqliteTable('book', {
  id: integer().primaryKey(),
  title: text().notNull(),
  year: integer().notNull(),
  authorId: integer()
    .notNull()
    .references(() => authors.id),
})

const client = createClient({ url: 'file::memory:?cache=shared' })
await client.executeMultiple(`
  create table author (id integer primary key, name text not null unique);
  create table book (id integer primary key, title text not null, year integer not null, authorId integer not null references author);
  insert into author values (1, 'Ada'), (2, 'Bob');
  insert into book values (1, 'Engines', 1843, 1), (2, 'Notes', 1842, 1), (3, 'Bridges', 1851, 2);`)

// Neither has a type of its own, `AppDefinition` say: that would keep the models from `ContractOf`.
const shelf = app('shelf', {
  Author: model(authors, { display: 'name', unique: ['name'] }),
  Book: model(books, {
    display: 'title',
    references: { authorId: { name: 'author', inverse: 'books', to: authors } },
    properties: { century: { type: 'integer', value: ({ year }) => Math.ceil(year / 100) } },
    operations: {
      reprint: operation.instance({
        POST: {
          output: instanceOf('shelf.Book'),
          run: ({ instance, models }) => models(books).update({ id: instance.id }, { year: instance.year + 1 }),
        },
      }),
    },
  }),
})

export const library = service('library', {
  url: 'http://library.test/slumber/library/',
  database: drizzle({ client }),
  apps: [shelf],
  authenticate: [basic(async (name) => ({ name, superuser: true, permissions: [] }))],
})
