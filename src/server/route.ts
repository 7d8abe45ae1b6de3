// Finds the resource of a path below a service: by raw segments, without a pattern language.

import type { Exchange } from '../http/index.ts'
import type { App } from './link-models.ts'
import type { Model } from './model.ts'
import { CollectionResource } from './resources/collection.ts'
import { DataArrayResource } from './resources/data-array.ts'
import {
  AppDocumentResource,
  ContractResource,
  HealthResource,
  ModelDocumentResource,
  NothingResource,
  ReadyResource,
  ServiceDocumentResource,
  SpellingResource,
} from './resources/documents.ts'
import { FindResource } from './resources/find.ts'
import { InstanceResource } from './resources/instance.ts'
import { OperationResource } from './resources/operation.ts'
import type { ServiceResource } from './resources/service-resource.ts'
import type { ServiceState } from './service-state.ts'

const ofService = {
  contract: ContractResource,
  health: HealthResource,
  ready: ReadyResource,
} as const

/**
 * Containers end in a slash, everything else does not; the other spelling is 308.
 *
 * @param path what follows the service's URL, still percent-encoded, without a leading slash.
 */
export function route(exchange: Exchange, service: ServiceState, path: string): ServiceResource {
  if (path === '') return new ServiceDocumentResource(exchange, service)
  const segments = path.split('/')
  const app = appOf(service, segments)
  if (app !== undefined) {
    const rest = segments.slice(wordsOf(app).length)
    if (rest.length === 0) return new SpellingResource(exchange, service, app.url)
    if (rest.length === 1 && rest[0] === '') return new AppDocumentResource(exchange, service, app)
  }
  if (segments.at(-1) === '' && segments.at(-2) !== '') {
    const right = path.slice(0, -1)
    const isNothing = route(exchange, service, right) instanceof NothingResource
    return isNothing
      ? new NothingResource(exchange, service)
      : new SpellingResource(exchange, service, service.url + right)
  }
  if (segments[0] === '-') return routeOfService(exchange, service, segments.slice(1))
  const [name = '', ...rest] = segments.slice(app === undefined ? 0 : wordsOf(app).length)
  const model = app?.models.get(name)
  return model === undefined ? new NothingResource(exchange, service) : routeOfModel(exchange, service, model, rest)
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
function appOf(service: ServiceState, segments: readonly string[]): App | undefined {
  let longest: App | undefined
  for (const app of service.apps) {
    const words = wordsOf(app)
    const begins = words.every((word, index) => segments[index] === word)
    if (begins && words.length > (longest === undefined ? 0 : wordsOf(longest).length)) longest = app
  }
  return longest
}

function wordsOf({ name }: App): readonly string[] {
  return name.split('.')
}

function routeOfModel(
  exchange: Exchange,
  service: ServiceState,
  model: Model,
  [key, name, ...more]: readonly string[],
): ServiceResource {
  if (key === undefined) return new CollectionResource(exchange, service, model)
  if (more.length > 0) return new NothingResource(exchange, service)
  if (key === '-') return routeOfType(exchange, service, model, name ?? '')
  const row = model.parseKey(key)
  if (row === undefined) return new NothingResource(exchange, service)
  if (name === undefined) return new InstanceResource(exchange, service, model, row)
  const dataArray = model.dataArrays.get(name)
  if (dataArray !== undefined) return new DataArrayResource(exchange, service, model, row, dataArray)
  const operation = operationOf(model, name)
  return operation?.of === 'instance'
    ? new OperationResource(exchange, service, model, operation, row)
    : new NothingResource(exchange, service)
}

/** What is about the type, not about an instance: below `/-/`. */
function routeOfType(exchange: Exchange, service: ServiceState, model: Model, name: string): ServiceResource {
  if (name === 'model') return new ModelDocumentResource(exchange, service, model)
  if (name === 'get') return new FindResource(exchange, service, model)
  const operation = operationOf(model, name)
  return operation?.of === 'model'
    ? new OperationResource(exchange, service, model, operation)
    : new NothingResource(exchange, service)
}

function operationOf(model: Model, name: string): NonNullable<Model['options']['operations']>[string] | undefined {
  const operations = model.options.operations ?? {}
  return Object.hasOwn(operations, name) ? operations[name] : undefined
}
