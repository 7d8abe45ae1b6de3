// Finds the resource of a path below a service: by raw segments, without a pattern language.

import type { Exchange } from '../http/index.ts'
import type { App } from './models/link-models.ts'
import type { Model, Row } from './models/model.ts'
import { oncePer } from './once-per.ts'
import { readParams } from './models/operation-places.ts'
import { CollectionResource } from './resources/collection.ts'
import { DataArrayResource } from './resources/data-array.ts'
import {
  AppDocumentResource,
  HealthResource,
  NothingResource,
  ReadyResource,
  ServiceDocumentResource,
  SpellingResource,
} from './resources/documents.ts'
import type { Rules } from './query/rules.ts'
import { FindResource } from './resources/find.ts'
import { InstanceResource } from './resources/instance.ts'
import { OperationResource } from './resources/operation.ts'
import type { RowsResource } from './resources/rows-resource.ts'
import { CollectionQueryResource, DataArrayQueryResource } from './resources/query-twin.ts'
import type { ServiceResource } from './resources/service-resource.ts'
import {
  ContractResource,
  ModelDocumentResource,
  ModelSchemaResource,
  OpenApiResource,
} from './resources/written-documents.ts'
import type { ServiceState } from './service-state.ts'

const ofService = {
  contract: ContractResource,
  'openapi.json': OpenApiResource,
  health: HealthResource,
  ready: ReadyResource,
} as const

const ofType = { model: ModelDocumentResource, schema: ModelSchemaResource } as const

/**
 * Containers end in a slash, everything else does not; the other spelling is 308, as another one of the same key is.
 *
 * @param path what follows the service's URL, still percent-encoded, without a leading slash.
 */
export function route(exchange: Exchange, service: ServiceState, path: string): ServiceResource {
  if (path === '') return new ServiceDocumentResource(exchange, service)
  const app = appOf(service, path)
  const below = app === undefined ? '' : path.slice(pathOf(app).length)
  if (app !== undefined && below === '') {
    return path.endsWith('/')
      ? new AppDocumentResource(exchange, service, app)
      : new SpellingResource(exchange, service, app.url)
  }
  if (/[^/]\/$/.test(path)) {
    const right = path.slice(0, -1)
    const found = route(exchange, service, right)
    return found instanceof NothingResource ? found : new SpellingResource(exchange, service, service.url + right)
  }
  const [name = '', ...rest] = below.split('/')
  const model = app?.models.get(name)
  return (
    (model && routeOfModel(exchange, service, model, rest)) ??
    routeElsewhere(exchange, service, path.split('/')) ??
    new NothingResource(exchange, service, (rules) => thereInstead(service, app, model, rest, rules))
  )
}

/** What stands below no app, and what is mounted anywhere. */
function routeElsewhere(
  exchange: Exchange,
  service: ServiceState,
  segments: readonly string[],
): ServiceResource | undefined {
  return segments[0] === '-'
    ? routeOfService(exchange, service, segments.slice(1))
    : routeOfMount(exchange, service, segments)
}

/** What stands where nothing was found: what the documents say to everybody who is known. */
async function thereInstead(
  { apps }: ServiceState,
  app: App | undefined,
  model: Model | undefined,
  [key, name]: readonly string[],
  rules: Rules,
): Promise<string | undefined> {
  const names = apps.map((each) => each.name)
  if (app === undefined) return listed('the apps are', names)
  if (model === undefined) return listed(`the models of ${app.name} are`, app.models.keys())
  if (name === undefined) return undefined // a key that no row has
  const own = (of: 'model' | 'instance'): readonly string[] =>
    [...model.operations.own].flatMap(([each, { of: kind, mount }]) =>
      kind === of && mount === undefined ? [each] : [],
    )
  if (key === '-') return listed(`of ${model.fullName} there are`, ['model', 'schema', 'get', 'query', ...own('model')])
  const dataArrays = await rules.dataArrays(model)
  return listed(`a row of ${model.fullName} has`, [...dataArrays.keys(), ...own('instance')])
}

function listed(what: string, names: Iterable<string>): string | undefined {
  const all = [...names]
  return all.length === 0 ? undefined : `${what}: ${all.join(', ')}`
}

/** An operation that is mounted elsewhere. */
function routeOfMount(
  exchange: Exchange,
  service: ServiceState,
  segments: readonly string[],
): ServiceResource | undefined {
  const found = service.mounts.find(segments)
  if (found === undefined) return undefined
  const { model, definition, name, params, keyAt } = found
  if (keyAt === undefined) return new OperationResource(exchange, service, model, { definition, name, params })
  const key = segments[keyAt] ?? ''
  const read = model.readKey(key)
  if (read === undefined) return undefined
  const { key: row, segment: right } = read
  if (right !== key) return new SpellingResource(exchange, service, service.url + segments.with(keyAt, right).join('/'))
  return new OperationResource(exchange, service, model, { definition, name, key: row, params })
}

function routeOfService(
  exchange: Exchange,
  service: ServiceState,
  [name = '', ...rest]: readonly string[],
): ServiceResource {
  if (rest.length > 0 || !Object.hasOwn(ofService, name)) return new NothingResource(exchange, service)
  return new ofService[name as keyof typeof ofService](exchange, service) // hasOwn says so
}

/** The app with the longest name that the path begins with: `contrib.auth` is `contrib/auth/`. */
function appOf(service: ServiceState, path: string): App | undefined {
  let longest: App | undefined
  for (const app of service.apps) {
    const begin = pathOf(app)
    const begins = path.startsWith(begin) || (path.length === begin.length - 1 && begin.startsWith(path))
    if (begins && (longest === undefined || begin.length > pathOf(longest).length)) longest = app
  }
  return longest
}

const pathOf = oncePer(({ name }: App): string => `${name.replaceAll('.', '/')}/`)

/** Undefined where nothing is. */
function routeOfModel(
  exchange: Exchange,
  service: ServiceState,
  model: Model,
  [key, name, ...more]: readonly string[],
): ServiceResource | undefined {
  if (key === undefined) return replacing(new CollectionResource(exchange, service, model))
  if (key === '-') return routeOfType(exchange, service, model, name ?? '', more)
  const read = model.readKey(key)
  if (read === undefined) return undefined
  const { key: row, segment: right } = read
  if (right !== key) return spelled(exchange, service, model, [right, ...(name === undefined ? [] : [name, ...more])])
  if (name === undefined) return replacing(new InstanceResource(exchange, service, model, row), row)
  const dataArray = model.dataArrays.get(name)
  if (dataArray !== undefined && more.length === 0) {
    return new DataArrayResource(exchange, service, model, row, dataArray)
  }
  if (dataArray !== undefined && more.join('/') === '-/query') {
    return new DataArrayQueryResource(exchange, service, model, row, dataArray)
  }
  return operationAt(exchange, service, model, { of: 'instance', name, more, row })
}

/** What is there under the right spelling of a key, which the answer names. */
function spelled(
  exchange: Exchange,
  service: ServiceState,
  model: Model,
  segments: readonly [string, ...string[]],
): ServiceResource | undefined {
  if (routeOfModel(exchange, service, model, segments) === undefined) return undefined
  return new SpellingResource(exchange, service, [model.url, ...segments].join('/'))
}

/** What is about the type, not about an instance: below `/-/`. */
function routeOfType(
  exchange: Exchange,
  service: ServiceState,
  model: Model,
  name: string,
  more: readonly string[],
): ServiceResource | undefined {
  const make = more.length === 0 && Object.hasOwn(ofType, name) ? ofType[name as keyof typeof ofType] : undefined // hasOwn says so
  if (make !== undefined) return new make(exchange, service, model)
  if (name === 'query' && more.length === 0) {
    const { operations } = model
    const isBuiltIn = operations.has('instances') && !operations.replaced.has('instances')
    return isBuiltIn ? new CollectionQueryResource(exchange, service, model) : undefined
  }
  if (name === 'get' && more.length === 0) {
    return model.operations.has('get') ? replacing(new FindResource(exchange, service, model)) : undefined
  }
  return operationAt(exchange, service, model, { of: 'model', name, more })
}

interface OperationPlace {
  readonly of: 'instance' | 'model'
  readonly name: string
  /** The segments behind the name. */
  readonly more: readonly string[]
  readonly row?: Row
}

function operationAt(
  exchange: Exchange,
  service: ServiceState,
  model: Model,
  { of, name, more, row }: OperationPlace,
): ServiceResource | undefined {
  const definition = model.operations.own.get(name)
  if (definition?.of !== of || definition.mount !== undefined) return undefined
  const params = readParams(definition, more)
  return params && new OperationResource(exchange, service, model, { definition, name, key: row, params })
}

/** Where the program has an operation of its own for this method, that one; it has the methods of the resource in whose place it is. */
function replacing(resource: RowsResource, row?: Row): ServiceResource {
  if (resource.model.operations.replaced.size === 0) return resource
  const { exchange, service, model, builtIns, methods } = resource
  const name = builtIns[exchange.method === 'HEAD' ? 'GET' : exchange.method]
  const definition =
    name === undefined || !methods.includes(exchange.method) ? undefined : model.operations.replaced.get(name)
  if (name === undefined || definition === undefined) return resource
  return new OperationResource(exchange, service, model, { definition, name, key: row, replaces: { name, methods } })
}
