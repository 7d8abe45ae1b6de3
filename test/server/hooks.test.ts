// What a program does around writes: in the transaction, after the commit, and at the begin of each transaction.
import { describe, expect, test, beforeEach } from 'vitest'
import { eq } from 'drizzle-orm'
import { app, model, operation, Problem, service, silentLogger, type Hooks } from 'slumberjs/server'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { crusts, pizzas, shops } from './tables.ts'

const told: string[] = []
const logged: unknown[] = []
let fails: string | undefined
const nothing = (): void => undefined

function telling(who: string): Hooks {
  const tell = (text: string): void => {
    told.push(`${who} ${text}`)
    if (fails === `${who} ${text.split(' ')[0]}`) throw new Problem(409, 'Not today.', { code: 'not-today' })
  }
  return {
    beforeCreate: ({ values }) => tell(`beforeCreate ${String(values['name'])}`),
    afterCreate: ({ row }) => tell(`afterCreate ${String(row['name'])}`),
    beforeUpdate: ({ before, values }) => tell(`beforeUpdate ${String(before['name'])} ${JSON.stringify(values)}`),
    afterUpdate: ({ before, row }) => tell(`afterUpdate ${String(before['name'])} ${String(row['name'])}`),
    beforeDelete: ({ row }) => tell(`beforeDelete ${String(row['name'])}`),
    afterDelete: ({ row }) => tell(`afterDelete ${String(row['name'])}`),
    committed: ({ action, row }) => tell(`committed ${action} ${String(row['name'])}`),
  }
}

beforeEach(() => {
  told.length = 0
  logged.length = 0
  fails = undefined
})

const api = serving({
  logger: { debug: nothing, info: nothing, warn: nothing, error: (fields) => void logged.push(fields) },
  on: {
    '*': { beforeCreate: ({ model: name, user }) => void told.push(`* ${name} by ${user.name}`) },
    'menu.Crust': telling('service'),
  },
  apps: [
    menu({
      Crust: model(crusts, { on: telling('model'), access: { create: { name: { ne: 'Forbidden' } } }, bulk: true }),
      Shop: model(shops, {
        on: {
          beforeCreate: ({ values }) => ({ slug: String(values['name']).toLowerCase() }),
          beforeUpdate: ({ before, values }) => ('name' in values ? { slug: `was-${before.slug}` } : undefined),
          afterCreate: async ({ tx, row }) => {
            await tx.insert(crusts).values({ code: `s${String(row['id'])}`, name: 'of shop' })
          },
        },
      }),
      Pizza: model(pizzas, {
        exclude: ['recipe'],
        on: {
          committed: () => {
            throw new Error('mail server is away')
          },
        },
        operations: {
          rename: operation.instance({
            POST: {
              run: async ({ tx, instance }) => {
                await tx.update(crusts).set({ name: 'by hand' }).where(eq(crusts.code, 'thn'))
                return instance['id']
              },
            },
          }),
        },
      }),
    }),
  ],
})

describe('a create', () => {
  test('tells the hooks of the service before those of the model, and commits before the last', async () => {
    expect((await api.post('/menu/Crust', { code: 'x', name: 'New' })).status).toBe(201)
    expect(told).toEqual([
      '* menu.Crust by admin',
      'service beforeCreate New',
      'model beforeCreate New',
      'service afterCreate New',
      'model afterCreate New',
      'service committed create New',
      'model committed create New',
    ])
  })

  test('by PUT is one', async () => {
    expect((await api.put('/menu/Crust/y', { name: 'Put' })).status).toBe(201)
    expect(told).toContain('model committed create Put')
  })

  test('is written with what a hook returns', async () => {
    const { status, body } = await api.post('/menu/Shop', { name: 'Nuovo', slug: 'given' })
    expect([status, body.slug]).toEqual([201, 'nuovo'])
    expect((await api.get(`/menu/Crust/s${body.id}`)).body.name).toBe('of shop')
  })

  test('that a hook refuses leaves nothing, and nobody hears of it', async () => {
    for (const when of ['model beforeCreate', 'model afterCreate']) {
      fails = when
      told.length = 0
      const before = await api.dump()
      const { status, body } = await api.post('/menu/Crust', { code: 'x', name: 'New' })
      expect([status, body.code, await api.dump()]).toEqual([409, 'not-today', before])
      expect(told.join()).not.toContain('committed')
    }
  })

  test('that a rule refuses afterwards is not committed', async () => {
    expect((await api.post('/menu/Crust', { code: 'x', name: 'Forbidden' }, { as: 'x menu.add_crust' })).status).toBe(
      403,
    )
    expect(told).toContain('model afterCreate Forbidden')
    expect(told.join()).not.toContain('committed')
  })

  test('of many tells of each; those undone by themselves are not committed', async () => {
    const rows = [
      { code: 'a', name: 'A' },
      { code: 'thn', name: 'Taken' },
      { code: 'b', name: 'B' },
    ]
    const { status } = await api.post('/menu/Crust', rows)
    expect(status).toBe(200)
    expect(told.filter((text) => text.startsWith('model committed'))).toEqual([
      'model committed create A',
      'model committed create B',
    ])
  })

  test.each([
    ['by another row', { code: 'thn', name: 'Taken' }, 409],
    ['by a rule', { code: 'b', name: 'Forbidden' }, 403],
    ['by nobody', { code: 'b', name: 'B' }, 200],
  ])('of all or none, refused %s, tells of each once', async (_, last, status) => {
    const rows = [{ code: 'a', name: 'A' }, last]
    const asked = { as: 'x menu.add_crust', headers: { prefer: 'handling=strict' } }
    expect((await api.post('/menu/Crust', rows, asked)).status).toBe(status)
    expect(told.filter((text) => text.startsWith('model beforeCreate'))).toEqual([
      'model beforeCreate A',
      `model beforeCreate ${last.name}`,
    ])
    expect(new Set(told).size).toBe(told.length - 1) // `*` says the same of both
  })
})

describe('an update', () => {
  test('tells what was and what has become', async () => {
    expect((await api.patch('/menu/Crust/thn', { name: 'Thinner' })).status).toBe(200)
    expect(told.filter((text) => text.startsWith('model'))).toEqual([
      'model beforeUpdate Thin {"name":"Thinner"}',
      'model afterUpdate Thin Thinner',
      'model committed update Thinner',
    ])
  })

  test('is written with what a hook returns', async () => {
    expect((await api.patch('/menu/Shop/1', { name: 'Altra' })).body.slug).toBe('was-alta-moda')
    expect((await api.patch('/menu/Shop/2', { active: true })).body.slug).toBe('da-luigi')
  })

  test('that a hook refuses leaves nothing', async () => {
    fails = 'service afterUpdate'
    const before = await api.dump()
    expect((await api.patch('/menu/Crust/thn', { name: 'Thinner' })).status).toBe(409)
    expect(await api.dump()).toBe(before)
  })

  test('that fails after its hooks is not committed', async () => {
    expect((await api.patch('/menu/Crust/thn', { name: 'x'.repeat(11) })).status).toBe(422)
    expect((await api.patch('/menu/Crust/thn', { name: 'x' }, { headers: { 'if-match': '"no"' } })).status).toBe(412)
    expect(told).toEqual([])
  })
})

describe('a delete', () => {
  test('tells of the row as it was', async () => {
    await api.sql('DELETE FROM stock')
    expect((await api.delete('/menu/Crust/thk')).status).toBe(204)
    expect(told.filter((text) => text.startsWith('model'))).toEqual([
      'model beforeDelete Thick',
      'model afterDelete Thick',
      'model committed delete Thick',
    ])
  })

  test('that the database refuses is not committed', async () => {
    expect((await api.delete('/menu/Crust/thn')).status).toBe(409)
    expect(told.filter((text) => text.startsWith('model'))).toEqual(['model beforeDelete Thin'])
  })
})

describe('a committed hook', () => {
  test('that fails is logged, and the answer is what was done', async () => {
    expect((await api.patch('/menu/Pizza/1', { price: '8' })).status).toBe(200)
    expect((await api.get('/menu/Pizza/1')).body.price).toBe('8')
    expect(logged).toMatchObject([{ model: 'menu.Pizza', action: 'update', error: { message: 'mail server is away' } }])
  })
})

test('writes of an operation by Drizzle tell no hooks', async () => {
  expect((await api.post('/menu/Pizza/1/rename', undefined)).status).toBe(200)
  expect((await api.get('/menu/Crust/thn')).body.name).toBe('by hand')
  expect(told).toEqual([])
})

describe('begin', () => {
  const begun: string[] = []
  const made = () =>
    service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      authenticate: [testScheme],
      logger: silentLogger,
      apps: [menu()],
      begin: async (tx, user) => {
        begun.push(user.name)
        await tx.insert(crusts).values({ code: 'begun', name: user.name })
        if (user.name === 'closed') throw new Problem(403, 'Closed.', { code: 'closed' })
      },
    })

  beforeEach(() => {
    begun.length = 0
  })

  test('is called in the transaction of a write, and undone with it', async () => {
    expect((await askService(made(), 'PATCH', '/menu/Pizza/1', { json: { price: '8' } })).status).toBe(200)
    expect((await api.get('/menu/Crust/begun')).body.name).toBe('admin')
    await api.sql(`DELETE FROM crust WHERE code = 'begun'`)
    expect((await askService(made(), 'PATCH', '/menu/Pizza/1', { json: { nothing: 1 } })).status).toBe(422)
    expect((await api.get('/menu/Crust/begun')).status).toBe(404)
    expect(begun).toEqual(['admin', 'admin'])
  })

  test('is called for reads too, which then are in a transaction', async () => {
    const { body } = await askService(made(), 'GET', '/menu/Crust', { as: 'reader' })
    expect(body.map(({ name }: { name: string }) => name)).toContain('reader')
    expect((await askService(made(), 'GET', '/menu/Crust/thn')).status).toBe(409) // its own row is there already
    expect(begun).toEqual(['reader', 'admin'])
  })

  test('may refuse', async () => {
    const { status, body } = await askService(made(), 'GET', '/menu/Pizza', { as: 'closed' })
    expect([status, body.code]).toEqual([403, 'closed'])
    expect((await api.get('/menu/Crust/begun')).status).toBe(404)
  })

  test('is not called for what has no rows', async () => {
    await askService(made(), 'GET', '/menu/')
    await askService(made(), 'GET', '/-/contract')
    expect(begun).toEqual([])
  })
})

describe('hooks that cannot be', () => {
  const make =
    (on: object, options: object = {}) =>
    () =>
      service(null, {
        url: `${base}/`,
        database: api.database,
        apps: [app('menu', { Crust: model(crusts, options) })],
        authenticate: [testScheme],
        on: on as Record<string, Hooks>,
      })

  test('are refused when the service is made', () => {
    expect(make({ Crust: {} })).toThrow('on["Crust"]: there is no such model; there are: menu.Crust.')
    expect(make({ 'menu.Crust': { afterSave: nothing } })).toThrow(
      'on["menu.Crust"]: there is no hook "afterSave"; there are: beforeCreate,',
    )
    expect(make({}, { on: { before: nothing } })).toThrow('Model menu.Crust: there is no hook "before"')
    expect(make({ '*': {}, 'menu.Crust': {} })).not.toThrow()
  })
})
