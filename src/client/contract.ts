// The documents the client knows services by, checked as far as it relies on them, and models found in them by name or URL.

import type { ContractDocument, DirectoryDocument, ModelDocument } from '../wire/index.ts'
import { UnknownName } from './errors.ts'

export function isDirectory(content: unknown): content is DirectoryDocument {
  if (!isObject(content) || !('services' in content) || !isObject(content.services)) return false
  return Object.values(content.services).every((url) => typeof url === 'string')
}

export function isContract(content: unknown): content is ContractDocument {
  if (!isObject(content) || !('apps' in content) || !isObject(content.apps)) return false
  return Object.values(content.apps).every(
    (app: unknown) => isObject(app) && 'models' in app && areAll(isModel, app.models),
  )
}

/** A type of field or a kind of operation may be of a later version; the rest is followed without a further look. */
function isModel(model: unknown): boolean {
  if (!has(model, { name: 'string', app: 'string', url: 'string' })) return false
  const { key, unique, fields, references, dataArrays, operations } = model
  return (
    isNames(key) &&
    Array.isArray(unique) &&
    unique.every(isNames) &&
    areAll((field) => has(field, { type: 'string' }), fields) &&
    areAll((reference) => has(reference, { model: 'string', field: 'string' }), references) &&
    areAll((dataArray) => has(dataArray, { model: 'string' }), dataArrays) &&
    has(operations, { model: 'object', instance: 'object' }) &&
    areAll(isOperation, operations['model']) &&
    areAll(isOperation, operations['instance'])
  )
}

function isOperation(operation: unknown): boolean {
  return has(operation, { href: 'string' }) && isNames(operation['methods'])
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function areAll(isOne: (member: unknown) => boolean, members: unknown): boolean {
  return isObject(members) && Object.values(members).every(isOne)
}

function has(value: unknown, types: Readonly<Record<string, string>>): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false
  const members = new Map(Object.entries(value))
  return Object.entries(types).every(([name, type]) => typeof members.get(name) === type)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** A model, and what follows its name on the path. */
export interface Found {
  readonly model: ModelDocument
  readonly rest: readonly string[]
}

export class Contract {
  readonly #document: ContractDocument
  readonly #byUrl: ReadonlyMap<string, ModelDocument>

  constructor(document: ContractDocument) {
    this.#document = document
    const models = Object.values(document.apps).flatMap((app) => Object.values(app.models))
    this.#byUrl = new Map(models.map((model) => [model.url, model]))
  }

  /**
   * The model below whose URL this URL lies, itself included.
   * At path boundaries only: `/menu/PizzaPrice/1` lies below PizzaPrice, not below Pizza.
   */
  byUrl(url: string): ModelDocument | undefined {
    for (let end = url.length; end > 0; end = url.lastIndexOf('/', end - 1)) {
      const model = this.#byUrl.get(url.slice(0, end))
      if (model !== undefined) return model
    }
    return undefined
  }

  /**
   * The app with the longest dotted name that the path begins with, and its model.
   *
   * @param service what messages call the service.
   * @throws UnknownName that lists what there is.
   */
  byName(service: string, path: readonly string[]): Found {
    const { apps } = this.#document
    const names = Object.keys(apps)
    const isPrefix = (name: string): boolean => name.split('.').every((word, index) => path[index] === word)
    const [app] = names.filter(isPrefix).toSorted((a, b) => b.length - a.length)
    if (app === undefined) throw unknown('app', path[0], service, names)
    const models = apps[app]?.models ?? {}
    const [name, ...rest] = path.slice(app.split('.').length)
    const model = name !== undefined && Object.hasOwn(models, name) ? models[name] : undefined
    if (model === undefined) throw unknown('model', name, `app ${app}`, Object.keys(models))
    return { model, rest }
  }
}

function unknown(
  what: 'app' | 'model',
  name: string | undefined,
  place: string,
  there: readonly string[],
): UnknownName {
  const list = there.join(', ') || 'none'
  if (name === undefined) {
    return new UnknownName(`The path ends at ${place}, which is no model; its ${what}s are: ${list}.`)
  }
  return new UnknownName(`There is no ${what} "${name}" in ${place}; there are: ${list}.`)
}
