// Row rules that one service publishes and another one fetches: they hold on every path to a row, as rules of its own would.
import { httpCache, type Transport } from 'slumberjs'
import { remoteRules, ruleModel, type RemoteRulesOptions } from 'slumberjs/auth'
import { app, model, service, silentLogger, type Scheme, type Service } from 'slumberjs/server'
import * as mysql from 'slumberjs/mysql'
import * as pg from 'slumberjs/pg'
import * as sqlite from 'slumberjs/sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { createdOn, dialects, menuOver, servingOn, type CreatedOn, type Dialect } from './dialects.ts'
import { testScheme, type Answer } from './fixture.ts'

const directory = { auth: 'http://auth.test/slumber/auth/', pizzas: 'http://pizzas.test/slumber/pizzas/' }
const tableOf = { sqlite: sqlite.rowRules, pg: pg.rowRules, mysql: mysql.rowRules }
const every = ['add', 'change', 'delete'].map((action) => `menu.${action}_shop`).join(',')

/** `Authorization: Group clerk clerks,cooks`: a name and groups, with every permission for shops. */
const groupScheme: Scheme = {
  challenge: 'Group realm="tests"',
  authenticate({ headers }) {
    const [scheme, name = '', groups = ''] = (headers.get('authorization') ?? '').split(' ')
    if (scheme !== 'Group') return undefined
    return { name, superuser: name === 'admin', groups: groups.split(','), can: (each) => every.includes(each) }
  },
}

/** The service itself, by a name and a password. */
const serviceScheme: Scheme = {
  challenge: 'Basic realm="tests"',
  authenticate: ({ headers }) =>
    headers.get('authorization') === `Basic ${btoa('service:pizzas:secret')}`
      ? { name: 'service:pizzas', superuser: false, can: (each) => each === 'auth.view_rowrule' }
      : undefined,
}

interface Publisher {
  readonly service: Service
  readonly transport: Transport
  /** What was asked of it: `GET 200`, or `GET` alone where it was away. */
  readonly asked: string[]
  isDown: boolean
  publish(...rules: readonly (readonly [action: string, group: string, filter: unknown])[]): Promise<void>
}

function publishing(dialect: Dialect, created: CreatedOn): Publisher {
  const asked: string[] = []
  let served: Service | undefined
  const publisher: Publisher = {
    asked,
    isDown: false,
    get service() {
      served ??= service('auth', {
        url: directory.auth,
        directory,
        database: created.database,
        apps: [app('auth', { RowRule: ruleModel(tableOf[dialect.kind], { maxAge: 60 }) })],
        authenticate: [serviceScheme, testScheme],
        logger: silentLogger,
      })
      return served
    },
    transport: async (request) => {
      if (publisher.isDown) {
        asked.push(request.method)
        throw new TypeError('fetch failed')
      }
      const response = await publisher.service.fetch(request)
      asked.push(`${request.method} ${response.status}`)
      return response
    },
    async publish(...rules) {
      await created.sql('DELETE FROM auth_row_rule')
      for (const [action, group, filter] of rules) {
        const { status, text } = await post(publisher.service, {
          service: 'pizzas',
          modelName: 'menu.Shop',
          action,
          group,
          filter,
        })
        expect([status, text]).toEqual([201, expect.anything()])
      }
    },
  }
  return publisher
}

async function post({ url, fetch }: Service, json: unknown): Promise<{ status: number; text: string }> {
  const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
  const body = JSON.stringify(json)
  const response = await fetch(new Request(`${url}auth/RowRule`, { method: 'POST', headers, body }))
  return { status: response.status, text: await response.text() }
}

describe.each(dialects)('published rules over $name', (dialect) => {
  const created = createdOn(dialect, [tableOf[dialect.kind]])
  const publisher = publishing(dialect, created)
  let now = Date.now()
  const logged: unknown[] = []
  const remote = (options: Partial<RemoteRulesOptions> = {}) =>
    remoteRules({
      directory,
      service: 'pizzas',
      authenticate: basicOfService,
      transport: (request) => publisher.transport(request),
      cache: httpCache({ now: () => now }),
      ...options,
    })
  const basicOfService = Object.assign(() => ({ authorization: `Basic ${btoa('service:pizzas:secret')}` }), {
    user: 'service:pizzas',
  })
  const api = servingOn(dialect, ({ shops, pizzas }) => ({
    apps: [
      menuOver(dialect, {
        Shop: model(shops, { display: 'name', rulesFrom: remote() }),
        Pizza: model(pizzas, { display: 'name', exclude: ['recipe'], rulesFrom: () => true }),
      }),
    ],
    authenticate: [groupScheme],
    logger: { ...silentLogger, error: (each: unknown) => logged.push(each) },
  }))

  const as = (name: string, ...groups: readonly string[]) => ({
    headers: { authorization: `Group ${name} ${groups.join(',')}` },
  })
  const names = ({ body }: Answer): unknown => body.map(({ name }: { name: string }) => name)

  beforeEach(() => {
    now += 1_000_000
    publisher.isDown = false
    publisher.asked.length = 0
    logged.length = 0
  })

  test('a caller sees what a rule of any of their groups lets them see', async () => {
    await publisher.publish(['read', 'north', { id: { in: [1] } }], ['read', 'south', { name: 'Chiuso' }])
    expect(names(await api.get('/menu/Shop', as('ada', 'north')))).toEqual(['Alta Moda'])
    expect(names(await api.get('/menu/Shop', as('ada', 'north', 'south')))).toEqual(['Alta Moda', 'Chiuso'])
    const counted = { ...as('ada', 'south').headers, prefer: 'count=exact' }
    expect((await api.get('/menu/Shop', { headers: counted })).headers.get('total-count')).toBe('1')
    expect((await api.get('/menu/Shop/1', as('ada', 'north'))).status).toBe(200)
    expect((await api.get('/menu/Shop/2', as('ada', 'north'))).status).toBe(404)
  })

  test('without a rule for a group of theirs no row is theirs, superusers included', async () => {
    await publisher.publish(['read', 'north', true])
    for (const who of [as('ada', 'east'), as('ada'), as('admin', 'east')]) {
      expect(names(await api.get('/menu/Shop', who))).toEqual([])
      expect((await api.get('/menu/Shop/1', who)).status).toBe(404)
    }
    await publisher.publish()
    expect(names(await api.get('/menu/Shop', as('ada', 'east')))).toEqual([])
  })

  test('relations, expansions and filters lead to no row that they close', async () => {
    await publisher.publish(['read', 'north', { id: 1 }])
    const { body } = await api.get('/menu/Pizza?expand=exclusiveTo&sort=id', as('ada', 'north'))
    const texts = JSON.stringify(body)
    expect(texts).toContain('Alta Moda')
    expect(texts).not.toContain('Da Luigi')
    expect(names(await api.get('/menu/Pizza?exclusiveTo.name=Da%20Luigi', as('ada', 'north')))).toEqual([])
    expect(names(await api.get('/menu/Pizza?exclusiveTo.name=Alta%20Moda', as('ada', 'north')))).toEqual([
      'Moda Speciale',
    ])
  })

  test('a write falls under its rule before and after, and leaves everything as it was where it does not', async () => {
    await publisher.publish(
      ['read', 'north', true],
      ['create', 'north', { active: true }],
      ['update', 'north', { slug: { startswith: 'a' } }],
      ['delete', 'north', { active: false }],
    )
    const before = await api.dump()
    const who = as('ada', 'north')
    const shop = { name: 'Nuova', slug: 'nuova' }
    expect((await api.post('/menu/Shop', { ...shop, active: false }, who)).status).toBe(403)
    expect((await api.patch('/menu/Shop/2', { name: 'X' }, who)).status).toBe(403)
    expect((await api.patch('/menu/Shop/1', { slug: 'b' }, who)).status).toBe(403)
    expect((await api.delete('/menu/Shop/2', who)).status).toBe(403)
    expect((await api.post('/menu/Shop', { ...shop, active: true }, as('ada', 'south'))).status).toBe(403)
    expect(await api.dump()).toBe(before)
    expect((await api.post('/menu/Shop', { ...shop, active: true }, who)).status).toBe(201)
    expect((await api.patch('/menu/Shop/1', { slug: 'ab' }, who)).status).toBe(200)
    expect((await api.delete('/menu/Shop/3', who)).status).toBe(204)
  })

  test('a rule may name the caller', async () => {
    await publisher.publish(['read', 'owners', { owner: { caller: 'name' } }])
    expect(names(await api.get('/menu/Shop', as('luigi', 'owners')))).toEqual(['Da Luigi'])
    expect(names(await api.get('/menu/Shop', as('ada', 'owners')))).toEqual([])
    await publisher.publish(['read', 'clerk', { or: [{ owner: { in: { caller: 'groups' } } }, { id: 3 }] }])
    now += 61_000
    expect(names(await api.get('/menu/Shop', as('ada', 'clerk')))).toEqual(['Alta Moda', 'Chiuso'])
  })

  test('a rule is none where nothing is known of the caller that it names', async () => {
    await publisher.publish(['read', 'services', { not: { owner: { caller: 'service' } } }])
    expect(names(await api.get('/menu/Shop', as('ada', 'services')))).toEqual([])
  })

  test('they are fetched once for as long as they are fresh, then asked about by their tag', async () => {
    await publisher.publish(['read', 'north', { id: 1 }])
    for (const name of ['ada', 'bob']) await api.get('/menu/Shop', as(name, 'north'))
    expect(publisher.asked).toEqual(['GET 200'])
    now += 61_000
    await api.get('/menu/Shop', as('ada', 'north'))
    expect(publisher.asked).toEqual(['GET 200', 'GET 304'])
    await publisher.publish(['read', 'north', { id: 2 }])
    now += 61_000
    expect(names(await api.get('/menu/Shop', as('ada', 'north')))).toEqual(['Da Luigi'])
  })

  test('a rule that names what the model has not closes it to those whose rule it is, and is logged once', async () => {
    await publisher.publish(['read', 'north', { nmae: 'x' }], ['read', 'south', { id: 2 }])
    for (let times = 0; times < 2; times++) {
      const { status, text } = await api.get('/menu/Shop', as('ada', 'north'))
      expect(status).toBe(403)
      expect(text).not.toContain('nmae')
    }
    expect(logged.map((each) => (each as { error: Error }).error.message)).toEqual([expect.stringContaining('nmae')])
    expect(names(await api.get('/menu/Shop', as('ada', 'south')))).toEqual(['Da Luigi'])
  })

  test('while the auth service is away reads and writes are refused once nothing is fresh', async () => {
    await publisher.publish(['read', 'north', true], ['create', 'north', true])
    expect((await api.get('/menu/Shop', as('ada', 'north'))).status).toBe(200)
    publisher.isDown = true
    expect((await api.get('/menu/Shop', as('ada', 'north'))).status).toBe(200)
    now += 61_000
    const refused = await api.get('/menu/Shop', as('ada', 'north'))
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'rules-unavailable',
      '2',
    ])
    expect((await api.post('/menu/Shop', { name: 'N', slug: 'n' }, as('ada', 'north'))).status).toBe(503)
    expect((await api.get('/menu/Pizza/1', as('ada', 'north'))).status).toBe(200)
  })

  describe('with rules that may be stale', () => {
    const patient = servingOn(dialect, ({ shops }) => ({
      apps: [menuOver(dialect, { Shop: model(shops, { rulesFrom: remote({ whileDown: { staleFor: 600 } }) }) })],
      authenticate: [groupScheme],
    }))

    test('reads go on for the stated time, and writes are refused', async () => {
      await publisher.publish(['read', 'north', { id: 1 }], ['update', 'north', true])
      expect(names(await patient.get('/menu/Shop', as('ada', 'north')))).toEqual(['Alta Moda'])
      const { status } = await patient.patch('/menu/Shop/1', { name: 'Alta' }, as('ada', 'north'))
      expect(status).toBe(200)
      publisher.isDown = true
      now += 61_000
      expect(names(await patient.get('/menu/Shop', as('ada', 'north')))).toEqual(['Alta'])
      expect((await patient.patch('/menu/Shop/1', { name: 'B' }, as('ada', 'north'))).status).toBe(503)
      now += 600_000
      expect((await patient.get('/menu/Shop', as('ada', 'north'))).status).toBe(503)
    })
  })

  describe('besides rules of the model’s own', () => {
    const both = servingOn(dialect, ({ shops }) => ({
      apps: [menuOver(dialect, { Shop: model(shops, { access: { read: { active: true } }, rulesFrom: remote() }) })],
      authenticate: [groupScheme],
    }))

    test('both must hold', async () => {
      await publisher.publish(['read', 'north', { id: { in: [1, 2] } }])
      expect(names(await both.get('/menu/Shop', as('ada', 'north')))).toEqual(['Alta Moda'])
    })
  })

  describe('as the auth service has them', () => {
    const path = 'auth/RowRule/-/for/pizzas/menu.Shop'
    const ask = async (authorization: string, more: Record<string, string> = {}): Promise<Response> => {
      const { url, fetch } = publisher.service
      return await fetch(new Request(url + path, { headers: { authorization, ...more } }))
    }

    test('they are one resource for each model, with a strong tag and a stated age', async () => {
      await publisher.publish(['update', 'b', { id: 2 }], ['read', 'b', true], ['read', 'a', { id: 1 }])
      const first = await ask('Test admin')
      const tag = first.headers.get('etag') ?? ''
      expect(await first.json()).toEqual({
        rules: [
          { action: 'read', group: 'a', filter: { id: 1 } },
          { action: 'read', group: 'b', filter: true },
          { action: 'update', group: 'b', filter: { id: 2 } },
        ],
      })
      expect([tag, first.headers.get('cache-control')]).toEqual([
        expect.stringMatching(/^"[^"]+"$/),
        'private, max-age=60',
      ])
      const again = await ask('Test admin', { 'if-none-match': tag })
      expect([again.status, await again.text()]).toEqual([304, ''])
    })

    test('they are for those who may view rules', async () => {
      expect((await ask('Test ada auth.view_rowrule')).status).toBe(200)
      expect((await ask('Test ada')).status).toBe(403)
      expect((await ask('')).status).toBe(401)
    })

    test.each([
      ['an empty filter', {}, '#/filter'],
      ['an empty alternative', { or: [{ id: 1 }, {}] }, '#/filter/or/1'],
      ['no alternatives', { or: [] }, '#/filter/or'],
      ['a comparison with nothing', { id: {} }, '#/filter/id'],
      ['an alternative that is no filter', { and: [5] }, '#/filter/and/0'],
      ['the opposite of no filter', { not: 'x' }, '#/filter/not'],
      ['something of the caller that there is not', { owner: { caller: 'mail' } }, '#/filter/owner'],
      ['a list of objects', { id: { in: [{ a: 1 }] } }, '#/filter/id/in'],
      ['false, which is what no rule says', false, '#/filter'],
      ['a text', 'all', '#/filter'],
    ])('a rule with %s is refused', async (_, filter, pointer) => {
      const rule = { service: 'pizzas', modelName: 'menu.Shop', action: 'read', group: 'a', filter }
      const { status, text } = await post(publisher.service, rule)
      expect(status).toBe(422)
      expect(JSON.parse(text).errors.map((each: { pointer: string }) => each.pointer)).toEqual([pointer])
    })

    test('a rule that is changed to one that is not well formed stays as it was', async () => {
      await publisher.publish(['read', 'a', { id: 1 }])
      const [stored] = await created.sql('SELECT id FROM auth_row_rule')
      const headers = { authorization: 'Test admin', 'content-type': 'application/merge-patch+json' }
      const url = `${publisher.service.url}auth/RowRule/${String(stored?.['id'])}`
      const body = JSON.stringify({ filter: { or: [] } })
      expect((await publisher.service.fetch(new Request(url, { method: 'PATCH', headers, body }))).status).toBe(422)
      expect((await (await ask('Test admin')).json()).rules).toEqual([
        { action: 'read', group: 'a', filter: { id: 1 } },
      ])
    })

    test.each([
      ['service', { service: 'a/b' }],
      ['modelName', { modelName: 'Shop' }],
      ['action', { action: 'view' }],
    ])('a rule with a wrong %s is refused', async (name, wrong) => {
      const rule = { service: 'pizzas', modelName: 'menu.Shop', action: 'read', group: 'a', filter: true, ...wrong }
      const { status, text } = await post(publisher.service, rule)
      expect([status, text]).toEqual([422, expect.stringContaining(`#/${name}`)])
    })
  })
})

test('what could never be asked is refused when the program starts', () => {
  const options = { directory, service: 'pizzas', authenticate: () => ({}) }
  expect(() => remoteRules({ ...options, directory: { pizzas: directory.pizzas } })).toThrow(
    'The directory lists no service "auth" to have rules from; it lists: pizzas.',
  )
  expect(() => remoteRules({ ...options, whileDown: { staleFor: -1 } })).toThrow(TypeError)
  expect(() => ruleModel(sqlite.rowRules, { maxAge: 1.5 })).toThrow(TypeError)
})
