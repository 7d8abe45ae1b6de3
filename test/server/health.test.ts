// `/-/health` and `/-/ready`: open to everybody, and telling nothing but yes or no.
import { describe, expect, test } from 'vitest'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { app, jsonLogger, model, service, silentLogger } from 'slumberjs/server'
import { createStatements } from './dialects/ddl.ts'
import { createdOn, dialects } from './dialects.ts'

const api = serving()

const withReadiness = (readiness: Record<string, () => Promise<void>>): ReturnType<typeof service> =>
  service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    apps: [menu()],
    authenticate: [testScheme],
    readiness,
  })

describe.each([
  ['/-/health', 'ok'],
  ['/-/ready', 'ready'],
])('%s', (path, word) => {
  test.each(['', 'nobody', 'admin'])('is open to %j', async (as) => {
    const { status, body, headers } = await api.get(path, { as })
    expect([status, body, headers.get('cache-control')]).toEqual([200, { status: word }, 'no-store'])
  })

  test('answers HEAD, refuses everything else', async () => {
    expect((await api.ask('HEAD', path, { as: '' })).status).toBe(200)
    expect((await api.ask('POST', path, { as: '' })).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect((await api.get(`${path}?x=1`, { as: '' })).status).toBe(400)
  })
})

test('a check that fails is logged once', async () => {
  const logged: string[] = []
  const made = service(null, {
    url: `${base}/`,
    database: api.database,
    apps: [],
    authenticate: [testScheme],
    logger: jsonLogger({ level: 'warn', write: (line) => logged.push(line) }),
    readiness: { mail: () => Promise.reject(new Error('no mail')) },
  })
  expect((await made.fetch(new Request(`${base}/-/ready`))).status).toBe(503)
  expect(logged).toHaveLength(1)
  expect(logged.join('')).toContain('no mail')
})

test('ready is 503 when a check fails, names the check and not the reason', async () => {
  const made = withReadiness({
    mail: () => Promise.reject(new Error('secret host mail.internal')),
    cache: () => Promise.resolve(),
  })
  const { status, body, headers, text } = await askService(made, 'GET', '/-/ready', { as: '' })
  expect([status, headers.get('retry-after'), body.detail]).toEqual([503, '1', 'Not ready: mail.'])
  expect(text).not.toContain('internal')
})

describe.each(dialects)('over $name', (dialect) => {
  const { shops, crusts } = dialect.tables
  const created = createdOn(dialect, [shops])

  test('ready is 503 until the tables of all models are there, and says in the log alone which are not', async () => {
    const logged: string[] = []
    const warn = (fields: object): void => {
      const { error } = fields as { readonly error?: unknown }
      if (error instanceof Error) logged.push(error.message)
    }
    const made = service('pizzas', {
      url: `${base}/`,
      directory,
      database: created.database,
      apps: [app('menu', { Shop: model(shops), Crust: model(crusts) })],
      authenticate: [testScheme],
      logger: { ...silentLogger, warn },
    })
    const { status, body, text } = await askService(made, 'GET', '/-/ready', { as: '' })
    expect([status, body.detail]).toEqual([503, 'Not ready: tables.'])
    expect(text).not.toMatch(/crust/i)
    expect(logged).toEqual(['The tables of menu.Crust could not be read: run your migrations.'])
    for (const statement of createStatements([crusts])) await created.sql(statement)
    expect((await askService(made, 'GET', '/-/ready', { as: '' })).status).toBe(200)
    await created.sql('DROP TABLE crust') // what was there is asked for no more
    expect((await askService(made, 'GET', '/-/ready', { as: '' })).status).toBe(200)
  })
})

test('ready is 503 when the database does not answer', async () => {
  const made = withReadiness({ database: () => Promise.reject(new Error('gone')) })
  expect((await askService(made, 'GET', '/-/ready', { as: '' })).body.detail).toBe('Not ready: database.')
})

test('a check that does not come back is a check that fails', async () => {
  const made = withReadiness({ slow: () => new Promise(() => undefined) })
  expect((await askService(made, 'GET', '/-/ready', { as: '' })).status).toBe(503)
})
