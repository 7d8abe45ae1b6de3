// The operations of a model or its instances as methods: what a call takes, and what it answers.

import type { OwnOperation } from '../client/index.ts'
import type { JsonSchemaDocument, ParameterDocument } from '../wire/index.ts'
import type { TypeNames } from './type-names.ts'
import { schemaType } from './schema-types.ts'
import { comment, memberName } from './type-text.ts'

export function operationMembers(operations: ReadonlyMap<string, OwnOperation>, names: TypeNames): string[] {
  const indent = '  '
  return [...operations].map(([name, operation]) => {
    const { methods, permissions = [] } = operation
    const needs = permissions.length === 0 ? [] : [`needs ${permissions.join(' and ')}`]
    const remark = comment([`${[methods.join(', '), ...needs].join('; ')}.`], indent)
    const answer = `): Promise<${outputOf(operation, names, indent)}>`
    const start = `${memberName(name)}(`
    return `${remark}${indent}${start}${inputOf(operation, indent, start.length + answer.length)}${answer}\n`
  })
}

function outputOf({ method, output, gives }: OwnOperation, names: TypeNames, indent: string): string {
  const [schema, given] = [output?.[method], gives?.[method]]
  if (given === undefined) return schema === undefined ? 'unknown' : schemaType(schema, indent, 0)
  const instance = names.ofModel(given.model) ?? 'UntypedInstance'
  return given.page === true ? `PageOf<${instance}>` : instance
}

/** What is called for: parts of the path and, in the same object, the query of a GET, or the content; nothing where it takes none. */
function inputOf({ method, href, parameters, input }: OwnOperation, indent: string, besides: number): string {
  const parts = [...href.matchAll(/\{([+/]?)(\w+)\}/g)].filter(([, , name]) => name !== 'pk')
  const ofUrl = parts.map(([, kind, name = '']) => ({ name, required: kind !== '/', schema: ofPath }))
  const inUrl = objectOf([...ofUrl, ...(method === 'GET' ? (parameters?.[method] ?? []) : [])])
  const content = method === 'GET' ? undefined : input?.[method]
  if (inUrl === undefined && content === undefined) return ''
  const start = `input${content === undefined && isOptional(inUrl) ? '?' : ''}: `
  const [path, contents] = [inUrl, content].map(
    (schema) => schema && schemaType(schema, indent, besides + start.length),
  )
  if (path === undefined || contents === undefined) return start + (path ?? contents ?? '')
  return `${start}${path} & ${contents.includes(' | ') ? `(${contents})` : contents}`
}

const ofPath: JsonSchemaDocument = { type: ['string', 'number'] }

/** Parameters as an object. */
function objectOf(
  parameters: readonly Pick<ParameterDocument, 'name' | 'required' | 'schema'>[],
): JsonSchemaDocument | undefined {
  if (parameters.length === 0) return undefined
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema] as const)),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  }
}

function isOptional(schema: JsonSchemaDocument | undefined): boolean {
  return Array.isArray(schema?.['required']) && schema['required'].length === 0
}
