// Section E of the HTTP checklist, existence, redirects and creation: what takes more than one request.
import { beforeEach, describe, expect, test } from 'vitest'
import { ask, dump, reset } from './fixture.ts'

beforeEach(reset)

const title = (text: string): string => JSON.stringify({ title: text })

describe('what is elsewhere', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    'H098 for good is 308, for now 307, for %s too',
    async (method) => {
      const before = dump()
      const headers = { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
      const content = method === 'PUT' || method === 'PATCH' ? { headers, body: title('x') } : {}
      const [moved, temporary] = [
        await ask('/moved/1/', { method, ...content }),
        await ask('/temp/1/', { method, ...content }),
      ]
      expect([moved.status, moved.headers.get('location')]).toEqual([308, '/articles/1/'])
      expect([temporary.status, temporary.headers.get('location')]).toEqual([307, '/articles/1/'])
      expect(dump()).toBe(before)
    },
  )

  test('H100 a Location without the slash leads to what is there', async () => {
    const response = await ask('/articles/1')
    expect(response.status).toBe(308)
    expect((await ask(response.headers.get('location') ?? '')).status).toBe(200)
  })

  test.each([
    '//evil.example',
    '//evil.example/articles',
    '/\\evil.example',
    '/%5Cevil.example',
    '//articles/1',
    '/.//evil.example/',
  ])('H102 no redirect leaves this service: %s', async (path) => {
    const response = await ask(path)
    expect([400, 404]).toContain(response.status)
    expect(response.headers.has('location')).toBe(false)
  })
})

test('H108 a key that is not that of the URI is 409, and nothing is written', async () => {
  const before = dump()
  const response = await ask('/articles/1/', { method: 'PUT', body: '{"id":2,"title":"x"}' })
  expect([response.status, dump()]).toEqual([409, before])
  expect((await ask('/articles/1/', { method: 'PUT', body: '{"id":1,"title":"x"}' })).status).toBe(200)
})

test('H109 what a POST creates is described, and found at its Location', async () => {
  const response = await ask('/articles/', { method: 'POST', body: title('New') })
  expect([response.status, response.headers.get('location')]).toEqual([201, '/articles/78/'])
  const created = await ask('/articles/78/')
  expect([created.status, await created.json()]).toEqual([200, await response.json()])
})

test('H110 the Location of a 303 has the result', async () => {
  const response = await ask('/search/', { method: 'POST', body: '{}' })
  expect(response.status).toBe(303)
  expect(await (await ask(response.headers.get('location') ?? '')).json()).toEqual([{ id: 1, title: 'One' }])
})

test('H111 the monitor of long work is there, and without the preference the work is waited for', async () => {
  const response = await ask('/job/', { method: 'POST', headers: { prefer: 'respond-async' }, body: '{}' })
  expect(response.status).toBe(202)
  expect(await (await ask(response.headers.get('location') ?? '')).json()).toEqual({ status: 'running' })
  const waited = await ask('/job/', { method: 'POST', body: '{}' })
  expect([waited.status, await waited.json(), waited.headers.has('preference-applied')]).toEqual([
    200,
    { status: 'done' },
    false,
  ])
})

describe('H115 a constraint', () => {
  test('H115 a row that another refers to is not deleted: 409', async () => {
    const before = dump()
    const response = await ask('/articles/2/', { method: 'DELETE' })
    expect([response.status, response.headers.get('content-type')]).toEqual([409, 'application/problem+json'])
    expect(dump()).toBe(before)
  })

  test.each([
    ['POST', '/articles/', 'application/json'],
    ['PUT', '/articles/1/', 'application/json'],
    ['PATCH', '/articles/1/', 'application/merge-patch+json'],
  ])('H115 what must be unique is 409, by the name of the field: %s', async (method, path, type) => {
    const before = dump()
    const response = await ask(path, { method, headers: { 'content-type': type }, body: title('Two') })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ status: 409, errors: [{ pointer: '#/title' }] })
    expect(dump()).toBe(before)
  })
})

test('H116 every field that is wrong has its fault, and nothing is written', async () => {
  const before = dump()
  const response = await ask('/articles/', { method: 'POST', body: '{"title":1,"id":"x","nope":true}' })
  expect(response.status).toBe(422)
  const { errors }: { errors: { pointer: string; detail: string }[] } = await response.json()
  expect(errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['#/title', '#/id']))
  for (const { detail } of errors) expect(detail).not.toBe('')
  expect(dump()).toBe(before)
})
