// What a program gets wrong is a 500 that is logged, not its caller's fault; and its caller is shown no place in content that they have
// not sent.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Router } from 'slumberjs/http'
import {
  model,
  modelCollection,
  modelRouter,
  operation,
  silentLogger,
  type Logger,
  type Models,
  type PageRequest,
  type Row,
} from 'slumberjs/server'
import { dialects, menuOver, servingOn } from './dialects.ts'
import { base } from './fixture.ts'

interface Given {
  readonly models: Models
  readonly input: Row
  readonly page: (request: PageRequest) => Promise<unknown>
}

const logged: string[] = []
const tell = (fields: object): void => {
  const { error } = fields as { readonly error?: unknown }
  if (error instanceof Error) logged.push(error.message)
}
const logger: Logger = { ...silentLogger, error: tell }

let run: (given: Given) => unknown = () => undefined
const handler = { permissions: [], run: (given: unknown) => run(given as Given) }
const anything = {
  '~standard': { version: 1 as const, vendor: 'tests', validate: (value: unknown) => ({ value }) },
}

let made: Row = {}
class Crusts extends modelCollection('/crusts', 'menu.Crust') {
  async POST(): Promise<Answer> {
    return await this.created(await this.create(made))
  }
}

let hooked: Row = {}

describe.each(dialects)('over $name', (dialect) => {
  const { pizzas, crusts, samples } = dialect.tables
  const api = servingOn(dialect, () => ({
    logger,
    apps: [
      menuOver(dialect, {
        Pizza: model(pizzas, {
          exclude: ['recipe'],
          fields: { maxExtraToppings: { read: (user) => user.superuser } },
          operations: {
            work: operation.model({ GET: handler, POST: handler }),
            'work-on': operation.model({ POST: { ...handler, input: anything } }),
          },
        }),
        Price: model(dialect.tables.prices, { exclude: ['date'] }),
        Sample: model(samples, { on: { beforeCreate: () => hooked, beforeUpdate: () => hooked } }),
      }),
    ],
  }))
  const site = (): Router => modelRouter(api.service, [Crusts])

  beforeEach(() => {
    logged.length = 0
    hooked = {}
  })

  const asked = async (method: string, path: string, content?: object, as = 'admin'): Promise<[number, Row]> => {
    const isOfService = path.startsWith('/menu')
    const fetch = isOfService ? api.service.fetch : site().fetch
    const response = await fetch(
      new Request(isOfService ? base + path : `http://pizzas.test${path}`, {
        method,
        headers: { authorization: `Test ${as}`, 'content-type': 'application/json' },
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      }),
    )
    return [response.status, (await response.json()) as Row]
  }
  const work = async (does: typeof run, content?: object): Promise<[number, Row]> => {
    run = does
    return await asked('POST', content === undefined ? '/menu/Pizza/-/work' : '/menu/Pizza/-/work-on', content)
  }

  test('a value that a new row needs and is not given is the program’s fault, and told to it by name', async () => {
    const message = 'menu.Crust: a new row was given no value for name'
    expect((await work(({ models }) => models(crusts).create({ code: 'new' })))[0]).toBe(500)
    expect((await work(({ models }) => models(crusts).create({ code: 'new', name: null as never })))[0]).toBe(500)
    made = { code: 'new' }
    expect((await asked('POST', '/crusts', {}))[0]).toBe(500)
    expect(logged).toEqual([message, message, message].map((each) => expect.stringContaining(each) as string))
    expect((await work(({ models }) => models(dialect.tables.prices).create({ pizzaId: 2 })))[0]).toBe(500)
    expect(logged.at(-1)).toContain('menu.Price: a new row was given no value for date')
  })

  test('so is an order that the model does not have; one that this caller may not ask for is not', async () => {
    const wrong = [
      () => work(({ page }) => page({ sort: 'nmber' })),
      () => work(({ models }) => models(pizzas).list({}, { sort: '-nmber' })),
    ]
    for (const each of wrong) expect((await each())[0]).toBe(500)
    expect(logged).toHaveLength(2)
    for (const message of logged) expect(message).toMatch(/menu\.Pizza: the order of a program: "sort" names "nmber"/)
    run = ({ page }) => page({ sort: 'maxExtraToppings' })
    expect((await asked('POST', '/menu/Pizza/-/work', undefined, 'clerk'))[0]).toBe(400)
    expect((await asked('POST', '/menu/Pizza/-/work'))[0]).toBe(200)
  })

  test('pointers lead into content that was sent', async () => {
    const taken = ({ models }: Given) => models(pizzas).update({ id: 1 }, { name: 'Marinara' })
    const [status, problem] = await work(taken)
    expect([status, problem['errors']]).toEqual([409, undefined])
    expect(problem['detail']).toBe('There is already a row with this name.')
    const sent = await work(taken, { name: 'Marinara' })
    expect([sent[0], sent[1]['errors']]).toEqual([409, [{ pointer: '#/name', detail: 'is taken' }]])
    const wrong = ({ models }: Given) => models(samples).update({ id: 1 }, { size: 'x', word: 'a\0b' })
    const [, { errors, detail }] = await work(wrong, { size: 'x' })
    expect(errors).toEqual([{ pointer: '#/size', detail: 'must be one of: s, m, l' }])
    expect(detail).toMatch(/^#\/size must be .*; word must /)
    expect(logged).toEqual([])
  })

  test('hooks give values that columns keep', async () => {
    const wrong: readonly [Row, string][] = [
      [{ size: 'opne' }, 'gave a wrong "size": it must be one of: s, m, l.'],
      [{ word: '\ud800' }, 'gave a wrong "word": it must'],
      [{ id: null }, 'gave null for "id", which is never null.'],
    ]
    for (const [values, message] of wrong) {
      hooked = values
      logged.length = 0
      expect((await asked('POST', '/menu/Sample', { id: 9 }))[0]).toBe(500)
      expect((await asked('PATCH', '/menu/Sample/1', { word: 'x' }))[0]).toBe(500)
      expect(logged).toEqual([
        expect.stringContaining(`beforeCreate of menu.Sample ${message}`),
        expect.stringContaining(`beforeUpdate of menu.Sample ${message}`),
      ])
    }
    hooked = { size: 's', whole: 2, word: null }
    expect((await asked('POST', '/menu/Sample', { id: 9 }))[0]).toBe(201)
  })
})
