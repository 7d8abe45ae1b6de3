// Operations of a model's own, where its document says they are; what they do, the test says.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ownOperations, type OwnOperation } from '../../client/index.ts'
import { parameter, Problem, type QueryDeclarations } from '../../http/index.ts'
import {
  instanceOf,
  operation,
  pageOf,
  type OperationContext,
  type OperationDefinition,
  type OperationHandler,
  type OperationPlace,
} from '../../server/index.ts'
import {
  codecs,
  type ContractDocument,
  type ModelDocument,
  type ParameterDocument,
  type ValueType,
} from '../../wire/index.ts'

/** @param input what the client gave: the content, or of a GET the parameters. */
export type MockHandler = (input: never, context: OperationContext<never, unknown>) => unknown

/** By the names that the client has for them: `placeOrder`. */
export type MockHandlers = Readonly<Record<string, MockHandler>>

/**
 * @param contract of the service, whose URL ends with a slash.
 * @throws TypeError where there is a handler for an operation that the model has not.
 */
export function mockOperations(
  document: ModelDocument,
  contract: ContractDocument,
  handlers: MockHandlers,
): Readonly<Record<string, OperationDefinition>> {
  const own = (['model', 'instance'] as const).flatMap((of) =>
    Array.from(ownOperations(document, of), ([member, each]) => ({ of, member, each })),
  )
  const unknown = Object.keys(handlers).find((name) => !own.some(({ member }) => member === name))
  if (unknown !== undefined) {
    const there = own.map(({ member }) => member).join(', ') || 'none'
    throw new TypeError(`${document.app}.${document.name} has no operation "${unknown}"; there are: ${there}.`)
  }
  const definitions = own.map(({ of, member, each }) => {
    const made = each.methods.map(
      (method) => [method, handlerOf(document, method, each, handlers[member], contract)] as const,
    )
    const [all, place] = [Object.fromEntries(made), placeOf(contract.url, document, of, each)]
    return [each.name, of === 'model' ? operation.model(all, place) : operation.instance(all, place)] as const
  })
  return Object.fromEntries(definitions)
}

function handlerOf(
  document: ModelDocument,
  method: string,
  each: OwnOperation,
  handler: MockHandler | undefined,
  contract: ContractDocument,
): OperationHandler {
  const [schema, output, given] = [each.input?.[method], each.output?.[method], each.gives?.[method]]
  const name = given && fullNameOf(contract, given.model)
  return {
    permissions: each.permissions ?? [],
    // It may ask the mock services itself, which are over one connection each.
    transaction: false,
    query: parametersOf(each.parameters?.[method] ?? []),
    ...(schema === undefined ? {} : { input: anything, inputSchema: schema }),
    ...(output === undefined ? {} : { outputSchema: output }),
    ...(name === undefined ? {} : { output: given?.page === true ? pageOf(name) : instanceOf(name) }),
    run: (context) => {
      const called = `${document.app}.${document.name} ${each.name}`
      if (handler === undefined) throw new Problem(501, `The mock service has no handler for the operation ${called}.`)
      return handler(givenTo(method, context) as never, context as never) // the test knows what it expects
    },
  }
}

function fullNameOf({ apps }: ContractDocument, url: string): string | undefined {
  const found = Object.values(apps)
    .flatMap(({ models }) => Object.values(models))
    .find((model) => model.url === url)
  return found && `${found.app}.${found.name}`
}

/** What the client was called with: the further parts of the path, and besides them the query of a GET, or the content. */
function givenTo(
  method: string,
  { params, query, input }: { readonly params: object; readonly query: object; readonly input: unknown },
): unknown {
  const rest = method === 'GET' ? query : input
  if (Object.keys(params).length === 0) return rest
  return typeof rest === 'object' && rest !== null ? { ...rest, ...params } : { ...params }
}

/** What the content must be, only the service itself could say. */
const anything: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'slumber', validate: (value) => ({ value }) } }

function parametersOf(parameters: readonly ParameterDocument[]): QueryDeclarations {
  const declared = parameters.map(({ name, required, schema, description }) => {
    const { type, items } = schema as { readonly type?: unknown; readonly items?: { readonly type?: unknown } } // JSON Schema
    const list = type === 'array'
    const about = description === undefined ? {} : { description }
    const read = readerOf(list ? items?.type : type)
    return [name, parameter(read, { schema: list ? { ...items } : schema, required, list, ...about })] as const
  })
  return Object.fromEntries(declared)
}

function readerOf(type: unknown): (text: string) => unknown {
  const known: ValueType = type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string'
  return (text) => codecs[known].decode(codecs[known].fromText(text))
}

/** As a program would write it: what stands behind the operation's usual place is a path, anything else a mount. */
function placeOf(
  serviceUrl: string,
  { url }: ModelDocument,
  of: 'model' | 'instance',
  { name, href }: OwnOperation,
): OperationPlace {
  const usual = `${url}/${of === 'model' ? '-' : '{+pk}'}/${name}`
  const rest = href.slice(usual.length)
  if (href.startsWith(usual) && /^(?:$|\/|\{\/)/.test(rest)) return rest === '' ? {} : { path: pathOf(rest) }
  return { mount: pathOf(`/${href.slice(serviceUrl.length)}`) }
}

/** The path that a URI template was written of; which texts its parts take, it does not tell. */
function pathOf(template: string): string {
  return decodeURI(template).replaceAll(/\/?\{([/+]?)(\w+)\}/g, (_, kind: string, name: string) => {
    const pattern = kind === '+' && name !== 'pk' ? '{.+}' : ''
    return `/:${name}${pattern}${kind === '/' ? '?' : ''}`
  })
}
