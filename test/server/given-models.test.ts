// Operations that say what they give: an instance of a model, or a page of them.
import { describe, expect, test } from 'vitest'
import { instanceOf, model, operation, pageOf } from 'slumberjs/server'
import { NO_CONTENT } from 'slumberjs/http'
import { base, menu, serving } from './fixture.ts'
import { pizzas } from './tables.ts'

const anybody = { permissions: [] }
const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        access: { read: { id: { ne: 2 } } },
        operations: {
          next: operation.instance({
            POST: { ...anybody, output: instanceOf('menu.Pizza'), run: ({ instance }) => ({ id: instance.id + 1 }) },
            DELETE: { ...anybody, output: instanceOf('menu.Pizza'), run: () => NO_CONTENT },
            PUT: { ...anybody, output: instanceOf('menu.Pizza'), run: () => ({ name: 'Margherita' }) },
          }),
          shops: operation.model({
            GET: { output: pageOf('menu.Shop'), run: ({ page }) => page({ model: 'menu.Shop' }) },
          }),
        },
      }),
    }),
  ],
})
const hal = { headers: { accept: 'application/hal+json' } }

describe('an operation that gives an instance', () => {
  test('answers it as it is stored, with links and tag', async () => {
    const { body } = await api.ask('POST', '/menu/Pizza/3/next', hal)
    expect(body).toEqual((await api.get('/menu/Pizza/4', hal)).body)
    expect(body._links.self.href).toBe(`${base}/menu/Pizza/4`)
    expect(body).not.toHaveProperty('recipe')
  })

  test('answers nothing of one that the caller may not read', async () => {
    expect((await api.ask('POST', '/menu/Pizza/1/next', hal)).status).toBe(204)
  })

  test('may make its answer itself, and is a fault of the program without a key', async () => {
    expect((await api.ask('DELETE', '/menu/Pizza/1/next')).status).toBe(204)
    await expect(api.ask('PUT', '/menu/Pizza/1/next')).rejects.toThrow('a 500')
  })

  test('says so in its document, as one that gives a page does', async () => {
    const { operations } = (await api.get('/menu/Pizza/-/model')).body
    const pizza = { model: `${base}/menu/Pizza` }
    expect(operations.instance.next.gives).toEqual({ POST: pizza, DELETE: pizza, PUT: pizza })
    expect(operations.model.shops.gives).toEqual({ GET: { model: `${base}/menu/Shop`, page: true } })
  })
})
