// `/-/health` and `/-/ready`: open to everybody, and telling nothing but yes or no.
import { describe, expect, test } from 'vitest'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { service } from 'slumberjs/server'

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

test('ready is 503 when a check fails, names the check and not the reason', async () => {
  const made = withReadiness({
    mail: () => Promise.reject(new Error('secret host mail.internal')),
    cache: () => Promise.resolve(),
  })
  const { status, body, headers, text } = await askService(made, 'GET', '/-/ready', { as: '' })
  expect([status, headers.get('retry-after'), body.detail]).toEqual([503, '1', 'Not ready: mail.'])
  expect(text).not.toContain('internal')
})

test('ready is 503 when the database does not answer', async () => {
  const made = withReadiness({ database: () => Promise.reject(new Error('gone')) })
  expect((await askService(made, 'GET', '/-/ready', { as: '' })).body.detail).toBe('Not ready: database.')
})

test('a check that does not come back is a check that fails', async () => {
  const made = withReadiness({ slow: () => new Promise(() => undefined) })
  expect((await askService(made, 'GET', '/-/ready', { as: '' })).status).toBe(503)
})
