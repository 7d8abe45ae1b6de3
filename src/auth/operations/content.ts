// What operations take, as a Standard Schema and a JSON Schema of it, without a library.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { JsonSchema } from '../../http/index.ts'

/** What is wrong with a value: `must be …`; undefined where nothing is. */
type Check = (value: unknown) => string | undefined

export interface Member {
  readonly check: Check
  readonly schema: JsonSchema
  readonly optional?: true
}

/** An object with these members, and no others. */
export function exactly<Content>(members: Readonly<Record<keyof Content & string, Member>>): {
  readonly input: StandardSchemaV1<Content>
  readonly inputSchema: JsonSchema
} {
  const known = new Map<string, Member>(Object.entries(members))
  return {
    input: {
      '~standard': {
        version: 1,
        vendor: 'slumberjs',
        validate: (value) => {
          const issues = issuesOf(value, known)
          return issues.length === 0 ? { value: value as Content } : { issues } // it has been looked at
        },
      },
    },
    inputSchema: objectOf(
      Object.fromEntries(Array.from(known, ([name, { schema }]) => [name, schema])),
      [...known].filter(([, { optional }]) => optional === true).map(([name]) => name),
    ),
  }
}

/** The schema of an object with these members, and no others. */
export function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

function issuesOf(value: unknown, known: ReadonlyMap<string, Member>): readonly StandardSchemaV1.Issue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ message: `must be an object with ${[...known.keys()].join(', ')}` }]
  }
  const given = new Map<string, unknown>(Object.entries(value))
  const issues = [...given.keys()]
    .filter((name) => !known.has(name))
    .map((name): StandardSchemaV1.Issue => ({ message: 'is not known', path: [name] }))
  for (const [name, { check, optional }] of known) {
    const message = given.has(name) ? check(given.get(name)) : optional === true ? undefined : 'is required'
    if (message !== undefined) issues.push({ message, path: [name] })
  }
  return issues
}

export const anyText: Member = {
  check: (value) => (typeof value === 'string' ? undefined : 'must be a string'),
  schema: { type: 'string' },
}
