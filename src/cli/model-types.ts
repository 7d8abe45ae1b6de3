// The types of one model: its instances, their data, what creates, finds, filters and expands them, the shape that ties these together,
// and what can be done with it.

import { ownOperations } from '../client/index.ts'
import type { FieldDocument, ModelDocument, ReferenceDocument } from '../wire/index.ts'
import { operationMembers } from './operation-types.ts'
import { filterType, inputType, inputValue, isComparable, readType } from './field-types.ts'
import type { TypeNames } from './type-names.ts'
import { comment, interfaceOf, literal, member, memberName, typeHead } from './type-text.ts'

/** @returns the declarations, with an empty line between them. */
export function modelTypes(model: ModelDocument, names: TypeNames): string {
  const name = names.ofModel(model.url) ?? ''
  const about = `${model.app}.${model.name}`
  const [filters, expansions] = [filterMembers(model, names), expandMembers(model, names)]
  return [
    comment([`An instance of ${about}.`]) +
      interfaceOf(name, instanceMembers(model, names), { base: `InstanceMembers<${name}Shape>` }),
    comment([`The values of ${about}.`]) + interfaceOf(`${name}Data`, dataMembers(model)),
    comment([`What creates or replaces ${about}.`]) + createType(model, `${name}Create`, names),
    comment([`What changes ${about}.`]) + changesType(model, `${name}Changes`, names),
    ...ownedTypes(model, names),
    comment([`What a filter may ask of ${about}; all of it must hold.`]) +
      interfaceOf(`${name}Filter`, textOf(filters), {
        base: filterBase(model, `${name}Filter`),
        allowed: namesOf(filters),
      }),
    ...(expansions.length === 0
      ? []
      : [
          comment([`What can come with ${about}, and how.`]) +
            interfaceOf(`${name}Expand`, textOf(expansions), { allowed: namesOf(expansions) }),
        ]),
    interfaceOf(`${name}Shape`, shapeMembers(model, name, expansions), { base: 'ModelShape' }),
    comment([`The model ${about}.`]) +
      interfaceOf(`${name}Model`, operationMembers(ownOperations(model, 'model'), names), {
        base: `ModelMembers<${name}Shape>`,
      }),
  ].join('\n')
}

/** Name → its text as a member. */
type Members = readonly (readonly [name: string, text: string])[]

function textOf(members: Members): readonly string[] {
  return members.map(([, text]) => text)
}

function namesOf(members: Members): readonly string[] {
  return members.map(([name]) => name)
}

function fieldsOf(model: ModelDocument): readonly (readonly [name: string, field: FieldDocument])[] {
  return Object.entries(model.fields)
}

function instanceMembers(model: ModelDocument, names: TypeNames): readonly string[] {
  const fields = fieldsOf(model)
    .filter(([name]) => !Object.hasOwn(model.references, name))
    .map(([name, field]) => shownMember(model, name, field))
  const references = Object.entries(model.references).map(([name, reference]) => {
    const type = `Reference<${names.ofModel(reference.model) ?? 'UntypedInstance'}>`
    return member(name, reference.nullable ? [type, 'null'] : [type])
  })
  const dataArrays = Object.entries(model.dataArrays).map(([name, { model: source }]) =>
    member(name, [`List<${shapeName(names, source)}>`]),
  )
  return [...fields, ...references, ...dataArrays, ...operationMembers(ownOperations(model, 'instance'), names)]
}

function dataMembers(model: ModelDocument): readonly string[] {
  return fieldsOf(model).map(([name, field]) => shownMember(model, name, field))
}

/** Who may not read a field does not get it. */
function shownMember(model: ModelDocument, name: string, field: FieldDocument): string {
  return (
    comment(remarks(model, name, field), '  ') + member(name, readType(field), { optional: field.optional === true })
  )
}

/** What is written of owned rows with their owner, for each data array of them. */
function ownedTypes(model: ModelDocument, names: TypeNames): readonly string[] {
  return Object.entries(model.dataArrays).flatMap(([array, { model: url, owned = [] }]) => {
    const [name, source] = [names.ofOwned(model.url, array), names.modelAt(url)]
    if (name === undefined || source === undefined) return []
    const about = `What is written of ${source.app}.${source.name} with its ${model.app}.${model.name}.`
    return [comment([about]) + createType(source, name, names, owned)]
  })
}

/**
 * A reference is given as its relation or as its column; of a required one, exactly one of both.
 *
 * @param owner the columns that hold its owner, for a row that is written with that: they go without saying.
 */
function createType(model: ModelDocument, typeName: string, names: TypeNames, owner?: readonly string[]): string {
  const members: string[] = []
  const either: string[] = []
  const allowed: string[] = []
  for (const [name, field] of fieldsOf(model)) {
    if (field.readOnly || owner?.includes(name) === true) continue
    const relation = relationOf(model, name)
    allowed.push(name, ...(relation === undefined ? [] : [relation]))
    if (relation === undefined) {
      members.push(
        comment(remarks(model, name, field), '  ') + member(name, inputType(field), { optional: !field.required }),
      )
    } else if (field.required) {
      either.push(oneOf(name, field, relation))
    } else {
      members.push(member(name, inputType(field), { optional: true }))
      members.push(member(relation, field.nullable ? ['Linked', 'null'] : ['Linked'], { optional: true }))
    }
  }
  for (const array of Object.keys(model.dataArrays)) {
    const rows = names.ofOwned(model.url, array)
    if (rows === undefined) continue
    allowed.push(array)
    members.push(member(array, [`readonly ${rows}[]`], { optional: true }))
  }
  if (either.length === 0) return interfaceOf(typeName, members, { allowed })
  const plain = members.length === 0 ? '' : `{\n${members.join('')}} & `
  return `${typeHead(`type ${typeName}`, ' =', allowed)} ${plain}${either.join(' & ')}\n`
}

/** Any of what creates it but its key, which stays. Flat, since it is cheaper for the compiler than `Partial<…Create>`. */
function changesType(model: ModelDocument, typeName: string, names: TypeNames): string {
  const fields = fieldsOf(model).filter(([name, { readOnly }]) => !readOnly && !model.key.includes(name))
  const members = [
    ...fields.flatMap(([name, field]): Members => {
      const relation = relationOf(model, name)
      const [key, about] = [maybe(name, inputType(field)), comment(remarks(model, name, field), '  ')]
      if (relation === undefined) return [[name, about + key[1]]]
      return [key, maybe(relation, field.nullable ? ['Linked', 'null'] : ['Linked'])]
    }),
    ...Object.keys(model.dataArrays).flatMap((array): Members => {
      const rows = names.ofOwned(model.url, array)
      return rows === undefined ? [] : [maybe(array, [`readonly ${rows}[]`])]
    }),
  ]
  return interfaceOf(typeName, textOf(members), { allowed: namesOf(members) })
}

function oneOf(name: string, field: FieldDocument, relation: string): string {
  return `OneOf<{ readonly ${memberName(name)}: ${inputValue(field).join(' | ')}; readonly ${memberName(relation)}: Linked }>`
}

/** The relation that a column holds the key of. */
function relationOf(model: ModelDocument, column: string): string | undefined {
  return Object.entries(model.references).find(([name, { field }]) => field === column && name !== column)?.[0]
}

function filterMembers(model: ModelDocument, names: TypeNames): Members {
  const fields = fieldsOf(model).filter(([, { kind }]) => kind !== 'property')
  const isLocal = ([name]: readonly [string, ReferenceDocument]): boolean => !Object.hasOwn(model.fields, name)
  return [
    ...fields.map(([name, field]) => maybe(name, filterType(field))),
    ...Object.entries(model.references)
      .filter(isLocal)
      .map(([name, { model: target, nullable }]) =>
        maybe(name, ['Linked', filterName(names, target), ...(nullable ? ['null'] : [])]),
      ),
    ...Object.entries(model.dataArrays).map(([name, { model: source }]) => maybe(name, [filterName(names, source)])),
  ]
}

function maybe(name: string, types: readonly string[]): Members[number] {
  return [name, member(name, types, { optional: true })]
}

/** Rows of other services do not come with those of this one. */
function expandMembers(model: ModelDocument, names: TypeNames): Members {
  const references = Object.entries(model.references).filter(([, { field }]) => model.fields[field]?.kind !== 'remote')
  return [
    ...references.map(([name, { model: target }]) =>
      maybe(name, ['true', `ReferenceExpansion<${shapeName(names, target)}>`]),
    ),
    ...Object.entries(model.dataArrays).map(([name, { model: source }]) =>
      maybe(name, ['true', `ArrayExpansion<${shapeName(names, source)}>`]),
    ),
  ]
}

/** Undefined where a name of the model's own stands for something else. */
function filterBase({ fields, references, dataArrays }: ModelDocument, name: string): string | undefined {
  const isTaken = ['and', 'or', 'not'].some((word) =>
    [fields, references, dataArrays].some((members) => Object.hasOwn(members, word)),
  )
  return isTaken ? undefined : `FilterGroups<${name}>`
}

function shapeMembers(model: ModelDocument, name: string, expansions: Members): readonly string[] {
  const key = keyField(model)
  const sets = [model.key, ...model.unique].map((set) => uniqueSet(model, set))
  const sorts = fieldsOf(model).filter(([, field]) => isComparable(field))
  return [
    member('instance', [name]),
    member('data', [`${name}Data`]),
    member('get', [...sets, ...(key === undefined ? [] : [`{ readonly pk: ${inputValue(key).join(' | ')} }`])]),
    member('create', [`${name}Create`]),
    member('changes', [`${name}Changes`]),
    member('filter', [`${name}Filter`]),
    member(
      'sort',
      sorts.flatMap(([field]) => [literal(field), literal(`-${field}`)]),
    ),
    member(
      'field',
      fieldsOf(model).map(([field]) => literal(field)),
    ),
    member('relation', expansions.length === 0 ? ['never'] : expansions.map(([relation]) => literal(relation))),
    member('expand', [expansions.length === 0 ? 'never' : `${name}Expand`]),
  ]
}

/** The members that find one row together. */
function uniqueSet(model: ModelDocument, set: readonly string[]): string {
  const plain: string[] = []
  const either: string[] = []
  for (const name of set) {
    const field = model.fields[name]
    if (field === undefined) continue
    const relation = relationOf(model, name)
    if (relation === undefined) plain.push(`readonly ${memberName(name)}: ${inputValue(field).join(' | ')}`)
    else either.push(oneOf(name, field, relation))
  }
  const all = [...(plain.length === 0 ? [] : [`{ ${plain.join('; ')} }`]), ...either]
  return all.length > 1 ? `(${all.join(' & ')})` : (all[0] ?? 'object')
}

/** The field behind `pk`, which only a key of one column has. */
function keyField(model: ModelDocument): FieldDocument | undefined {
  return model.key.length === 1 ? model.fields[model.key[0] ?? ''] : undefined
}

function shapeName(names: TypeNames, url: string): string {
  const name = names.ofModel(url)
  return name === undefined ? 'UntypedShape' : `${name}Shape`
}

function filterName(names: TypeNames, url: string): string {
  const name = names.ofModel(url)
  return name === undefined ? 'object' : `${name}Filter`
}

/** What the type does not say. */
function remarks(model: ModelDocument, name: string, field: FieldDocument): readonly string[] {
  const isKey = model.key.includes(name)
  return [
    ...(sameWords(field.label, name) ? [] : [`${field.label}.`]),
    ...(isKey ? [model.key.length === 1 ? 'The key.' : 'Part of the key.'] : []),
    ...(field.unique && !isKey ? ['Unique.'] : []),
    ...(field.kind === 'property' ? ['Computed.'] : field.readOnly ? ['Read-only.'] : []),
    ...(field.type === 'decimal' ? ['A decimal number, such as "9.50".'] : []),
    ...(field.type === 'reference' ? ['The URL of an instance.'] : []),
    ...(field.maxLength === undefined ? [] : [`At most ${field.maxLength} characters.`]),
  ]
}

/** `Max toppings` says nothing that `maxToppings` does not. */
function sameWords(label: string, name: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return plain(label) === plain(name)
}
