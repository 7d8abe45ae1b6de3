// Content under validators of three libraries: outputs, pointers to each fault, and what they tell of themselves.
import { type } from 'arktype'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { Problem } from '../../../src/http/problems/problem.ts'
import { Resource } from '../../../src/http/resource.ts'
import {
  jsonSchemaOf,
  validate,
  type ContentOf,
  type ContentSchema,
} from '../../../src/http/content/standard-schema.ts'
import { ask, problemOf, recorder } from '../fixture.ts'

const schemas = {
  zod: z.object({ title: z.string().min(1), lines: z.array(z.object({ count: z.number() })) }),
  valibot: v.object({ title: v.pipe(v.string(), v.minLength(1)), lines: v.array(v.object({ count: v.number() })) }),
  arktype: type({ title: 'string > 0', lines: type({ count: 'number' }).array() }),
}

async function problemFrom(schema: ContentSchema, value: unknown): Promise<Problem> {
  try {
    await validate(schema, value)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const pointersOf = ({ errors }: Problem): readonly (string | undefined)[] => errors.map(({ pointer }) => pointer)

/** A schema that finds these issues in anything. */
const finding = (issues: readonly StandardSchemaV1.Issue[]): ContentSchema => ({
  '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) },
})

describe.each(Object.entries(schemas))('%s', (_name, schema: ContentSchema<{ title: string }>) => {
  test('what it makes of good content', async () => {
    const content = { title: 'One', lines: [{ count: 1 }] }
    expect(await validate(schema, content)).toEqual(content)
  })

  test('every fault, with its place', async () => {
    const problem = await problemFrom(schema, { title: 1, lines: [{ count: 1 }, { count: 'x' }] })
    expect([problem.status, problem.code]).toEqual([422, 'invalid-content'])
    expect(new Set(pointersOf(problem))).toEqual(new Set(['#/title', '#/lines/1/count'])) // arktype has an order of its own
    expect(problem.errors).toHaveLength(2)
    for (const { detail } of problem.errors) {
      expect(detail).toMatch(/string|number/)
      expect(problem.message).toContain(detail)
    }
  })

  test.each([undefined, null, 'text', 1, []])(
    'content of another shape, %j, is a fault of the whole',
    async (value) => {
      const pointers = pointersOf(await problemFrom(schema, value))
      if (!Array.isArray(value)) expect(pointers).toEqual(['#'])
      else expect(pointers.length).toBeGreaterThan(0)
    },
  )
})

test('H116 content that is well-formed but not right is 422 over HTTP, with a pointer to each fault', async () => {
  class Posts extends Resource {
    async POST(): Promise<unknown> {
      return await validate(z.object({ title: z.string() }), await this.data())
    }
  }
  expect((await ask(Posts, 'POST', { body: '{"title":"One"}' })).status).toBe(200)
  const document = await problemOf(await ask(Posts, 'POST', { body: '{"title":1}' }))
  const detail = 'Invalid input: expected string, received number'
  expect(document).toMatchObject({
    status: 422,
    code: 'invalid-content',
    detail: `#/title: ${detail}`,
    errors: [{ pointer: '#/title', detail }],
  })
})

describe('outputs', () => {
  test('have defaults and conversions, and the types of them', async () => {
    const schema = z.object({ n: z.string().transform(Number), list: z.array(z.string()).default([]) })
    const output = await validate(schema, { n: '1' })
    expectTypeOf(output).toEqualTypeOf<{ n: number; list: string[] }>()
    expectTypeOf<ContentOf<typeof schema>>().toEqualTypeOf<{ n: number; list: string[] }>()
    expect(output).toEqual({ n: 1, list: [] })
    const ofValibot = await validate(schemas.valibot, { title: 'a', lines: [] })
    expectTypeOf(ofValibot).toEqualTypeOf<{ title: string; lines: { count: number }[] }>()
    const ofArktype = await validate(schemas.arktype, { title: 'a', lines: [] })
    expectTypeOf(ofArktype).toEqualTypeOf<{ title: string; lines: { count: number }[] }>()
  })

  test('may take their time', async () => {
    const schema = z.string().refine(async (value) => await Promise.resolve(value === 'free'), 'is taken')
    expect(await validate(schema, 'free')).toBe('free')
    expect((await problemFrom(schema, 'used')).errors).toEqual([{ pointer: '#', detail: 'is taken' }])
  })
})

describe('pointers', () => {
  test.each([
    // RFC 6901 §6, by their keys
    ['foo', '#/foo'],
    ['', '#/'],
    ['a/b', '#/a~1b'],
    ['c%d', '#/c%25d'],
    ['e^f', '#/e%5Ef'],
    ['g|h', '#/g%7Ch'],
    ['i\\j', '#/i%5Cj'],
    ['k"l', '#/k%22l'],
    [' ', '#/%20'],
    ['m~n', '#/m~0n'],
    ['~1', '#/~01'],
    ['#?é🍕', '#/%23%3F%C3%A9%F0%9F%8D%95'],
    ['\ud800', '#/%EF%BF%BD'],
    ['__proto__', '#/__proto__'],
  ])('of the key %j', async (key, pointer) => {
    expect(pointersOf(await problemFrom(finding([{ message: 'no', path: [key] }]), null))).toEqual([pointer])
  })

  test('have keys, objects with a key, numbers and symbols as segments', async () => {
    const path = ['a', { key: 'b' }, 0, { key: 1 }, { key: Symbol('s') }]
    expect(pointersOf(await problemFrom(finding([{ message: 'no', path }]), null))).toEqual(['#/a/b/0/1/Symbol(s)'])
  })

  test('are fragments that lead back to their path', async () => {
    const keys = fc.string({ unit: 'grapheme', maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 3 }), async (path) => {
        const [pointer = ''] = pointersOf(await problemFrom(finding([{ message: 'no', path }]), null))
        expect(pointer).toMatch(/^#[!$&-;=?-Z_a-z~%]*$/)
        const tokens = decodeURIComponent(pointer.slice(1)).split('/').slice(1)
        expect(tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))).toEqual(path)
      }),
    )
  })

  test('stop at what is around a name too long to tell', async () => {
    const path = ['a', 'b'.repeat(400), 'c']
    expect(pointersOf(await problemFrom(finding([{ message: 'no', path }]), null))).toEqual(['#/a'])
  })
})

describe('hostile content', () => {
  test('has its first hundred faults listed, and the detail says how many there are', async () => {
    const problem = await problemFrom(
      z.array(z.string()),
      Array.from({ length: 1_000 }, () => 1),
    )
    expect(problem.errors).toHaveLength(100)
    expect(problem.message).toMatch(/^#\/0: .*; #\/4: .*; and 995 more$/)
  })

  test('is not repeated at length', async () => {
    const name = '🍕'.repeat(10_000)
    const { errors, message } = await problemFrom(z.strictObject({}), { [name]: 1 })
    expect(errors[0]?.detail.length).toBeLessThan(510)
    expect(message.isWellFormed()).toBe(true)
  })

  test('of a name that a prototype has is no way into it', async () => {
    const content: unknown = JSON.parse('{"__proto__": {"admin": true}, "title": "One", "lines": []}')
    for (const schema of Object.values(schemas)) {
      expect(await validate<object>(schema, content)).not.toHaveProperty('admin')
    }
  })
})

describe('faults of the program', () => {
  test('a schema that throws is answered with 500, without its words', async () => {
    const schema = z.string().refine(() => {
      throw new Error('s3cret')
    })
    await expect(validate(schema, 'a')).rejects.toThrow(new Error('s3cret'))
    class Posts extends Resource {
      async POST(): Promise<unknown> {
        return await validate(schema, await this.data())
      }
    }
    const { logger, entries } = recorder()
    const document = await problemOf(await ask(Posts, 'POST', { body: '"a"', logger }))
    expect(document['status']).toBe(500)
    expect(JSON.stringify(document)).not.toContain('s3cret')
    expect(entries.filter(([level]) => level === 'error')).not.toHaveLength(0)
  })

  test('a failure without issues is a failure', async () => {
    const problem = await problemFrom(finding([]), null)
    expect([problem.status, problem.message, problem.errors]).toEqual([422, 'Unprocessable Content', []])
  })
})

describe('JSON schemas', () => {
  test.each(['zod', 'arktype'] as const)('%s tells of itself', (name) => {
    expect(jsonSchemaOf(schemas[name])).toMatchObject({
      type: 'object',
      properties: { title: { type: 'string', minLength: 1 }, lines: { type: 'array' } },
      required: expect.arrayContaining(['title', 'lines']),
    })
  })

  test('they are of the input', () => {
    expect(jsonSchemaOf(z.string().transform(Number))).toMatchObject({ type: 'string' })
  })

  test('there is none where the library has no converter, or this schema no JSON', () => {
    expect(jsonSchemaOf(schemas.valibot)).toBeUndefined()
    expect(jsonSchemaOf(z.date())).toBeUndefined()
  })
})
