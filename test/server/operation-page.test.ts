// An operation that gives rows of a model as a page: the query is the program's, the rows are those that the caller may read.
import { describe, expect, test } from 'vitest'
import { model, operation, pageParameters } from 'slumberjs/server'
import { hal, menu, serving } from './fixture.ts'
import { pizzas, shops } from './tables.ts'

const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        exclude: ['recipe'],
        access: { read: ({ name }) => (name === 'admin' ? true : { id: { ne: 2 } }) },
        operations: {
          plain: operation.model({
            GET: {
              query: pageParameters,
              run: ({ page, query }) =>
                page({ filter: { recipe: 'secret-dough', id: { lte: 3 } }, sort: '-price', ...query }),
            },
          }),
          wrong: operation.model({ GET: { run: ({ page }) => page({ model: 'menu.Nothing' }) } }),
        },
      }),
      Shop: model(shops, {
        exclude: ['owner'],
        operations: {
          menu: operation.instance({
            GET: {
              run: ({ page, instance }) => page({ model: 'menu.Pizza', filter: { exclusiveToId: instance['id'] } }),
            },
          }),
        },
      }),
    }),
  ],
})

const ids = (body: readonly { id: number }[]): number[] => body.map(({ id }) => id)
const path = '/menu/Pizza/-/plain'

describe('a page of an operation', () => {
  test('is a list as any other, with links that go on in both directions', async () => {
    const first = await api.get(`${path}?limit=2`, hal)
    expect(ids(first.body._embedded.item)).toEqual([3, 1])
    const second = await api.get(first.body._links.next.href, hal)
    expect(ids(second.body._embedded.item)).toEqual([2])
    expect(Object.keys(second.body._links)).toEqual(['self', 'first', 'prev'])
    expect((await api.get(second.body._links.prev.href, hal)).body._embedded).toEqual(first.body._embedded)
    expect(second.body._links.first.href).toBe(first.body._links.self.href)
  })

  test('in plain JSON is an array', async () => {
    const { body, headers } = await api.get(`${path}?limit=1`)
    expect([ids(body), headers.get('link')?.includes('rel="next"')]).toEqual([[3], true])
  })

  test('has only rows that the caller may read', async () => {
    expect(ids((await api.get(path, { as: 'guest' })).body)).toEqual([3, 1])
  })

  test('may be of another model', async () => {
    expect(ids((await api.get('/menu/Shop/1/menu')).body)).toEqual([3])
  })

  test('A050 takes no cursor of another list or caller', async () => {
    const { body } = await api.get(`${path}?limit=1`, hal)
    const after = new URL(body._links.next.href).searchParams.get('after') ?? ''
    expect((await api.get(`${path}?after=${after}`)).status).toBe(200)
    expect((await api.get(`${path}?after=${after}`, { as: 'guest' })).status).toBe(400)
    expect((await api.get(`/menu/Pizza?after=${after}`)).status).toBe(400)
    expect((await api.get(`${path}?after=${after}x`)).status).toBe(400)
    expect((await api.get(`${path}?after=${after}&before=${after}`)).status).toBe(400)
  })

  test('of a model that there is not is a fault of the program', async () => {
    await expect(api.get('/menu/Pizza/-/wrong')).rejects.toThrow('a 500')
  })
})
