// Conditions of writes: what is created, what is left alone, and who comes first. Section G of the HTTP checklist.
import { beforeEach, describe, expect, test } from 'vitest'
import { ask, dump, reset, rows } from './fixture.ts'
import { accountApp, askApp, membersApp } from './fixture-2.ts'

beforeEach(reset)

const put = async (path: string, headers: Record<string, string>, title = 'New'): Promise<number> =>
  (await ask(path, { method: 'PUT', headers, body: JSON.stringify({ title }) })).status

test('H157 If-Match on a PUT that could create is 412, and nothing is created', async () => {
  const before = dump()
  for (const tag of ['*', '"v1"', 'W/"v1"', '"x", "v1"']) {
    expect(await put('/articles/77/', { 'if-match': tag })).toBe(412)
  }
  expect(dump()).toBe(before)
})

test('H159 If-None-Match: * creates, and changes nothing that is there', async () => {
  expect(await put('/articles/1/', { 'if-none-match': '*' })).toBe(412)
  expect(rows.articles.get(1)?.title).toBe('One')
  expect(await put('/articles/77/', { 'if-none-match': '*' })).toBe(201)
  expect(rows.articles.get(77)?.title).toBe('New')
  expect(await put('/articles/77/', { 'if-none-match': '*' }, 'Newer')).toBe(412)
  expect(rows.articles.get(77)?.title).toBe('New')
})

test.each([
  [{ 'if-match': '"old"' }, 412],
  [{ 'if-match': 'W/"v1"' }, 412],
  [{ 'if-match': 'v1' }, 400],
  [{ 'if-none-match': '"v1"' }, 412],
  [{ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }, 412],
] as const)('a write that is refused leaves everything as it was: %j', async (headers, status) => {
  const before = dump()
  expect(await put('/articles/1/', headers)).toBe(status)
  expect((await ask('/articles/3/', { method: 'DELETE', headers })).status).toBe(status)
  const type = { 'content-type': 'application/merge-patch+json' }
  expect(
    (await ask('/articles/1/', { method: 'PATCH', headers: { ...type, ...headers }, body: '{"title":"x"}' })).status,
  ).toBe(status)
  expect(dump()).toBe(before)
})

describe('H167 the condition and the write are one', () => {
  test.each([2, 20])('of %i writes that were made for one state, one is done', async (count) => {
    const { app, state } = accountApp()
    const writes = Array.from({ length: count }, async (_, index) => {
      const body = JSON.stringify({ balance: index + 1 })
      return (await askApp(app, '/account/', { method: 'PUT', headers: { 'if-match': '"v1"' }, body })).status
    })
    const statuses = await Promise.all(writes)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(count - 1)
    expect(state).toMatchObject({ version: 2, writes: 1 })
  })

  test('who is refused reads, tries again, and overwrites nothing', async () => {
    const { app, state } = accountApp()
    const addOne = async (): Promise<void> => {
      for (;;) {
        const read = await askApp(app, '/account/')
        const { balance } = await read.json()
        const headers = { 'if-match': read.headers.get('etag') ?? '' }
        const body = JSON.stringify({ balance: balance + 1 })
        if ((await askApp(app, '/account/', { method: 'PUT', headers, body })).status === 204) return
      }
    }
    await Promise.all(Array.from({ length: 6 }, addOne))
    expect(state).toMatchObject({ balance: 6, version: 7, writes: 6 })
  })
})

describe('H171 the tag of a list', () => {
  const as = (name: string) => ({ authorization: `Bearer ${name}` })

  test('changes with each change of what a caller sees, and with the caller', async () => {
    const app = membersApp()
    const tagFor = async (name: string): Promise<string | null> =>
      (await askApp(app, '/members/', { headers: as(name) })).headers.get('etag')
    const write = async (method: string, path: string, body?: unknown): Promise<void> => {
      const init = { method, headers: as('ada'), ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      expect((await askApp(app, path, init)).ok).toBe(true)
    }
    const tags = [await tagFor('ada')]
    const of = tagFor.bind(null, 'ada')
    await write('POST', '/members/', { name: 'two' })
    tags.push(await of())
    await write('PUT', '/members/1/', { name: 'uno' })
    tags.push(await of())
    await write('DELETE', '/members/2/')
    tags.push(await of())
    await write('PUT', '/members/1/', { owner: 'bob' })
    tags.push(await of())
    expect(new Set(tags).size).toBe(5)
    expect(await tagFor('bob')).not.toBe(await of())
  })

  test('stays where nothing that a caller sees has changed, so that they get a 304', async () => {
    const app = membersApp()
    const read = await askApp(app, '/members/', { headers: as('ada') })
    await askApp(app, '/members/', { method: 'POST', headers: as('bob'), body: '{"name":"of bob"}' })
    const headers = { ...as('ada'), 'if-none-match': read.headers.get('etag') ?? '' }
    expect((await askApp(app, '/members/', { headers })).status).toBe(304)
    expect((await askApp(app, '/members/', { headers: { ...headers, ...as('bob') } })).status).toBe(200)
  })
})
