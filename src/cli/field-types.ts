// The TypeScript type of a field: as a program reads it, as it may give it, and what a filter may ask of it.

import { codecOf, type FieldDocument } from '../wire/index.ts'
import { literal } from './type-text.ts'

/** What a program gets. */
export function readType(field: FieldDocument): readonly string[] {
  return orNull(field, choices(field) ?? [programType(field)])
}

/** What a program may give. */
export function inputType(field: FieldDocument): readonly string[] {
  return orNull(field, inputValue(field))
}

/** The same without null: what finds a row. */
export function inputValue(field: FieldDocument): readonly string[] {
  if (field.kind === 'remote') return ['Linked', 'string']
  return (
    choices(field) ??
    (field.type === 'decimal' || field.type === 'bigint' ? [programType(field), 'number'] : [programType(field)])
  )
}

export function filterType(field: FieldDocument): readonly string[] {
  if (field.operators?.includes('has') === true) return orNull(field, [`ItemComparison<${itemType(field)}>`])
  if (!isComparable(field)) return orNull(field, ['NullComparison'])
  const value = inputValue(field).join(' | ')
  const comparison = comparisonOf(field)
  return [
    ...inputType(field),
    comparison === 'TextComparison' && value === 'string' ? comparison : `${comparison}<${value}>`,
  ]
}

/** What a list may have in it that can be asked for; in one of JSON that is any scalar. */
function itemType({ items }: FieldDocument): string {
  return items === undefined ? 'string | number | boolean' : (codecOf(items)?.program ?? 'unknown')
}

function orNull({ nullable }: FieldDocument, types: readonly string[]): readonly string[] {
  return nullable && !types.includes('unknown') ? [...types, 'null'] : types
}

/** JSON, bytes and arrays are neither compared nor sorted by. */
export function isComparable({ type, kind }: FieldDocument): boolean {
  return kind !== 'property' && type !== 'json' && type !== 'bytes' && type !== 'array'
}

function comparisonOf({ type }: FieldDocument): 'Comparison' | 'OrderComparison' | 'TextComparison' {
  if (type === 'string') return 'TextComparison'
  return type === 'boolean' || type === 'reference' || type === 'uuid' ? 'Comparison' : 'OrderComparison'
}

function choices({ choices: texts, type }: FieldDocument): readonly string[] | undefined {
  return texts === undefined || type !== 'string' ? undefined : texts.map(literal)
}

/** A type that this version does not know is passed on as it is. */
function programType(field: FieldDocument): string {
  return codecOf(field)?.program ?? 'unknown'
}
