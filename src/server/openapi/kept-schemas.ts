// The schemas that a document about a whole service keeps once, under names, and refers to.

import type { JsonSchema } from '../../http/index.ts'
import type { ModelView } from '../models/model-view.ts'
import { modelSchemas, type ModelSchemas } from './model-schemas.ts'

export class KeptSchemas {
  readonly #schemas = new Map<string, JsonSchema>()
  readonly #ofModels = new Map<ModelView, ModelSchemas>()

  /** All that were referred to. */
  get all(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries(this.#schemas)
  }

  ref(name: string, make: () => JsonSchema): JsonSchema {
    if (!this.#schemas.has(name)) {
      this.#schemas.set(name, {}) // what is made may refer to itself
      this.#schemas.set(name, make())
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  /** What creates, replaces or patches a row. No model has a `-` in its name. */
  content(view: ModelView, what: 'create' | 'replace' | 'patch'): JsonSchema {
    return this.ref(`${view.model.fullName}-${what}`, () => this.#of(view)[what])
  }

  row(view: ModelView): JsonSchema {
    return this.ref(view.model.fullName, () => {
      const { required, title, ...members } = this.#of(view).row
      return { title, allOf: [this.ref(`${view.model.fullName}-part`, () => members)], required }
    })
  }

  /** Of what `fields` leaves of a row. */
  part(view: ModelView): JsonSchema {
    this.row(view)
    return this.ref(`${view.model.fullName}-part`, () => ({}))
  }

  /** Plain lists are arrays. */
  list(view: ModelView): JsonSchema {
    const items = this.part(view)
    return this.ref(`${view.model.fullName}-list`, () => ({ type: 'array', items }))
  }

  /** HAL (draft-kelly-json-hal-11): links and the tag of the row beside its data. */
  hal(): JsonSchema {
    return this.ref('Hal', () => ({
      type: 'object',
      properties: { _links: this.#links(), _embedded: { type: 'object' }, _etag: { type: 'string' } },
      required: ['_links', '_etag'],
    }))
  }

  halList(): JsonSchema {
    const item = this.hal()
    return this.ref('HalList', () => ({
      type: 'object',
      properties: {
        _links: this.#links(),
        _embedded: { type: 'object', properties: { item: { type: 'array', items: item } }, required: ['item'] },
      },
      required: ['_links', '_embedded'],
    }))
  }

  #links(): JsonSchema {
    return this.ref('HalLinks', () => ({
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { href: { type: 'string' }, title: { type: 'string' }, templated: { type: 'boolean' } },
        required: ['href'],
      },
    }))
  }

  /** Of many rows; each change carries the key of its row, and may carry its tag. */
  many(view: ModelView, what: 'create' | 'patch'): JsonSchema {
    const { key } = view.model.table
    const { patch } = this.#of(view)
    // A closed object cannot be extended from outside.
    const tagged = { ...(patch['properties'] as JsonSchema), _etag: { type: 'string' } } // as model-schemas.ts makes it
    const items = what === 'create' ? this.content(view, 'create') : { ...patch, properties: tagged, required: key }
    return this.ref(`${view.model.fullName}-${what}-many`, () => ({ type: 'array', items }))
  }

  oneOrMany(view: ModelView): JsonSchema {
    const anyOf = [this.content(view, 'create'), this.many(view, 'create')]
    return this.ref(`${view.model.fullName}-create-any`, () => ({ anyOf }))
  }

  /** Of a write of one or many: the row, or what became of each. */
  rowOrResults(view: ModelView): JsonSchema {
    const anyOf = [this.row(view), this.results()]
    return this.ref(`${view.model.fullName}-results`, () => ({ anyOf }))
  }

  /** What became of each row of a request that writes many. */
  results(): JsonSchema {
    return this.ref('Results', () => ({
      type: 'array',
      items: {
        type: 'object',
        properties: {
          status: { type: 'integer' },
          location: { type: 'string', format: 'uri' },
          etag: { type: 'string' },
          data: { type: 'object' },
          problem: { $ref: '#/components/schemas/Problem' },
        },
        required: ['status'],
      },
    }))
  }

  /** The object form of filters: fields with a value or with operators, relations with filters, and `and`, `or`, `not`. */
  filter(): JsonSchema {
    return this.ref('Filter', () => {
      const filter = { $ref: '#/components/schemas/Filter' }
      const filters = { type: 'array', items: filter }
      return { type: 'object', properties: { and: filters, or: filters, not: filter } }
    })
  }

  /** A list of operations (RFC 6902 §3, §4). */
  jsonPatch(): JsonSchema {
    return this.ref('JsonPatch', () => ({
      type: 'array',
      items: {
        type: 'object',
        properties: {
          op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
          path: { type: 'string' },
          from: { type: 'string' },
          value: {},
        },
        required: ['op', 'path'],
      },
    }))
  }

  #of(view: ModelView): ModelSchemas {
    const known = this.#ofModels.get(view) ?? modelSchemas(view)
    this.#ofModels.set(view, known)
    return known
  }
}
