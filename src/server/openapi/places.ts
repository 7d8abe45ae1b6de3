// Where the rows of a model are, with resources made without a request, so that documents can ask them what they do.

import { Exchange, type Principal } from '../../http/index.ts'
import { operationPath } from '../documents/operation-document.ts'
import type { Model } from '../models/model.ts'
import type { ModelView } from '../models/model-view.ts'
import { CollectionResource } from '../resources/collection.ts'
import { DataArrayResource } from '../resources/data-array.ts'
import { FindResource } from '../resources/find.ts'
import { InstanceResource } from '../resources/instance.ts'
import { OperationResource } from '../resources/operation.ts'
import { CollectionQueryResource, DataArrayQueryResource } from '../resources/query-twin.ts'
import { isOpen, isOpenOperation, type Allowance } from '../resources/open-methods.ts'
import type { RowsResource } from '../resources/rows-resource.ts'
import type { ServiceState } from '../service-state.ts'

export interface Place {
  readonly kind: 'collection' | 'find' | 'query' | 'instance' | 'data array' | 'data array query' | 'operation'
  /** Of the data array or the operation; else that of the model. */
  readonly name: string
  /** Below the service, in the grammar of `PathTemplate`. */
  readonly path: string
  /** The model whose rows are there. */
  readonly model: Model
  readonly sampleOf: (method: string) => RowsResource
}

/** All places that the caller may know of, in the order of documents. */
export function placesOf(service: ServiceState, { model, dataArrays }: ModelView): readonly Place[] {
  const path = `/${model.url.slice(service.url.length)}`
  const exchangeOf = (method: string): Exchange => sampleExchange(model.url, method)
  const own = { name: model.name, model } as const
  const all: readonly Place[] = [
    {
      ...own,
      kind: 'collection',
      path,
      sampleOf: (method) => new CollectionResource(exchangeOf(method), service, model),
    },
    {
      ...own,
      kind: 'find',
      path: `${path}/-/get`,
      sampleOf: (method) => new FindResource(exchangeOf(method), service, model),
    },
    {
      ...own,
      kind: 'query',
      path: `${path}/-/query`,
      sampleOf: (method) => new CollectionQueryResource(exchangeOf(method), service, model),
    },
    {
      ...own,
      kind: 'instance',
      path: `${path}/:pk`,
      sampleOf: (method) => new InstanceResource(exchangeOf(method), service, model, {}),
    },
    ...[...dataArrays.values()].flatMap((dataArray): Place[] => {
      const there = { name: dataArray.name, model: dataArray.source }
      const list = `${path}/:pk/${dataArray.name}`
      return [
        {
          ...there,
          kind: 'data array',
          path: list,
          sampleOf: (method) => new DataArrayResource(exchangeOf(method), service, model, {}, dataArray),
        },
        {
          ...there,
          kind: 'data array query',
          path: `${list}/-/query`,
          sampleOf: (method) => new DataArrayQueryResource(exchangeOf(method), service, model, {}, dataArray),
        },
      ]
    }),
    ...[...model.operations.own].map(([name, definition]): Place => ({
      kind: 'operation',
      name,
      path: operationPath(service.url, model, name, definition),
      model,
      sampleOf: (method) => new OperationResource(exchangeOf(method), service, model, { definition, name }),
    })),
  ]
  return all.filter((place) => isThere(model, place))
}

/** What stands for a built-in operation goes with it. */
function isThere(model: Model, { kind, sampleOf }: Place): boolean {
  if (kind === 'query' && !model.operations.has('instances')) return false
  if (kind === 'find' && !model.operations.has('get')) return false
  return sampleOf('GET').methods.some((method) => method !== 'OPTIONS')
}

/** The methods of a place for whoever holds every permission. */
function methodsOf(place: Place): readonly string[] {
  return place.sampleOf('GET').methods
}

/** The methods that may do anything for a caller. What an operation of the program's own does with rows, only that knows. */
export function openMethodsOf(place: Place, allowance: Allowance): readonly string[] {
  const there = methodsOf(place)
  if (place.kind === 'operation') return ofOperation(place, there, allowance)
  if (place.kind.endsWith('query')) return allowance.closed.has('read') ? [] : there // a POST that reads
  const sample = place.sampleOf('GET')
  return there.filter((method) => isOpen(sample, method, allowance))
}

/** Its description is for those who may do something there. */
function ofOperation({ model, name }: Place, there: readonly string[], allowance: Allowance): readonly string[] {
  const definition = model.operations.own.get(name)
  if (definition === undefined) return []
  const open = there.filter((method) => isOpenOperation(model, definition, method, allowance))
  return open.some((method) => method in definition.handlers) ? open : []
}

function sampleExchange(url: string, method: string): Exchange {
  const exchange = new Exchange(new Request(url, { method }))
  exchange.principal = anybody
  return exchange
}

/** Whoever holds every permission, and to whom rules close nothing. */
const anybody: Principal = { name: '', superuser: true, can: () => true }

/** What is there at all. */
export const everything: Allowance = { caller: anybody, closed: new Set() }
