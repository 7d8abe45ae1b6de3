// Rules that come to nothing, or to something that is no rule: closed, and the log says which of them it was.
import { beforeEach, describe, expect, test } from 'vitest'
import { model, modelResource, modelRouter, type Rule, type RuleSource } from 'slumberjs/server'
import { base, menu, serving, type Api } from './fixture.ts'
import { crusts, pizzas } from './tables.ts'

let rule: unknown
/** As a program without types gives it. */
const giving = (): Rule => rule as Rule
const later = async (): Promise<Rule> => await Promise.resolve(giving())
const logged: string[] = []
const nothing = (): void => undefined
const logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: ({ error }: { error?: unknown }) => void logged.push(String(error)),
}

beforeEach(() => {
  logged.length = 0
})

/** The status alone: `api` takes a 500 for a fault of the service. */
const ask = async ({ service }: Api, method: string, path: string, json?: unknown): Promise<number> => {
  const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  return (await service.fetch(new Request(base + path, { method, headers, ...body }))).status
}

const noRules: readonly (readonly [unknown, string])[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  ['yes', 'a string'],
  [1, 'a number'],
  [[{ id: 1 }], 'a list'],
  [() => true, 'a function'],
]

describe('a rule of a model', () => {
  const api = serving({
    logger,
    apps: [
      menu({
        Pizza: model(pizzas, { exclude: ['recipe'], access: { read: giving } }),
        Crust: model(crusts, { access: { create: later, update: later, delete: later } }),
      }),
    ],
  })

  test.each(noRules)('that gives %o is 500, and named in the log', async (given, what) => {
    rule = given
    expect(await ask(api, 'GET', '/menu/Pizza')).toBe(500)
    expect(await ask(api, 'GET', '/menu/Pizza/1')).toBe(500)
    const message = `TypeError: Model menu.Pizza: the read rule must give true, false or a filter, not ${what}.`
    expect(logged).toEqual([message, message])
  })

  test.each([
    ['create', 'POST', '/menu/Crust', { code: 'n', name: 'New' }],
    ['update', 'PATCH', '/menu/Crust/thn', { name: 'New' }],
    ['delete', 'DELETE', '/menu/Crust/thn', undefined],
  ])('of %s that gives nothing lets nothing be written', async (action, method, path, json) => {
    rule = undefined
    const before = await api.dump()
    expect(await ask(api, method, path, json)).toBe(500)
    expect(logged).toEqual([
      `TypeError: Model menu.Crust: the ${action} rule must give true, false or a filter, not undefined.`,
    ])
    expect(await api.dump()).toBe(before)
  })

  test.each(noRules)('that is a queryset and gives %o is 500, and named in the log', async (given, what) => {
    class Crust extends modelResource('/crusts/:code', crusts) {
      GET = this.getOne
      override queryset(): Rule {
        return giving()
      }
    }
    rule = given
    const { fetch } = modelRouter(api.service, [Crust])
    const response = await fetch(new Request('http://x.test/crusts/thn', { headers: { authorization: 'Test admin' } }))
    expect(response.status).toBe(500)
    expect(logged).toEqual([`TypeError: Crust: queryset() must give true, false or a filter, not ${what}.`])
  })
})

describe.each<readonly [string, RuleSource]>([
  ['at once', giving],
  ['later', later],
])('a rule of the service, given %s', (_, source) => {
  const api = serving({ logger, rule: source })

  test.each(noRules)('as %o is 500, and named in the log', async (given, what) => {
    rule = given
    expect(await ask(api, 'GET', '/menu/Pizza')).toBe(500)
    expect(await ask(api, 'POST', '/menu/Crust', { code: 'n', name: 'New' })).toBe(500)
    expect(logged).toEqual([
      `TypeError: Model menu.Pizza: the service’s rule must give true, false or a filter, not ${what}.`,
      `TypeError: Model menu.Crust: the service’s rule must give true, false or a filter, not ${what}.`,
    ])
  })
})
