// Content checked by any validator that speaks Standard Schema (zod, valibot, arktype …): its output, or a 422 that points at each fault.

import type { StandardJSONSchemaV1, StandardSchemaV1, StandardTypedV1 } from '@standard-schema/spec'
import { pointerTo, type Fault } from '../../wire/index.ts'
import { Problem } from '../problems/problem.ts'

const maxFaults = 100
const maxDetailLength = 500

/** A schema of any library that follows https://standardschema.dev; `Output` is what it makes of content. */
export type ContentSchema<Output = unknown> = StandardSchemaV1<unknown, Output>

/** What content of a schema is, once it is validated. */
export type ContentOf<Schema extends ContentSchema> = StandardSchemaV1.InferOutput<Schema>

/**
 * What the schema makes of the value: with its defaults and conversions. What a schema throws is thrown on: that is a fault of the program.
 *
 * @throws Problem 422 `invalid-content` with a pointer (RFC 6901 §6, `#/title`) and the validator's words for each of the first 100 faults
 * @example
 * const pizza = await validate(z.object({ name: z.string() }), await this.data())
 */
export async function validate<Output>(schema: ContentSchema<Output>, value: unknown): Promise<Output> {
  const result = await schema['~standard'].validate(value)
  if (!result.issues) return result.value
  const { issues } = result
  const errors = issues.slice(0, maxFaults).map(faultOf)
  const words = errors.slice(0, 5).map(({ pointer = '', detail }) => `${pointer}: ${detail}`)
  if (issues.length > words.length) words.push(`and ${issues.length - words.length} more`)
  throw new Problem(422, words.join('; ') || undefined, { code: 'invalid-content', errors })
}

/** A fault as problems tell it, of what a validator says. */
export function faultOf({ message, path = [] }: StandardSchemaV1.Issue): Fault {
  return { pointer: pointerTo(path), detail: shorten(message) }
}

/** Validators repeat what was sent: cut to a length in UTF-16 units. */
function shorten(text: string): string {
  return text.length <= maxDetailLength ? text : `${text.slice(0, maxDetailLength).toWellFormed()}…`
}

/**
 * The JSON Schema (2020-12) of what the schema takes; undefined where its library cannot say: it has no converter, as valibot without
 * `toStandardJsonSchema`, or there is no JSON for it, as for a `z.date()`.
 * `$ref`s in it, of recursive schemas, are relative to its own root.
 *
 * @example
 * jsonSchemaOf(z.object({ name: z.string() }))
 * // { $schema: …, type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
 */
export function jsonSchemaOf(schema: StandardTypedV1): Readonly<Record<string, unknown>> | undefined {
  const properties = schema['~standard'] as Partial<StandardJSONSchemaV1.Props> & StandardTypedV1.Props // of a second specification
  try {
    return properties.jsonSchema?.input({ target: 'draft-2020-12' })
  } catch {
    return undefined // the specification lets it throw where it has no conversion
  }
}
