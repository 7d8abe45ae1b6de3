// POST creates a row and says where it is.
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { base, menu, serving } from './fixture.ts'
import { crusts } from './tables.ts'

const api = serving({
  apps: [menu({ Crust: model(crusts, { access: { read: { code: { ne: 'hidden' } } } }) })],
})

test('H109 POST creates: 201, Location, the new row with its tag', async () => {
  const { status, headers, body } = await api.post('/menu/Pizza', { name: 'Bianca', price: '8.00' })
  expect([status, headers.get('location')]).toEqual([201, `${base}/menu/Pizza/5`])
  expect(body).toEqual({
    id: 5,
    name: 'Bianca',
    forSale: true,
    price: '8',
    maxExtraToppings: null,
    exclusiveToId: null,
  })
  const there = await api.get('/menu/Pizza/5')
  expect([there.body, there.headers.get('etag')]).toEqual([body, headers.get('etag')])
})

test('a hidden column gets its default', async () => {
  await api.post('/menu/Pizza', { name: 'Bianca', price: '8' })
  expect(await api.sql('SELECT recipe FROM pizza WHERE id = 5')).toEqual([{ recipe: 'secret-dough' }])
})

test('a default that the program makes is made', async () => {
  const before = Date.now()
  const { body } = await api.post('/menu/Price', { pizzaId: 2, date: '2026-01-31T12:00:00+02:00' })
  expect(body.date).toBe('2026-01-31T10:00:00.000Z')
  expect(Date.parse(body.madeAt)).toBeGreaterThanOrEqual(before)
})

describe('a chosen key', () => {
  test('is kept, and the next generated one does not collide with it', async () => {
    expect((await api.post('/menu/Pizza', { id: 40, name: 'A', price: '1' })).headers.get('location')).toMatch(/\/40$/)
    expect((await api.post('/menu/Pizza', { name: 'B', price: '1' })).body.id).toBe(41)
  })

  test('that is taken is 409, and nothing is overwritten', async () => {
    const before = await api.dump()
    const { status, body } = await api.post('/menu/Pizza', { id: 1, name: 'Thief', price: '1' })
    expect([status, body.code, body.errors]).toEqual([409, 'not-unique', [{ pointer: '#/id', detail: 'is taken' }]])
    expect(await api.dump()).toBe(before)
  })

  test('leaves room for those that are generated after it', async () => {
    expect((await api.post('/menu/Pizza', { id: Number.MAX_SAFE_INTEGER, name: 'A', price: '1' })).status).toBe(422)
    expect((await api.put(`/menu/Pizza/${Number.MAX_SAFE_INTEGER}`, { name: 'A', price: '1' })).status).toBe(422)
    expect((await api.post('/menu/Pizza', { id: 2 ** 52, name: 'A', price: '1' })).status).toBe(201)
    expect((await api.post('/menu/Pizza', { name: 'B', price: '1' })).body.id).toBe(2 ** 52 + 1)
  })

  test('may be text, or of several parts', async () => {
    expect((await api.post('/menu/Crust', { code: 'xyz', name: 'X' })).headers.get('location')).toBe(
      `${base}/menu/Crust/xyz`,
    )
    expect((await api.post('/menu/Stock', { shopId: 3, crustCode: 'thn' })).headers.get('location')).toBe(
      `${base}/menu/Stock/3,thn`,
    )
    expect((await api.get('/menu/Stock/3,thn')).body).toEqual({ shopId: 3, crustCode: 'thn', quantity: 0 })
  })

  test('is required where nothing generates it', async () => {
    expect((await api.post('/menu/Crust', { name: 'X' })).body.errors).toEqual([
      { pointer: '#/code', detail: 'is required' },
    ])
  })
})

test('a row may refer to itself in the statement that makes it', async () => {
  expect((await api.post('/menu/Category', { id: 9, name: 'Self', parentId: 9 })).status).toBe(201)
  expect((await api.post('/menu/Category', { id: 10, name: 'Self', parentId: 11 })).status).toBe(409)
})

test('H196 Prefer: return=minimal gives no content', async () => {
  const { status, headers, text } = await api.post(
    '/menu/Pizza',
    { name: 'A', price: '1' },
    { headers: { prefer: 'return=minimal' } },
  )
  expect([status, text, headers.get('preference-applied')]).toEqual([201, '', 'return=minimal'])
  expect(headers.get('location')).toBe(`${base}/menu/Pizza/5`)
})

test('what may be created but not seen is 201 without content', async () => {
  const { status, text, headers } = await api.post('/menu/Crust', { code: 'hidden', name: 'H' })
  expect([status, text, headers.get('location'), headers.get('etag')]).toEqual([
    201,
    '',
    `${base}/menu/Crust/hidden`,
    null,
  ])
  expect((await api.get('/menu/Crust/hidden')).status).toBe(404)
})

test('403 names the permission', async () => {
  const before = await api.dump()
  const { status, body } = await api.post('/menu/Pizza', { name: 'A', price: '1' }, { as: 'clerk menu.add_shop' })
  expect([status, body.code, body.permissions]).toEqual([403, 'permission-missing', ['menu.add_pizza']])
  expect(body.detail).toContain('menu.add_pizza')
  expect(await api.dump()).toBe(before)
  expect((await api.post('/menu/Pizza', { name: 'A', price: '1' }, { as: 'clerk menu.add_pizza' })).status).toBe(201)
})
