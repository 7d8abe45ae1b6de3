// A place of a model's rows as a description for OpenAPI: what its resource says of itself, with what only the model knows.

import {
  describeResource,
  hal,
  jsonPatchJson,
  PathTemplate,
  type MethodDescription,
  type QueryParameterDescription,
  type ResourceDescription,
  type TypeDescription,
} from '../../http/index.ts'
import type { ModelView } from '../models/model-view.ts'
import type { KeptSchemas } from './kept-schemas.ts'
import { factsOf, type MethodFacts } from './method-facts.ts'
import type { Place } from './places.ts'

/**
 * @param open the methods that are told of.
 * @param rowsOf the view of the model whose rows are there: of a data array, another than the owner's.
 */
export function describePlace(
  place: Place,
  open: readonly string[],
  view: ModelView,
  rowsOf: ModelView,
  schemas: KeptSchemas,
): ResourceDescription {
  const tag = view.model.fullName
  const described = describeResource(tag, new PathTemplate(place.path), place.sampleOf)
  const isPublic = place.sampleOf('GET').isPublic
  return {
    ...described,
    tag,
    description: wordsOf(place),
    challenges: isPublic ? [] : described.challenges,
    parameters: described.parameters.map((parameter) =>
      parameter.name === 'pk' ? { ...parameter, description: 'The key, as it is in the URL of the row.' } : parameter,
    ),
    methods: described.methods.flatMap((method) => {
      if (!open.includes(method.method)) return []
      const facts = factsOf(place, method.method, view, rowsOf, schemas)
      const isGuarded = facts.isGuarded ?? true
      return {
        ...withFacts(method, facts, schemas),
        operationId: `${tag}_${facts.id}`.replaceAll(/\W/g, '_'),
        needsUser: method.needsUser && !isPublic,
        hasEntityTag: method.hasEntityTag && isGuarded,
        hasLastModified: method.hasLastModified && isGuarded && place.model.options.lastModified !== undefined,
        statuses: statusesOf(place, method, isPublic, isGuarded),
      }
    }),
  }
}

function wordsOf({ kind, name, model }: Place): string {
  if (kind === 'collection') return `The rows of ${model.fullName}.`
  if (kind === 'find') return `One row of ${model.fullName}, found by a unique set of fields.`
  if (kind === 'instance') return `A row of ${model.fullName}.`
  if (kind === 'operation') return `The operation ${name}.`
  return kind === 'data array'
    ? `The rows of ${model.fullName} that belong to the row.`
    : 'The same list, for what blocks QUERY on its way.'
}

function withFacts(method: MethodDescription, facts: MethodFacts, schemas: KeptSchemas): MethodDescription {
  const { summary, query = [], input, output, preferences, successes } = facts
  const isFormatOpen = method.produces.length > 1
  return {
    ...method,
    summary,
    query: isFormatOpen ? [...query, formatParameter(method)] : query,
    ...(input === undefined ? {} : { input, needsContent: true }),
    ...(output === undefined ? {} : { output }),
    ...(preferences === undefined ? {} : { preferences }),
    ...(successes === undefined ? {} : { successes }),
    produces: method.produces.map((type) =>
      type.mediaType === hal.mediaType && facts.hal !== undefined ? { ...type, schema: facts.hal } : type,
    ),
    accepts: method.accepts.map((type) => withPatch(type, schemas)),
  }
}

/** Kept once for all that have the same choice. */
function formatParameter({ produces }: MethodDescription): QueryParameterDescription {
  const formats = produces.map(({ name }) => name)
  return {
    name: 'format',
    in: 'query',
    description: 'Chooses the media type where `Accept` cannot be set.',
    required: false,
    schema: { type: 'string', enum: formats },
    component: ['format', ...formats].join('-'),
  }
}

function withPatch(type: TypeDescription, schemas: KeptSchemas): TypeDescription {
  return type.mediaType === jsonPatchJson.mediaType ? { ...type, schema: schemas.jsonPatch() } : type
}

/**
 * Handlers refuse what the database or a rule does not take; the database may also be away. A collection is always there, and what
 * is public looks at no credentials.
 */
function statusesOf(
  { kind }: Place,
  { method, isSafe, statuses }: MethodDescription,
  isPublic: boolean,
  isGuarded: boolean,
): readonly number[] {
  const isList = kind.endsWith('query') || kind === 'data array' || (kind === 'collection' && isSafe)
  const own = isSafe || isList ? [] : [403, 409, ...(method === 'DELETE' ? [] : [422])]
  const withContent = method === 'QUERY' || kind.endsWith('query') ? [422] : []
  const never = [
    ...(isPublic ? [401] : []),
    ...((kind === 'collection' || kind === 'query') && isList ? [404] : []),
    ...(isGuarded ? [] : [304, 412]),
  ]
  const all = new Set([...statuses, ...own, ...withContent, 503])
  return [...all].filter((status) => !never.includes(status)).toSorted((a, b) => a - b)
}
