// An operation of a model's own as documents tell it: where it is, who may call it, and what its methods take and answer.

import { describeQuery, jsonSchemaOf, type JsonSchema } from '../../http/index.ts'
import type { GivenDocument, JsonSchemaDocument, OperationDocument, ParameterDocument } from '../../wire/index.ts'
import type { OperationDefinition, OperationHandler } from '../definition/define-operation.ts'
import { givenBy } from '../definition/giving.ts'
import type { Model } from '../models/model.ts'
import { permissionsFor } from '../models/operation-permissions.ts'
import { operationTemplate } from '../models/operation-places.ts'

/** @param models of the service, by their full names. */
export function operationDocument(
  model: Model,
  name: string,
  definition: OperationDefinition,
  models: ReadonlyMap<string, Model>,
): OperationDocument {
  const methods = Object.keys(definition.handlers)
  const permissions = [...new Set(methods.flatMap((method) => permissionsFor(model, definition, method)))]
  const parameters = byMethod(definition, parametersOf)
  const input = byMethod(definition, inputOf)
  const output = byMethod(definition, outputOf)
  const gives = byMethod(definition, (handler) => givenDocument(handler, models))
  return {
    href: operationTemplate(model, name, definition),
    methods,
    ...(permissions.length === 0 ? {} : { permissions }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(gives === undefined ? {} : { gives }),
  }
}

function givenDocument({ output }: OperationHandler, models: ReadonlyMap<string, Model>): GivenDocument | undefined {
  const given = givenBy(output)
  const url = given && models.get(given.model)?.url // `checkGiven` has seen to it
  return url === undefined ? undefined : { model: url, ...(given?.isPage === true ? { page: true } : {}) }
}

/** Its path below the service, in the grammar of `PathTemplate`; `pk` is the key of the instance. */
export function operationPath(serviceUrl: string, model: Model, name: string, definition: OperationDefinition): string {
  const { of, path = '', mount } = definition
  if (mount !== undefined) return mount + path
  return `/${model.url.slice(serviceUrl.length)}/${of === 'model' ? '-' : ':pk'}/${name}${path}`
}

function byMethod<Told>(
  { handlers }: OperationDefinition,
  tell: (handler: OperationHandler) => Told | undefined,
): Readonly<Record<string, Told>> | undefined {
  const told = Object.entries(handlers).flatMap(([method, handler]) => {
    const known = tell(handler)
    return known === undefined ? [] : [[method, known] as const]
  })
  return told.length === 0 ? undefined : Object.fromEntries(told)
}

function parametersOf({ query = {} }: OperationHandler): readonly ParameterDocument[] | undefined {
  const parameters = describeQuery(query)
  return parameters.length === 0 ? undefined : parameters
}

/** What its validator says of the content, or what was written by hand; a validator that cannot say it takes something unknown. */
export function inputOf({ input, inputSchema }: OperationHandler): JsonSchemaDocument | undefined {
  return inputSchema ?? (input && (jsonSchemaOf(input) ?? {}))
}

export function outputOf({ output, outputSchema }: OperationHandler): JsonSchema | undefined {
  return outputSchema ?? (output && jsonSchemaOf(output))
}
