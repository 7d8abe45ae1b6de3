// The three dialects as this folder sees them: how a table or view of each is known, what is declared of it, and what its columns are.

import { is, View, type Column, type SQL, type Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import type { KindsOfDialect } from './column-kinds.ts'
import { mysqlKinds } from './mysql-columns.ts'
import { pgKinds } from './pg-columns.ts'
import { sqliteKinds } from './sqlite-columns.ts'
import type { DialectName } from './table-info.ts'

/** What Drizzle calls a table's configuration, as far as all dialects have it. */
export interface Declarations {
  readonly primaryKeys: readonly { readonly columns: readonly Column[] }[]
  readonly uniqueConstraints: readonly { readonly columns: readonly Column[] }[]
  readonly indexes: readonly { readonly config: IndexDeclaration }[]
  readonly checks: readonly { readonly name: string; readonly value: SQL }[]
  readonly foreignKeys: readonly {
    readonly onDelete: string | undefined
    reference(): {
      readonly columns: readonly Column[]
      readonly foreignTable: Table
      readonly foreignColumns: readonly Column[]
    }
  }[]
}

interface IndexDeclaration {
  readonly columns: readonly object[]
  readonly unique?: boolean | undefined
  readonly where?: SQL | undefined
}

export interface SchemaDialect {
  readonly name: DialectName
  readonly kinds: KindsOfDialect
  isView(view: unknown): boolean
  /** Undefined for a table of another dialect. */
  declarations(table: unknown): Declarations | undefined
  /** An empty table object, which a view's columns are put into. */
  tableNamed(name: string, schema: string | undefined): Table
}

export const schemaDialects: readonly SchemaDialect[] = [
  {
    name: 'sqlite',
    kinds: sqliteKinds,
    isView: (view) => is(view, sqlite.SQLiteView),
    declarations: (table) => (is(table, sqlite.SQLiteTable) ? sqlite.getTableConfig(table) : undefined),
    tableNamed: (name, schema) => new sqlite.SQLiteTable(name, schema, name),
  },
  {
    name: 'pg',
    kinds: pgKinds,
    isView: (view) => is(view, pg.PgView) || is(view, pg.PgMaterializedView),
    declarations: (table) => (is(table, pg.PgTable) ? pg.getTableConfig(table) : undefined),
    tableNamed: (name, schema) => new pg.PgTable(name, schema, name),
  },
  {
    name: 'mysql',
    kinds: mysqlKinds,
    isView: (view) => is(view, mysql.MySqlView),
    declarations: (table) => (is(table, mysql.MySqlTable) ? mysql.getTableConfig(table) : undefined),
    tableNamed: (name, schema) => new mysql.MySqlTable(name, schema, name),
  },
]

/** PostgreSQL's indexes have columns of their own kind; an index may also stand over an expression, which identifies no row by its fields. */
export function isIndexedColumn(part: object): part is { readonly name: string } {
  return is(part, pg.IndexedColumn) || is(part, sqlite.SQLiteColumn) || is(part, mysql.MySqlColumn)
}

export function isView(source: unknown): source is View {
  return is(source, View)
}
