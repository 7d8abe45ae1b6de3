// The auth app over local users: who somebody is, what they may do, and that a password's hash never leaves the database.
import { expect, test } from 'vitest'
import { authTables } from 'slumberjs/sqlite'
import { accounting, as, ask, credentials, passwords, visible, type Answer } from './fixture.ts'

const system = accounting()

const authenticate = (json: unknown): Promise<Answer> =>
  ask(system.service, 'POST', 'auth/User/-/authenticate', { json })

const get = (path: string): Promise<Answer> => ask(system.service, 'GET', path, { authorization: as('admin') })

test('permissions are their own and those of their groups, each once', async () => {
  expect(await system.verify('clerk', passwords.clerk)).toEqual({
    name: 'clerk',
    superuser: false,
    permissions: ['kitchen.add_note', 'kitchen.change_note'],
    groups: ['cooks'],
    revision: expect.any(String),
  })
  expect(await system.verify('viewer', passwords.viewer)).toMatchObject({
    superuser: false,
    permissions: [],
    groups: [],
  })
  expect(await system.verify('retired', passwords.retired)).toBeUndefined()
})

test('clerk may add and change but not delete, viewer only read, a superuser everything', async () => {
  const add = (name: keyof typeof passwords): Promise<Answer> =>
    ask(system.service, 'POST', 'kitchen/Note', { authorization: as(name), json: { words: 'salt' } })
  const added = await add('clerk')
  expect(added.status).toBe(201)
  const path = `kitchen/Note/${added.body.id}`
  const change = { authorization: as('clerk'), json: { words: 'more salt' } }
  expect((await ask(system.service, 'PATCH', path, change)).status).toBe(200)
  const refused = await ask(system.service, 'DELETE', path, { authorization: as('clerk') })
  expect([refused.status, refused.body.permissions]).toEqual([403, ['kitchen.delete_note']])
  const viewer = await add('viewer')
  expect([viewer.status, viewer.body.permissions]).toEqual([403, ['kitchen.add_note']])
  expect((await ask(system.service, 'DELETE', path, { authorization: as('admin') })).status).toBe(204)
})

test('authenticate is open to everyone and says who it is', async () => {
  const answer = await authenticate({ name: 'clerk', password: passwords.clerk })
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({
    name: 'clerk',
    superuser: false,
    permissions: ['kitchen.add_note', 'kitchen.change_note'],
    groups: ['cooks'],
    revision: expect.any(String),
  })
  expect((await authenticate({ name: 'admin', password: passwords.admin })).body.superuser).toBe(true)
  expect((await authenticate({ name: 'Zoë', password: passwords.Zoë })).body.name).toBe('Zoë')
})

test('what authenticate answers is kept by no cache', async () => {
  const { headers } = await authenticate({ name: 'clerk', password: passwords.clerk })
  expect(headers.get('cache-control')).toMatch(/^(?:private, no-cache|no-store)$/)
})

test('wrong credentials are 403, without a word about which', async () => {
  const wrong = await authenticate({ name: 'clerk', password: 'wrong' })
  expect([wrong.status, wrong.body.code]).toEqual([403, 'wrong-credentials'])
  expect(wrong.headers.has('www-authenticate')).toBe(false)
  for (const other of [
    { name: 'nobody', password: passwords.clerk },
    { name: 'retired', password: passwords.retired },
    { name: '', password: '' },
    { name: 'clerk', password: 'x'.repeat(1_025) },
    { name: 'clerk\0', password: passwords.clerk },
  ]) {
    expect(visible(await authenticate(other))).toEqual(visible(wrong))
  }
})

test.each([
  [{}],
  [{ name: 'clerk' }],
  [{ name: 'clerk', password: 1 }],
  [{ name: ['clerk'], password: 'clerk-demo' }],
  [{ name: 'clerk', password: 'clerk-demo', superuser: true }],
  [[['name', 'clerk']]],
  ['clerk'],
  [null],
])('authenticate takes a name and a password and nothing else: %j', async (json) => {
  const answer = await authenticate(json)
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid-content'])
})

test('authenticate is a POST, and the rest of the app is not public', async () => {
  const answer = await ask(system.service, 'GET', 'auth/User/-/authenticate?name=clerk&password=clerk-demo')
  expect(answer.status).toBe(405)
  for (const path of ['auth/', 'auth/User', 'auth/User/1', 'auth/User/-/model', 'auth/Group', 'auth/Permission']) {
    expect((await ask(system.service, 'GET', path)).status).toBe(401)
  }
})

test('the hash of a password is in no document and no data', async () => {
  for (const path of ['', 'auth/', 'auth/User', 'auth/User/2', 'auth/User/-/model', '-/contract']) {
    const { status, text } = await get(path)
    expect(status).toBe(200)
    expect(text).not.toMatch(/password_?hash|scrypt/i)
  }
})

test('the hash of a password can be neither filtered, sorted by nor selected: it is unknown', async () => {
  const unknown = (path: string, name: string): Promise<string> =>
    get(path).then(({ status, body }) => JSON.stringify([status, { ...body, requestId: '' }]).replaceAll(name, '?'))
  for (const query of ['$=x', '$__startswith=$scrypt', '$__isnull=true', 'sort=$', 'sort=-$', 'fields=$']) {
    const hidden = await unknown(`auth/User?${query.replace('$', 'passwordHash')}`, 'passwordHash')
    expect(hidden).toMatch(/^\[400,/)
    expect(hidden).toBe(await unknown(`auth/User?${query.replace('$', 'nothingLikeIt')}`, 'nothingLikeIt'))
  }
})

test('the hash of a password cannot be written', async () => {
  const json = { passwordHash: 'x' }
  const answer = await ask(system.service, 'PATCH', 'auth/User/2', { authorization: as('admin'), json })
  expect(answer.status).toBe(422)
  expect((await authenticate({ name: 'clerk', password: passwords.clerk })).status).toBe(200)
})

test.each(['', 'x'])('a new user has no password, and %j is not theirs', async (password) => {
  const json = { name: `new${password}` }
  const { status, text } = await ask(system.service, 'POST', 'auth/User', { authorization: as('admin'), json })
  expect(status).toBe(201)
  expect(text).not.toMatch(/password_?hash/i)
  expect((await authenticate({ ...json, password })).status).toBe(403)
})

test('only who may change users changes them', async () => {
  const asked = { authorization: as('clerk'), json: { superuser: true } }
  expect((await ask(system.service, 'PATCH', 'auth/User/2', asked)).status).toBe(403)
})

test('nobody becomes a superuser by a request, not even by that of a superuser', async () => {
  const asked = { authorization: as('admin'), json: { superuser: true } }
  const { status, body } = await ask(system.service, 'PATCH', 'auth/User/2', asked)
  expect([status, body.errors]).toEqual([422, [{ pointer: '#/superuser', detail: 'is read-only' }]])
})

test('who is made inactive is nobody from then on', async () => {
  await system.database.insert(authTables.users).values({ name: 'brief', passwordHash: 'x' })
  expect((await authenticate({ name: 'brief', password: 'x' })).status).toBe(403)
  const path = 'auth/User?name=viewer'
  const viewer = (await get(path)).body[0]
  const deactivate = { authorization: as('admin'), json: { active: false } }
  expect((await ask(system.service, 'PATCH', `auth/User/${viewer.id}`, deactivate)).status).toBe(200)
  expect((await ask(system.service, 'GET', path, { authorization: credentials('viewer', 'viewer-demo') })).status).toBe(
    401,
  )
})
