// What the rows of a service tell of its models, where nothing else does: the contract that they would have.

import type { ContractDocument, FieldDocument, ModelDocument, ReferenceDocument, ValueType } from '../../wire/index.ts'
import type { Leaves } from './tree.ts'

export type GivenRow = Readonly<Record<string, unknown>>

/**
 * Columns are those that any row has, and may be left out; the key is `id`, else the first column. `shopId` is the key of a Shop
 * where the app has that model, and a `slumber:` URL that of an instance elsewhere.
 *
 * @param url of the service, with a final slash.
 * @throws TypeError where a model has no rows to tell its columns.
 */
export function inferredContract(service: string, url: string, rows: Leaves<readonly GivenRow[]>): ContractDocument {
  const keys = new Map([...rows].map(([fullName, each]) => [fullName, keyOf(`${service}.${fullName}`, each)]))
  const apps: Record<string, { models: Record<string, ModelDocument> }> = {}
  for (const [fullName, each] of rows) {
    const app = fullName.slice(0, fullName.lastIndexOf('.'))
    const name = fullName.slice(app.length + 1)
    const modelUrl = `${url}${app.replaceAll('.', '/')}/`
    const key = keys.get(fullName) ?? ''
    const references = referencesOf(each, (stem) => {
      const target = [...keys.keys()].find((other) => other.toLowerCase() === `${app}.${stem}`.toLowerCase())
      return target === undefined ? undefined : modelUrl + target.slice(app.length + 1)
    })
    const held = new Map(Object.values(references).map(({ field, model }) => [field, model]))
    const columns = columnsOf(each).map((column) => [column, fieldOf(column, each, key, held.get(column))] as const)
    const models = (apps[app] ??= { models: {} }).models
    models[name] = documentOf({ app, name, key, url: modelUrl + name, fields: Object.fromEntries(columns), references })
  }
  return { service, url, apps }
}

function columnsOf(rows: readonly GivenRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function keyOf(model: string, rows: readonly GivenRow[]): string {
  const columns = columnsOf(rows)
  const key = columns.includes('id') ? 'id' : columns[0]
  if (key !== undefined) return key
  throw new TypeError(`${model} has no rows to tell its columns by: give a row, or the contract of the service.`)
}

/** `shopId` and `shop_id`. */
function referencesOf(
  rows: readonly GivenRow[],
  modelCalled: (stem: string) => string | undefined,
): Readonly<Record<string, ReferenceDocument>> {
  const columns = columnsOf(rows)
  const found = new Map<string, ReferenceDocument>()
  for (const field of columns) {
    const [, stem = ''] = /^(.+?)(?:Id|_id)$/.exec(field) ?? []
    const model = modelCalled(stem)
    const isFree = !columns.includes(stem) && !found.has(stem)
    if (model !== undefined && isFree) found.set(stem, { field, model, nullable: true })
  }
  return Object.fromEntries(found)
}

function fieldOf(name: string, rows: readonly GivenRow[], key: string, target: string | undefined): FieldDocument {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined)
  const types = new Set(values.map(typeOf))
  const type = types.has('number') && types.has('integer') && types.size === 2 ? 'number' : ([...types][0] ?? 'string')
  const [first] = values
  const remote = type === 'reference' && typeof first === 'string' ? first.replace(/\/[^/]*$/, '') : undefined
  return {
    kind: remote !== undefined ? 'remote' : target === undefined ? 'value' : 'object',
    type: types.size > 1 && type !== 'number' ? 'json' : type,
    label: name,
    required: name === key && type !== 'integer',
    nullable: name !== key,
    unique: name === key,
    readOnly: false,
    operators: ['lt'],
    ...(target === undefined ? {} : { model: target }),
    ...(remote === undefined ? {} : { model: remote }),
  }
}

function typeOf(value: unknown): ValueType {
  if (value instanceof Date) return 'date-time'
  if (value instanceof Uint8Array) return 'bytes'
  switch (typeof value) {
    case 'bigint':
      return 'bigint'
    case 'boolean':
      return 'boolean'
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number'
    case 'string':
      return value.startsWith('slumber://') ? 'reference' : 'string'
    default:
      return 'json'
  }
}

function documentOf(
  known: Pick<ModelDocument, 'app' | 'name' | 'url' | 'fields' | 'references'> & { key: string },
): ModelDocument {
  const { key, ...others } = known
  const there = { href: known.url, methods: [] }
  return {
    ...others,
    key: [key],
    unique: [],
    dataArrays: {},
    operations: {
      model: { instances: there, create: there, get: there },
      instance: { data: there, update: there, replace: there, delete: there },
    },
  }
}
