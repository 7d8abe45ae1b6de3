// The JSON Schemas of an OpenAPI document: each a component, with references that lead to what they led to.

import { type } from 'arktype'
import { array, assert, constant, constantFrom, oneof, property, record, tuple } from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { resource, type BaseClass, type ContentSchema } from 'slumberjs/http'
import { expectValid, lookUp, targets, written } from './openapi-document.ts'

describe('schemas', () => {
  const taking = (schema: ContentSchema, name = 'Thing'): BaseClass => {
    const Taking = class extends resource(`/${name}`) {
      override readonly input = { POST: schema }
      POST(): void {}
    }
    return Object.defineProperty(Taking, 'name', { value: name })
  }
  /** A schema of a library that gives any JSON Schema. */
  const raw = (schema: Record<string, unknown>): ContentSchema =>
    ({
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: (value: unknown) => ({ value }),
        jsonSchema: { input: () => schema },
      },
    }) as ContentSchema

  const schemasOf = (...given: readonly BaseClass[]): Record<string, unknown> => {
    const { Problem: _, ...schemas } = written(...given).components.schemas
    return schemas
  }

  test('one that refers to itself refers to its component', () => {
    const Comment = z.object({
      text: z.string(),
      get answers() {
        return z.array(Comment)
      },
    })
    expect(schemasOf(taking(Comment))).toEqual({
      ThingPostInput: {
        type: 'object',
        properties: {
          text: { type: 'string' },
          answers: { type: 'array', items: { $ref: '#/components/schemas/ThingPostInput' } },
        },
        required: ['text', 'answers'],
      },
    })
  })

  test('definitions with a name are kept once, under it', () => {
    const Author = z.object({ name: z.string() }).meta({ id: 'Author' })
    const { Author: author, ...others } = schemasOf(
      taking(Author, 'A'),
      taking(z.object({ by: Author }), 'B'),
      taking(z.array(Author), 'C'),
    )
    expect(author).toMatchObject({ type: 'object', required: ['name'] })
    expect(others).toMatchObject({
      BPostInput: { properties: { by: { $ref: '#/components/schemas/Author' } } },
      CPostInput: { type: 'array', items: { $ref: '#/components/schemas/Author' } },
    })
  })

  test('two that have one name are two, and none takes the name of the problem', () => {
    const one = z.object({ a: z.string() }).meta({ id: 'Problem' })
    const other = z.object({ b: z.string() }).meta({ id: 'Problem' })
    const document = written(taking(one, 'A'), taking(other, 'B'))
    expect(document.components.schemas).toMatchObject({
      Problem: { required: ['title', 'status'] },
      Problem2: { required: ['a'] },
      Problem3: { required: ['b'] },
    })
  })

  test('what a library called by a number is called after the resource: the same document in every process', () => {
    const { node } = type.module({ node: { name: 'string', children: 'node[]' } })
    expect(schemasOf(taking(node as ContentSchema))).toEqual({
      ThingPostInput: expect.objectContaining({
        properties: { children: { $ref: '#/components/schemas/ThingPostInputPart1' }, name: { type: 'string' } },
      }),
      ThingPostInputPart1: { type: 'array', items: { $ref: '#/components/schemas/ThingPostInput' } },
    })
  })

  test('pointers into definitions, and into the schema itself, go where those are', () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/a~1b%20c/properties/x' }, b: { $ref: '#/properties/c' }, c: { type: 'null' } },
      $defs: { 'a/b c': { properties: { x: { type: 'string' } } } },
    }
    expect(schemasOf(taking(raw(schema)))).toMatchObject({
      ThingPostInput: {
        properties: {
          a: { $ref: '#/components/schemas/ThingPostInputPart1/properties/x' },
          b: { $ref: '#/components/schemas/ThingPostInput/properties/c' },
        },
      },
      ThingPostInputPart1: { properties: { x: { type: 'string' } } },
    })
  })

  test('data that looks like a reference is left as it is', () => {
    const schema = {
      properties: { $ref: { type: 'string' }, a: { const: { $ref: '#/$defs/X' } }, b: { enum: [{ $ref: '#' }] } },
      default: { $ref: '#' },
      items: { $id: 'https://example.org/x', $ref: '#/y' },
      additionalProperties: false,
    }
    expect(schemasOf(taking(raw(schema)))).toEqual({ ThingPostInput: schema })
  })

  test('names that no object should have do no harm', async () => {
    const schema = JSON.parse(
      '{"$defs":{"__proto__":{"type":"string"}},"properties":{"__proto__":{"$ref":"#/$defs/__proto__"}}}',
    )
    const document = written(taking(raw(schema), '__proto__'))
    expect([...targets(document)].filter(([, target]) => target === undefined)).toEqual([])
    expect(({} as { type?: unknown }).type).toBeUndefined()
    await expectValid(document)
  })

  test('definitions that refer to each other in any way: every reference leads to what it led to', () => {
    const name = constantFrom('a', 'b', 'C', 'D')
    const body = (to: readonly string[]): object => ({
      properties: Object.fromEntries(to.map((each, index) => [index, { $ref: each === '' ? '#' : `#/$defs/${each}` }])),
    })
    const graph = record({
      root: array(oneof(name, constant('')), { maxLength: 3 }),
      definitions: tuple(...['a', 'b', 'C', 'D'].map(() => array(oneof(name, constant('')), { maxLength: 3 }))),
    })
    assert(
      property(graph, graph, (...graphs) => {
        const schemas = graphs.map(({ root, definitions }) => ({
          ...body(root),
          $defs: Object.fromEntries(
            ['a', 'b', 'C', 'D'].map((key, index) => [key, { title: key, ...body(definitions[index]!) }]),
          ),
        }))
        const document = written(...schemas.map((schema, index) => taking(raw(schema), `T${index}`)))
        for (const [index, schema] of schemas.entries()) {
          const { schema: start } = document.paths[`/T${index}`].post.requestBody.content['application/json']
          expect(unfolded(start, document, 4)).toEqual(unfolded({ $ref: '#' }, schema, 4))
        }
      }),
      { numRuns: 200 },
    )
  })

  /** With its references replaced by what they lead to, so deep; without definitions. */
  function unfolded(value: unknown, document: object, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value
    if ('$ref' in value && typeof value.$ref === 'string') {
      return depth === 0 ? '…' : unfolded(lookUp(document, value.$ref), document, depth - 1)
    }
    const { $defs: _, ...members } = value as Record<string, unknown>
    return Object.fromEntries(Object.entries(members).map(([key, each]) => [key, unfolded(each, document, depth)]))
  }

  test('content without a JSON Schema has its media type alone', () => {
    const { post } = written(taking(v.object({ a: v.string() }))).paths['/Thing']
    expect(post.requestBody).toEqual({ required: true, content: { 'application/json': {} } })
  })

  test('names of classes that OpenAPI cannot take are changed', async () => {
    const document = written(taking(z.string(), 'Büro'))
    expect(document.components.schemas).toHaveProperty('B_roPostInput')
    expect(document.paths['/B%C3%BCro'].post).toMatchObject({ operationId: 'postB_ro', tags: ['Büro'] })
    await expectValid(document)
  })
})
