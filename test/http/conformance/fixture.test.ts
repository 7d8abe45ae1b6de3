// The fixture itself: every resource answers, so that a test which expects a refusal is not answered by a typing error.
import { beforeEach, expect, test } from 'vitest'
import { ask, dump, reset, rows } from './fixture.ts'

beforeEach(reset)

test.each([
  ['/articles/', 200],
  ['/articles/1/', 200],
  ['/articles/999/', 404],
  ['/gone/1/', 410],
  ['/moved/1/', 308],
  ['/temp/1/', 307],
  ['/weak/1/', 200],
  ['/comma/', 200],
  ['/noetag/', 200],
  ['/strict/1/', 200],
  ['/ro/', 200],
  ['/ro/1/', 200],
  ['/single/', 200],
  ['/hal/', 200],
  ['/lenient/', 200],
  ['/blob/1', 200],
  ['/down/', 503],
  ['/down/date/', 503],
  ['/down/long/', 503],
  ['/job/', 405],
  ['/job/1/', 200],
  ['/multi/', 300],
  ['/autokey/77/', 404],
  ['/needs-length/', 405],
  ['/search/', 405],
  ['/form-reset/', 405],
  ['/failing/program/', 500],
  ['/failing/hangs/', 504],
  ['/failing/garbage/', 502],
  ['/guarded/1/', 401],
  ['/hidden/1/', 401],
  ['/limited/', 200],
  ['/orders/', 405],
  ['/orders/keyed/', 405],
  ['/cors/1/', 200],
  ['/cors/ro/', 200],
  ['/cors/guarded/', 401],
  ['/cors/failing/', 500],
  ['/languages/', 200],
  ['/gzip/', 200],
  ['/public/', 200],
  ['/versions/1/v3/', 200],
  ['/deprecated/', 200],
] as const)('GET %s is %i', async (path, status) => {
  const response = await ask(path)
  expect([response.status, status < 400 || (await response.text())]).toEqual([status, expect.anything()])
})

test('a reset puts back what was changed', async () => {
  const before = dump()
  expect((await ask('/articles/', { method: 'POST', body: '{"title":"New"}' })).status).toBe(201)
  expect([dump() === before, rows.articles.size]).toEqual([false, 4])
  reset()
  expect(dump()).toBe(before)
})
