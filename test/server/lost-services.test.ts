// A row whose stored reference is to a service that the directory does not list: it cannot be shown, and can be written.
import { beforeEach, describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { directory, menu, serving, type Asked } from './fixture.ts'
import { shops } from './tables.ts'

const api = serving({
  apps: [
    menu({
      Shop: model(shops, { exclude: ['owner'], bulk: true }),
      Sealed: model(shops, { exclude: ['owner'], readOnly: ['city'] }),
    }),
  ],
})
const lost = 'slumber://gone/geo/City/7'
const minimal = { prefer: 'return=minimal' }
const jsonPatch: Asked = { headers: { 'content-type': 'application/json-patch+json', ...minimal } }
const stored = async () => (await api.sql('SELECT name, city FROM shop WHERE id = 1'))[0]

beforeEach(() => api.sql(`UPDATE shop SET city = '${lost}' WHERE id = 1`))

describe('other members of it are written', () => {
  test('by a JSON Patch', async () => {
    const patch = [
      { op: 'test', path: '/slug', value: 'alta-moda' },
      { op: 'replace', path: '/name', value: 'Alta' },
    ]
    expect((await api.patch('/menu/Shop/1', patch, jsonPatch)).status).toBe(204)
    expect(await stored()).toEqual({ name: 'Alta', city: lost })
  })

  test('by a merge patch, by PUT and in a list', async () => {
    expect((await api.patch('/menu/Shop/1', { name: 'Alta' }, { headers: minimal })).status).toBe(204)
    expect(await stored()).toEqual({ name: 'Alta', city: lost })
    const [item] = (await api.patch('/menu/Shop', [{ id: 1, name: 'Moda' }])).body
    expect([item.status, await stored()]).toEqual([200, { name: 'Moda', city: lost }])
    expect((await api.put('/menu/Shop/1', { name: 'New', slug: 'new' })).status).toBe(204)
    expect(await stored()).toEqual({ name: 'New', city: null })
  })
})

test('the answer leaves out what cannot be shown, and undoes nothing', async () => {
  const whole = { prefer: 'return=representation' }
  expect((await api.patch('/menu/Shop/1', { name: 'Alta' })).status).toBe(204)
  expect(await stored()).toEqual({ name: 'Alta', city: lost })
  expect((await api.patch('/menu/Shop/1', { name: 'Moda' }, { headers: whole })).status).toBe(204)
  const items = [1, 2].map((id) => ({ id, name: `Shop ${id}` }))
  const { body } = await api.patch('/menu/Shop', items, { headers: whole })
  expect(body.map(({ status, data }: { status: number; data?: { name: string } }) => [status, data?.name])).toEqual([
    [200, undefined],
    [200, 'Shop 2'],
  ])
  expect(await stored()).toEqual({ name: 'Shop 1', city: lost })
  expect((await api.get('/menu/Shop/1')).status).toBe(502)
})

test('where it is read-only, what is stored may be sent back, and nothing else', async () => {
  const row = { name: 'Alta', slug: 'alta-moda' }
  expect((await api.put('/menu/Sealed/1', { ...row, city: lost })).status).toBe(204)
  expect(await stored()).toEqual({ name: 'Alta', city: lost })
  const { status, body } = await api.put('/menu/Sealed/1', { ...row, city: null })
  expect([status, body.errors]).toEqual([422, [{ pointer: '#/city', detail: 'is read-only' }]])
})

describe('a JSON Patch sees what is stored', () => {
  const url = `${directory.atlas}geo/City/7`

  test.each([
    ['replace', { op: 'replace', path: '/city', value: url }, 'slumber://atlas/geo/City/7'],
    ['add', { op: 'add', path: '/city', value: url }, 'slumber://atlas/geo/City/7'],
    ['remove', { op: 'remove', path: '/city' }, null],
    ['test', { op: 'test', path: '/city', value: lost }, lost],
  ])('%s', async (_, operation, city) => {
    expect((await api.patch('/menu/Shop/1', [operation], jsonPatch)).status).toBe(204)
    expect(await stored()).toEqual({ name: 'Alta Moda', city })
  })

  test('and cannot make another reference of it', async () => {
    const { status, body } = await api.patch(
      '/menu/Shop/1',
      [{ op: 'add', path: '/city', value: `${lost}8` }],
      jsonPatch,
    )
    expect([status, body.errors[0].pointer]).toEqual([422, '#/0'])
    expect(body.detail).toMatch(/of a known service. There is no service "gone"; the directory lists: [\w, ]+\.$/)
  })
})
