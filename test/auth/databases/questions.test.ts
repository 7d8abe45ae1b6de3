// What can be asked about users and their permissions, over every database.
import { describe, expect, test } from 'vitest'
import { dialects } from '../../server/dialects.ts'
import { ask } from '../fixture.ts'
import { accountingOn, admin, boss, clerk, codes, password, retired, Zoe } from './fixture.ts'

describe.each(dialects)('$name', (dialect) => {
  const system = accountingOn(dialect)
  const get = (name: string, path: string): Promise<[number, unknown]> =>
    system.as(name, 'GET', `auth/User/${path}`).then(({ status, body }) => [status, body])

  test('authenticate says who it is, and of whom it knows nothing the same as of a wrong password', async () => {
    const authenticate = (name: string, given: string): Promise<[number, unknown]> =>
      ask(system.service, 'POST', 'auth/User/-/authenticate', { json: { name, password: given } }).then(
        ({ status, body }) => [status, body.name ?? body.code],
      )
    expect(await authenticate('Zoë', password)).toEqual([200, 'Zoë'])
    for (const name of ['Zoë\0', 'zoë', 'ZOË', 'Zoe', 'Zoë ', 'nobody', 'retired', '']) {
      expect(await authenticate(name, password)).toEqual([403, 'wrong-credentials'])
    }
    expect(await authenticate('Zoë', 'wrong')).toEqual([403, 'wrong-credentials'])
  })

  test('do-i-have-perm answers several at once; what nobody has announced is false and listed, for superusers too', async () => {
    const path = '-/do-i-have-perm?permission=menu.add_pizza&permission=menu.delete_pizza&permission=moon.add_base'
    const unknown = ['moon.add_base']
    expect(await get('clerk', path)).toEqual([
      200,
      { permissions: { 'menu.add_pizza': true, 'menu.delete_pizza': false, 'moon.add_base': false }, unknown },
    ])
    expect(await get('admin', path)).toEqual([
      200,
      { permissions: { 'menu.add_pizza': true, 'menu.delete_pizza': true, 'moon.add_base': false }, unknown },
    ])
    expect((await get('clerk', '-/do-i-have-perm'))[0]).toBe(400)
  })

  test('a permission with the name of a member of every object is unknown like any', async () => {
    const { text } = await system.as(
      'clerk',
      'GET',
      'auth/User/-/do-i-have-perm?permission=__proto__&permission=toString',
    )
    expect(text).toBe('{"permissions":{"__proto__":false,"toString":false},"unknown":["__proto__","toString"]}')
  })

  test('has-permission is of the user, their groups included; nobody who is inactive has any', async () => {
    const asked = 'has-permission?permission=menu.add_pizza&permission=menu.change_pizza&permission=menu.delete_pizza'
    const answers = async (id: number): Promise<unknown> => {
      const [status, body] = await get('boss', `${id}/${asked}`)
      expect(status).toBe(200)
      return Object.values((body as { permissions: object }).permissions)
    }
    expect(await answers(clerk)).toEqual([true, true, false])
    expect(await answers(retired)).toEqual([false, false, false])
    expect(await answers(admin)).toEqual([true, true, true])
    expect(await get('boss', `${admin}/has-permission?permission=moon.add_base`)).toEqual([
      200,
      { permissions: { 'moon.add_base': false }, unknown: ['moon.add_base'] },
    ])
  })

  test('module-permissions are those of one app, whose name may have dots', async () => {
    expect(await get('boss', `${clerk}/module-permissions?app=menu`)).toEqual([
      200,
      { allowed: true, permissions: ['menu.add_pizza', 'menu.change_pizza'] },
    ])
    expect(await get('boss', `${clerk}/module-permissions?app=contrib.menu`)).toEqual([
      200,
      { allowed: false, permissions: [] },
    ])
    expect(await get('boss', `${admin}/module-permissions?app=contrib.menu`)).toEqual([
      200,
      { allowed: true, permissions: ['contrib.menu.add_pizza'] },
    ])
    expect(await get('boss', `${retired}/module-permissions?app=menu`)).toEqual([
      200,
      { allowed: false, permissions: [] },
    ])
  })

  test('get-permissions tells those of their own, of their groups, and what comes of it', async () => {
    const [own, ofGroups] = [['menu.change_pizza'], ['menu.add_pizza']]
    expect(await get('clerk', `${clerk}/get-permissions`)).toEqual([
      200,
      { own, ofGroups, all: ['menu.add_pizza', 'menu.change_pizza'] },
    ])
    expect(await get('boss', `${retired}/get-permissions`)).toEqual([200, { own, ofGroups, all: [] }])
    expect(await get('boss', `${admin}/get-permissions`)).toEqual([
      200,
      { own: [], ofGroups: [], all: codes.toSorted() },
    ])
    expect(await get('boss', `${Zoe}/get-permissions`)).toEqual([200, { own: [], ofGroups: [], all: [] }])
  })

  test('get-profile leads to the profile, and is 404 without one', async () => {
    const { status, headers } = await system.as('clerk', 'GET', `auth/User/${clerk}/get-profile`)
    expect([status, headers.get('location')]).toEqual([303, `${system.service.url}people/Profile/7`])
    const without = await system.as('boss', 'GET', `auth/User/${Zoe}/get-profile`)
    expect([without.status, without.body.code]).toEqual([404, 'no-profile'])
  })

  test('who may not view users sees and asks about themselves alone', async () => {
    expect((await get('clerk', `${clerk}`))[0]).toBe(200)
    for (const path of ['', '/has-permission?permission=menu.add_pizza', '/get-permissions', '/get-profile']) {
      expect((await get('clerk', `${boss}${path}`))[0]).toBe(404)
    }
    const all = await system.as('clerk', 'GET', 'auth/User')
    expect(all.body.map(({ name }: { name: string }) => name)).toEqual(['clerk'])
    expect((await system.as('boss', 'GET', 'auth/User')).body).toHaveLength(5)
    expect((await system.as('clerk', 'GET', 'auth/Group')).body).toEqual([{ id: 1, name: 'cooks' }])
    expect((await system.as('Zoë', 'GET', 'auth/Group')).body).toEqual([])
    expect((await system.as('clerk', 'GET', 'auth/UserGroup')).body).toEqual([{ userId: clerk, groupId: 1 }])
    expect((await system.as('clerk', 'GET', 'auth/UserPermission')).body).toHaveLength(1)
  })

  test('A089 nothing of it writes by GET or HEAD', async () => {
    const before = await system.filling.select().from(system.tables.users)
    for (const method of ['GET', 'HEAD']) {
      for (const path of [
        `${clerk}/set-password`,
        '-/authenticate',
        '-/do-i-have-perm?permission=a.b',
        `${clerk}/get-permissions`,
      ]) {
        expect([200, 405]).toContain((await system.as('admin', method, `auth/User/${path}`)).status)
      }
      expect((await system.as('admin', method, 'auth/Permission/-/announce')).status).toBe(200) // its description
    }
    expect(await system.filling.select().from(system.tables.users)).toEqual(before)
    expect(await system.filling.select().from(system.tables.permissions)).toHaveLength(codes.length)
  })

  test('A057 sessions and keys of services are on no path and in no document', async () => {
    for (const path of ['auth/Session', 'auth/ServiceKey', 'auth/auth_session']) {
      expect((await system.as('admin', 'GET', path)).status).toBe(404)
    }
    for (const path of ['', 'auth/', '-/contract', '-/openapi.json', `auth/User/${clerk}`]) {
      const { status, text } = await system.as('admin', 'GET', path)
      expect(status).toBe(200)
      expect(text).not.toMatch(/session|service_?key|publicKey|password_?hash/i)
    }
  })
})
