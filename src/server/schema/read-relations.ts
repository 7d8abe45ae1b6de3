// What Drizzle's `relations()` say of tables: the names of references and of their other ends.

import * as drizzle from 'drizzle-orm'
import type { Column, Relation, Table } from 'drizzle-orm'
import { loneDefined, readDefinedRelations } from './defined-relations.ts'
import { hasRelations } from './drizzle-versions.ts'

/** A reference to one row, as a relation declares it; its columns by their property names. */
export interface DeclaredReference {
  readonly name: string
  readonly table: Table
  readonly columns: readonly string[]
  readonly target: Table
  readonly targetColumns: readonly string[]
  /** The name at the other end, where that is declared too. */
  readonly inverse: string | undefined
}

type Schema = Readonly<Record<string, unknown>>

/** What Drizzle was given: `drizzle({ client, schema })`; in 1.0 `drizzle({ client, relations })`. */
export function schemaOf(database: object): Schema {
  const { _ } = database as { readonly _?: { readonly fullSchema?: Schema; readonly relations?: Schema } } // declared by each dialect for itself
  return _?.fullSchema ?? _?.relations ?? {}
}

/**
 * @param schema what Drizzle is given, see schemaOf. Tables and other exports of it are passed over.
 * @throws TypeError where the other end of a relation could be of several.
 */
export function readRelations(schema: Schema): readonly DeclaredReference[] {
  if (!hasRelations) return readDefinedRelations(schema)
  const relations = Object.values(schema).flatMap(relationsOf)
  const references = relations.flatMap((relation) => referenceOf(relation))
  return references.map(({ relation, ...reference }) => ({ ...reference, inverse: inverseOf(relation, relations) }))
}

/** A relation that says no columns, with nothing at the other end that does: it names nothing. */
export interface LoneRelation {
  readonly name: string
  readonly table: Table
  readonly target: Table
}

/** @param schema as that of `readRelations`. */
export function loneRelations(schema: Schema): readonly LoneRelation[] {
  if (!hasRelations) return loneDefined(schema)
  const relations = Object.values(schema).flatMap(relationsOf)
  return relations
    .filter(
      (relation) =>
        !isReference(relation) && !relations.some((other) => isReference(other) && isOtherEnd(relation, other)),
    )
    .map(({ fieldName, sourceTable, referencedTable }) => ({
      name: fieldName,
      table: sourceTable,
      target: referencedTable,
    }))
}

function relationsOf(value: unknown): readonly Relation[] {
  if (!drizzle.is(value, drizzle.Relations)) return []
  return Object.values(value.config(drizzle.createTableRelationsHelpers(value.table)))
}

/** Only a relation that says its columns is a reference; the others are its other end. */
function referenceOf(
  relation: Relation,
): readonly (Omit<DeclaredReference, 'inverse'> & { readonly relation: Relation })[] {
  if (!drizzle.is(relation, drizzle.One) || relation.config === undefined) return []
  const { fields, references } = relation.config
  return [
    {
      relation,
      name: relation.fieldName,
      table: relation.sourceTable,
      columns: propertiesOf(relation.sourceTable, fields),
      target: relation.referencedTable,
      targetColumns: propertiesOf(relation.referencedTable, references),
    },
  ]
}

function inverseOf(relation: Relation, relations: readonly Relation[]): string | undefined {
  const ends = relations.filter((other) => !isReference(other) && isOtherEnd(other, relation))
  const [end, second] = ends
  if (second === undefined || end === undefined) return end?.fieldName
  const [table, target] = [relation.sourceTable, relation.referencedTable].map(drizzle.getTableName)
  const names = ends.map(({ fieldName }) => `"${fieldName}"`).join(' and ')
  throw new TypeError(
    `Relations of "${String(target)}": ${names} could both be the other end of "${relation.fieldName}" of "${String(table)}"; give them a relationName.`,
  )
}

function isOtherEnd(other: Relation, relation: Relation): boolean {
  return (
    other.sourceTable === relation.referencedTable &&
    other.referencedTable === relation.sourceTable &&
    other.relationName === relation.relationName
  )
}

function isReference(relation: Relation): boolean {
  return drizzle.is(relation, drizzle.One) && relation.config !== undefined
}

function propertiesOf(table: Table, columns: readonly Column[]): readonly string[] {
  const names = new Map(Object.entries(drizzle.getTableColumns(table)).map(([property, { name }]) => [name, property]))
  return columns.map(({ name }) => names.get(name) ?? name)
}
