// What references and their other ends are called: as the model says, as Drizzle's relations say, or derived from columns.

import type { ReferenceNames as GivenNames } from '../definition/define.ts'
import type { Model } from './model.ts'
import type { ForeignKeyInfo } from '../schema/read-table.ts'
import type { DeclaredReference } from '../schema/read-relations.ts'

export interface ReferenceNames {
  readonly name: string
  /** Of the data array at the other end; derived from the model's name unless given. */
  readonly inverse: string | undefined
}

/** Undefined where nothing names the reference. */
export function referenceNames(
  model: Model,
  foreignKey: ForeignKeyInfo,
  target: Model,
  declared: readonly DeclaredReference[],
): ReferenceNames | undefined {
  const option = given(model, foreignKey.columns)
  if (option?.to !== undefined && option.to !== foreignKey.table) {
    throw model.fault(`references says that "${foreignKey.columns.join(',')}" refers to a table that it does not`)
  }
  const relation = declared.find((each) => isOf(each, model, foreignKey))
  const name = option?.name ?? relation?.name ?? derived(foreignKey, target)
  return name === undefined ? undefined : { name, inverse: option?.inverse ?? relation?.inverse }
}

/** What to do about a reference on the wire that nothing names. */
export function namelessReference(model: Model, { columns }: ForeignKeyInfo): TypeError {
  const held = columns.join(',')
  const member = columns.length === 1 ? held : `'${held}'`
  return model.fault(`the reference held by "${held}" needs a name: model(table, { references: { ${member}: '…' } })`)
}

/** @throws TypeError where a name is given for what is no foreign key. */
export function refuseUnknownReferences(model: Model, foreignKeys: readonly ForeignKeyInfo[]): void {
  for (const named of Object.keys(model.options.references ?? {})) {
    if (foreignKeys.some(({ columns }) => columns[0] === named || columns.join(',') === named)) continue
    const there = foreignKeys.map(({ columns }) => columns.join(',')).join('; ') || 'none'
    throw model.fault(`references names "${named}", which begins no foreign key; there are: ${there}`)
  }
}

/** Under all columns of the foreign key, or under the first, where that is not a foreign key by itself. */
function given(model: Model, columns: readonly string[]): GivenNames | undefined {
  const options = model.options.references ?? {}
  const [first = ''] = columns
  const isOther = model.table.foreignKeys.some(
    (other) => other.columns !== columns && other.columns.join(',') === first,
  )
  const option = options[columns.join(',')] ?? (isOther ? undefined : options[first])
  return typeof option === 'string' ? { name: option } : option
}

export function isOf(declared: DeclaredReference, model: Model, { columns, table }: ForeignKeyInfo): boolean {
  return (
    declared.table === model.table.table &&
    declared.target === table &&
    declared.columns.join(',') === columns.join(',')
  )
}

/**
 * `exclusiveToId` → shops.id is `exclusiveTo`: the column's name without that of the column it refers to. One that is called as
 * that column is, `id` → users.id, say, has the name of its target: `user`.
 */
function derived({ columns, foreignColumns }: ForeignKeyInfo, target: Model): string | undefined {
  const names = columns.flatMap((column, index) => withoutForeign(column, foreignColumns[index] ?? ''))
  if (names.length > 0 || columns.length > 1 || columns[0] !== foreignColumns[0]) return names[0]
  return lowerFirst(target.name)
}

function withoutForeign(column: string, foreign: string): readonly string[] {
  const suffix = [upperFirst(foreign), `_${foreign}`].find(
    (each) => column.endsWith(each) && column.length > each.length,
  )
  return suffix === undefined ? [] : [column.slice(0, -suffix.length)]
}

export function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}

export function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
