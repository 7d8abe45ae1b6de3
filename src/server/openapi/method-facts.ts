// What a method does at each kind of place: what OpenAPI says of it besides what its resource says of itself.

import {
  describeQuery,
  type JsonSchema,
  type QueryParameterDescription,
  type SuccessDescription,
} from '../../http/index.ts'
import type { OperationDefinition, OperationHandler } from '../definition/define-operation.ts'
import type { ModelView } from '../models/model-view.ts'
import { inputOf, outputOf } from '../documents/operation-document.ts'
import type { BuiltIn } from '../models/operations.ts'
import type { KeptSchemas } from './kept-schemas.ts'
import {
  deleteParameters,
  expandParameter,
  fieldsParameter,
  findParameter,
  listParametersOf,
} from './list-parameters.ts'
import type { Place } from './places.ts'

export interface MethodFacts {
  /** The end of its operationId. */
  readonly id: string
  readonly summary: string
  readonly query?: readonly QueryParameterDescription[]
  readonly input?: JsonSchema
  readonly output?: JsonSchema
  /** Of HAL, whose content is more than the data. */
  readonly hal?: JsonSchema
  readonly preferences?: readonly string[]
  readonly successes?: readonly SuccessDescription[]
  /** Whether the state is that of a row or a list, so that conditions are asked; true unless given. */
  readonly isGuarded?: boolean
}

/** @param view of the model that the place is below; `rowsOf` of the model whose rows are there. */
export function factsOf(
  place: Place,
  method: string,
  view: ModelView,
  rowsOf: ModelView,
  schemas: KeptSchemas,
): MethodFacts {
  const { kind, name, model } = place
  const isRead = method === 'GET' || method === 'HEAD'
  switch (kind) {
    case 'operation':
      return factsOfOperation(view, model.operations.own.get(name), name, method)
    case 'find':
      return factsOfFind(view, schemas)
    case 'query':
      return { ...factsOfList('query', '', rowsOf, schemas), input: schemas.filter() }
    case 'data array':
    case 'data array query': {
      const facts = factsOfList(`${name}_${isRead ? 'list' : 'query'}`, ` of a ${view.model.fullName}`, rowsOf, schemas)
      return isRead ? facts : { ...facts, input: schemas.filter() }
    }
    case 'collection': {
      if (isRead) return replaced(view, 'instances', method) ?? factsOfList('list', '', view, schemas)
      if (method === 'QUERY') return { ...factsOfList('query_by_content', '', view, schemas), input: schemas.filter() }
      return { ...factsOfMany(view, method, schemas), isGuarded: false }
    }
    case 'instance':
      return factsOfOne(view, method, schemas)
  }
}

const returns = ['return=minimal', 'return=representation'] as const

const created: SuccessDescription = {
  status: 201,
  description: 'Made. The row is shown as far as the caller may see it, unless `return=minimal` is preferred.',
  hasContent: true,
  fields: ['Location', 'ETag', 'Preference-Applied'],
}
const done: SuccessDescription = {
  status: 204,
  description: 'Done.',
  hasContent: false,
  fields: ['Preference-Applied'],
}
const results: SuccessDescription = {
  status: 200,
  description: 'What became of each row, in their order.',
  hasContent: true,
  fields: ['Preference-Applied'],
}

function shown(...fields: SuccessDescription['fields']): SuccessDescription {
  return {
    status: 200,
    description: 'The row as it is now.',
    hasContent: true,
    fields: [...fields, 'Preference-Applied'],
  }
}

function factsOfList(id: string, where: string, rows: ModelView, schemas: KeptSchemas): MethodFacts {
  return {
    id,
    summary: `List ${rows.model.fullName}${where}`,
    query: listParametersOf(rows),
    output: schemas.list(rows),
    hal: schemas.halList(),
    preferences: ['count=exact'],
  }
}

function factsOfFind(view: ModelView, schemas: KeptSchemas): MethodFacts {
  const found: SuccessDescription = {
    status: 200,
    description: 'The row.',
    hasContent: true,
    fields: ['ETag', 'Content-Location'],
  }
  const known = { query: [findParameter(view), fieldsParameter(view), expandParameter], successes: [found] }
  const content = { output: schemas.part(view), hal: schemas.hal() }
  return (
    replaced(view, 'get', 'GET') ?? { id: 'find', summary: `Find one ${view.model.fullName}`, ...known, ...content }
  )
}

/** Of a collection: one row made, or where the model takes lists, many written. */
function factsOfMany(view: ModelView, method: string, schemas: KeptSchemas): MethodFacts {
  const { fullName: what, options } = view.model
  const isBulk = options.bulk !== undefined && options.bulk !== false
  const preferences = isBulk ? [...returns, 'handling=strict'] : returns
  const bulk = { output: schemas.results(), hal: schemas.results(), preferences, successes: [results, done] }
  if (method === 'PATCH') {
    return { id: 'update_many', summary: `Change many ${what}`, input: schemas.many(view, 'patch'), ...bulk }
  }
  if (method === 'DELETE') {
    return { id: 'delete_many', summary: `Delete many ${what}`, query: deleteParameters(view), ...bulk }
  }
  const one = schemas.content(view, 'create')
  const facts = { id: 'create', summary: `Create a ${what}`, preferences }
  const own = replaced(view, 'create', method)
  if (own !== undefined) return own
  if (!isBulk) {
    return { ...facts, input: one, output: schemas.row(view), hal: schemas.hal(), successes: [created] }
  }
  const input = schemas.oneOrMany(view)
  const output = schemas.rowOrResults(view)
  return { ...facts, summary: `Create one or many ${what}`, input, output, successes: [created, results, done] }
}

function factsOfOne(view: ModelView, method: string, schemas: KeptSchemas): MethodFacts {
  const what = view.model.fullName
  const content = { output: schemas.row(view), hal: schemas.hal(), preferences: returns }
  switch (method) {
    case 'PUT': {
      const successes = [shown(), ...(view.model.operations.has('create') ? [created] : []), done]
      const input = schemas.content(view, 'replace')
      const summary = `${successes.includes(created) ? 'Create or replace' : 'Replace'} a ${what}`
      return replaced(view, 'replace', method) ?? { id: 'replace', summary, input, ...content, successes }
    }
    case 'PATCH': {
      const input = schemas.content(view, 'patch')
      const successes = [shown('ETag'), done]
      return (
        replaced(view, 'update', method) ?? { id: 'update', summary: `Change a ${what}`, input, ...content, successes }
      )
    }
    case 'DELETE':
      return replaced(view, 'delete', method) ?? { id: 'delete', summary: `Delete a ${what}`, successes: [done] }
    default: {
      const query = [fieldsParameter(view), expandParameter]
      const output = { output: schemas.part(view), hal: schemas.hal() }
      return replaced(view, 'data', 'GET') ?? { id: 'get', summary: `Read a ${what}`, query, ...output }
    }
  }
}

/** A built-in operation that the model does its own way. */
function replaced(view: ModelView, name: BuiltIn, method: string): MethodFacts | undefined {
  const definition = view.model.operations.replaced.get(name)
  return definition && { ...factsOfOperation(view, definition, name, method), id: name }
}

function factsOfOperation(
  { model }: ModelView,
  definition: OperationDefinition | undefined,
  name: string,
  method: string,
): MethodFacts {
  const handler = definition && handlerOf(definition, method)
  const input = handler && inputOf(handler)
  const output = handler === undefined ? { type: 'object' } : outputOf(handler)
  const isOfRow = definition?.of === 'instance'
  const what = isOfRow ? `a ${model.fullName}` : model.fullName
  return {
    id: `${name}_${method.toLowerCase()}`,
    summary: handler === undefined ? `Describe ${name} of ${what}` : `Do ${name} with ${what}`,
    ...(handler?.query === undefined ? {} : { query: describeQuery(handler.query) }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    isGuarded: isOfRow && method !== 'GET',
  }
}

function handlerOf({ handlers }: OperationDefinition, method: string): OperationHandler | undefined {
  return Object.entries(handlers).find(([name]) => name === method)?.[1]
}
