// Entity tags change with every change of what is shown, and with nothing else; HAL shows names and links.
import { describe, expect, test } from 'vitest'
import { model, service } from 'slumberjs/server'
import { askService, base, directory, hal, menu, serving, testScheme } from './fixture.ts'
import { pizzas, shops } from './tables.ts'

let clock = 0
const api = serving({
  apps: [
    menu({
      Shop: model(shops, {
        exclude: ['owner'],
        access: { read: (user) => (user.name === 'clerk' ? { active: true } : true) },
        display: (shop) => `${shop.name} of ${shop.owner ?? 'nobody'}`,
      }),
      Timed: model(pizzas, {
        exclude: ['recipe'],
        display: 'name',
        properties: { now: () => clock, taste: (pizza) => pizza.recipe.length },
        references: { exclusiveToId: { inverse: 'timed' } },
      }),
    }),
  ],
})

const tagOf = async (path: string, asked = {}): Promise<string> =>
  (await api.get(path, asked)).headers.get('etag') ?? ''

describe('the tag of an instance', () => {
  test('H169 differs between representations and sets of fields', async () => {
    const tags = [
      await tagOf('/menu/Pizza/3'),
      await tagOf('/menu/Pizza/3', hal),
      await tagOf('/menu/Pizza/3?fields=id'),
      await tagOf('/menu/Pizza/3?fields=name'),
      await tagOf('/menu/Pizza/3?fields=id', hal),
    ]
    expect(new Set(tags).size).toBe(tags.length)
    expect(tags.every((tag) => /^"[^"]+"$/.test(tag))).toBe(true)
  })

  test('H170 is the same in another process', async () => {
    const other = service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      apps: [menu()],
      authenticate: [testScheme],
    })
    const { headers } = await askService(other, 'GET', '/menu/Pizza/3')
    expect(headers.get('etag')).toBe(await tagOf('/menu/Pizza/3'))
  })

  test('changes with each column that is shown, and comes back with it', async () => {
    const first = await tagOf('/menu/Pizza/1')
    for (const change of [
      { name: 'x' },
      { price: '7.51' },
      { forSale: false },
      { maxExtraToppings: null },
      { exclusiveToId: 1 },
    ]) {
      const before = (await api.get('/menu/Pizza/1')).body
      await api.patch('/menu/Pizza/1', change)
      expect(await tagOf('/menu/Pizza/1')).not.toBe(first)
      await api.patch('/menu/Pizza/1', before)
      expect(await tagOf('/menu/Pizza/1')).toBe(first)
    }
  })

  test('does not change with a column that is hidden: it would tell whoever tries values', async () => {
    const first = await tagOf('/menu/Pizza/1')
    await api.sql(`UPDATE pizza SET recipe = 'other' WHERE id = 1`)
    expect(await tagOf('/menu/Pizza/1')).toBe(first)
  })

  test('changes with a computed property, which If-Match does not ask about', async () => {
    clock = 1
    const [first, list] = [await tagOf('/menu/Timed/1'), await tagOf('/menu/Timed')]
    expect((await api.get('/menu/Timed/1', { headers: { 'if-none-match': first } })).status).toBe(304)
    clock = 2
    expect((await api.get('/menu/Timed/1', { headers: { 'if-none-match': first } })).body.now).toBe(2)
    expect(await tagOf('/menu/Timed')).not.toBe(list)
    expect((await api.patch('/menu/Timed/1', { price: '2' }, { headers: { 'if-match': first } })).status).toBe(200)
    expect((await api.patch('/menu/Timed/1', { price: '3' }, { headers: { 'if-match': first } })).status).toBe(412)
    const second = await tagOf('/menu/Timed/1')
    await api.sql(`UPDATE pizza SET recipe = 'other' WHERE id = 1`)
    expect(await tagOf('/menu/Timed/1')).not.toBe(second)
    const untouched = await tagOf('/menu/Timed/1?fields=name')
    clock = 3
    expect(await tagOf('/menu/Timed/1?fields=name')).toBe(untouched)
  })

  test('of HAL changes with the name of what it refers to, that of JSON does not', async () => {
    const [plain, full] = [await tagOf('/menu/Pizza/3'), await tagOf('/menu/Pizza/3', hal)]
    await api.patch('/menu/Shop/1', { name: 'Nuova Moda' })
    expect(await tagOf('/menu/Pizza/3')).toBe(plain)
    expect(await tagOf('/menu/Pizza/3', hal)).not.toBe(full)
  })

  test('that a write gives is the one of the next GET', async () => {
    for (const asked of [{}, hal]) {
      const created = await api.post(
        '/menu/Timed',
        { name: `n${JSON.stringify(asked).length}`, price: 1, exclusiveToId: 1 },
        asked,
      )
      const path = new URL(created.headers.get('location') ?? '').pathname.replace('/slumber/pizzas', '')
      expect(created.headers.get('etag')).toBe(await tagOf(path, asked))
      const changed = await api.patch(path, { price: 2 }, asked)
      expect(changed.headers.get('etag')).toBe(await tagOf(path, asked))
    }
  })
})

test('H171 the tag of a collection changes on insert, delete, update and with who sees it', async () => {
  const tags = [await tagOf('/menu/Shop')]
  await api.post('/menu/Shop', { name: 'Neu', slug: 'neu' })
  tags.push(await tagOf('/menu/Shop'))
  await api.patch('/menu/Shop/4', { name: 'Neuer' })
  tags.push(await tagOf('/menu/Shop'), await tagOf('/menu/Shop', { as: 'clerk' }))
  await api.delete('/menu/Shop/4')
  tags.push(await tagOf('/menu/Shop', { as: 'ada' }))
  expect(new Set(tags).size).toBe(5)
  expect(tags.every((tag) => tag.startsWith('W/"'))).toBe(true)
  expect(await tagOf('/menu/Shop')).toBe(tags[0])
  expect(await tagOf('/menu/Shop?sort=-id')).not.toBe(tags[0])
  expect(await tagOf('/menu/Shop?limit=2')).not.toBe(tags[0])
})

describe('HAL', () => {
  test('names the row and what it refers to', async () => {
    const { body } = await api.get('/menu/Pizza/3', hal)
    expect(body._links).toEqual({
      self: { href: `${base}/menu/Pizza/3`, title: 'Moda Speciale' },
      type: { href: `${base}/menu/Pizza/-/model` },
      collection: { href: `${base}/menu/Pizza` },
      exclusiveTo: { href: `${base}/menu/Shop/1`, title: 'Alta Moda of clerk' },
      prices: { href: `${base}/menu/Pizza/3/prices` },
    })
    expect(body).toMatchObject({ _etag: expect.stringMatching(/^"\w+"$/), id: 3, price: '12.5' })
    expect((await api.get('/menu/Pizza/1', hal)).body._links).not.toHaveProperty('exclusiveTo')
  })

  test('of a list has the rows in _embedded, each with links and tag', async () => {
    const { body, headers } = await api.get('/menu/Pizza?limit=3', hal)
    expect(headers.get('link')).toBeNull()
    expect(body._links.next.href).toContain('after=')
    expect(body._embedded.item[2]).toEqual((await api.get('/menu/Pizza/3', hal)).body)
  })

  test('titles of rows that may not be seen are left out', async () => {
    const titleFor = async (as: string, id: number) =>
      (await api.get(`/menu/Pizza/${id}`, { ...hal, as })).body._links.exclusiveTo
    expect(await titleFor('clerk', 3)).toHaveProperty('title')
    expect(await titleFor('clerk', 4)).toEqual({ href: `${base}/menu/Shop/2` })
    expect(await titleFor('admin', 4)).toEqual({ href: `${base}/menu/Shop/2`, title: 'Da Luigi of luigi' })
  })

  test('of composite keys and keys of text', async () => {
    const { body } = await api.get('/menu/Stock/1,thn', hal)
    expect(body._links).toMatchObject({
      self: { href: `${base}/menu/Stock/1,thn`, title: '1, thn' },
      shop: { href: `${base}/menu/Shop/1` },
      crust: { href: `${base}/menu/Crust/thn`, title: 'Thin' },
    })
  })

  test('plain JSON has the same links in its Link header, in any script', async () => {
    const link = (await api.get('/menu/Pizza/4')).headers.get('link') ?? ''
    expect(link).toContain(`<${base}/menu/Pizza/4>; rel="self"; title*=UTF-8''%C3%9Cnica`)
    expect(link).toContain(`<${base}/menu/Shop/2>; rel="exclusiveTo"`)
    expect((await api.get('/menu/Shop/1')).headers.get('link')).toContain(
      '<http://atlas.test/slumber/atlas/geo/City/7>; rel="city"',
    )
  })
})
