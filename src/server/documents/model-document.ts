// The document of a model: what a client must know to read, write and call it, as far as one caller may know it.

import type {
  CompositeReferenceDocument,
  FieldDocument,
  ItemsDescription,
  JsonSchemaDocument,
  ModelDocument,
  OperationDocument,
  ReferenceDocument,
} from '../../wire/index.ts'
import { labelOf } from '../models/label.ts'
import type { LocalReference, Model, Reference } from '../models/model.ts'
import { hasReadRule, type ModelView } from '../models/model-view.ts'
import { everything, openMethodsOf, placesOf, type Place } from '../openapi/places.ts'
import { operationDocument } from './operation-document.ts'
import type { BuiltIn } from '../models/operations.ts'
import { isOpenOperation, type Allowance } from '../resources/open-methods.ts'
import { operatorsFor } from '../query/compare.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import type { ServiceState } from '../service-state.ts'

/** @param allowance what a caller may do; all there is, for programs that ask for several, unless given. */
export function modelDocument(
  service: ServiceState,
  view: ModelView,
  allowance: Allowance = everything,
): ModelDocument {
  const { model, readable, writable, references, dataArrays } = view
  const columns = [...new Map([...readable, ...writable]).values()]
  return {
    name: model.name,
    app: model.app,
    url: model.url,
    key: model.table.key,
    fields: { ...byName(columns, (column) => fieldDocument(view, column)), ...properties(view) },
    unique: model.table.unique.filter((set) => set.every((column) => readable.has(column))),
    ...(service.idempotency === undefined ? {} : { idempotency: true }),
    references: byName(
      [...references.values()].filter(({ columns: held }) => held.length === 1),
      (reference) => referenceDocument(model, reference),
    ),
    ...compositeReferences(view),
    dataArrays: byName(dataArrays.values(), ({ name, source, reference }) => ({
      model: source.url,
      href: `${model.url}/{+pk}/${name}`,
      ...(model.options.owns?.includes(name) === true ? { owned: reference?.columns ?? [] } : {}),
    })),
    operations: operationsOf(service, view, allowance),
  }
}

function byName<T extends { readonly name: string }, Document>(
  things: Iterable<T>,
  document: (thing: T) => Document,
): Record<string, Document> {
  return Object.fromEntries(Array.from(things, (thing) => [thing.name, document(thing)] as const))
}

function fieldDocument({ model, readable, writable, required }: ModelView, column: ColumnInfo): FieldDocument {
  const { name, description, type, items, nullable, choices, maxLength } = column
  const reference = model.referenceOf(name)
  const isRead = readable.has(name)
  return {
    kind: description?.kind ?? (reference === undefined ? 'value' : 'object'),
    type,
    label: labelOf(name),
    required: required.has(name),
    nullable,
    unique: [model.table.key, ...model.table.unique].some((set) => set.length === 1 && set[0] === name),
    readOnly: model.isReadOnly(column) || !writable.has(name),
    ...(items === undefined ? {} : { items: itemsDocument(items) }),
    ...(choices === undefined ? {} : { choices }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...limit('minimum', column.minimum),
    ...limit('maximum', column.maximum),
    ...(reference === undefined ? {} : { model: model.referenceModel(reference) }),
    ...(isRead ? { operators: operatorsFor(column) } : {}),
    ...(hasReadRule(model, name) ? { optional: true } : {}),
  }
}

function itemsDocument({ type, items }: ItemsDescription): ItemsDescription {
  return items === undefined ? { type } : { type, items: itemsDocument(items) }
}

/** JSON has no bigints. */
function limit(
  name: 'minimum' | 'maximum',
  value: number | bigint | undefined,
): Pick<FieldDocument, 'minimum' | 'maximum'> {
  return value === undefined ? {} : { [name]: typeof value === 'bigint' ? String(value) : value }
}

const property = { kind: 'property', required: false, unique: false, readOnly: true } as const

function properties({ model, properties: names }: ModelView): Record<string, FieldDocument> {
  return Object.fromEntries(
    [...names].map((name): [string, FieldDocument] => {
      const { type = 'json', nullable = true } = model.properties.get(name) ?? {}
      const optional = hasReadRule(model, name) ? ({ optional: true } as const) : {}
      return [name, { ...property, type, nullable, label: labelOf(name), ...optional }]
    }),
  )
}

function referenceDocument(model: Model, reference: Reference): ReferenceDocument {
  const [field = ''] = reference.columns
  const nullable = model.table.columns.get(field)?.nullable ?? true
  return { field, ...targetField(reference), model: model.referenceModel(reference), nullable }
}

function targetField(reference: Reference): Pick<ReferenceDocument, 'targetField'> {
  if (reference.kind === 'remote') return {}
  const { target, targetColumns } = reference
  const [name = ''] = targetColumns
  if (target.table.key.length === 1 && target.table.key[0] === name) return {}
  return { targetField: isTold(reference) ? name : null }
}

function compositeReferences({ model, references }: ModelView): Pick<ModelDocument, 'compositeReferences'> {
  const composite = [...references.values()].filter(
    (reference): reference is LocalReference => reference.kind === 'local' && reference.columns.length > 1,
  )
  if (composite.length === 0) return {}
  return { compositeReferences: byName(composite, (reference) => compositeDocument(model, reference)) }
}

/** This document is for whoever knows the same of this model, whatever they know of the other. */
function isTold({ target, targetColumns }: LocalReference): boolean {
  return targetColumns.every((name) => target.columns.has(name) && !hasReadRule(target, name))
}

function compositeDocument(model: Model, reference: LocalReference): CompositeReferenceDocument {
  const { columns, target, targetColumns } = reference
  return {
    fields: columns,
    ...(isTold(reference) ? { targetFields: targetColumns } : {}),
    model: target.url,
    nullable: columns.some((name) => model.table.columns.get(name)?.nullable ?? true),
  }
}

function operationsOf(service: ServiceState, view: ModelView, allowance: Allowance): ModelDocument['operations'] {
  const { model } = view
  const places = placesOf(service, view)
  const at = (kind: Place['kind']): readonly string[] => {
    const place = places.find((each) => each.kind === kind)
    return place === undefined ? [] : openMethodsOf(place, allowance)
  }
  const [collection, find, instance] = [at('collection'), at('find'), at('instance')]
  const { url } = model
  const one = `${url}/{+pk}`
  const [add, change, remove] = [model.permission('add'), model.permission('change'), model.permission('delete')]
  const schema = (name: string): JsonSchemaDocument => ({ $ref: `${url}/-/schema#/$defs/${name}` })
  const builtIn = (
    name: BuiltIn,
    there: readonly string[],
    document: OperationDocument,
  ): readonly (readonly [string, OperationDocument])[] => {
    const methods = document.methods.filter((method) => there.includes(method))
    if (methods.length === 0) return []
    const replacement = model.operations.replaced.get(name)
    if (replacement === undefined) return [[name, { ...document, methods }]]
    const { href: _, ...told } = operationDocument(model, name, replacement, service.models)
    return [[name, { href: document.href, ...told }]]
  }
  const isBulk = model.options.bulk !== undefined && model.options.bulk !== false
  return {
    model: Object.fromEntries([
      ...builtIn('instances', collection, { href: `${url}{?params*}`, methods: ['GET', 'QUERY'] }),
      ...builtIn('create', view.unfilled.size === 0 ? collection : [], {
        href: url,
        methods: ['POST'],
        permissions: [add],
        input: { POST: schema('create') },
      }),
      ...builtIn('get', find, { href: `${url}/-/get{?params*}`, methods: ['GET'] }),
      ...(collection.includes('QUERY') ? [['query', queryDocument(url)] as const] : []),
      ...(isBulk ? many(model, collection) : []),
      ...custom(service, model, 'model', allowance),
    ]),
    instance: Object.fromEntries([
      ...builtIn('data', instance, { href: one, methods: ['GET'] }),
      ...builtIn('update', instance, {
        href: one,
        methods: ['PATCH'],
        permissions: [change],
        input: { PATCH: schema('patch') },
      }),
      ...builtIn('replace', instance, {
        href: one,
        methods: ['PUT'],
        permissions: [change],
        input: { PUT: schema('replace') },
      }),
      ...builtIn('delete', instance, { href: one, methods: ['DELETE'], permissions: [remove] }),
      ...custom(service, model, 'instance', allowance),
    ]),
  }
}

/** What QUERY does, by POST. */
function queryDocument(url: string): OperationDocument {
  return { href: `${url}/-/query{?params*}`, methods: ['POST'] }
}

/** Of models that take lists of rows. */
function many(model: Model, there: readonly string[]): readonly (readonly [string, OperationDocument])[] {
  const { url } = model
  const items = { $ref: `${url}/-/schema#/$defs/patch` }
  const update: OperationDocument = {
    href: url,
    methods: ['PATCH'],
    permissions: [model.permission('change')],
    input: { PATCH: { type: 'array', items } },
  }
  const remove: OperationDocument = {
    href: `${url}{?params*}`,
    methods: ['DELETE'],
    permissions: [model.permission('delete')],
  }
  return [
    ...(there.includes('PATCH') ? [['update', update] as const] : []),
    ...(there.includes('DELETE') ? [['delete', remove] as const] : []),
  ]
}

function custom(
  { models }: ServiceState,
  model: Model,
  of: 'model' | 'instance',
  allowance: Allowance,
): readonly (readonly [string, OperationDocument])[] {
  const own = [...model.operations.own].filter(([, definition]) => definition.of === of)
  return own.flatMap(([name, definition]) => {
    const open = Object.entries(definition.handlers).filter(([method]) =>
      isOpenOperation(model, definition, method, allowance),
    )
    if (open.length === 0) return []
    const narrowed = { ...definition, handlers: Object.fromEntries(open) }
    return [[name, operationDocument(model, name, narrowed, models)] as const]
  })
}
