// A service whose users and permissions another one keeps, over a real server: who somebody is there, they are here.
import { remoteAuth, signed, signing, generateServiceKey, type Identity } from 'slumberjs/auth'
import { connect, inProcess } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { as, ask, credentials, directory, passwords } from '../fixture.ts'
import { remoteSystem } from './fixture.ts'

const it = remoteSystem(['auth.view_user', 'auth.add_permission'])
const issuer = 'https://accounts.example'

describe('somebody with a password', () => {
  test('is who the auth service says, with exactly their permissions', async () => {
    const kitchen = it.kitchen()
    expect(await kitchen.add('clerk')).toBe(201) // as a member of the cooks
    expect(await kitchen.add('viewer')).toBe(403)
    expect(await kitchen.add('admin')).toBe(201)
    const { body } = await kitchen.ask('GET', 'kitchen/Note', { authorization: as('clerk') })
    const path = `kitchen/Note/${body._embedded?.item?.[0]?.id ?? body.items?.[0]?.id ?? 1}`
    expect((await kitchen.ask('DELETE', path, { authorization: as('clerk') })).status).toBe(403)
  })

  test.each(['Zoë', 'colon', 'empty'] as const)('may be called so, and have such a password: %s', async (name) => {
    expect(await it.kitchen().get(name)).toBe(200)
  })

  test('is remembered: neither who they are nor what they may do is asked for again', async () => {
    const kitchen = it.kitchen()
    expect(await kitchen.get('clerk')).toBe(200)
    expect(it.arrived).toEqual(['identity', 'authenticate'])
    expect([await kitchen.get('clerk'), await kitchen.add('clerk'), await kitchen.get('clerk')]).toEqual([
      200, 201, 200,
    ])
    expect(it.arrived).toHaveLength(2)
    expect(await kitchen.get('viewer')).toBe(200) // somebody else
    expect(it.arrived).toHaveLength(4)
  })

  test('is asked about once where they ask for several things at the same time', async () => {
    const kitchen = it.kitchen()
    await Promise.all([kitchen.get('clerk'), kitchen.get('clerk'), kitchen.get('clerk')])
    expect(it.arrived).toEqual(['identity', 'authenticate'])
  })

  test('is asked about again when the stated time is over', async () => {
    const kitchen = it.kitchen()
    await kitchen.get('clerk')
    it.clock.now = 59.9
    await kitchen.get('clerk')
    expect(it.arrived).toHaveLength(2)
    it.clock.now = 60
    await kitchen.get('clerk')
    expect(it.arrived).toEqual(['identity', 'authenticate', 'identity']) // the password is still that of who has not changed
  })

  test.each([
    ['a wrong password', credentials('clerk', 'wrong')],
    ['somebody unknown', credentials('nobody', passwords.clerk)],
    ['somebody inactive', as('retired')],
    ['another spelling', credentials('Clerk', passwords.clerk)],
  ])('is nobody with %s, also beside one who is remembered', async (_, authorization) => {
    const kitchen = it.kitchen()
    await kitchen.get('clerk')
    for (let count = 0; count < 2; count++) {
      expect((await kitchen.ask('GET', 'kitchen/Note', { authorization })).status).toBe(401)
    }
  })
})

describe('a user who is forwarded', () => {
  const key = generateServiceKey()
  const name = async (user: string, iss: string, own = issuer): Promise<unknown> => {
    const { remote } = it.kitchen({ issuer: own })
    const keys = {
      shop: { service: 'shop', publicKey: key.publicKey, actAs: { [issuer]: 'all', 'https://other.example': 'all' } },
    } as const
    const made = it.system.kitchen([signed({ url: directory.kitchen, keys, users: remote.users })])
    const forwardedUser = (): { name: string; issuer: string } => ({ name: user, issuer: iss })
    const authenticate = signing({ service: 'shop', key: key.privateKey, forwardedUser })
    const client = connect({ service: directory.kitchen, transport: inProcess([made]), authenticate })
    return await client.get(directory.kitchen).then(
      ({ content }) => (content as { user: string }).user,
      (error: unknown) => (error as { status: number }).status, // a refusal has one
    )
  }

  test.each(['clerk', 'Zoë'])('is who the auth service says: %s', async (user) => {
    expect(await name(user, issuer)).toBe(user)
  })

  test.each([
    ['unknown', 'nobody', issuer],
    ['inactive', 'retired', issuer],
    ['of another issuer', 'clerk', 'https://other.example'],
  ])('is nobody where they are %s', async (_, user, iss) => {
    expect(await name(user, iss)).toBe(403)
  })

  test('is of the auth service unless another issuer is given', async () => {
    const { remote } = it.kitchen()
    const found = async (iss: string): Promise<Identity | undefined> =>
      await remote.users({ name: 'clerk', issuer: iss })
    expect(await found(it.services.auth)).toMatchObject({ name: 'clerk', superuser: false })
    expect(await found(issuer)).toBeUndefined()
  })
})

describe('the auth service', () => {
  test('may be another name for a service, or the app itself', async () => {
    const { kitchen, accounting } = it.services
    expect(await it.kitchen({ directory: { kitchen, accounting, auth: accounting } }).get('clerk')).toBe(200)
    expect(await it.kitchen({ directory: { kitchen, auth: `${accounting}auth/` }, app: '' }).get('clerk')).toBe(200)
  })

  test('has to be in the directory: without it nothing starts, and it is said why', () => {
    const authenticate = signing({ service: 'kitchen', key: generateServiceKey().privateKey })
    expect(() => remoteAuth({ directory: { kitchen: directory.kitchen }, authenticate })).toThrow(
      'The directory lists no service "auth" to ask about users; it lists: kitchen.',
    )
  })

  test.each(['seconds', 'feedSeconds', 'downSeconds'])('is remembered for times that are some: %s', (option) => {
    expect(() => it.kitchen({ [option]: 0 })).toThrow(RangeError)
    expect(() => it.kitchen({ [option]: Number.NaN })).toThrow(RangeError)
  })

  test('tells of users only to those who may view them', async () => {
    const url = it.services.accounting
    const about = 'auth/User/-/identity?name=admin'
    const feed = 'auth/User/-/changed'
    const at = { url, fetch: (request: Request) => fetch(request) } as never
    expect((await ask(at, 'GET', about)).status).toBe(401)
    expect((await ask(at, 'GET', about, { authorization: as('clerk') })).status).toBe(403)
    expect((await ask(at, 'POST', feed, { authorization: as('clerk'), json: { users: [] } })).status).toBe(403)
    const { body, text } = await ask(at, 'GET', about, { authorization: as('admin') })
    expect(body.user).toMatchObject({ name: 'admin', superuser: true, active: true, permissions: [] })
    expect(text).not.toMatch(/scrypt|passwordHash/)
  })

  test.each([
    [{}],
    [{ users: {} }],
    [{ users: [{ name: 'clerk' }] }],
    [{ users: [{ name: 'clerk', state: 1 }] }],
    [{ users: [], more: 1 }],
    [{ users: Array.from({ length: 1_001 }, () => ({ name: 'a', state: 'b' })) }],
  ])('reads the feed of what is one: %j', async (json) => {
    const at = { url: it.services.accounting, fetch: (request: Request) => fetch(request) } as never
    const answer = await ask(at, 'POST', 'auth/User/-/changed', { authorization: as('admin'), json })
    expect(answer.status).toBe(422)
  })
})

test('permissions are announced, for somebody to give them', async () => {
  const allowed = it.kitchen()
  await allowed.remote.announce(['kitchen.cook_note'])
  const { body } = await ask(it.system.service, 'GET', 'auth/Permission?code=kitchen.cook_note', {
    authorization: as('admin'),
  })
  expect(JSON.stringify(body)).toContain('kitchen.cook_note')
})

describe('a service that may not ask about users', () => {
  const refused = remoteSystem([])

  test('lets nobody in, and its log says why', async () => {
    const answer = await refused.kitchen().ask('GET', 'kitchen/Note', { authorization: as('clerk') })
    expect([answer.status, answer.body.code]).toEqual([503, 'auth-unavailable'])
  })
})
