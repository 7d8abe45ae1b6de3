// What OpenAPI says of answers: the successful ones of a method, and the problems it can give.

import { reasonPhrase } from '../../wire/index.ts'
import type { MethodDescription, ResourceDescription } from './describe.ts'
import type { Components, JsonObject, Ref } from './openapi-components.ts'
import { headersOf, type HeaderField } from './openapi-headers.ts'
import { successesOf } from './openapi-successes.ts'
import { problemTypes } from '../problems/problem-types.ts'

/** By status. What handlers throw is known only to be a problem; what they succeed with, besides GET and QUERY, is any 2xx. */
export function responsesOf(
  resource: ResourceDescription,
  method: MethodDescription,
  components: Components,
): JsonObject {
  const errors = method.statuses.filter((status) => status >= 400)
  const problems = [...errors.map(String), '4XX', '5XX'].map((status) => [status, problem(status, components)] as const)
  return Object.fromEntries<JsonObject | Ref>([...successesOf(resource, method, components), ...problems])
}

const fieldsOfProblem: Readonly<Record<string, readonly HeaderField[]>> = {
  '401': ['WWW-Authenticate'],
  '409': ['Retry-After'],
  '415': ['Accept', 'Accept-Encoding', 'Accept-Patch', 'Accept-Query'],
  '416': ['Content-Range'],
  '429': ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
  '503': ['Retry-After'],
}

/** The same for all resources, since their problems are. */
function problem(status: string, components: Components): Ref {
  const isOpen = status.endsWith('XX')
  const phrase = isOpen ? '' : reasonPhrase(Number(status))
  const name = isOpen ? `Problem${status}` : phrase.replaceAll(/\W/g, '')
  return components.ref('responses', name, () => ({
    description: isOpen
      ? `Any other problem of ${status.charAt(0)}00 to ${status.charAt(0)}99.`
      : wordsOf(Number(status), phrase),
    ...headersOf(components, fieldsOfProblem[status] ?? []),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      'application/problem+xml': {},
      'text/html; charset=utf-8': {},
    },
  }))
}

/** The codes that this layer gives with the status. */
function wordsOf(status: number, phrase: string): string {
  const codes = problemTypes.filter((type) => type.status === status).map(({ code, title }) => `\`${code}\`: ${title}.`)
  return codes.length === 0 ? `${phrase}.` : `${phrase}. By \`code\`:\n\n${codes.map((line) => `- ${line}`).join('\n')}`
}
