// What of a model can be shown, and the named sets of it.

import type { Model } from '../models/model.ts'
import type { FieldSet } from './field-options.ts'
import type { Member, RelatedMember } from './member.ts'
import { readSort } from './sort.ts'

/** Columns, computed properties, references and data arrays, in this order; what the model hides is not there. */
export function fieldsOf(model: Model): Map<string, Member> {
  const fields = new Map<string, Member>()
  for (const name of model.columns.keys()) fields.set(name, { kind: 'column', name, as: name })
  for (const [name, { compute }] of model.properties) {
    fields.set(name, { kind: 'property', name, as: name, compute })
  }
  for (const reference of model.references.values()) {
    if (reference.kind === 'remote') continue // it is a column
    fields.set(reference.name, related('reference', reference.name, [reference], reference.target))
  }
  for (const { name, source, steps } of model.dataArrays.values()) {
    fields.set(name, related('data array', name, steps, source))
  }
  return fields
}

function related(
  kind: RelatedMember['kind'],
  name: string,
  steps: RelatedMember['steps'],
  target: Model,
): RelatedMember {
  const selected = { limit: undefined, sort: readSort(target, [], target.fullName), members: undefined }
  return { kind, name, as: name, steps, target, selected }
}

const kindsOfSets: Readonly<Record<Exclude<FieldSet, 'key'>, readonly Member['kind'][]>> = {
  own: ['column'],
  relations: ['reference', 'data array'],
  all: ['column', 'property', 'reference', 'data array'],
}

export const setNames: readonly string[] = ['key', ...Object.keys(kindsOfSets)]

/** The names in a set; undefined where there is no such set. */
export function setOf(model: Model, set: string): readonly string[] | undefined {
  if (set === 'key') return model.table.key
  if (!Object.hasOwn(kindsOfSets, set)) return undefined
  const kinds = kindsOfSets[set as keyof typeof kindsOfSets] // hasOwn says so
  return [...fieldsOf(model).values()].filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
}
