// Hand-written resources over every database: what is shown, pages and writes are the same in all of them.
import { describe, expect, test } from 'vitest'
import { NO_CONTENT, type Answer, type Router, type StatusConstant } from 'slumberjs/http'
import { modelCollection, modelResource, modelRouter, type Row } from 'slumberjs/server'
import { dialects, servingOn } from './dialects.ts'

class Pizza extends modelResource('/pizzas/:id', 'menu.Pizza', {
  fields: {
    include: ['id', 'name'],
    related: {
      exclusiveTo: ['name'],
      prices: { include: ['id'], related: { sizes: ['size'] }, limit: 1, sort: '-date' },
    },
  },
}) {
  GET = this.getOne
  async PATCH(): Promise<StatusConstant> {
    await this.update(this.data() as Row) // what the tests send
    return NO_CONTENT
  }
}
class Pizzas extends modelCollection('/pizzas', Pizza, { sort: '-name' }) {
  GET = this.getPage
  async POST(): Promise<Answer> {
    return await this.created(await this.create(this.data() as Row)) // what the tests send
  }
}
class Stock extends modelResource('/stocks/:shopId/:crustCode', 'menu.Stock', { fields: ['all'] }) {
  GET = this.getOne
}

describe.each(dialects)('over $name', (dialect) => {
  const api = servingOn(dialect)
  const site = (): Router => modelRouter(api.service, [Pizzas, Pizza, Stock])
  const ask = (method: string, path: string, content?: object, etag = '*'): Promise<Response> =>
    site().fetch(
      new Request(`http://pizzas.test${path}`, {
        method,
        headers: {
          authorization: 'Test admin',
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'PATCH' ? { 'if-match': etag } : {}),
        },
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      }),
    )
  const json = async (path: string): Promise<unknown> => await (await ask('GET', path)).json()

  test('a row is shown with what is related to it', async () => {
    expect(await json('/pizzas/1')).toEqual({
      id: 1,
      name: 'Margherita',
      exclusiveTo: null,
      prices: [{ id: 2, sizes: [] }],
    })
    expect(await json('/pizzas/3')).toEqual({
      id: 3,
      name: 'Moda Speciale',
      exclusiveTo: { name: 'Alta Moda' },
      prices: [{ id: 3, sizes: [{ size: 'l' }] }],
    })
  })

  test('a composite key is two parameters of a path', async () => {
    expect(await json('/stocks/1/thn')).toEqual({ shopId: 1, crustCode: 'thn', quantity: 5, shop: 1, crust: 'thn' })
    expect((await ask('GET', '/stocks/1/none')).status).toBe(404)
  })

  test('pages give every row once', async () => {
    const found: unknown[] = []
    for (let next: string | undefined = '/pizzas?limit=1'; next !== undefined;) {
      const page: Response = await ask('GET', next)
      found.push(...((await page.json()) as readonly { id: number }[]).map(({ id }) => id)) // a page of pizzas
      next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
    }
    expect(new Set(found)).toEqual(new Set([1, 2, 3, 4]))
    expect(found).toHaveLength(4)
  })

  test('a write upon a state that has changed is 412', async () => {
    const etag = (await ask('GET', '/pizzas/1')).headers.get('etag') ?? ''
    const patch = (name: string): Promise<Response> => ask('PATCH', '/pizzas/1', { name }, etag)
    const statuses = (await Promise.all(['a', 'b', 'c'].map(patch))).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 412, 412])
  })

  test('what is refused leaves nothing', async () => {
    const taken = await ask('POST', '/pizzas', { name: 'Marinara', price: '5' })
    expect([taken.status, await taken.json()]).toEqual([409, expect.objectContaining({ code: 'not-unique' })])
    const made = await ask('POST', '/pizzas', { name: 'Bianca', price: '5' })
    expect([made.status, await made.json()]).toEqual([201, expect.objectContaining({ name: 'Bianca', prices: [] })])
    expect(await json('/pizzas')).toHaveLength(5)
  })
})
