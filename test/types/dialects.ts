// Services over PostgreSQL and MySQL, which nobody asks for rows: with columns of most kinds, keys that the database makes, what it
// alone writes, sets that are unique, and references. Left out is what Drizzle's types do not tell, whether a timestamp that is a
// text has a zone, and what a contract does not, which texts an array of choices takes.
import { sql } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import { basic } from 'slumberjs/auth'
import { app, model, service } from 'slumberjs/server'

const mood = pg.pgEnum('mood', ['sad', 'happy'])

const pgColumns = pg.pgTable('columns', {
  id: pg.uuid().primaryKey().defaultRandom(),
  smallint: pg.smallint(),
  integer: pg.integer().notNull(),
  bigintNumber: pg.bigint({ mode: 'number' }),
  bigint: pg.bigint({ mode: 'bigint' }).notNull(),
  serial: pg.serial(),
  bigserial: pg.bigserial({ mode: 'bigint' }),
  numeric: pg.numeric().notNull(),
  numericNumber: pg.numeric({ mode: 'number' }),
  numericBigint: pg.numeric({ mode: 'bigint', precision: 30 }),
  real: pg.real(),
  double: pg.doublePrecision().notNull(),
  boolean: pg.boolean(),
  text: pg.text(),
  textEnum: pg.text({ enum: ['s', 'm'] }),
  varchar: pg.varchar({ length: 5 }).notNull(),
  char: pg.char({ length: 5 }),
  enum: mood().notNull(),
  uuid: pg.uuid(),
  date: pg.date({ mode: 'date' }),
  dateString: pg.date().notNull(),
  time: pg.time(),
  timestamp: pg.timestamp().notNull(),
  timestampString: pg.timestamp({ mode: 'string' }),
  interval: pg.interval(),
  json: pg.json(),
  jsonb: pg.jsonb().notNull(),
  inet: pg.inet(),
  cidr: pg.cidr(),
  macaddr: pg.macaddr(),
  bit: pg.bit({ dimensions: 3 }),
  integers: pg.integer().array(),
  texts: pg.text().array().notNull(),
  uuids: pg.uuid().array(),
  timestamps: pg.timestamp().array(),
})

const pgLines = pg.pgTable(
  'lines',
  {
    number: pg.integer().primaryKey().generatedAlwaysAsIdentity(),
    ofId: pg
      .uuid()
      .notNull()
      .references(() => pgColumns.id, { onDelete: 'cascade' }),
    besideId: pg.uuid().references(() => pgColumns.id),
    position: pg.integer().notNull(),
    price: pg.numeric({ precision: 10, scale: 2 }).notNull().default('0'),
    double: pg.integer().generatedAlwaysAs(sql`position * 2`),
    changedAt: pg.timestamp().notNull().defaultNow(),
  },
  (table) => [pg.unique().on(table.ofId, table.position)],
)

const mysqlColumns = mysql.mysqlTable('columns', {
  id: mysql.serial().primaryKey(),
  tinyint: mysql.tinyint(),
  smallint: mysql.smallint().notNull(),
  mediumint: mysql.mediumint(),
  int: mysql.int({ unsigned: true }),
  bigintNumber: mysql.bigint({ mode: 'number' }),
  bigint: mysql.bigint({ mode: 'bigint' }).notNull(),
  decimal: mysql.decimal().notNull(),
  decimalNumber: mysql.decimal({ mode: 'number' }),
  decimalBigint: mysql.decimal({ mode: 'bigint', precision: 30 }),
  float: mysql.float(),
  double: mysql.double().notNull(),
  real: mysql.real(),
  boolean: mysql.boolean().notNull(),
  char: mysql.char({ length: 5 }),
  varchar: mysql.varchar({ length: 5 }).notNull(),
  varcharEnum: mysql.varchar({ length: 5, enum: ['s', 'm'] }),
  text: mysql.text(),
  tinytext: mysql.tinytext(),
  enum: mysql.mysqlEnum(['s', 'm']).notNull(),
  binary: mysql.binary({ length: 3 }),
  varbinary: mysql.varbinary({ length: 5 }),
  date: mysql.date(),
  dateString: mysql.date({ mode: 'string' }).notNull(),
  datetime: mysql.datetime().notNull(),
  datetimeString: mysql.datetime({ mode: 'string' }),
  timestamp: mysql.timestamp(),
  timestampString: mysql.timestamp({ mode: 'string' }),
  time: mysql.time(),
  year: mysql.year(),
  json: mysql.json(),
})

const mysqlLines = mysql.mysqlTable(
  'lines',
  {
    number: mysql.int().primaryKey().autoincrement(),
    ofId: mysql
      .bigint({ mode: 'number', unsigned: true })
      .notNull()
      .references(() => mysqlColumns.id, { onDelete: 'cascade' }),
    besideId: mysql.bigint({ mode: 'number', unsigned: true }).references(() => mysqlColumns.id),
    position: mysql.int().notNull(),
    price: mysql.decimal({ precision: 10, scale: 2 }).notNull().default('0'),
    double: mysql.int().generatedAlwaysAs(sql`position * 2`),
    changedAt: mysql.timestamp().notNull().defaultNow(),
  },
  (table) => [mysql.unique().on(table.ofId, table.position)],
)

const directory = { postgres: 'http://services.test/postgres/', mysql: 'http://services.test/mysql/' }
const authenticate = [basic(async (name) => ({ name, superuser: true, permissions: [] }))]

export const postgresService = service('postgres', {
  url: directory.postgres,
  directory,
  directoryUrl: 'http://services.test/',
  database: overPostgres.mock(),
  authenticate,
  apps: [
    app('kinds', {
      Columns: model(pgColumns, { owns: ['lines'] }),
      Line: model(pgLines, {
        properties: {
          isFirst: { type: 'boolean', value: ({ position }) => position === 0 },
          until: {
            type: 'date-time',
            nullable: true,
            value: ({ changedAt, besideId }) => (besideId ? null : changedAt),
          },
          cents: { type: 'bigint', value: ({ price }) => BigInt(Math.round(Number(price) * 100)) },
          label: ({ position }) => `${position}.`,
        },
        fields: { cents: { read: (user) => user.superuser } },
        unique: [['ofId', 'position']],
        references: {
          ofId: { name: 'of', inverse: 'lines', to: pgColumns },
          besideId: { name: 'beside', inverse: 'besides', to: pgColumns },
        },
      }),
    }),
  ],
})

export const mysqlService = service('mysql', {
  url: directory.mysql,
  directory,
  database: overMysql.mock(),
  authenticate,
  apps: [
    app('kinds', {
      Columns: model(mysqlColumns, { owns: ['lines'] }),
      Line: model(mysqlLines, {
        properties: {
          isFirst: { type: 'boolean', value: ({ position }) => position === 0 },
          until: {
            type: 'date-time',
            nullable: true,
            value: ({ changedAt, besideId }) => (besideId ? null : changedAt),
          },
          cents: { type: 'bigint', value: ({ price }) => BigInt(Math.round(Number(price) * 100)) },
          label: ({ position }) => `${position}.`,
        },
        fields: { cents: { read: (user) => user.superuser } },
        unique: [['ofId', 'position']],
        references: {
          ofId: { name: 'of', inverse: 'lines', to: mysqlColumns },
          besideId: { name: 'beside', inverse: 'besides', to: mysqlColumns },
        },
      }),
    }),
  ],
})
