// The JSON Schema of a problem document (RFC 9457), as this layer writes it.

import type { JsonSchema } from '../query/query-parameters.ts'

const faultSchema: JsonSchema = {
  type: 'object',
  properties: {
    pointer: { type: 'string', description: 'Where in the content: a JSON pointer as a fragment (RFC 6901 §6).' },
    parameter: { type: 'string', description: 'The query parameter.' },
    detail: { type: 'string', description: 'What is wrong.' },
  },
}

export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Explains the type; absent: about:blank.' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'For people; it may change.' },
    code: { type: 'string', description: 'For programs; it does not change.' },
    errors: { type: 'array', items: faultSchema },
    requestId: { type: 'string' },
  },
  required: ['title', 'status'],
}
