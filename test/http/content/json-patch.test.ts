// JSON Patch: the published cases, what is refused with which status, and what a hostile patch cannot do.
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../../src/http/content/content.ts'
import { applyJsonPatch, type PatchLimits } from '../../../src/http/content/json-patch.ts'

interface Case {
  readonly comment?: string
  readonly doc: unknown
  readonly patch: readonly unknown[]
  readonly expected?: unknown
  readonly error?: string
  readonly disabled?: boolean
}
const file = readFileSync(new URL('json-patch-cases.json', import.meta.url), 'utf8')
const { cases } = JSON.parse(file) as { readonly cases: readonly Case[] } // our own file

/** What becomes of a document: the result, or the status and code of the problem. */
const outcomeOf = (document: unknown, patch: unknown, limits?: PatchLimits): unknown => {
  try {
    return applyJsonPatch(document, patch, limits)
  } catch (error) {
    const { status, code } = error as { readonly status: number; readonly code: string } // any other error fails the test
    return `${status} ${code}`
  }
}

const pointerOf = (document: unknown, patch: unknown): unknown => {
  try {
    return applyJsonPatch(document, patch)
  } catch (error) {
    return (error as { readonly errors: readonly { readonly pointer: string }[] }).errors[0]?.pointer // any other fails
  }
}

describe('the cases of json-patch-tests', () => {
  const enabled = cases.filter(({ disabled }) => disabled !== true)
  const title = ({ comment, doc, patch }: Case): string => comment ?? `${JSON.stringify(doc)} ${JSON.stringify(patch)}`

  test('H206 there are 108 of them, and four that are switched off', () => {
    expect([enabled.length, cases.length]).toEqual([108, 112])
  })

  test.each(enabled.map((given, index) => [index + 1, title(given), given] as const))(
    'H206 case %i: %s',
    (_, __, { doc, patch, expected, error }) => {
      const [before, asked] = [JSON.stringify(doc), JSON.stringify(patch)]
      if (error !== undefined) expect(outcomeOf(doc, patch)).toMatch(/^(400 malformed-patch|409 |422 patch-path)/)
      else expect(applyJsonPatch(doc, patch)).toEqual(expected ?? doc)
      expect([JSON.stringify(doc), JSON.stringify(patch)]).toEqual([before, asked])
    },
  )

  test('those switched off: the whole document is replaced and tested, and a second "op" is not JSON to us', () => {
    expect(applyJsonPatch('foo', [{ op: 'replace', path: '', value: 'bar' }])).toBe('bar')
    expect(applyJsonPatch({ foo: 1 }, [{ op: 'test', path: '', value: { foo: 1 } }])).toEqual({ foo: 1 })
    const twice = '[{ "op": "add", "path": "/baz", "value": "qux", "op": "remove" }]'
    expect(() => parseJson(new TextEncoder().encode(twice))).toThrow(/given twice/)
  })
})

describe('what is refused', () => {
  test.each<readonly [string, unknown]>([
    ['not an array', { op: 'remove', path: '/a' }],
    ['nothing', undefined],
    ['an operation that is no object', [null]],
    ['an operation that is an array', [['remove', '/a']]],
    ['an unknown operation', [{ op: 'Remove', path: '/a' }]],
    ['no operation', [{ path: '/a' }]],
    ['a name that every object inherits', [{ op: 'toString', path: '/a' }]],
    ['no path', [{ op: 'remove' }]],
    ['a path that is no text', [{ op: 'remove', path: ['a'] }]],
    ['a path without a slash', [{ op: 'remove', path: 'a' }]],
    ['a path as a fragment', [{ op: 'remove', path: '#/a' }]],
    ['an escape that is none', [{ op: 'remove', path: '/a~2' }]],
    ['an escape that breaks off', [{ op: 'remove', path: '/a~' }]],
    ['no value', [{ op: 'add', path: '/b' }]],
    ['no from', [{ op: 'copy', path: '/b' }]],
    ['a move into itself', [{ op: 'move', from: '/a', path: '/a/b' }]],
    ['a move of everything into a part', [{ op: 'move', from: '', path: '/a' }]],
  ])('H205 malformed is 400: %s', (_, patch) => {
    expect(outcomeOf({ a: 1 }, patch)).toBe('400 malformed-patch')
  })

  test('H205 malformed is found before anything is tried', () => {
    const patch = [
      { op: 'test', path: '/a', value: 2 },
      { op: 'remove', path: '/nothing' },
      { op: 'spam', path: '/a' },
    ]
    expect(outcomeOf({ a: 1 }, patch)).toBe('400 malformed-patch')
    expect(pointerOf({ a: 1 }, patch)).toBe('#/2/op')
  })

  test.each<readonly [unknown, unknown]>([
    [1, 2],
    [1, '1'],
    [0, false],
    [null, 0],
    [[], {}],
    [{}, []],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
    [{ a: { b: [1] } }, { a: { b: [2] } }],
    [{ a: 1 }, { toString: 1 }],
  ])('H205 a failed test is 409: %j is not %j', (is, expected) => {
    expect(outcomeOf({ a: is }, [{ op: 'test', path: '/a', value: expected }])).toBe('409 patch-test-failed')
  })

  test.each<readonly [string, object]>([
    ['#/0/path', { op: 'remove', path: '/b' }],
    ['#/0/path', { op: 'remove', path: '' }],
    ['#/0/path', { op: 'replace', path: '/b', value: 1 }],
    ['#/0/path', { op: 'test', path: '/b', value: 1 }],
    ['#/0/path', { op: 'add', path: '/b/c', value: 1 }],
    ['#/0/path', { op: 'add', path: '/text/0', value: 1 }],
    ['#/0/path', { op: 'add', path: '/list/2', value: 1 }],
    ['#/0/path', { op: 'add', path: '/list/01', value: 1 }],
    ['#/0/path', { op: 'add', path: '/list/length', value: 0 }],
    ['#/0/path', { op: 'replace', path: '/list/length', value: 0 }],
    ['#/0/path', { op: 'replace', path: '/list/-', value: 0 }],
    ['#/0/path', { op: 'replace', path: '/toString', value: 0 }],
    ['#/0/path', { op: 'add', path: '/toString/name', value: 0 }],
    ['#/0/path', { op: 'move', from: '/text', path: '/b/c' }],
    ['#/0/from', { op: 'move', from: '/b', path: '/text' }],
    ['#/0/from', { op: 'copy', from: '/list/1', path: '/text' }],
  ])('H205 a path that leads nowhere is 422, and %s of the patch is told: %j', (pointer, operation) => {
    const document = { text: 'a', list: [1] }
    expect(outcomeOf(document, [operation])).toBe('422 patch-path')
    expect(pointerOf(document, [operation])).toBe(pointer)
  })
})

test('what is in a document is not told to a patch that does not fit: it may hold more than the caller sees', () => {
  const document = { name: 'Ada', secret: 'hunter2' }
  const wordsOf = (operation: unknown): string => {
    try {
      applyJsonPatch(document, [operation])
    } catch (error) {
      return JSON.stringify((error as { readonly errors: unknown }).errors)
    }
    return ''
  }
  expect(wordsOf({ op: 'test', path: '/secret', value: 1 })).toContain('The value there is another one.')
  expect(wordsOf({ op: 'remove', path: '/x' })).toContain('the document has no \\"x\\".')
  expect(wordsOf({ op: 'remove', path: '/name/x' })).toContain('has no \\"x\\".')
})

test('H202 all or nothing: what was done before the operation that fails is seen nowhere', () => {
  const document = { list: [1, { a: 1 }], b: { c: 1 } }
  const before = JSON.stringify(document)
  const patch = [
    { op: 'remove', path: '/list/0' },
    { op: 'add', path: '/list/0/b', value: 2 },
    { op: 'move', from: '/b/c', path: '/c' },
    { op: 'test', path: '/c', value: 2 },
  ]
  expect(outcomeOf(document, patch)).toBe('409 patch-test-failed')
  expect(JSON.stringify(document)).toBe(before)
})

test('the result shares nothing with the document, the patch or itself', () => {
  const document = { kept: { a: 1 } }
  const patch = [
    { op: 'add', path: '/added', value: { b: [1] } },
    { op: 'copy', from: '/added', path: '/copied' },
    { op: 'add', path: '/added/b/-', value: 2 },
    { op: 'replace', path: '/kept/a', value: 2 },
  ]
  const asked = JSON.stringify(patch)
  const result = applyJsonPatch(document, patch)
  expect(result).toEqual({ kept: { a: 2 }, added: { b: [1, 2] }, copied: { b: [1] } })
  expect([document, JSON.stringify(patch)]).toEqual([{ kept: { a: 1 } }, asked])
})

describe('hostile patches', () => {
  test.each(['__proto__', 'constructor', 'prototype'])(
    'a pointer through %s is refused, wherever it stands',
    (name) => {
      for (const operation of [
        { op: 'add', path: `/${name}/admin`, value: true },
        { op: 'add', path: `/a/${name}`, value: { admin: true } },
        { op: 'test', path: `/${name}`, value: {} },
        { op: 'remove', path: `/${name}` },
        { op: 'copy', from: `/${name}`, path: '/b' },
        { op: 'move', from: '/a', path: `/${name}` },
      ]) {
        expect(outcomeOf({ a: {} }, [operation])).toBe('400 malformed-patch')
      }
      expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
    },
  )

  test('a value with such a member, which no content of a request can hold, reaches no prototype', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true}}')
    const result = applyJsonPatch({}, [{ op: 'add', path: '/a', value }])
    expect(Object.getPrototypeOf((result as { readonly a: object }).a)).toBe(Object.prototype) // as it was added
    expect(JSON.stringify(result)).toBe('{"a":{"__proto__":{"admin":true}}}')
  })

  test('copies that double the document are stopped', () => {
    const doubling = Array.from({ length: 40 }, () => ({ op: 'copy', from: '', path: '/a/-' }))
    expect(outcomeOf({ a: [] }, doubling)).toBe('422 patch-limit')
    const wide = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }))
    expect(outcomeOf({ a: ['x'.repeat(100)] }, wide)).toBe('422 patch-limit')
    const long = Array.from({ length: 100 }, (_, index) => ({ op: 'copy', from: '/a', path: `/${index}` }))
    expect(outcomeOf({ a: 'x'.repeat(20_000) }, long)).toBe('422 patch-limit')
    expect(outcomeOf({ a: 'x'.repeat(10_000) }, long)).toBeTypeOf('object')
  })

  test('nothing is nested deeper than the limit, however it gets there', () => {
    const limits = { operations: 100, depth: 3, carried: 1000 }
    const document = { a: {}, deep: { b: 1 } }
    expect(outcomeOf(document, [{ op: 'add', path: '/a/x', value: {} }], limits)).toBeTypeOf('object')
    for (const operation of [
      { op: 'add', path: '/a/x', value: { y: [] } },
      { op: 'replace', path: '', value: [[[[]]]] },
      { op: 'test', path: '', value: [[[[]]]] },
    ]) {
      expect(outcomeOf(document, [operation], limits)).toBe('422 patch-limit')
    }
    for (const op of ['copy', 'move']) {
      const patch = [
        { op: 'add', path: '/a/x', value: {} },
        { op, from: '/deep', path: '/a/x/y' },
      ]
      expect(outcomeOf(document, patch, limits)).toBe('422 patch-limit')
    }
    let nested: unknown = 1
    for (let level = 0; level < 100_000; level++) nested = [nested]
    expect(outcomeOf({}, [{ op: 'add', path: '/a', value: nested }])).toBe('422 patch-limit')
  })

  test('more operations than the limit are refused before one is read', () => {
    const patch = Array.from({ length: 1001 }, () => ({ op: 'spam' }))
    expect(outcomeOf({}, patch)).toBe('422 patch-limit')
    expect(outcomeOf({}, patch.slice(1))).toBe('400 malformed-patch')
  })
})

describe('properties', () => {
  const name = fc.constantFrom('a', 'b', '', '0', '1', '-', '~', '/', '~1', 'toString')
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(1, 'a', null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  })).value
  const pointerTo = (tokens: readonly string[]): string =>
    tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const pointer = fc.array(name, { maxLength: 3 }).map(pointerTo)
  const operation = fc.record({
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
    path: pointer,
    from: pointer,
    value: json,
  })

  test('any patch gives a JSON value or one of the four problems, and changes nothing it was given', () => {
    fc.assert(
      fc.property(json, fc.array(operation, { maxLength: 5 }), (document, patch) => {
        const before = JSON.stringify([document, patch])
        const outcome = outcomeOf(document, patch)
        if (typeof outcome === 'string' && / patch-| malformed-/.test(outcome)) {
          expect(outcome).toMatch(/^(400 malformed-patch|409 patch-test-failed|422 patch-(path|limit))$/)
        } else {
          expect(JSON.stringify(outcome)).toBeTypeOf('string')
        }
        expect(JSON.stringify([document, patch])).toBe(before)
      }),
    )
  })

  test('what was added to an object is found there, and is gone once it is removed', () => {
    const object = fc.dictionary(name, json)
    fc.assert(
      fc.property(object, name, json, (document, member, value) => {
        const path = pointerTo([member])
        const added = applyJsonPatch(document, [
          { op: 'add', path, value },
          { op: 'test', path, value },
        ])
        expect(added).toEqual({ ...document, [member]: value })
        const removed = applyJsonPatch(added, [{ op: 'remove', path }])
        expect(Object.keys(Object(removed))).toEqual(Object.keys(document).filter((other) => other !== member))
      }),
    )
  })

  test('a value equals itself, whatever the order of its members', () => {
    const turned = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map(turned)
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, member]) => [key, turned(member)]),
      )
    }
    fc.assert(
      fc.property(json, (value) => {
        expect(applyJsonPatch(value, [{ op: 'test', path: '', value: turned(value) }])).toEqual(value)
      }),
    )
  })
})
