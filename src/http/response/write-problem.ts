// The content of an answer that is an error: a problem document (RFC 9457) as JSON, XML or HTML, whichever is preferred.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { jsonText, reasonPhrase, type ProblemDocument } from '../../wire/index.ts'
import type { Answer } from '../answer.ts'
import { faultOf } from '../content/standard-schema.ts'
import { addFields, type Fields } from './fields.ts'
import { negotiate, type Offer } from '../negotiation/negotiate.ts'
import { Problem } from '../problems/problem.ts'
import { writeProblemHtml } from '../representations/problem-html.ts'
import { writeProblemXml } from '../representations/problem-xml.ts'
import type { Resource } from '../resource.ts'

interface ProblemFormat extends Offer {
  /** What it is sent as. */
  readonly contentType: string
  readonly write: (document: ProblemDocument) => string
}

const json = { contentType: 'application/problem+json', write: (document: ProblemDocument) => jsonText(document) }
const xml = { contentType: 'application/problem+xml', write: writeProblemXml }
const html = { contentType: 'text/html; charset=utf-8', write: writeProblemHtml }

/** Who asks for a format without its problems means those too. */
const formats: readonly ProblemFormat[] = [
  { mediaType: 'application/problem+json', ...json },
  { mediaType: 'application/json', ...json },
  { mediaType: 'application/problem+xml', ...xml },
  { mediaType: 'application/xml', ...xml },
  { mediaType: 'text/html', ...html },
]

/** A problem is told whatever `Accept` says: JSON is what is left (HTTP.md). */
export function writeProblem(resource: Resource, { status, content }: Answer, fields: Fields): string {
  const { exchange, problemTypes } = resource
  const problem = content instanceof Problem ? content : problemOf(status, content)
  const { contentType, write } = negotiate(exchange.headers.get('accept'), formats) ?? { ...json }
  addFields(fields, problem.headers)
  fields['content-type'] = contentType
  return write(problem.toDocument(exchange.requestId, problemTypes))
}

/**
 * `[CONFLICT, errors]` from a handler: the content becomes the problem's `errors`, issues of a validator as faults; text becomes its
 * `detail`, an object its members. The code is the layer's own for that status.
 */
function problemOf(status: number, content: unknown): Problem {
  const code = codes[status]
  const options = code === undefined ? {} : { code }
  if (typeof content === 'string') return new Problem(status, content, options)
  if (typeof content !== 'object' || content === null) return new Problem(status, undefined, options)
  const members = Array.isArray(content)
    ? { errors: content.map((each: unknown) => (isIssue(each) ? faultOf(each) : each)) }
    : (content as Record<string, unknown>) // an object, not an array
  return new Problem(status, reasonPhrase(status), { ...options, members })
}

/** What these statuses mean where the table gives them. */
const codes: Readonly<Record<number, string>> = {
  400: 'malformed-request',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  422: 'invalid-content',
  503: 'unavailable',
}

/** Of a Standard Schema validator: a message, and perhaps a path. */
function isIssue(value: unknown): value is StandardSchemaV1.Issue {
  if (typeof value !== 'object' || value === null || !('message' in value)) return false
  return typeof value.message === 'string' && (!('path' in value) || Array.isArray(value.path))
}
