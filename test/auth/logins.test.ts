// What a login computes, counted: the same hashes with the same parameters, whoever it is about; and what becomes of older hashes.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { pathToFileURL } from 'node:url'
import { eq } from 'drizzle-orm'
import { authTables } from 'slumberjs/sqlite'
import type * as slumberAuth from 'slumberjs/auth'
import { hashQueue, localUsers, scrypt, verifyPassword, type LocalUsersOptions } from 'slumberjs/auth'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toolPath } from '../server/dialects/install.ts'
import { accounting, as, ask, credentials, passwords, quickHash, visible, type Answer } from './fixture.ts'

const system = accounting()
const { users } = authTables

/** The parameters of each hash that Node is asked for. */
const hashes: string[] = []
const { scrypt: nodeScrypt } = crypto

beforeAll(() => {
  crypto.scrypt = ((...given: Parameters<typeof nodeScrypt>) => {
    const { N, r, p } = given[3]
    hashes.push(`N=${N},r=${r},p=${p}`)
    nodeScrypt(...given)
  }) as typeof nodeScrypt
  syncBuiltinESMExports()
})
afterAll(() => {
  crypto.scrypt = nodeScrypt
  syncBuiltinESMExports()
})

/** What is computed while something runs. */
async function computed(run: () => Promise<unknown>): Promise<readonly string[]> {
  hashes.length = 0
  await run()
  return [...hashes]
}

const storedHash = async (name: string): Promise<string | undefined> => {
  const [user] = await system.database.select().from(users).where(eq(users.name, name))
  return user?.passwordHash
}

const logins = [
  ['right', 'clerk', passwords.clerk],
  ['wrong password', 'clerk', 'wrong'],
  ['inactive', 'retired', passwords.retired],
  ['inactive, wrong password', 'retired', 'wrong'],
  ['unknown', 'nobody', passwords.clerk],
  ['a name that is none', 'clerk\0', passwords.clerk],
  ['without a password', 'new', ''],
] as const

beforeAll(async () => void (await system.database.insert(users).values({ name: 'new', passwordHash: '' })))

describe('A082 every branch of a login is the same work', () => {
  test.each(logins)('one hash, with one set of parameters: %s', async (_, name, password) => {
    expect(await computed(() => system.verify(name, password))).toEqual(['N=16,r=1,p=1'])
  })

  test('and all that are refused are one answer, by the operation and by Basic', async () => {
    const authenticate = (name: string, password: string): Promise<Answer> =>
      ask(system.service, 'POST', 'auth/User/-/authenticate', { json: { name, password } })
    const knock = (name: string, password: string): Promise<Answer> =>
      ask(system.service, 'GET', 'kitchen/Note', { authorization: credentials(name, password) })
    for (const login of [authenticate, knock]) {
      const refused = logins.filter(([what]) => what !== 'right')
      const answers = await Promise.all(refused.slice(0, 3).map(([, name, password]) => login(name, password)))
      answers.push(...(await Promise.all(refused.slice(3).map(([, name, password]) => login(name, password)))))
      for (const answer of answers) expect(visible(answer)).toEqual(visible(answers[0]!))
    }
  })

  describe('where some hashes are older', () => {
    const older = { N: 32, r: 1, p: 1 }
    beforeEach(async () => {
      for (const name of ['clerk', 'retired'] as const) {
        const passwordHash = quickHash(passwords[name], older)
        await system.database.update(users).set({ passwordHash }).where(eq(users.name, name))
      }
    })

    test.each([...logins, ['of whom the hash is new', 'viewer', passwords.viewer] as const])(
      'two, one in each way: %s',
      async (_, name, password) => {
        const verify = localUsers(system.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
        expect(await computed(() => verify(name, password))).toEqual(['N=16,r=1,p=1', 'N=32,r=1,p=1'])
      },
    )

    test('one is replaced when its password is right, and only then; nobody’s revision changes', async () => {
      const verify = localUsers(system.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
      const before = await storedHash('clerk')
      await verify('clerk', 'wrong')
      expect(await storedHash('clerk')).toBe(before)
      const identity = await verify('clerk', passwords.clerk)
      const after = await storedHash('clerk')
      expect(after).toMatch(/^\$scrypt\$ln=4,r=1,p=1\$/)
      expect(await verifyPassword(passwords.clerk, after)).toBe(true)
      expect((await verify('clerk', passwords.clerk))?.revision).toBe(identity?.revision)
      await verify('retired', passwords.retired)
      expect(await storedHash('retired')).toMatch(/^\$scrypt\$ln=5,/)
    })

    test('those that are written later are known from their first check on', async () => {
      const verify = localUsers(system.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
      await verify('nobody', 'x')
      const passwordHash = quickHash('x', { N: 64, r: 1, p: 1 })
      await system.database.update(users).set({ passwordHash }).where(eq(users.name, 'viewer'))
      await verify('viewer', 'wrong')
      const both = ['N=16,r=1,p=1', 'N=32,r=1,p=1', 'N=64,r=1,p=1']
      expect(await computed(() => verify('viewer', 'wrong'))).toEqual(both)
      expect(await computed(() => verify('nobody', 'x'))).toEqual(both)
      await system.database
        .update(users)
        .set({ passwordHash: quickHash(passwords.viewer) })
        .where(eq(users.name, 'viewer'))
    })
  })
})

test('a place in the queue is held for all hashes of a login: no more run at once than it has places', async () => {
  let [running, most] = [0, 0]
  const { prefix, derive } = scrypt({ N: 16, r: 1, p: 1 })
  const counting: LocalUsersOptions = {
    queue: hashQueue({ atOnce: 2, waiting: 100 }),
    hashing: {
      prefix,
      derive: async (password, salt) => {
        running += 1
        most = Math.max(most, running)
        const hash = await derive(password, salt)
        running -= 1
        return hash
      },
    },
  }
  const verify = localUsers(system.database, counting)
  await Promise.all(Array.from({ length: 50 }, (_, index) => verify(`user-${index}`, 'x')))
  expect(most).toBe(2)
})

describe('with @node-rs/argon2', () => {
  let auth: typeof slumberAuth | undefined
  beforeAll(async () => {
    const file = pathToFileURL(`${await toolPath('argon2')}/@node-rs/argon2/index.js`).href
    vi.resetModules()
    vi.doMock('@node-rs/argon2', async () => (await import(file)) as object)
    auth = await import('slumberjs/auth')
  }, 300_000)
  afterAll(() => vi.doUnmock('@node-rs/argon2'))

  test('A094 new hashes are argon2id, as a PHC string; no part of a password is passed over', async () => {
    const same = 'x'.repeat(72)
    const stored = await auth!.hashPassword(`${same}a`)
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(await auth!.verifyPassword(`${same}a`, stored)).toBe(true)
    expect(await auth!.verifyPassword(`${same}b`, stored)).toBe(false)
  })

  test('the hash is that of the package itself, and of other programs', async () => {
    const argon2 = (await import(pathToFileURL(`${await toolPath('argon2')}/@node-rs/argon2/index.js`).href)) as {
      verify(hashed: string, password: string): Promise<boolean>
      hash(password: string, options: object): Promise<string>
    }
    const cheap = auth!.argon2id({ m: 64, t: 1 })
    expect(await argon2.verify(await auth!.hashPassword('pässwörd', cheap), 'pässwörd')).toBe(true)
    expect(await auth!.verifyPassword('pässwörd', await argon2.hash('pässwörd', { memoryCost: 64, timeCost: 1 }))).toBe(
      true,
    )
  })

  test('a hash of scrypt is replaced at login', async () => {
    const passwordHash = quickHash(passwords.clerk)
    await system.database.update(users).set({ passwordHash }).where(eq(users.name, 'clerk'))
    const verify = auth!.localUsers(system.database, { hashing: auth!.argon2id({ m: 64, t: 1 }) })
    expect(await verify('clerk', 'wrong')).toBeUndefined()
    expect(await storedHash('clerk')).toBe(passwordHash)
    expect(await verify('clerk', passwords.clerk)).toBeDefined()
    expect(await storedHash('clerk')).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
    expect(await verify('clerk', passwords.clerk)).toBeDefined()
  })

  test.each([{ m: 4 }, { m: 8, p: 2 }, { t: 0 }, { m: 2 ** 20 }, { p: 0 }])(
    'parameters that are none are refused: %j',
    (cost) => {
      expect(() => auth!.argon2id(cost)).toThrow(RangeError)
    },
  )
})

test('without it, logins where some hashes are of argon2id fail alike, and say what is missing', async () => {
  const passwordHash = `$argon2id$v=19$m=64,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
  await system.database.update(users).set({ passwordHash }).where(eq(users.name, 'clerk'))
  const verify = localUsers(system.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
  await expect(verify('clerk', 'x')).rejects.toThrow(/@node-rs\/argon2 must be installed/)
  await expect(verify('nobody', 'x')).rejects.toThrow(/@node-rs\/argon2 must be installed/)
  expect((await ask(system.service, 'GET', 'kitchen/Note', { authorization: as('viewer') })).status).toBe(200) // known before
})
