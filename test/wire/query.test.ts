// The words of the query language, and names of filters taken apart.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOperator, listParameters, operators, splitFilterName } from '../../src/wire/index.ts'

const none = (): boolean => false

test.each([
  ['name', [], 'name', 'eq'],
  ['price__gte', [], 'price', 'gte'],
  ['crust.name', ['crust'], 'name', 'eq'],
  ['crust.name__icontains', ['crust'], 'name', 'icontains'],
  ['lines.pizza.price__lt', ['lines', 'pizza'], 'price', 'lt'],
  ['a__b__lt', [], 'a__b', 'lt'],
  ['price__frob', [], 'price', 'frob'],
  ['price__', [], 'price', ''],
  ['__lt', [], '__lt', 'eq'],
  ['a___lt', [], 'a_', 'lt'],
  ['a_lt', [], 'a_lt', 'eq'],
  ['a__b.c', ['a__b'], 'c', 'eq'],
  ['', [], '', 'eq'],
  ['.', [''], '', 'eq'],
])('%j is %j, %j, %j', (name, path, field, operator) => {
  expect(splitFilterName(name, none)).toEqual({ path, field, operator })
})

test('the longest name of a field wins', () => {
  const isField = (_path: readonly string[], field: string): boolean => ['is__in', 'is'].includes(field)
  expect(splitFilterName('is__in', isField)).toEqual({ path: [], field: 'is__in', operator: 'eq' })
  expect(splitFilterName('is__in__in', isField)).toEqual({ path: [], field: 'is__in', operator: 'in' })
  expect(splitFilterName('is__lt', isField)).toEqual({ path: [], field: 'is', operator: 'lt' })
})

test('whether it is one is asked with the path', () => {
  const asked: unknown[] = []
  splitFilterName('a.b__lt', (...question) => asked.push(question) === 0)
  expect(asked).toEqual([[['a'], 'b__lt']])
})

test('operators are these words only', () => {
  for (const operator of operators) expect(isOperator(operator)).toBe(true)
  const others = ['', 'EQ', 'frob', 'constructor', '__proto__', ...listParameters]
  expect(others.filter((word) => isOperator(word))).toEqual([])
})

test('the parts are those of the name, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '.', '_', '__', 'in') }), (name) => {
      const { path, field, operator } = splitFilterName(name, none)
      const written = [...path, field].join('.')
      expect([written, `${written}__${operator}`]).toContain(name)
    }),
  )
})
