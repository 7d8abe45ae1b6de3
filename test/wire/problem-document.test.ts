// What is taken for a problem document, and the phrases that are their titles.
import { STATUS_CODES } from 'node:http'
import { expect, test } from 'vitest'
import { isProblemDocument, reasonPhrase } from '../../src/wire/index.ts'

test('a title and a status make a problem document', () => {
  expect(isProblemDocument({ title: 'Not Found', status: 404 })).toBe(true)
  expect(
    isProblemDocument({
      title: 'Closed',
      status: 409,
      type: '/closed',
      detail: 'No.',
      code: 'closed',
      errors: [],
      x: 1,
    }),
  ).toBe(true)
})

test.each([
  null,
  undefined,
  'Not Found',
  404,
  [],
  {},
  { title: 'Not Found' },
  { status: 404 },
  { title: 1, status: 404 },
  { title: 'a', status: '404' },
])('%j is none', (value) => {
  expect(isProblemDocument(value)).toBe(false)
})

test('phrases are those of the registry', () => {
  // Node has the older names of these three.
  const renamed = { 413: 'Content Too Large', 422: 'Unprocessable Content', 509: '509' }
  for (const status of [200, 201, 202, 204, 205, 206, ...Array.from({ length: 29 }, (_, index) => 400 + index)]) {
    const phrase = reasonPhrase(status)
    const expected = { ...STATUS_CODES, ...renamed }[status]
    if (phrase !== String(status)) expect(phrase).toBe(expected)
  }
  expect(reasonPhrase(404)).toBe('Not Found')
  expect(reasonPhrase(599)).toBe('599')
})
