// What a service refuses at its start: names that would mean two things, and operations that contradict themselves.

import type { OperationDefinition } from '../definition/define-operation.ts'
import type { App } from './link-models.ts'
import type { Model } from './model.ts'

/** Words a member of a model may not have, because documents or clients give them a meaning. */
const reservedMembers: ReadonlySet<string> = new Set([
  'pk',
  'url',
  'display',
  'data',
  'model',
  'update',
  'replace',
  'delete',
  'refresh',
  'toJSON',
  'then',
  'constructor',
  '__proto__',
  'prototype',
  '_links',
  '_etag',
  '_embedded',
  '_problems',
])

/** Words of the query language that stand where a relation could. */
const reservedRelations: ReadonlySet<string> = new Set(['with', 'and', 'or', 'not'])

/** What stands below `/-/`, and the built-in operations of a model. */
const reservedOperations: ReadonlySet<string> = new Set([
  'model',
  'schema',
  'get',
  'query',
  'create',
  'instances',
  'openapi.json',
])

/** @throws TypeError where two things of a service would have one name or one URL. */
export function refuseCollisions(apps: readonly App[]): void {
  for (const { models } of apps) {
    for (const model of models.values()) {
      refuseMembers(model)
      refuseOperations(model)
    }
  }
  refuseUrls(apps)
}

function refuseMembers(model: Model): void {
  const members = new Map<string, string>()
  const claim = (name: string, what: string): void => {
    const isRelation = what === 'reference' || what === 'data array'
    if (reservedMembers.has(name) || (isRelation && reservedRelations.has(name))) {
      throw model.fault(`the ${what} "${name}" has a reserved name; call it something else`)
    }
    const other = members.get(name)
    if (other !== undefined) {
      throw model.fault(`"${name}" is both ${withArticle(other)} and ${withArticle(what)}; rename one`)
    }
    members.set(name, what)
  }
  for (const column of model.columns.values()) {
    if (column.description?.kind !== 'remote') claim(column.name, 'column')
  }
  for (const name of model.properties.keys()) claim(name, 'property')
  for (const name of model.references.keys()) claim(name, 'reference')
  for (const name of model.dataArrays.keys()) {
    refuseOutsideUrls(model, name, 'data array')
    claim(name, 'data array')
  }
  for (const [name, { of }] of model.operations.own) {
    if (of === 'instance') claim(name, 'operation')
  }
}

function refuseOutsideUrls(model: Model, name: string, what: string): void {
  if (!/^[A-Za-z][\w.-]*$/.test(name)) {
    throw model.fault(`"${name}" cannot name the ${what}: it is a part of URLs; use letters, digits, _, . and -`)
  }
}

function refuseOperations(model: Model): void {
  for (const [name, definition] of model.operations.own) {
    refuseOutsideUrls(model, name, 'operation')
    if (definition.of === 'model' && reservedOperations.has(name)) {
      throw model.fault(`the operation "${name}" has the name of a built-in one; call it something else`)
    }
    refuseHandlers(model, name, definition)
  }
}

function refuseHandlers(model: Model, name: string, { handlers, isPublic }: OperationDefinition): void {
  for (const [method, handler] of Object.entries(handlers)) {
    if (isPublic && (handler.permissions ?? []).length > 0) {
      throw model.fault(`the operation "${name}" is public and needs permissions, which nobody without a name can have`)
    }
    if (handler.input !== undefined && (method === 'GET' || method === 'DELETE')) {
      throw model.fault(`the operation "${name}" has an input for ${method}, which takes no content`)
    }
  }
}

function refuseUrls(apps: readonly App[]): void {
  const paths = new Map<string, string>()
  for (const { name, url, models } of apps) {
    const ofModels = [...models.values()].map((model) => [model.url, `model ${model.fullName}`] as const)
    for (const [path, what] of [[url.replace(/\/$/, ''), `app ${name}`] as const, ...ofModels]) {
      const other = paths.get(path)
      if (other !== undefined) {
        throw new TypeError(`The ${what} and the ${other} would have one URL: ${path}; rename one.`)
      }
      paths.set(path, what)
    }
  }
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}
