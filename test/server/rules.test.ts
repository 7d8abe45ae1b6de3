// The object form of filters, as rules use it: every form, on visible and hidden columns and along relations.
import { describe, expect, test } from 'vitest'
import { model, type Rule } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { categories, pizzas, prices, samples } from './tables.ts'

let rule: Rule = true
const access = { read: () => rule }
const logged: string[] = []

const nothing = (): void => undefined
const api = serving({
  logger: { debug: nothing, info: nothing, warn: nothing, error: ({ error }) => void logged.push(String(error)) },
  apps: [
    menu({
      Pizza: model(pizzas, { exclude: ['recipe'], access }),
      Category: model(categories, { references: { parentId: { inverse: 'children' } }, access }),
      Sample: model(samples, { access }),
      Price: model(prices, { references: { pizzaId: { inverse: 'prices' } }, access }),
    }),
  ],
})

const under = async (path: string, given: Rule): Promise<unknown> => {
  rule = given
  return (await api.get(path)).body.map(({ id }: { id: number }) => id)
}

describe('a rule', () => {
  test.each<readonly [Rule, readonly number[]]>([
    [true, [1, 2, 3, 4]],
    [false, []],
    [{ id: 2 }, [2]],
    [{ pk: 2 }, [2]],
    [{ id: { in: [1, 3] } }, [1, 3]],
    [{ id: { in: [] } }, []],
    [{ id: { nin: [] } }, [1, 2, 3, 4]],
    [{ id: { gte: 2, lt: 4 } }, [2, 3]],
    [{ price: { gte: 9 } }, [3, 4]],
    [{ price: '7.50' }, [1]],
    [{ forSale: false }, [4]],
    [{ recipe: 'secret-dough' }, [1, 2, 3, 4]],
    [{ recipe: { ne: 'secret-dough' } }, []],
    [{ exclusiveToId: null }, [1, 2]],
    [{ exclusiveToId: { isnull: false } }, [3, 4]],
    [{ exclusiveTo: { name: 'Alta Moda' } }, [3]],
    [{ exclusiveTo: { owner: 'luigi' } }, [4]],
    [{ exclusiveTo: {} }, [3, 4]],
    [{ prices: { sizes: { size: 'l' } } }, [3]],
    [{ forSale: true, price: { lt: 7 } }, [2]],
    [{ and: [{ forSale: true }, { price: { lt: 7 } }] }, [2]],
    [{ or: [{ id: 1 }, { name: { startswith: 'Ü' } }] }, [1, 4]],
    [{ or: [] }, []],
    [{ not: { id: 1 } }, [2, 3, 4]],
    [{ not: { maxExtraToppings: { gt: 3 } } }, [1, 2, 4]],
    [{ not: { exclusiveTo: { active: true } } }, [1, 2, 4]],
    [{ not: { or: [{ id: 1 }, { not: { price: { gt: 6 } } }] } }, [3, 4]],
  ])('%j', async (given, expected) => {
    expect(await under('/menu/Pizza', given)).toEqual(expected)
  })

  test('may give a column’s own values', async () => {
    expect(await under('/menu/Sample', { at: { gt: new Date(1_500) } })).toEqual([2, 3])
    expect(await under('/menu/Sample', { at: new Date(1_000) })).toEqual([1])
    expect(await under('/menu/Sample', { big: 10n })).toEqual([2])
    expect(await under('/menu/Sample', { huge: { lte: 10n } })).toEqual([1, 2])
    expect(await under('/menu/Sample', { city: 'slumber://world/geo/City/1' })).toEqual([1])
  })

  test('may give a Date that is finer than its column', async () => {
    expect(await under('/menu/Price', { date: { lte: new Date(Date.UTC(2100, 0, 1, 0, 0, 0, 500)) } })).not.toEqual([])
    expect(await under('/menu/Price', { date: { lte: new Date(1) } })).toEqual([])
  })

  test('along a self reference', async () => {
    expect(await under('/menu/Category', { parent: { parent: { name: 'Food' } } })).toEqual([3])
    expect(await under('/menu/Category', { children: { children: {} } })).toEqual([1])
  })

  test.each<readonly [Rule, string]>([
    [{}, 'is an empty filter'],
    [{ id: {} }, '#/id compares with nothing'],
    [{ nothing: 1 }, 'menu.Pizza has no "nothing"'],
    [{ exclusiveTo: { nothing: 1 } }, 'menu.Shop has no "nothing"'],
    [{ exclusiveTo: 1 }, '#/exclusiveTo takes a filter'],
    [{ exclusiveTo: null }, '#/exclusiveTo takes a filter'],
    [{ or: {} }, '#/or takes a list of filters'],
    [{ not: [1] }, '#/not takes a filter'],
    [{ id: 'x' }, 'must be an integer'],
    [{ id: [1, 2] }, '#/id takes one value, not a list'],
    [{ id: { eq: [] } }, '#/id/eq takes one value, not a list'],
    [{ id: { like: 1 } }, '"like" is no operator'],
    [{ forSale: { gt: true } }, '"gt" does not fit'],
  ])('%j is a fault of the program, told in the log alone', async (given, message) => {
    rule = given
    logged.length = 0
    const request = new Request('http://pizzas.test/slumber/pizzas/menu/Pizza', {
      headers: { authorization: 'Test admin' },
    })
    const response = await api.service.fetch(request)
    expect([response.status, await response.json()]).toMatchObject([500, { code: 'internal' }])
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain('Model menu.Pizza: the read rule')
    expect(logged[0]).toContain(message)
  })
})
