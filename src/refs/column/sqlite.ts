// The remote foreign key as a SQLite column of text.

import { customType, type SQLiteCustomColumnBuilder } from 'drizzle-orm/sqlite-core'
import type { DescribesField } from '../../server/index.ts'
import { describeRemoteKey, type RemoteForeignKeyOptions } from './describe.ts'

/** Of a known service; by this type `ContractOf` knows the column. */
type Stored = `slumber:${string}`

const remoteKeyColumn = customType<{ data: string; driverData: Stored; config: DescribesField; configRequired: true }>({
  dataType: () => 'text',
})

/** A builder of a text column, to go on with `.notNull()` and the like. */
type SqliteRemoteKey = SQLiteCustomColumnBuilder<{
  name: ''
  dataType: 'custom'
  columnType: 'SQLiteCustomColumn'
  data: string
  driverParam: Stored
  enumValues: undefined
}>

/**
 * A column whose value is an instance on another service.
 *
 * @param model `slumber://pizzas/menu/Shop`
 * @example
 * sqliteTable('orders', { id: integer().primaryKey(), shop: remoteForeignKey('slumber://pizzas/menu/Shop').notNull() })
 */
export function remoteForeignKey(model: string, options?: RemoteForeignKeyOptions): SqliteRemoteKey {
  return remoteKeyColumn(describeRemoteKey(model, options))
}
