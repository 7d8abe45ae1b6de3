// What OpenAPI says of parameters: of the path, of the query, and the header fields that a method heeds.

import type { MethodDescription, PathParameterDescription, ResourceDescription } from './describe.ts'
import type { Components, JsonObject, Ref } from './openapi-components.ts'

/** Of all methods: those of the path, of which an optional one may be missing here, and of the query. */
export function pathParameters({ parameters, query = [] }: ResourceDescription, path: string): readonly object[] {
  return [...parameters.filter(({ name }) => path.includes(`{${name}}`)).map(pathParameter), ...query]
}

function pathParameter({ name, description, pattern, isRest }: PathParameterDescription): JsonObject {
  const words = description ?? (isRest ? 'May hold slashes, which OpenAPI has no way to say.' : undefined)
  return {
    name,
    in: 'path',
    ...(words === undefined ? {} : { description: words }),
    required: true,
    schema: { type: 'string', ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }) },
  }
}

/** Of one method: its own, `format`, where there is something to choose, and header fields. */
export function parametersOf(
  { query: ofAll = [] }: ResourceDescription,
  method: MethodDescription,
  components: Components,
): readonly (JsonObject | Ref)[] {
  const own = (method.query ?? []).map(({ component, ...parameter }) =>
    component === undefined ? parameter : components.ref('parameters', component, () => parameter),
  )
  const query = [...ofAll, ...(method.query ?? [])]
  const formats = method.produces.map(({ name }) => name)
  const format = {
    name: 'format',
    in: 'query',
    description: 'Chooses the media type where `Accept` cannot be set.',
    schema: { type: 'string', enum: formats },
  }
  const isFormatOpen = formats.length > 1 && !query.some(({ name }) => name === 'format')
  return [...own, ...(isFormatOpen ? [format] : []), ...headerParameters(method, components)]
}

/** By the name of the field: what it is for. */
const headers = {
  'If-Match': 'Only if the state still has one of these entity tags (RFC 9110 §13.1.1).',
  'If-None-Match': 'Only if the representation has none of these entity tags (RFC 9110 §13.1.2).',
  'If-Modified-Since': 'Only if it has changed since (RFC 9110 §13.1.3).',
  'If-Unmodified-Since': 'Only if it has not changed since (RFC 9110 §13.1.4).',
  Range: 'Only these octets: `bytes=0-99` (RFC 9110 §14.2).',
  'If-Range': 'The part only if the whole has not changed, else the whole (RFC 9110 §13.1.5).',
  'Idempotency-Key':
    'A String in quotes, such as a new UUID: the same when you try again (draft-ietf-httpapi-idempotency-key-header-07).',
  Prefer: 'What the answer should hold, or how the request should be handled (RFC 7240).',
} as const

function headerParameters(method: MethodDescription, components: Components): readonly Ref[] {
  const { isSafe, hasEntityTag, hasLastModified, createsByPut, hasRanges, idempotencyKey, preferences = [] } = method
  const names = [
    hasEntityTag && 'If-Match',
    (hasEntityTag || createsByPut) && 'If-None-Match',
    hasLastModified && isSafe && 'If-Modified-Since',
    hasLastModified && 'If-Unmodified-Since',
    hasRanges && 'Range',
    hasRanges && (hasEntityTag || hasLastModified) && 'If-Range',
    idempotencyKey !== 'none' && 'Idempotency-Key',
    preferences.length > 0 && 'Prefer',
  ] as const
  return names
    .filter((name) => name !== false)
    .map((name) => {
      const required = name === 'Idempotency-Key' && idempotencyKey === 'needed'
      const component = required
        ? `${name}-Needed`
        : name === 'Prefer'
          ? ['Prefer', ...preferences].join('-').replaceAll('=', '.')
          : name
      const schema = { type: 'string', ...(name === 'Prefer' ? { examples: preferences } : {}) }
      return components.ref('parameters', component, () => ({
        name,
        in: 'header',
        description: headers[name],
        required,
        schema,
      }))
    })
}
