// Conditional requests against rows: what was seen is what is written over, and nothing else is.
import { describe, expect, test } from 'vitest'
import { hal, serving, type Answer } from './fixture.ts'

const api = serving()

const tagOf = async (path: string, asked = {}): Promise<string> =>
  (await api.get(path, asked)).headers.get('etag') ?? ''
const withMatch = (tag: string) => ({ headers: { 'if-match': tag } })

describe('If-Match', () => {
  test.each(['PATCH', 'PUT', 'DELETE'])(
    'H156 with the current tag lets %s through, with a stale one it is 412',
    async (method) => {
      const before = await api.dump()
      const ask = (tag: string): Promise<Answer> =>
        api.ask(method, '/menu/Pizza/2', {
          ...withMatch(tag),
          ...(method === 'DELETE' ? {} : { json: { name: 'Marinara', price: '6.5' } }),
        })
      const stale = await ask('"stale"')
      expect([stale.status, stale.body.code, await api.dump()]).toEqual([412, 'precondition-failed', before])
      expect((await ask(await tagOf('/menu/Pizza/2'))).status).toBeLessThan(300)
      expect(await api.dump()).not.toBe(before)
    },
  )

  test('takes the tag of any representation of the row, and the one inside HAL', async () => {
    const { body } = await api.get('/menu/Pizza/3', hal)
    const tags = [
      await tagOf('/menu/Pizza/3'),
      await tagOf('/menu/Pizza/3', hal),
      await tagOf('/menu/Pizza/3?fields=id'),
      body._etag,
    ]
    expect(new Set(tags).size).toBe(3) // HAL carries the tag of the plain row
    for (const tag of tags) expect((await api.patch('/menu/Pizza/3', {}, withMatch(tag))).status).toBe(200)
    const list = await api.get('/menu/Pizza', hal)
    expect((await api.patch('/menu/Pizza/3', { price: 1 }, withMatch(list.body._embedded.item[2]._etag))).status).toBe(
      200,
    )
    for (const tag of tags) expect((await api.patch('/menu/Pizza/3', {}, withMatch(tag))).status).toBe(412)
  })

  test('H153 with a weak tag never matches; a malformed one is 400; * matches what exists', async () => {
    const tag = await tagOf('/menu/Pizza/1')
    expect((await api.patch('/menu/Pizza/1', {}, withMatch(`W/${tag}`))).status).toBe(412)
    expect((await api.patch('/menu/Pizza/1', {}, withMatch(tag.replaceAll('"', '')))).status).toBe(400)
    expect((await api.patch('/menu/Pizza/1', {}, withMatch('*'))).status).toBe(200)
    expect((await api.patch('/menu/Pizza/1', {}, withMatch(`"x", ${tag}`))).status).toBe(200)
  })

  test('H157 with a PUT that would create is 412; H158 with what is missing otherwise 404', async () => {
    const before = await api.dump()
    const json = { name: 'x', price: '1' }
    expect((await api.put('/menu/Pizza/99', json, withMatch('*'))).status).toBe(412)
    expect((await api.patch('/menu/Pizza/99', json, withMatch('"x"'))).status).toBe(404)
    expect((await api.delete('/menu/Pizza/99', withMatch('"x"'))).status).toBe(404)
    expect(await api.dump()).toBe(before)
  })

  test('H164 is asked before the content is looked at', async () => {
    expect((await api.patch('/menu/Pizza/1', { nothing: 1 }, withMatch('"x"'))).status).toBe(412)
  })

  test('A053 does not tell of a row that may not be written by this caller', async () => {
    for (const tag of ['"x"', await tagOf('/menu/Pizza/1')]) {
      expect((await api.patch('/menu/Pizza/1', {}, { as: 'clerk', ...withMatch(tag) })).status).toBe(403)
    }
  })
})

describe('If-None-Match', () => {
  test('H139 with the current tag is 304 for GET and HEAD, with another 200', async () => {
    const listVary = 'prefer, accept' // a count may be preferred
    for (const [path, vary] of [
      ['/menu/Pizza/1', 'accept'],
      ['/menu/Pizza', listVary],
      ['/menu/Pizza/1/prices', listVary],
      ['/menu/Pizza?sort=-price&limit=2', listVary],
    ] as const) {
      const tag = await tagOf(path)
      for (const method of ['GET', 'HEAD']) {
        const { status, text, headers } = await api.ask(method, path, { headers: { 'if-none-match': tag } })
        expect([status, text, headers.get('etag'), headers.get('content-type')]).toEqual([304, '', tag, null])
        expect(headers.get('vary')).toBe(vary)
      }
      expect((await api.get(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    }
  })

  test('H159 * makes PUT create only', async () => {
    const asked = { headers: { 'if-none-match': '*' } }
    const before = await api.dump()
    expect((await api.put('/menu/Pizza/1', { name: 'x', price: '1' }, asked)).status).toBe(412)
    expect(await api.dump()).toBe(before)
    expect((await api.put('/menu/Pizza/50', { name: 'x', price: '1' }, asked)).status).toBe(201)
  })

  test('with the current tag of any representation is 412 for a write', async () => {
    for (const [path, asked] of [
      ['/menu/Pizza/3', {}],
      ['/menu/Shop/1', hal],
    ] as const) {
      const tag = await tagOf(path, asked)
      const { status } = await api.patch(
        path,
        {},
        { headers: { ...('headers' in asked ? asked.headers : {}), 'if-none-match': tag } },
      )
      expect(status).toBe(412)
    }
  })
})

test('H041 conditions are ignored on OPTIONS', async () => {
  expect((await api.ask('OPTIONS', '/menu/Pizza/1', withMatch('"x"'))).status).toBe(204)
})
