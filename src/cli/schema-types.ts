// The TypeScript type of what a JSON Schema describes, as far as types can say it; what they cannot is unknown.

import type { JsonSchemaDocument } from '../wire/index.ts'
import { lineWidth, literal, memberName } from './type-text.ts'

/** Objects inside each other; a schema that goes deeper, or refers to itself, is unknown from there on. */
const maxDepth = 8

/** Parts looked at of one schema: definitions that name each other twice double with each step. What is behind them is unknown. */
const maxParts = 10_000

/**
 * @param indent of the line that the type stands in.
 * @param besides how much else stands in the line; objects that make it too long have lines of their own.
 * @example
 * schemaType({ type: 'object', properties: { size: { enum: ['s', 'm'] } } }, '', 0) // "{ readonly size?: 's' | 'm' }"
 */
export function schemaType(schema: JsonSchemaDocument, indent: string, besides: number): string {
  return typeOf(schema, { root: schema, indent, besides, depth: 0, refs: [], looked: { at: 0 } })
}

interface Place {
  readonly root: JsonSchemaDocument
  readonly indent: string
  readonly besides: number
  readonly depth: number
  /** On the way here. */
  readonly refs: readonly string[]
  /** How many parts there were so far, of the whole schema. */
  readonly looked: { at: number }
}

function typeOf(schema: unknown, place: Place): string {
  if (!isSchema(schema) || place.depth > maxDepth || place.looked.at++ > maxParts) return 'unknown'
  const { $ref, const: only, enum: choices, anyOf, oneOf, allOf, type } = schema
  if (typeof $ref === 'string') {
    const isRound = place.refs.includes($ref)
    return isRound ? 'unknown' : typeOf(lookUp(place.root, $ref), { ...place, refs: [...place.refs, $ref] })
  }
  if ('const' in schema) return literalOf(only)
  if (Array.isArray(choices)) return union(choices.map(literalOf))
  const alternatives = anyOf ?? oneOf
  if (Array.isArray(alternatives)) return union(alternatives.map((each) => typeOf(each, place)))
  // A part of what must hold is less than all of it, but a type that says too much would be wrong.
  if (allOf !== undefined) return 'unknown'
  if (Array.isArray(type)) return union(type.map((each) => typeOf({ ...schema, type: each as unknown }, place)))
  if (type === 'array') return `readonly ${grouped(typeOf(schema['items'], place))}[]`
  if (type === 'object') return objectType(schema, place)
  return typeof type === 'string' && Object.hasOwn(plain, type) ? (plain[type] ?? 'unknown') : 'unknown'
}

const plain: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

function objectType(schema: JsonSchemaDocument, place: Place): string {
  const { properties, required, additionalProperties } = schema
  const inside = { ...place, indent: `${place.indent}  `, depth: place.depth + 1 }
  if (!isSchema(properties) || Object.keys(properties).length === 0) {
    const isClosed = additionalProperties === false
    return `Readonly<Record<string, ${isClosed ? 'never' : typeOf(additionalProperties, place)}>>`
  }
  const needed = Array.isArray(required) ? required : []
  const members = Object.entries(properties).map(([name, each]) => {
    const start = `readonly ${memberName(name)}${needed.includes(name) ? '' : '?'}: `
    return start + typeOf(each, { ...inside, besides: start.length })
  })
  const flat = `{ ${members.join('; ')} }`
  const fits = !flat.includes('\n') && place.indent.length + place.besides + flat.length <= lineWidth
  return fits ? flat : `{\n${members.map((each) => `${inside.indent}${each}\n`).join('')}${place.indent}}`
}

function literalOf(value: unknown): string {
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : 'unknown'
}

function union(types: readonly string[]): string {
  const each = new Set(types)
  return each.has('unknown') || each.size === 0 ? 'unknown' : [...each].join(' | ')
}

function grouped(type: string): string {
  return type.includes(' | ') || type.startsWith('readonly ') ? `(${type})` : type
}

/** Only into the schema itself: another document is not at hand. */
function lookUp(root: JsonSchemaDocument, ref: string): unknown {
  if (ref === '#') return root
  if (!ref.startsWith('#/')) return undefined
  let found: unknown = root
  for (const key of ref.slice(2).split('/')) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
    found = isSchema(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  return found
}

function isSchema(value: unknown): value is JsonSchemaDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
