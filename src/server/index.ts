// Services, apps, models and operations over Drizzle tables: `slumberjs/server`.

export {
  app,
  model,
  type Access,
  type AppDefinition,
  type AppOptions,
  type AskedRule,
  type BulkLimits,
  type FieldAccess,
  type FieldRule,
  type Filter,
  type HooksOf,
  type ModelDefinition,
  type ModelDefinitions,
  type ModelOptions,
  type Rule,
  type RulesFrom,
  type RuleSource,
  type Starting,
} from './definition/define.ts'
export type { ColumnFilters, FilterOf } from './definition/filter-types.ts'
export {
  operation,
  type OperationContext,
  type OperationDefinition,
  type OperationHandler,
  type OperationPlace,
} from './definition/define-operation.ts'
export { instanceOf, pageOf, type Given, type Giving } from './definition/giving.ts'
export type { ModelAccess, RowSelection, VisibleRow } from './access/model-access.ts'
export type { Models } from './access/models.ts'
export { pageParameters, type PageRequest } from './rows/operation-page.ts'
export type { Conversion, ConversionSource, TypeConversions } from './models/conversion.ts'
export type { CommittedEvent, CreateEvent, Hooks, RowEvent, UpdatedEvent, UpdateEvent } from './definition/hooks.ts'
export { configure, type Configuration } from './definition/configure.ts'
export { everyTable } from './schema/every-table.ts'
export type { ColumnOf } from './definition/rows.ts'
export { service, type Service } from './service.ts'
export type { InstanceKey, LinkOptions, Links, ModelName } from './service-links.ts'
export type { ServiceOptions } from './service-options.ts'
export {
  describesField,
  type DescribesField,
  type FieldDescription,
  type ValueContext,
} from './schema/field-description.ts'
export type {
  Database,
  MysqlDatabase,
  PostgresDatabase,
  SqliteDatabase,
  SyncSqliteDatabase,
  TransactionOf,
} from './store/database.ts'
export { databaseStore, type DatabaseStore, type DatabaseStoreOptions } from './shared/database-store.ts'
export { doorTo, type DatabaseDoor } from './store/door.ts'
export { transactionOf } from './store/transaction-of.ts'
export type { Model, Row } from './models/model.ts'
export * as mysqlTables from './store/tables/mysql.ts'
export * as pgTables from './store/tables/pg.ts'
export * as sqliteTables from './store/tables/sqlite.ts'
export type { FieldOptions, Fields, FieldSet, ModelSource, RowOf } from './model-resource/field-options.ts'
export { ModelCollection } from './model-resource/model-collection.ts'
export {
  modelCollection,
  modelResource,
  type ModelCollectionClass,
  type ModelCollectionOptions,
  type ModelResourceClass,
  type ModelResourceOptions,
} from './model-resource/model-resource-at.ts'
export { ModelResource } from './model-resource/model-resource.ts'
export { modelRouter } from './model-resource/model-router.ts'
