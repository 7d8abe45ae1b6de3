// Services, apps, models and operations over Drizzle tables: `slumberjs/server`.

export {
  app,
  model,
  operation,
  type Access,
  type AppDefinition,
  type Filter,
  type ModelDefinition,
  type ModelDefinitions,
  type ModelOptions,
  type OperationContext,
  type OperationDefinition,
  type OperationHandler,
  type Rule,
  type RuleSource,
} from './define.ts'
export { service, type Service, type ServiceOptions } from './service.ts'
export {
  describesField,
  type DescribesField,
  type FieldDescription,
  type ValueContext,
} from './schema/field-description.ts'
export type { SqliteDatabase } from './store/store.ts'
export type { Model, Row } from './model.ts'
