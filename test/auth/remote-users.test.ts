// A service whose users are kept by another one: asked over a transport that is that service itself, or one that fails.
import { describe, expect, test } from 'vitest'
import { basic, remember, remoteUsers } from 'slumberjs/auth'
import { accounting, as, ask, credentials, directory, passwords, visible, type Answer } from './fixture.ts'

const system = accounting()

type Transport = (request: Request) => Promise<Response>

/** `kitchen`, asked for its notes by someone, with users behind a transport. */
const knock = (transport: Transport, authorization = as('clerk'), timeout = 5_000): Promise<Answer> =>
  ask(system.kitchen([basic(remoteUsers({ directory, transport, timeout }))]), 'GET', 'kitchen/Note', { authorization })

const toService: Transport = (request) => system.service.fetch(request)

describe('over a real service', () => {
  const verify = remoteUsers({ directory, transport: toService })

  test('who somebody is, is what the auth service says', async () => {
    for (const name of ['admin', 'clerk', 'viewer', 'Zoë', 'colon', 'empty'] as const) {
      const local = await system.verify(name, passwords[name])
      expect(local).toBeDefined()
      expect(await verify(name, passwords[name])).toEqual(local)
    }
  })

  test('the principal has exactly the permissions', async () => {
    const kitchen = system.kitchen([basic(verify)])
    const add = (name: keyof typeof passwords): Promise<Answer> =>
      ask(kitchen, 'POST', 'kitchen/Note', { authorization: as(name), json: { words: 'salt' } })
    const added = await add('clerk')
    expect(added.status).toBe(201)
    expect((await add('viewer')).status).toBe(403)
    const path = `kitchen/Note/${added.body.id}`
    expect((await ask(kitchen, 'DELETE', path, { authorization: as('clerk') })).status).toBe(403)
    expect((await ask(kitchen, 'DELETE', path, { authorization: as('admin') })).status).toBe(204)
  })

  test('wrong, unknown and inactive are 401, and look the same', async () => {
    const wrong = await knock(toService, credentials('clerk', 'wrong'))
    expect(wrong.status).toBe(401)
    expect(wrong.headers.has('www-authenticate')).toBe(true)
    expect(visible(await knock(toService, credentials('nobody', 'clerk-demo')))).toEqual(visible(wrong))
    expect(visible(await knock(toService, as('retired')))).toEqual(visible(wrong))
  })

  test('with what it remembers, the auth service is asked once', async () => {
    let count = 0
    const transport: Transport = (request) => {
      count += 1
      return toService(request)
    }
    const kitchen = system.kitchen([basic(remember(remoteUsers({ directory, transport })))])
    const asked = { authorization: as('clerk') }
    const answers = await Promise.all([1, 2, 3].map(() => ask(kitchen, 'GET', 'kitchen/Note', asked)))
    answers.push(await ask(kitchen, 'GET', 'kitchen/Note', asked))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(count).toBe(1)
  })
})

describe('the request', () => {
  test('goes to the service that the directory lists as auth, with the password in the content alone', async () => {
    const seen: Request[] = []
    await knock((request) => {
      seen.push(request.clone())
      return toService(request)
    })
    expect(seen).toHaveLength(1)
    const [{ url, method, headers, redirect }] = seen as [Request]
    expect([method, url]).toEqual(['POST', `${directory.auth}auth/User/-/authenticate`])
    expect(redirect).toBe('error') // credentials follow nobody
    expect(JSON.stringify([...headers])).not.toContain(passwords.clerk)
    expect(await seen[0]?.json()).toEqual({ name: 'clerk', password: passwords.clerk })
  })

  test('the app may have another name', async () => {
    const seen: string[] = []
    const verify = remoteUsers({
      directory,
      app: 'contrib/auth',
      transport: (request) => {
        seen.push(request.url)
        return Promise.resolve(Response.json({ name: 'ada', superuser: true, permissions: [] }))
      },
    })
    expect(await verify('ada', 'x')).toEqual({ name: 'ada', superuser: true, permissions: [] })
    expect(seen).toEqual([`${directory.auth}contrib/auth/User/-/authenticate`])
  })
})

function expectUnavailable(answer: Answer): void {
  expect([answer.status, answer.body.code]).toEqual([503, 'auth-unavailable'])
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(answer.headers.has('www-authenticate')).toBe(false)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

const clerk = { name: 'clerk', superuser: false, permissions: [] }

describe('an auth service that gives no sound answer is 503 with Retry-After, never 401', () => {
  const given = (body: BodyInit | null, init?: ResponseInit): Transport => {
    return () => Promise.resolve(new Response(body, init))
  }

  test.each<[string, Transport]>([
    ['nobody listens', () => Promise.reject(new TypeError('fetch failed: 10.0.0.7 s3cret'))],
    ['500', given('s3cret', { status: 500 })],
    ['503', given('s3cret', { status: 503 })],
    ['404: it has no such app', given('{}', { status: 404 })],
    ['401: something before it wants credentials', given('{}', { status: 401 })],
    ['403 of something before it', given('<h1>Forbidden s3cret</h1>', { status: 403 })],
    ['403 for another reason', given('{"title":"Forbidden","status":403,"code":"forbidden"}', { status: 403 })],
    ['a redirect', given(null, { status: 302, headers: { location: 'http://evil.test/' } })],
    ['no content', given(null, { status: 204 })],
    ['HTML', given('<h1>Welcome s3cret</h1>')],
    ['JSON cut off', given('{"name":"clerk","superuser":fal')],
    ['null', given('null')],
    ['a list', given(JSON.stringify([clerk]))],
    ['no permissions', given('{"name":"clerk","superuser":true}')],
    ['permissions that are none', given(JSON.stringify({ ...clerk, permissions: [1] }))],
    ['permissions as text', given(JSON.stringify({ ...clerk, permissions: 'kitchen.add_note' }))],
    ['a superuser of another type', given(JSON.stringify({ ...clerk, superuser: 'no' }))],
    ['content that breaks off', given(new ReadableStream({ start: (stream) => stream.error(new Error('s3cret')) }))],
  ])('%s', async (_, transport) => {
    const answer = await knock(transport)
    expectUnavailable(answer)
    expect(answer.text).not.toMatch(/s3cret|10\.0\.0\.7|evil/)
  })

  test('it takes too long', async () => {
    const never: Transport = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    expectUnavailable(await knock(never, as('clerk'), 50))
  })

  test('no socket at all', async () => {
    const closed = { ...directory, auth: 'http://127.0.0.1:9/' }
    const kitchen = system.kitchen([basic(remoteUsers({ directory: closed }))])
    expectUnavailable(await ask(kitchen, 'GET', 'kitchen/Note', { authorization: as('clerk') }))
  })

  test('who sends nothing is still challenged', async () => {
    const kitchen = system.kitchen([basic(remoteUsers({ directory, transport: given(null, { status: 500 }) }))])
    expect((await ask(kitchen, 'GET', 'kitchen/Note')).status).toBe(401)
  })
})

test('a directory without auth is refused at start, with what it lists', () => {
  const { auth: _, ...others } = directory
  expect(() => remoteUsers({ directory: others })).toThrow(TypeError)
  expect(() => remoteUsers({ directory: others })).toThrow(/"auth".*accounting, kitchen/)
  expect(() => remoteUsers({ directory: {} })).toThrow(/"auth".*none/)
  expect(() => remoteUsers({ directory: { auth: '/slumber/accounting/' } })).toThrow(TypeError)
})
