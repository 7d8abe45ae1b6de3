// The document of a model: what a client must know to read, write and call it.

import type { FieldDocument, ModelDocument, OperationDocument, ReferenceDocument } from '../wire/index.ts'
import type { OperationDefinition } from './define.ts'
import type { Model, Reference } from './model.ts'
import { permissionsFor } from './operation-permissions.ts'
import type { ColumnInfo } from './schema/read-table.ts'

const documents = new WeakMap<Model, ModelDocument>()

/** Made once per model. */
export function modelDocument(model: Model): ModelDocument {
  const known = documents.get(model)
  if (known !== undefined) return known
  const document = makeDocument(model)
  documents.set(model, document)
  return document
}

function makeDocument(model: Model): ModelDocument {
  const instance = `${model.url}/{+pk}`
  const [add, change, remove] = [model.permission('add'), model.permission('change'), model.permission('delete')]
  return {
    name: model.name,
    app: model.app,
    url: model.url,
    key: model.table.key,
    fields: { ...byName(model.columns.values(), (column) => fieldDocument(model, column)), ...properties(model) },
    unique: model.table.unique.filter((set) => set.every((column) => model.columns.has(column))),
    references: byName(
      [...model.references.values()].filter(({ columns }) => columns.length === 1),
      (reference) => referenceDocument(model, reference),
    ),
    dataArrays: byName(model.dataArrays.values(), ({ name, source }) => ({
      model: source.url,
      href: `${instance}/${name}`,
    })),
    operations: {
      model: {
        instances: { href: `${model.url}{?params*}`, methods: ['GET'] },
        create: { href: model.url, methods: ['POST'], permissions: [add] },
        get: { href: `${model.url}/-/get{?params*}`, methods: ['GET'] },
        ...custom(model, 'model', `${model.url}/-`),
      },
      instance: {
        data: { href: instance, methods: ['GET'] },
        update: { href: instance, methods: ['PATCH'], permissions: [change] },
        replace: { href: instance, methods: ['PUT'], permissions: [change] },
        delete: { href: instance, methods: ['DELETE'], permissions: [remove] },
        ...custom(model, 'instance', instance),
      },
    },
  }
}

function byName<T extends { readonly name: string }, Document>(
  things: Iterable<T>,
  document: (thing: T) => Document,
): Record<string, Document> {
  return Object.fromEntries(Array.from(things, (thing) => [thing.name, document(thing)] as const))
}

function fieldDocument(model: Model, column: ColumnInfo): FieldDocument {
  const { name, description, type, nullable, choices, maxLength } = column
  const reference = model.referenceOf(name)
  return {
    kind: description?.kind ?? (reference === undefined ? 'value' : 'object'),
    type,
    label: labelOf(name),
    required: model.isRequired(column),
    nullable,
    unique: [model.table.key, ...model.table.unique].some((set) => set.length === 1 && set[0] === name),
    readOnly: model.isReadOnly(column),
    ...(choices === undefined ? {} : { choices }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(reference === undefined ? {} : { model: model.referenceModel(reference) }),
  }
}

const property = {
  kind: 'property',
  type: 'json',
  required: false,
  nullable: true,
  unique: false,
  readOnly: true,
} as const

function properties(model: Model): Record<string, FieldDocument> {
  const names = Object.keys(model.options.properties ?? {})
  return Object.fromEntries(names.map((name) => [name, { ...property, label: labelOf(name) }] as const))
}

function referenceDocument(model: Model, reference: Reference): ReferenceDocument {
  const [field = ''] = reference.columns
  const nullable = model.table.columns.get(field)?.nullable ?? true
  return { field, model: model.referenceModel(reference), nullable }
}

function custom(model: Model, of: OperationDefinition['of'], base: string): Record<string, OperationDocument> {
  const own = Object.entries(model.options.operations ?? {}).filter(([, definition]) => definition.of === of)
  return Object.fromEntries(
    own.map(([name, definition]) => {
      const methods = Object.keys(definition.handlers)
      const permissions = [...new Set(methods.flatMap((method) => permissionsFor(model, definition, method)))]
      return [name, { href: `${base}/${name}`, methods, ...(permissions.length === 0 ? {} : { permissions }) }] as const
    }),
  )
}

/** `maxToppings` → `Max toppings` */
function labelOf(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
