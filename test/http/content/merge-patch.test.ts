// RFC 7396: the test cases of its appendix A, and what a patch cannot reach.
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergePatch } from '../../../src/http/content/merge-patch.ts'

interface Case {
  readonly original: unknown
  readonly patch: unknown
  readonly result: unknown
}
const file = readFileSync(new URL('rfc7396-cases.json', import.meta.url), 'utf8')
const { cases } = JSON.parse(file) as { readonly cases: readonly Case[] } // our own file

test('H203 there are 15 cases in appendix A', () => {
  expect(cases).toHaveLength(15)
})

test.each(cases)('H203 $original patched with $patch is $result', ({ original, patch, result }) => {
  const before = JSON.stringify([original, patch])
  expect(mergePatch(original, patch)).toEqual(result)
  expect(JSON.stringify([original, patch])).toBe(before)
})

test('names that reach a prototype are names like any other', () => {
  const patch: unknown = JSON.parse(
    '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"toString":null}',
  )
  const result = mergePatch({ a: 1 }, patch)
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
  expect(JSON.stringify(result)).toBe('{"a":1,"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}')
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
})

test('a patch applied twice does what it does once, and an empty one changes no object', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const once = mergePatch(target, patch)
      expect(mergePatch(once, patch)).toEqual(once)
      if (typeof target === 'object' && target !== null && !Array.isArray(target)) {
        expect(mergePatch(target, {})).toEqual(target)
      }
    }),
  )
})
