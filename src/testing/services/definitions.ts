// The apps of a mock service as a program would write them, from the documents of its models.

import type { Table } from 'drizzle-orm'
import { app, model, type AppDefinition, type ModelDefinition, type OperationDefinition } from '../../server/index.ts'
import { codecs, type ContractDocument, type FieldDocument, type ModelDocument } from '../../wire/index.ts'
import { computedValues, joinTable, tablesOf } from '../database/tables.ts'
import type { Leaves } from './tree.ts'
import { mockOperations, type MockHandlers } from './operations.ts'
import { relationsOf, type Relations } from './relations.ts'

/** A data array over a join table that no model is: its rows come with those of the model. */
export interface HiddenJoin {
  readonly table: Table
  /** The column for the model's key, and that for the key of the other one. */
  readonly own: 'near' | 'far'
  readonly other: 'near' | 'far'
}

export interface Defined {
  readonly apps: readonly AppDefinition[]
  /** By the model's full name and the data array's: `menu.Pizza toppings`. */
  readonly joins: ReadonlyMap<string, HiddenJoin>
}

export interface Given {
  readonly operations: Leaves<MockHandlers>
  readonly display: Leaves<string>
}

/** @param remote a model's URL as a reference to another service has it. */
export function definitionsOf(contract: ContractDocument, given: Given, remote: (url: string) => string): Defined {
  const models = Object.values(contract.apps).flatMap((each) => Object.values(each.models))
  const relations = relationsOf(models)
  const tables = tablesOf(models, ({ url }) => relations.get(url)?.keys ?? [], remote)
  const joins = new Map<string, HiddenJoin>()
  for (const near of models) {
    for (const { name, source: far, through } of relations.get(near.url)?.joined ?? []) {
      if (through !== undefined || joins.has(joinName(near, name)) || near.key.length + far.key.length > 2) continue
      const table = joinTable(`${near.app}.${near.name} ${name}`, [near, far], tables, remote)
      joins.set(joinName(near, name), { table, own: 'near', other: 'far' })
      const back = relations.get(far.url)?.joined.find((other) => other.source === near && other.through === undefined)
      if (back !== undefined && far !== near) joins.set(joinName(far, back.name), { table, own: 'far', other: 'near' })
    }
  }
  const apps = Object.entries(contract.apps).map(([name, each]) => {
    const definitions = Object.values(each.models).map((document) => {
      const table = tables.get(document.url)
      if (table === undefined) throw new TypeError(`There is no table of ${document.url}.`)
      const through = throughOf(document, relations.get(document.url), tables, joins)
      const options = { ...optionsOf(document, relations.get(document.url), contract, given), through }
      return [document.name, define(table, options)] as const
    })
    return app(name, Object.fromEntries(definitions))
  })
  return { apps, joins }
}

/** What a table's rows are, its document alone tells. */
const define = model as (table: Table, options: object) => ModelDefinition

function joinName({ app: appName, name }: ModelDocument, dataArray: string): string {
  return `${appName}.${name} ${dataArray}`
}

function throughOf(
  document: ModelDocument,
  relations: Relations | undefined,
  tables: ReadonlyMap<string, Table>,
  joins: ReadonlyMap<string, HiddenJoin>,
): Readonly<Record<string, Table>> {
  const found = (relations?.joined ?? []).flatMap(({ name, through }): (readonly [string, Table])[] => {
    const table = through === undefined ? joins.get(joinName(document, name))?.table : tables.get(through.url)
    return table === undefined ? [] : [[name, table]]
  })
  return Object.fromEntries(found)
}

function optionsOf(
  document: ModelDocument,
  relations: Relations | undefined,
  contract: ContractDocument,
  { operations, display }: Given,
): object {
  const fields = Object.entries(document.fields)
  const fullName = `${document.app}.${document.name}`
  const computed = fields.filter(([, { kind }]) => kind === 'property')
  const readOnly = fields.filter(([, field]) => field.readOnly && field.kind !== 'property').map(([name]) => name)
  const owns = Object.entries(document.dataArrays).flatMap(([name, { owned }]) => (owned === undefined ? [] : [name]))
  const title = display.get(fullName)
  const references = (relations?.keys ?? []).map(({ columns, name, inverse }) => [
    columns.join(','),
    inverse === undefined ? name : { name, inverse },
  ])
  return {
    ...(title === undefined ? {} : { display: title }),
    ...(owns.length === 0 ? {} : { owns }),
    ...(['update', 'delete'].some((name) => Object.hasOwn(document.operations.model, name)) ? { bulk: true } : {}),
    readOnly,
    exclude: [computedValues],
    references: Object.fromEntries(references) as unknown,
    properties: Object.fromEntries(computed.map(([name, field]) => [name, propertyOf(name, field)])),
    operations: { ...removedFrom(document), ...mockOperations(document, contract, operations.get(fullName) ?? {}) },
  }
}

/** What a row was given with, in its JSON form; a type of a later version is passed on as it is. */
function propertyOf(name: string, { type, nullable }: FieldDocument): unknown {
  const value = (row: Readonly<Record<string, unknown>>): unknown =>
    (row[computedValues] as Readonly<Record<string, unknown>> | null)?.[name] ?? null
  return Object.hasOwn(codecs, type) ? { type, nullable, value } : value
}

const builtIn = {
  model: ['instances', 'create', 'get'],
  instance: ['data', 'update', 'replace', 'delete'],
} as const

function removedFrom({ operations }: ModelDocument): Readonly<Record<string, OperationDefinition | false>> {
  const removed = (['model', 'instance'] as const).flatMap((of) =>
    builtIn[of].filter((name) => !Object.hasOwn(operations[of], name)),
  )
  return Object.fromEntries(removed.map((name) => [name, false]))
}
