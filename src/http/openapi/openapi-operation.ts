// One method of a resource as an operation of OpenAPI, with the ways to say who asks.

import type { MethodDescription, ResourceDescription, TypeDescription } from './describe.ts'
import type { Components, JsonObject, Ref } from './openapi-components.ts'
import { parametersOf } from './openapi-parameters.ts'
import { responsesOf } from './openapi-responses.ts'
import { contentWith, schemaName } from './openapi-successes.ts'

const verbs: Readonly<Record<string, string>> = {
  GET: 'Read',
  QUERY: 'Query',
  POST: 'Post to',
  PUT: 'Replace',
  PATCH: 'Change',
  DELETE: 'Delete',
}

/** The members stand in the order of OpenAPI 3.1.1 §4.8.10. */
export function operationOf(
  resource: ResourceDescription,
  method: MethodDescription,
  operationId: string,
  components: Components,
): JsonObject {
  const parameters = parametersOf(resource, method, components)
  return {
    tags: [resource.tag ?? resource.name],
    summary: method.summary ?? `${verbs[method.method] ?? method.method} ${resource.name}`,
    description: method.description,
    operationId,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(method.accepts.length === 0 ? {} : { requestBody: requestBodyOf(resource, method, components) }),
    responses: responsesOf(resource, method, components),
    ...(resource.deprecation === undefined ? {} : { deprecated: true }),
    security: securityOf(resource, method, components),
  }
}

function requestBodyOf(resource: ResourceDescription, method: MethodDescription, components: Components): JsonObject {
  const { input, accepts, needsContent } = method
  const name = schemaName(resource, method, 'Input')
  const schema = input && components.schema(input, name)
  const schemaOf = (type: TypeDescription): Ref | undefined =>
    type.schema === undefined ? schema : components.schema(type.schema, name)
  return { required: needsContent, content: contentWith(accepts.map((type) => [type, schemaOf(type)] as const)) }
}

/** The registered schemes of the `Authorization` field (RFC 9110 §16.4.1), which are what `http` should have (OpenAPI 3.1.1 §4.8.27). */
const registered: ReadonlySet<string> = new Set(
  'basic bearer concealed digest dpop gnap hoba mutual negotiate oauth privatetoken scram-sha-1 scram-sha-256 vapid'.split(
    ' ',
  ),
)

/** Each scheme by itself will do. */
function securityOf(
  { challenges }: ResourceDescription,
  { needsUser }: MethodDescription,
  components: Components,
): readonly JsonObject[] {
  if (challenges.length === 0) return []
  const ways = challenges.map((challenge) => {
    const scheme = /^[^\s,]*/.exec(challenge)?.[0].toLowerCase() ?? ''
    const [, cookie] = /^cookie .*\bcookie-name="([^"]+)"/i.exec(challenge) ?? []
    const elsewhere = cookie === undefined ? { in: 'header', name: 'Authorization' } : { in: 'cookie', name: cookie }
    const known = registered.has(scheme) ? { type: 'http', scheme } : { type: 'apiKey', ...elsewhere }
    return { [components.add('securitySchemes', scheme, { ...known, description: challenge })]: [] }
  })
  return needsUser ? ways : [...ways, {}]
}
