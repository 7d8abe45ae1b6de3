// The local address, for development: who is on this machine, and who only says so.
import { connect as open } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { basic, localAddress } from 'slumberjs/auth'
import { requestListener, serve } from 'slumberjs/node'
import type { Scheme, Service } from 'slumberjs/server'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { accounting, as, directory } from './fixture.ts'

const system = accounting()
const path = new URL(directory.kitchen).pathname

const kitchen = (...schemes: readonly Scheme[]): Service =>
  system.kitchen(schemes.length === 0 ? [localAddress({ as: 'admin' })] : schemes)

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly host?: string
  readonly service?: Service
}

/** The status of a request that comes from there. */
async function from(peer: string | undefined, asked: Asked = {}): Promise<number> {
  const { method = 'GET', headers = {}, host = 'localhost:8001', service = kitchen() } = asked
  const isWrite = method === 'POST'
  const body = isWrite ? { body: '{"words":"salt"}' } : {}
  const type = isWrite ? { 'content-type': 'application/json' } : {}
  const request = new Request(`http://${host}${path}kitchen/Note`, {
    method,
    headers: { ...type, ...headers },
    ...body,
  })
  return (await service.fetch(request, peer === undefined ? {} : { peer })).status
}

afterEach(() => vi.unstubAllEnvs())

test.each(['127.0.0.1', '127.8.9.10', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::FFFF:7f00:1', '::1%lo'])(
  'A025 %s is this machine, and may do everything',
  async (peer) => {
    expect(await from(peer)).toBe(200)
    expect(await from(peer, { method: 'POST' })).toBe(201)
  },
)

test.each([
  '192.0.2.1',
  '::ffff:192.0.2.1',
  '10.0.0.1',
  '2001:db8::1',
  '::127.0.0.1',
  'fe80::1%lo',
  '127.1',
  '2130706433',
  'localhost',
  '127.0.0.1, 192.0.2.1',
  '',
])('A025 %j is not', async (peer) => {
  expect(await from(peer)).toBe(401)
})

test('A026 a peer that is not known is not local', async () => {
  expect(await from(undefined)).toBe(401)
})

test('A026 nor is one behind a Unix socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slumber-socket-'))
  const socket = join(folder, 's')
  const server = createServer({ requireHostHeader: false }, requestListener(kitchen()))
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const answered = await new Promise<string>((resolve) => {
    const connection = open(socket, () =>
      connection.write(`GET ${path}kitchen/Note HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    )
    connection.once('data', (octets) => resolve(octets.toString()))
  })
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
  expect(answered).toMatch(/^HTTP\/1\.1 401 /)
})

test.each(['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Forwarded-Host', 'Via'])(
  'A022 no field makes anybody local, and who comes through a proxy is not: %s',
  async (name) => {
    expect(await from('192.0.2.1', { headers: { [name]: '127.0.0.1' } })).toBe(401)
    expect(await from('127.0.0.1', { headers: { [name]: '127.0.0.1' } })).toBe(401)
  },
)

test('A022 not even the word of a trusted proxy does', async () => {
  const server = await serve(kitchen(), { trustedProxies: { addresses: ['127.0.0.0/8'] } })
  const get = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await fetch(`${server.url}${path}kitchen/Note`, { headers })).status
  expect(await get({ 'x-forwarded-for': '127.0.0.1' })).toBe(401)
  expect(await get({ 'x-forwarded-for': '192.0.2.1' })).toBe(401)
  expect(await get({})).toBe(200)
  await server.close()
})

test.each([
  `/${path}`,
  '/%2e/x',
  path.replace('/slumber', '/x/../slumber'),
  path.replace('slumber', 'SLUMBER'),
  `${path};x`,
])('A031 another spelling of a path lets nobody in: %s', async (spelled) => {
  const request = new Request(`http://localhost${spelled}`)
  expect((await kitchen().fetch(request, { peer: '192.0.2.1' })).status).toBe(401)
})

test('a page of another origin, in a browser on this machine, changes nothing', async () => {
  const post = (headers: Readonly<Record<string, string>>): Promise<number> => from('::1', { method: 'POST', headers })
  expect(await post({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await post({ origin: 'https://evil.example' })).toBe(403)
  expect(await post({ origin: 'null' })).toBe(403)
  expect(await post({ origin: 'http://localhost:8001', 'sec-fetch-site': 'same-origin' })).toBe(201)
  expect(await post({ origin: 'http://localhost:8001' })).toBe(201)
  expect(await post({ 'sec-fetch-site': 'none' })).toBe(201)
})

test('nor reads anything by a name of its own that leads to this machine', async () => {
  expect(await from('127.0.0.1', { host: 'evil.example:8001' })).toBe(401)
  expect(await from('127.0.0.1', { host: 'localhost.evil.example' })).toBe(401)
  for (const host of ['pizzas.localhost:8001', '127.0.0.1', '[::1]:8001']) expect(await from('::1', { host })).toBe(200)
  const service = kitchen(localAddress({ as: 'admin', hosts: ['pizzas.test'] }))
  expect(await from('127.0.0.1', { host: 'pizzas.test', service })).toBe(200)
})

test('who it is can be anybody', async () => {
  const service = kitchen(localAddress({ as: { name: 'clerk', superuser: false, permissions: [] } }))
  expect(await from('127.0.0.1', { service })).toBe(200)
  expect(await from('127.0.0.1', { service, method: 'POST' })).toBe(403)
})

test('who gives credentials is known by those, and a 401 lists the challenges of the chain', async () => {
  const service = kitchen(localAddress({ as: 'admin' }), basic(system.verify))
  const by = (authorization: string): Promise<number> =>
    from('127.0.0.1', { service, method: 'POST', headers: { authorization } })
  expect([await by(as('viewer')), await by(as('clerk')), await by('Basic YTpi')]).toEqual([403, 201, 401])
  const response = await service.fetch(new Request(`http://localhost${path}`), { peer: '192.0.2.1' })
  expect(response.headers.get('www-authenticate')).toBe(
    'LocalAddress realm="slumber", Basic realm="slumber", charset="UTF-8"',
  )
})

test('in production there is none', () => {
  vi.stubEnv('NODE_ENV', 'production')
  expect(() => localAddress({ as: 'admin' })).toThrow('is for development')
})
