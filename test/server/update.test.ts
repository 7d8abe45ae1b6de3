// PUT replaces or creates, PATCH merges, DELETE removes.
import { describe, expect, test } from 'vitest'
import { base, serving } from './fixture.ts'

const api = serving()
const pizza = { name: 'Margherita', price: '7.5' }

describe('PUT', () => {
  test('H104 replaces: what is left out goes back to its default, hidden columns stay', async () => {
    await api.sql(`UPDATE pizza SET recipe = 'old' WHERE id = 3`)
    const { status, text } = await api.put('/menu/Pizza/3', { name: 'Speciale', price: 13, forSale: false })
    expect([status, text]).toEqual([204, ''])
    expect(await api.sql('SELECT * FROM pizza WHERE id = 3')).toEqual([
      { id: 3, name: 'Speciale', price: 13, for_sale: 0, max_extra_toppings: null, exclusive_to: null, recipe: 'old' },
    ])
    await api.put('/menu/Pizza/3', { name: 'Speciale', price: 13 })
    expect((await api.get('/menu/Pizza/3')).body.forSale).toBe(true)
  })

  test('H105 has no validator in its success, with or without content', async () => {
    const { status, headers, body } = await api.put('/menu/Pizza/1', pizza, {
      headers: { prefer: 'return=representation' },
    })
    expect([status, headers.get('etag'), headers.get('preference-applied')]).toEqual([
      200,
      null,
      'return=representation',
    ])
    expect(body).toMatchObject({ id: 1, maxExtraToppings: null })
    expect((await api.put('/menu/Pizza/1', pizza)).headers.get('etag')).toBeNull()
    expect((await api.put('/menu/Pizza/9', { ...pizza, name: 'New' })).headers.get('etag')).toBeNull()
  })

  test('takes back what GET gave', async () => {
    for (const path of ['/menu/Shop/1', '/menu/Pizza/3', '/menu/Stock/1,thn', '/menu/Sample/1', '/menu/Sample/4']) {
      const { body, headers } = await api.get(path)
      expect((await api.put(path, body)).status).toBe(204)
      const again = await api.get(path)
      expect([again.body, again.headers.get('etag')]).toEqual([body, headers.get('etag')])
    }
  })

  test('creates where there is nothing, also below a generated key', async () => {
    const { status, headers, body } = await api.put('/menu/Pizza/77', { ...pizza, name: 'New' })
    expect([status, headers.get('location'), body.id]).toEqual([201, `${base}/menu/Pizza/77`, 77])
    expect((await api.put('/menu/Stock/3,thk', { quantity: 2 })).body).toEqual({
      shopId: 3,
      crustCode: 'thk',
      quantity: 2,
    })
    expect((await api.put('/menu/Crust/abc', { code: 'abc', name: 'A' })).status).toBe(201)
  })

  test('H043 is idempotent', async () => {
    await api.put('/menu/Pizza/77', { ...pizza, name: 'New' })
    const once = await api.dump()
    expect((await api.put('/menu/Pizza/77', { ...pizza, name: 'New' })).status).toBe(204)
    expect(await api.dump()).toBe(once)
  })

  test('needs add for a new key and change for an existing one', async () => {
    const status = async (path: string, permission: string) =>
      (await api.put(path, { ...pizza, name: path }, { as: `clerk menu.${permission}_pizza` })).status
    expect([await status('/menu/Pizza/1', 'add'), await status('/menu/Pizza/80', 'change')]).toEqual([403, 403])
    expect([await status('/menu/Pizza/1', 'change'), await status('/menu/Pizza/80', 'add')]).toEqual([204, 201])
    const neither = await api.put('/menu/Pizza/1', pizza, { as: 'clerk' })
    expect(neither.body.permissions).toEqual(['menu.change_pizza'])
  })

  test('H108 a key in the content that disagrees with the URL is 409, and nothing is written', async () => {
    const before = await api.dump()
    for (const [path, json] of [
      ['/menu/Pizza/1', { ...pizza, id: 2 }],
      ['/menu/Pizza/90', { ...pizza, id: 2 }],
      ['/menu/Pizza/1', { ...pizza, id: null }],
      ['/menu/Stock/1,thn', { crustCode: 'thk' }],
    ] as const) {
      const { status, body } = await api.put(path, json)
      expect([status, body.code]).toEqual([409, 'key-mismatch'])
    }
    expect(await api.dump()).toBe(before)
    expect((await api.put('/menu/Pizza/1', { ...pizza, id: 1 })).status).toBe(204)
  })
})

describe('PATCH', () => {
  test.each(['application/merge-patch+json', 'application/json'])('of %s changes what is given', async (type) => {
    const { status, body, headers } = await api.patch(
      '/menu/Pizza/3',
      { price: '14' },
      { headers: { 'content-type': type } },
    )
    expect([status, body.price, body.name, body.exclusiveToId]).toEqual([200, '14', 'Moda Speciale', 1])
    expect(headers.get('etag')).toBe((await api.get('/menu/Pizza/3')).headers.get('etag'))
  })

  test('H203 null empties a column that may be empty, and is 422 for one that may not', async () => {
    expect((await api.patch('/menu/Pizza/3', { exclusiveToId: null })).body.exclusiveToId).toBeNull()
    expect((await api.patch('/menu/Pizza/3', { name: null })).body.errors).toEqual([
      { pointer: '#/name', detail: 'must not be null' },
    ])
  })

  test('H203 goes into the JSON of a column (RFC 7396 §3)', async () => {
    const patch = async (json: unknown) => (await api.patch('/menu/Sample/1', { json })).body.json
    await api.put('/menu/Sample/1', {
      json: { title: 'Goodbye!', author: { givenName: 'John', familyName: 'Doe' }, tags: ['a', 'b'] },
    })
    expect(await patch({ title: 'Hello!', phoneNumber: '+01', author: { familyName: null }, tags: ['a'] })).toEqual({
      title: 'Hello!',
      author: { givenName: 'John' },
      tags: ['a'],
      phoneNumber: '+01',
    })
    expect(await patch(['x', null])).toEqual(['x', null])
    expect(await patch({ a: { b: null, c: 1 } })).toEqual({ a: { c: 1 } })
  })

  test('of nothing changes nothing', async () => {
    const before = await api.dump()
    expect((await api.patch('/menu/Pizza/3', {})).status).toBe(200)
    expect(await api.dump()).toBe(before)
  })

  test('H196 Prefer: return=minimal gives no content', async () => {
    const { status, text, headers } = await api.patch(
      '/menu/Pizza/3',
      { price: 1 },
      { headers: { prefer: 'return=minimal' } },
    )
    expect([status, text, headers.get('preference-applied')]).toEqual([204, '', 'return=minimal'])
  })

  test('of what is not there is 404; of another type 415; without permission 403', async () => {
    expect((await api.patch('/menu/Pizza/99', {})).status).toBe(404)
    const csv = await api.ask('PATCH', '/menu/Pizza/1', { body: 'a', headers: { 'content-type': 'text/csv' } })
    expect([csv.status, csv.headers.get('accept-patch')]).toEqual([
      415,
      'application/merge-patch+json, application/json, application/json-patch+json',
    ])
    expect((await api.patch('/menu/Pizza/1', {}, { as: 'clerk' })).body.permissions).toEqual(['menu.change_pizza'])
  })

  test('H204 that is no object is 422', async () => {
    for (const json of [[], 'x', 1, null]) {
      expect((await api.patch('/menu/Pizza/1', json)).body.errors).toEqual([
        { pointer: '#', detail: 'must be a JSON object' },
      ])
    }
  })
})

describe('DELETE', () => {
  test('H043 removes once: 204, then 404 and the same state', async () => {
    expect((await api.delete('/menu/Crust/thk')).body?.code).toBe('foreign-key')
    expect((await api.delete('/menu/Stock/1,thk')).status).toBe(204)
    const once = await api.dump()
    expect((await api.delete('/menu/Stock/1,thk')).status).toBe(404)
    expect(await api.dump()).toBe(once)
  })

  test('without permission is 403 and names it', async () => {
    expect((await api.delete('/menu/Pizza/2', { as: 'clerk' })).body.permissions).toEqual(['menu.delete_pizza'])
    expect((await api.delete('/menu/Pizza/2', { as: 'clerk menu.delete_pizza' })).status).toBe(204)
  })
})
