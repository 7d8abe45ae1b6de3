// Who may write users, groups and permissions, and that every change of what somebody may do shows in their revision.
import { expect, describe, test } from 'vitest'
import { dialects } from '../../server/dialects.ts'
import { accountingOn, admin, boss, chiefs, clerk, cooks, idOf, password, retired, Zoe, type Code } from './fixture.ts'

describe.each(dialects)('$name', (dialect) => {
  const system = accountingOn(dialect)
  const ask = async (name: string, method: string, path: string, json?: unknown): Promise<readonly unknown[]> => {
    const { status, body } = await system.as(name, method, `auth/${path}`, json)
    return status < 300 ? [status] : [status, body.code]
  }

  /** That a write changes the revisions of these, and of nobody else. */
  const expectRevised = async (
    revised: readonly string[],
    name: string,
    method: string,
    path: string,
    json?: unknown,
  ): Promise<void> => {
    const all = async (): Promise<ReadonlyMap<string, unknown>> =>
      new Map(
        (await system.filling.select().from(system.tables.users)).map((user) => [
          String(user['name']),
          user['revision'],
        ]),
      )
    const before = await all()
    expect([...(await ask(name, method, path, json)), method, path]).toEqual([expect.toSatisfy(isDone), method, path])
    const after = await all()
    const changed = [...after.keys()].filter((user) => before.has(user) && before.get(user) !== after.get(user))
    expect(changed.toSorted()).toEqual(revised.toSorted())
  }
  const isDone = (status: unknown): boolean => [200, 201, 204].includes(Number(status))

  test('permissions and groups that are given and taken change the revisions of those who have them', async () => {
    await expectRevised(['Zoë'], 'boss', 'POST', 'UserPermission', {
      userId: Zoe,
      permissionId: idOf('menu.add_pizza'),
    })
    await expectRevised(['Zoë'], 'admin', 'DELETE', `UserPermission/${Zoe},${idOf('menu.add_pizza')}`)
    await expectRevised(['Zoë'], 'boss', 'POST', 'UserGroup', { userId: Zoe, groupId: cooks })
    await expectRevised(
      ['clerk', 'Zoë', 'retired'],
      'admin',
      'PUT',
      `GroupPermission/${cooks},${idOf('menu.change_pizza')}`,
      {},
    )
    expect((await system.users('Zoë', password))?.permissions).toEqual(['menu.add_pizza', 'menu.change_pizza'])
    await expectRevised(
      ['clerk', 'Zoë', 'retired'],
      'admin',
      'DELETE',
      `GroupPermission/${cooks},${idOf('menu.change_pizza')}`,
    )
    await expectRevised(['Zoë'], 'boss', 'DELETE', `UserGroup/${Zoe},${cooks}`)
  })

  test('a group, or a permission, that is gone changes those of all who had it', async () => {
    await expectRevised([], 'admin', 'POST', 'Group', { name: 'bakers' })
    const group = (await system.as('admin', 'GET', 'auth/Group?name=bakers')).body[0].id
    await expectRevised([], 'admin', 'POST', 'Permission', { code: 'menu.bake_pizza' })
    const permission = (await system.as('admin', 'GET', 'auth/Permission?code=menu.bake_pizza')).body[0].id
    await expectRevised([], 'admin', 'POST', 'GroupPermission', { groupId: group, permissionId: permission })
    await expectRevised(['Zoë'], 'admin', 'POST', 'UserGroup', { userId: Zoe, groupId: group })
    await expectRevised(['boss'], 'admin', 'POST', 'UserPermission', { userId: boss, permissionId: permission })
    await expectRevised(['boss', 'Zoë'], 'admin', 'DELETE', `Permission/${permission}`)
    await expectRevised(['Zoë'], 'admin', 'DELETE', `Group/${group}`)
  })

  test('so does whether they are active, and whoever is made anew under a name has another', async () => {
    await expectRevised(['Zoë'], 'boss', 'PATCH', `User/${Zoe}`, { active: false })
    expect(await system.revision('Zoë')).toBeUndefined()
    await expectRevised(['Zoë'], 'boss', 'PATCH', `User/${Zoe}`, { active: true })
    const made = async (): Promise<string | undefined> => {
      expect(await ask('admin', 'POST', 'User', { name: 'brief' })).toEqual([201])
      const [{ id }] = (await system.as('admin', 'GET', 'auth/User?name=brief')).body
      expect(await ask('admin', 'POST', `User/${id}/set-password`, { password })).toEqual([204])
      const revision = await system.revision('brief')
      expect(await ask('admin', 'DELETE', `User/${id}`)).toEqual([204])
      return revision
    }
    const [one, other] = [await made(), await made()]
    expect(one).toEqual(expect.any(String))
    expect(other).not.toBe(one)
  })

  test('a password is changed with the one there is, and the old one is nobody’s from then on', async () => {
    const path = `User/${Zoe}/set-password`
    const next = 'battery staple'
    expect(await ask('Zoë', 'POST', path, { password: next })).toEqual([422, 'invalid-content'])
    expect(await ask('Zoë', 'POST', path, { password: next, current: 'wrong' })).toEqual([403, 'wrong-credentials'])
    expect(await ask('Zoë', 'POST', path, { password: 'short', current: password })).toEqual([422, 'invalid-content'])
    await expectRevised(['Zoë'], 'Zoë', 'POST', path, { password: next, current: password })
    expect(await system.users('Zoë', password)).toBeUndefined()
    expect(await system.users('Zoë', next)).toBeDefined()
    await expectRevised(['Zoë'], 'admin', 'POST', path, { password })
    expect(await system.users('Zoë', password)).toBeDefined()
  })

  test('passwords of others are for who may change users, and may do all that they may', async () => {
    const set = (name: string, id: number): Promise<readonly unknown[]> =>
      ask(name, 'POST', `User/${id}/set-password`, { password })
    expect(await set('clerk', Zoe)).toEqual([404, 'not-found'])
    expect(await set('boss', Zoe)).toEqual([204])
    expect(await set('boss', admin)).toEqual([403, 'forbidden'])
    expect(await set('boss', clerk)).toEqual([403, 'may-not-give']) // who may change pizzas
    expect(await set('admin', clerk)).toEqual([204])
  })

  test('nobody gives away what they may not do themselves', async () => {
    const give = (code: Code): Promise<readonly unknown[]> =>
      ask('boss', 'POST', 'UserPermission', { userId: boss, permissionId: idOf(code) })
    expect(await give('menu.delete_pizza')).toEqual([403, 'may-not-give'])
    const refused = await system.as('boss', 'PUT', `auth/UserGroup/${boss},${chiefs}`, {})
    expect([refused.status, refused.body.permissions]).toEqual([403, ['menu.delete_pizza']])
    expect(
      await ask('boss', 'POST', 'GroupPermission', { groupId: cooks, permissionId: idOf('menu.delete_pizza') }),
    ).toEqual([403, 'may-not-give'])
    expect(await ask('admin', 'POST', 'UserGroup', { userId: Zoe, groupId: chiefs })).toEqual([201])
    expect(await ask('admin', 'DELETE', `UserGroup/${Zoe},${chiefs}`)).toEqual([204])
  })

  test('superusers are written by superusers alone, and made by none', async () => {
    expect(await ask('boss', 'PATCH', `User/${admin}`, { active: false })).toEqual([403, 'forbidden'])
    expect(await ask('boss', 'PATCH', `User/${boss}`, { superuser: true })).toEqual([422, 'invalid-content'])
    expect(await ask('admin', 'POST', 'User', { name: 'x', superuser: true })).toEqual([422, 'invalid-content'])
    expect(await ask('admin', 'POST', 'User', { name: 'x', revision: 5 })).toEqual([422, 'invalid-content'])
  })

  test('only a superuser gives a user another name, and no name is one of a service', async () => {
    expect(await ask('boss', 'PATCH', `User/${retired}`, { name: 'admin2' })).toEqual([403, 'forbidden'])
    expect(await ask('admin', 'PATCH', `User/${retired}`, { name: 'veteran' })).toEqual([200])
    for (const name of ['service:shop', 'a:b', '', 'a\nb', 'x'.repeat(151)]) {
      expect(await ask('admin', 'PATCH', `User/${retired}`, { name })).toEqual([422, 'invalid-content'])
      expect(await ask('admin', 'POST', 'User', { name })).toEqual([422, 'invalid-content'])
    }
    expect(await ask('admin', 'POST', 'User', { name: 'clerk' })).toEqual([409, 'not-unique'])
  })

  test('who has no permission for it writes none of the models', async () => {
    for (const [path, json] of [
      ['User', { name: 'x' }],
      ['Group', { name: 'x' }],
      ['Permission', { code: 'a.b' }],
      ['UserGroup', { userId: clerk, groupId: chiefs }],
      ['UserPermission', { userId: clerk, permissionId: 1 }],
      ['GroupPermission', { groupId: cooks, permissionId: 1 }],
      ['Permission/-/announce', { permissions: ['a.b'] }],
    ] as const) {
      expect([path, ...(await ask('clerk', 'POST', path, json))]).toEqual([path, 403, 'permission-missing'])
    }
  })

  test('another service announces its permissions as often as it likes', async () => {
    const announce = async (permissions: unknown): Promise<readonly unknown[]> => {
      const { status, body } = await system.as('boss', 'POST', 'auth/Permission/-/announce', { permissions })
      return [status, status === 200 ? body : body.code]
    }
    const both = ['shop.sell_pizza', 'shop.änder_preis']
    expect(await announce(both)).toEqual([200, { added: both }])
    expect(await announce([...both, ...both, 'shop.close_shop'])).toEqual([200, { added: ['shop.close_shop'] }])
    const { body } = await system.as('clerk', 'GET', 'auth/User/-/do-i-have-perm?permission=shop.sell_pizza')
    expect(body).toEqual({ permissions: { 'shop.sell_pizza': false }, unknown: [] })
    for (const wrong of [['shop'], [''], ['a.b c'], [1], 'a.b', [`a.${'x'.repeat(254)}`], ['a.b\0'], ['.b'], null]) {
      expect(await announce(wrong)).toEqual([422, 'invalid-content'])
    }
    expect(await ask('admin', 'POST', 'Permission', { code: 'no code' })).toEqual([422, 'invalid-content'])
  })

  test('the permissions of its own models are made when a service starts, by several processes at once, and once', async () => {
    const services = [system.another(), system.another(), system.another()]
    await Promise.all(services.map((service) => service.ready()))
    await system.service.ready()
    const rows = await system.filling.select().from(system.tables.permissions)
    const there = rows.map(({ code }) => String(code))
    expect(new Set(there).size).toBe(there.length)
    expect(there).toEqual(expect.arrayContaining([...system.service.permissions]))
    for (const action of ['add', 'change', 'delete', 'view']) {
      expect(system.service.permissions).toContain(`people.${action}_profile`)
    }
    const known = rows.find(({ code }) => code === 'auth.add_permission')
    expect(known?.['id']).toBe(idOf('auth.add_permission')) // what was there stays
  })
})
