// Idempotency-Key over models: what is sent twice is done once, and that is kept in the transaction of the write.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { app, model, operation, service, silentLogger, type Principal } from 'slumberjs/server'
import { serve } from 'slumberjs/node'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { dialects } from './dialects.ts'
import { askService, testScheme, type Answer } from './fixture.ts'
import { everything, servingOrders } from './orders.ts'
import { crusts } from './tables.ts'

const keyed = (key: string, more: object = {}) => ({ headers: { 'idempotency-key': `"${key}"`, ...more } })

describe.each(dialects)('$name', (dialect) => {
  const api = servingOrders(dialect, { idempotency: true }, ({ notes }) => ({
    Secret: model(notes, { access: { read: ({ name }) => ({ owner: name }) }, references: { aboutId: 'about' } }),
  }))
  const count = async () => (await api.sql('SELECT id FROM notes')).length
  const item = { slug: 'new', owner: 'ann' }

  test('a POST that is sent again is answered again, and done once', async () => {
    const first = await api.post('/o/Note', item, keyed('a'))
    const again = await api.post('/o/Note', item, keyed('a'))
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect([again.headers.get('idempotency-replayed'), await count()]).toEqual(['?1', 4])
  })

  test('a refusal that is an outcome is answered again, and one that was not begun may be tried anew', async () => {
    const taken = { slug: 'one', owner: 'ann' }
    expect((await api.post('/o/Note', taken, keyed('a'))).status).toBe(409)
    const again = await api.post('/o/Note', taken, keyed('a'))
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, '?1'])
    expect(
      (await api.post('/o/Note', { ...item, owner: 'bob' }, { ...keyed('b'), as: everything('ann') })).status,
    ).toBe(403)
    expect((await api.sql('SELECT * FROM slumber_shared')).length).toBe(1)
  })

  test('the key of other content is 422', async () => {
    await api.post('/o/Note', item, keyed('a'))
    const { status, body } = await api.post('/o/Note', { ...item, slug: 'other' }, keyed('a'))
    expect([status, body.code, await count()]).toEqual([422, 'idempotency-key-reused', 4])
  })

  test('a key belongs to one caller and one URL', async () => {
    expect((await api.post('/o/Note', item, keyed('a'))).status).toBe(201)
    const other = { ...item, slug: 'other' }
    expect((await api.post('/o/Note', other, { ...keyed('a'), as: everything('ann') })).status).toBe(201)
    expect((await api.post('/o/Line', { orderId: 1, product: 'x' }, keyed('a'))).status).toBe(201)
  })

  test('who may no longer do it is not shown what it came to', async () => {
    await api.post('/o/Note', item, { ...keyed('a'), as: everything('ann') })
    expect((await api.post('/o/Note', item, { ...keyed('a'), as: 'ann' })).status).toBe(403)
  })

  test('what it came to is not shown where the row may no longer be seen', async () => {
    const as = everything('eve')
    const owned = { ...item, owner: 'eve' }
    const patch = () => api.patch('/o/Secret/1', { slug: 'mine' }, { ...keyed('b'), as })
    const first = await api.post('/o/Secret', owned, { ...keyed('a'), as })
    await api.sql(`UPDATE notes SET owner = 'eve' WHERE id = 1`)
    expect([first.body.slug, (await patch()).body.slug]).toEqual(['new', 'mine'])
    await api.sql(`UPDATE notes SET owner = 'bob'`)
    const again = await api.post('/o/Secret', owned, { ...keyed('a'), as })
    expect([again.status, again.text, again.headers.get('location')]).toEqual([201, '', first.headers.get('location')])
    expect((await patch()).status).toBe(404)
  })

  test('in another representation than the first time, a row is shown as it is by now', async () => {
    const hal = { accept: 'application/hal+json' }
    const shown = ({ status, headers, body }: Answer) => [
      status,
      headers.get('idempotency-replayed'),
      headers.get('content-type'),
      body?._links?.self.href,
      body?.slug ?? body?.customer,
    ]
    const post = (key: string, as: object = {}) => api.post('/o/Note', { ...item, slug: key }, keyed(key, as))
    const first = await post('a')
    const url = first.headers.get('location') ?? ''
    const again = await post('a', hal)
    expect(shown(again)).toEqual([201, '?1', 'application/hal+json', url, 'a'])
    expect(again.body._etag).toBe(first.headers.get('etag')?.replace(/\..*/, '"'))
    await api.patch(url, { slug: 'changed' })
    expect([shown(await post('a', hal))[4], (await post('a')).body.slug]).toEqual(['changed', 'a'])
    await post('b', hal)
    expect(shown(await post('b'))).toEqual([201, '?1', 'application/json', undefined, 'b'])
    await api.delete(url)
    const gone = await post('a', hal)
    expect([gone.status, gone.text, gone.headers.get('location')]).toEqual([201, '', url])
    expect((await post('a')).body.slug).toBe('a')

    const patch = (as: object = {}) => api.patch('/o/Order/1', { customer: 'x' }, keyed('c', as))
    await patch()
    const order = await api.get('/o/Order/1', { headers: hal })
    const patched = await patch(hal)
    expect([patched.status, patched.text]).toEqual([200, order.text])
    expect(patched.headers.get('etag')).toBe(order.headers.get('etag'))
    expect(await count()).toBe(4)
  })

  test('of parallel attempts one is done', async () => {
    const attempts = Array.from({ length: 4 }, () => api.post('/o/Note', item, keyed('a')))
    const answers = (await Promise.all(attempts)).map(({ status, body }) => (status === 201 ? 201 : body.code))
    expect(answers).toContain(201)
    // Done, but not yet kept, is in progress, too: that is what a retry may wait for.
    expect(answers.every((each) => each === 201 || each === 'idempotency-in-progress')).toBe(true)
    expect(await count()).toBe(4)
    expect((await api.post('/o/Note', item, keyed('a'))).status).toBe(201)
  })

  test('is for PATCH and for lists, too', async () => {
    const order = () => api.patch('/o/Order/1', { customer: 'x' }, keyed('a'))
    expect([(await order()).body.version, (await order()).body.version]).toEqual([2, 2])
    const list = () => api.post('/o/Note', [item, { owner: 'ann' }], keyed('b'))
    expect([(await list()).body, await count()]).toEqual([(await list()).body, 4])
  })

  test('what was done by a process that did not live to keep its answer is not done again, and said', async () => {
    await api.post('/o/Note', item, keyed('a'))
    // As it stands in the transaction of the write, before the answer is kept.
    const [row] = await api.sql('SELECT value FROM slumber_shared')
    const { fingerprint, answer } = JSON.parse(String(row?.['value']))
    const { content, fields, ...rest } = answer
    expect([content.length > 0, fields.length > 1]).toEqual([true, true])
    const kept = fields.filter(([name]: [string]) => name === 'location')
    const mark = async (settlesUntil: number): Promise<void> => {
      const marked = JSON.stringify({ fingerprint, answer: { ...rest, fields: kept, settlesUntil } })
      await api.sql(`UPDATE slumber_shared SET value = '${marked}'`)
    }
    await mark(Number.MAX_SAFE_INTEGER)
    expect((await api.post('/o/Note', item, keyed('a'))).body.code).toBe('idempotency-in-progress')
    await mark(0)
    const { status, body } = await api.post('/o/Note', item, keyed('a'))
    expect([status, body.code, await count()]).toEqual([409, 'idempotency-answer-not-kept', 4])
    expect((await api.get(body.location)).body.slug).toBe('new')
  })

  test('what has expired may be used again', async () => {
    await api.post('/o/Note', item, keyed('a'))
    await api.sql('UPDATE slumber_shared SET expires = 1')
    expect((await api.post('/o/Note', { ...item, slug: 'other' }, keyed('a'))).status).toBe(201)
  })

  test('the service is ready, for its table is there', async () => {
    expect((await api.get('/-/ready')).status).toBe(200)
  })
})

describe('with SQLite', () => {
  test('a service without the table is not ready, and refuses what needs it', async () => {
    const client = createClient({ url: ':memory:' })
    const logged: unknown[] = []
    await client.execute('CREATE TABLE crust (code text PRIMARY KEY, name text NOT NULL)')
    let runs = 0
    const count = operation.model({ POST: { run: () => ({ runs: ++runs }) } })
    const served = service('s', {
      url: 'http://s.test/',
      database: drizzle({ client }),
      apps: [app('a', { Crust: model(crusts, { operations: { count } }) })],
      authenticate: [testScheme],
      idempotency: { required: true },
      logger: { ...silentLogger, error: (...words: unknown[]) => void logged.push(...words) },
    })
    const post = () => askService(served, 'POST', '/a/Crust/-/count', keyed('a'))
    expect((await askService(served, 'GET', '/-/ready')).status).toBe(503)
    expect([(await post()).status, runs]).toEqual([503, 0])
    await expect(served.ready()).rejects.toThrow('CREATE TABLE slumber_shared')
    await expect(serve(served)).rejects.toThrow('CREATE TABLE slumber_shared')
    // Once, and in a line: `ready()` has told the cause.
    const atStart = logged.indexOf('Idempotency-Key cannot be understood yet')
    expect(logged[atStart - 1]).toEqual({ error: expect.stringContaining('CREATE TABLE slumber_shared') })
    await client.execute(
      'CREATE TABLE slumber_shared (key text, place integer, value text NOT NULL, expires integer NOT NULL, PRIMARY KEY (key, place))',
    )
    await served.ready()
    await (await serve(served)).close()
    expect([(await post()).body, (await post()).body, runs]).toEqual([{ runs: 1 }, { runs: 1 }, 1])
    expect((await askService(served, 'POST', '/a/Crust', { json: { code: 'x', name: 'X' } })).body.code).toBe(
      'idempotency-key-missing',
    )
    client.close()
  })
})

describe('what was answered is shown again to those alone who may still see it', () => {
  const notes = sqliteTable('seen_note', {
    id: integer().primaryKey(),
    owner: text().notNull(),
    title: text().notNull(),
    secret: text().default('s3cr3t'),
  })
  const client = createClient({ url: ':memory:' })
  const user = (...more: string[]): Principal => ({
    name: 'ann',
    superuser: false,
    can: (permission) => ['n.add_note', 'n.change_note', ...more].includes(permission),
  })
  const made = service(null, {
    url: 'http://h/',
    database: drizzle({ client }),
    authenticate: [testScheme],
    idempotency: true,
    logger: silentLogger,
    apps: [
      app('n', {
        Note: model(notes, {
          bulk: true,
          access: { read: ({ name }) => ({ owner: name }) },
          fields: { secret: { read: (caller) => caller.can('n.secret') } },
          operations: {
            tell: operation.instance({
              POST: { permissions: [], run: ({ instance }) => ({ told: instance['title'] }) },
            }),
          },
        }),
      }),
    ],
  })
  const ask = async (
    as: Principal,
    key: string,
    method: string,
    path: string,
    json: unknown,
  ): Promise<[number, string]> => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': `"${key}"`,
      ...(Array.isArray(json) ? { prefer: 'return=representation' } : {}),
    }
    const request = new Request(`http://h${path}`, { method, headers, body: JSON.stringify(json) })
    const response = await made.fetch(request, { principal: as })
    return [response.status, await response.text()]
  }
  const requests = [
    ['POST', '/n/Note', { owner: 'ann', title: 'one' }, 201],
    ['PATCH', '/n/Note/1', { title: 'uno' }, 204],
    ['POST', '/n/Note', [{ owner: 'ann', title: 'two' }], 204],
    ['PATCH', '/n/Note', [{ id: 2, title: 'due' }], 204],
  ] as const
  const whole = user('n.secret')
  const first: string[] = []

  beforeEach(async () => {
    await client.executeMultiple(`
      DROP TABLE IF EXISTS seen_note; DROP TABLE IF EXISTS slumber_shared;
      CREATE TABLE seen_note (id integer PRIMARY KEY, owner text NOT NULL, title text NOT NULL, secret text DEFAULT 's3cr3t');`)
    const missing: unknown = await made.ready().catch((reason: unknown) => reason)
    await client.executeMultiple(/makes it: (.*)$/s.exec(String(missing))?.[1] ?? '')
    first.length = 0
    for (const [index, [method, path, json]] of requests.entries()) {
      first.push((await ask(whole, `k${index}`, method, path, json))[1])
    }
    first.push((await ask(whole, 'op', 'POST', '/n/Note/1/tell', {}))[1])
    first.push((await ask(whole, 'query', 'POST', '/n/Note/-/query', {}))[1])
  })

  test('who may see it is answered as the first time', async () => {
    for (const content of first.slice(0, requests.length)) expect(content).toContain('s3cr3t')
    expect(first.at(-2)).toBe('{"told":"uno"}')
    expect(await ask(whole, 'k0', 'POST', '/n/Note', requests[0][2])).toEqual([201, first[0]])
  })

  test('not a field that is closed to them since', async () => {
    for (const [index, [method, path, json, status]] of requests.entries()) {
      expect([path, ...(await ask(user(), `k${index}`, method, path, json))]).toEqual([path, status, ''])
    }
    expect((await ask(user(), 'query', 'POST', '/n/Note/-/query', {}))[1]).not.toContain('s3cr3t')
  })

  test('not a row that is hidden from them since', async () => {
    await client.execute(`UPDATE seen_note SET owner = 'bob'`)
    for (const [index, [method, path, json, status]] of requests.entries()) {
      const [given, content] = await ask(whole, `k${index}`, method, path, json)
      expect([path, given]).toEqual([path, path.endsWith('/1') ? 404 : status])
      expect(content).not.toMatch(/one|uno|two|due/)
    }
    expect((await ask(whole, 'op', 'POST', '/n/Note/1/tell', {}))[0]).toBe(404)
    expect(await ask(whole, 'query', 'POST', '/n/Note/-/query', {})).toEqual([200, '[]'])
  })
})
