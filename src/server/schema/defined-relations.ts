// What `defineRelations()` of Drizzle 1.0 says of tables. It knows the columns of both ends, and not which of them refers to the other.

import { getTableColumns, is, Table, type Column } from 'drizzle-orm'
import * as drizzle from 'drizzle-orm'
import { schemaDialects } from './dialects.ts'
import type { DeclaredReference, LoneRelation } from './read-relations.ts'

/** As much of Drizzle's relation as is read here; 0.45 has no such type. */
interface DefinedRelation {
  readonly relationType: 'one' | 'many'
  readonly fieldName: string
  readonly alias?: string
  readonly sourceTable: Table
  readonly sourceColumns: readonly DefinedColumn[]
  readonly targetTable: Table
  readonly targetColumns: readonly DefinedColumn[]
  readonly through?: object
  readonly where?: unknown
  /** Where it says nothing itself: its columns are those of the other end. */
  readonly isFilterReversed?: boolean
}
interface DefinedColumn {
  readonly _: { readonly key: string }
}

/** @throws TypeError where the other end of a relation could be of several. */
export function readDefinedRelations(schema: Readonly<Record<string, unknown>>): readonly DeclaredReference[] {
  const relations = Object.values(schema).flatMap(relationsOf)
  return relations.flatMap((relation) => {
    const ends = relations.filter((other) => isOtherEnd(other, relation))
    if (!isReference(relation, ends)) return []
    return [
      {
        name: relation.fieldName,
        table: relation.sourceTable,
        columns: namesOf(relation.sourceColumns),
        target: relation.targetTable,
        targetColumns: namesOf(relation.targetColumns),
        inverse: inverseOf(relation, ends),
      },
    ]
  })
}

/** Those that many rows have, without a word at the other end. */
export function loneDefined(schema: Readonly<Record<string, unknown>>): readonly LoneRelation[] {
  const relations = Object.values(schema).flatMap(relationsOf)
  return relations
    .filter(({ relationType }) => relationType === 'many')
    .filter((relation) => !relations.some((other) => other.relationType === 'one' && isOtherEnd(other, relation)))
    .map(({ fieldName, sourceTable, targetTable }) => ({ name: fieldName, table: sourceTable, target: targetTable }))
}

/** Those through a join table and those of some rows only are none that a service has. */
function relationsOf(entry: unknown): readonly DefinedRelation[] {
  if (typeof entry !== 'object' || entry === null || is(entry, Table)) return []
  const { table, relations } = entry as { readonly table?: unknown; readonly relations?: unknown } // Drizzle's TableRelationalConfig
  if (!is(table, Table) || typeof relations !== 'object' || relations === null) return []
  const { EmptyFilter: none } = drizzle as { readonly EmptyFilter?: unknown }
  return Object.values(relations as Readonly<Record<string, DefinedRelation>>).filter(
    ({ through, where, targetTable }) =>
      through === undefined && (where === undefined || where === none) && is(targetTable, Table),
  )
}

function isOtherEnd(other: DefinedRelation, relation: DefinedRelation): boolean {
  return (
    other !== relation &&
    other.sourceTable === relation.targetTable &&
    other.targetTable === relation.sourceTable &&
    other.alias === relation.alias &&
    joined(other.sourceColumns) === joined(relation.targetColumns) &&
    joined(other.targetColumns) === joined(relation.sourceColumns)
  )
}

/** The end with the foreign key; where the database has none, the one whose columns are said, or that many rows have. */
function isReference(relation: DefinedRelation, ends: readonly DefinedRelation[]): boolean {
  if (relation.relationType !== 'one') return false
  const { sourceTable, sourceColumns, targetTable, targetColumns } = relation
  if (isForeignKey(sourceTable, sourceColumns, targetTable)) return true
  if (isForeignKey(targetTable, targetColumns, sourceTable)) return false
  const isSaid = relation.isFilterReversed === undefined
  return ends.every((end) => end.relationType === 'many' || (isSaid && end.isFilterReversed !== undefined))
}

function isForeignKey(table: Table, columns: readonly DefinedColumn[], target: Table): boolean {
  const foreignKeys = schemaDialects.flatMap((dialect) => dialect.declarations(table)?.foreignKeys ?? [])
  return foreignKeys.some((foreignKey) => {
    const { columns: own, foreignTable } = foreignKey.reference()
    return foreignTable === target && propertiesOf(table, own).toSorted().join(',') === joined(columns)
  })
}

function inverseOf(relation: DefinedRelation, ends: readonly DefinedRelation[]): string | undefined {
  const [end, second] = ends
  if (second === undefined) return end?.fieldName
  const [table, target] = [relation.sourceTable, relation.targetTable].map(drizzle.getTableName)
  const names = ends.map(({ fieldName }) => `"${fieldName}"`).join(' and ')
  throw new TypeError(
    `Relations of "${String(target)}": ${names} could both be the other end of "${relation.fieldName}" of "${String(table)}"; give them an alias.`,
  )
}

function propertiesOf(table: Table, columns: readonly Column[]): readonly string[] {
  const names = new Map(Object.entries(getTableColumns(table)).map(([property, { name }]) => [name, property]))
  return columns.map(({ name }) => names.get(name) ?? name)
}

function namesOf(columns: readonly DefinedColumn[]): readonly string[] {
  return columns.map(({ _: { key } }) => key)
}

function joined(columns: readonly DefinedColumn[]): string {
  return [...namesOf(columns)].toSorted().join(',')
}
