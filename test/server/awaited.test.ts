// A promise that a program has not awaited: nothing of the request is kept, nothing comes after its transaction, and others are not hurt.
import { describe, expect, test } from 'vitest'
import { NO_CONTENT, type StatusConstant } from 'slumberjs/http'
import {
  model,
  modelResource,
  modelRouter,
  operation,
  silentLogger,
  type Logger,
  type Models,
  type Row,
} from 'slumberjs/server'
import { dialects, menuOver, servingOn } from './dialects.ts'
import { base } from './fixture.ts'

interface Given {
  readonly models: Models
  readonly tx: { select(fields?: object): { from(table: unknown): PromiseLike<unknown> } }
}

const logged: string[] = []
const tell = (fields: object): void => {
  const { error } = fields as { readonly error?: unknown }
  logged.push(error instanceof Error ? error.message : '')
}
const logger: Logger = { ...silentLogger, error: tell }

let run: (given: Given) => unknown = () => undefined
const handler = { permissions: [], run: (given: unknown) => run(given as Given) }

class Crust extends modelResource('/crusts/:code', 'menu.Crust') {
  PATCH(): StatusConstant {
    void this.update(this.data() as Row) // as it should not be
    return NO_CONTENT
  }
}

describe.each(dialects)('over $name', (dialect) => {
  const { pizzas, crusts } = dialect.tables
  const api = servingOn(dialect, () => ({
    logger,
    apps: [
      menuOver(dialect, {
        Pizza: model(pizzas, {
          operations: {
            work: operation.model({ GET: handler, POST: handler, PUT: { ...handler, transaction: false } }),
          },
        }),
      }),
    ],
  }))
  const work = async (does: typeof run, method = 'POST'): Promise<number> => {
    run = does
    logged.length = 0
    const url = `${base}/menu/Pizza/-/work`
    return (await api.service.fetch(new Request(url, { method, headers: { authorization: 'Test admin' } }))).status
  }
  const crust = { code: 'new', name: 'New' }

  test.each([
    ['a create', ({ models }: Given) => void models(crusts).create(crust), 'create'],
    ['a create that is refused', ({ models }: Given) => void models(crusts).create({ code: 'thn' }), 'create'],
    ['an update', ({ models }: Given) => void models(crusts).update({ code: 'thn' }, { name: 'New' }), 'update'],
    ['a list', ({ models }: Given) => void models(crusts).list(), 'list'],
    [
      'one that has been made long ago',
      async ({ models }: Given) => {
        void models(crusts).create(crust)
        await models(crusts).count()
        await models(crusts).create({ code: 'two', name: 'Two' })
      },
      'create',
    ],
    [
      'a function that awaits it',
      ({ models }: Given) => {
        const both = async (): Promise<void> => {
          await models(crusts).create(crust)
          await models(crusts).create({ code: 'two', name: 'Two' })
        }
        void both()
      },
      'create',
    ],
  ])('%s that is not awaited is the program’s fault', async (_, does, name) => {
    const before = await api.dump()
    expect([await work(does), await api.dump()]).toEqual([500, before])
    expect(logged).toEqual([
      `"work" of menu.Pizza: models(menu.Crust).${name}(…) was not awaited, and nothing of the request is kept: await it.`,
    ])
    expect((await api.post('/menu/Crust', crust)).status).toBe(201)
  })

  test('without a transaction, too; what has one of its own stays', async () => {
    expect(await work(({ models }) => void models(crusts).count(), 'GET')).toBe(500)
    expect(await work(({ models }) => void models(crusts).create({ code: 'thn' }), 'PUT')).toBe(500)
    expect(await work(({ models }) => models(crusts).create(crust), 'PUT')).toBe(200)
  })

  test('what comes after the transaction is refused, and reaches nobody', async () => {
    let late: (() => Promise<unknown>) | undefined
    let begin: (() => unknown) | undefined
    const status = await work(({ models, tx }) => {
      late = () => models(crusts).create(crust)
      begin = () => tx.select()
      return 'done'
    })
    expect(status).toBe(200)
    await expect(late?.()).rejects.toThrow('create(…) came after its transaction has ended: await it.')
    void late?.() // and ends no process
    expect(begin).toThrow('A statement came after its transaction has ended: await what makes it.')
    expect((await api.get('/menu/Crust/new')).status).toBe(404)
  })

  test('where one of several is refused the others are settled before the transaction ends', async () => {
    const before = await api.dump()
    const status = await work(({ models }) =>
      Promise.all([
        models(crusts).create({ code: 'thn', name: 'Thin' }),
        models(crusts).create(crust),
        models(crusts).list(),
      ]),
    )
    expect([status, logged, await api.dump()]).toEqual([409, [], before])
  })

  test('a hand-written resource', async () => {
    const before = await api.dump()
    logged.length = 0
    const answer = await modelRouter(api.service, [Crust]).fetch(
      new Request('http://pizzas.test/crusts/thn', {
        method: 'PATCH',
        headers: { authorization: 'Test admin', 'content-type': 'application/json', 'if-match': '*' },
        body: '{"name":"New"}',
      }),
    )
    expect([answer.status, await api.dump()]).toEqual([500, before])
    expect(logged).toEqual(['Crust: update(…) was not awaited, and nothing of the request is kept: await it.'])
  })
})
