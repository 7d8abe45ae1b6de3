// Password hashes: what is stored, what verifies, and that every check costs one hash.
import { createHook } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { hashPassword, maxPasswordLength, scrypt, verifyPassword } from 'slumberjs/auth'
import { accounting, passwords, quickHash } from './fixture.ts'

const system = accounting()

/** How many hashes Node computes while something runs. */
async function hashesOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0
  const hook = createHook({
    init: (_, type) => {
      if (type === 'SCRYPTREQUEST') count += 1
    },
  }).enable()
  try {
    await run()
  } finally {
    hook.disable()
  }
  return count
}

test('a password verifies against its own hash and no other does', async () => {
  const hash = await hashPassword('correct horse')
  expect(await verifyPassword('correct horse', hash)).toBe(true)
  expect(await verifyPassword('correct horsf', hash)).toBe(false)
  expect(await verifyPassword('', hash)).toBe(false)
})

test('hashes as they were written before still verify: N written out, in base64url', async () => {
  const [, kind, , salt = '', hash = ''] = quickHash('old').split('$')
  const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
  const stored = `$${kind}$N=16,r=1,p=1$${urlSafe(salt)}$${urlSafe(hash)}`
  expect(await verifyPassword('old', stored)).toBe(true)
  expect(await verifyPassword('new', stored)).toBe(false)
})

test('a hash of argon2id without its package is a fault that names it, and no wrong password', async () => {
  const stored = `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${octets}`
  await expect(verifyPassword('x', stored)).rejects.toThrow(/@node-rs\/argon2 must be installed/)
})

test.each([{ N: 15 }, { N: 1 }, { r: 0 }, { p: 0 }, { N: 2 ** 20, r: 8 }])(
  'scrypt refuses parameters that are none: %j',
  (cost) => {
    expect(() => scrypt(cost)).toThrow(RangeError)
  },
)

test('the stored form names its parameters and has a salt of its own', async () => {
  const [one, other] = [await hashPassword('x'), await hashPassword('x')]
  expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=8\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(other)
  expect(await verifyPassword('x', other)).toBe(true)
})

test.each([
  ['\u00e9', 'e\u0301'],
  ['ﬁne', 'fine'],
  ['Ⅳ', 'IV'],
])('NFKC: %j and %j are one password', async (one, other) => {
  expect(await verifyPassword(other, quickHash(one))).toBe(true)
})

test.each([
  { N: 2, r: 1, p: 1 },
  { N: 1_024, r: 8, p: 1 },
  { N: 32_768, r: 8, p: 1 },
])('other parameters still verify: $N, $r, $p', async (parameters) => {
  expect(await verifyPassword('old', quickHash('old', parameters))).toBe(true)
  expect(await verifyPassword('new', quickHash('old', parameters))).toBe(false)
})

test('A094 two passwords that differ after byte 72 are different', async () => {
  const same = 'x'.repeat(72)
  expect(await verifyPassword(`${same}a`, quickHash(`${same}b`))).toBe(false)
  expect(await verifyPassword(`${same}b`, quickHash(`${same}b`))).toBe(true)
})

const [, , , salt = '', octets = ''] = quickHash('x').split('$')

test.each([
  ['nothing', ''],
  ['clear text', 'x'],
  ['another kind', `$argon2i$v=19$m=16,t=2,p=1$${salt}$${octets}`],
  ['a cost of 2^99', `$scrypt$ln=99,r=1,p=1$${salt}$${octets}`],
  ['no salt', `$scrypt$N=16,r=1,p=1$$${octets}`],
  ['no hash', `$scrypt$N=16,r=1,p=1$${salt}$`],
  ['half a hash', `$scrypt$N=16,r=1,p=1$${salt}$${octets.slice(0, 20)}`],
  ['N that is no power of two', `$scrypt$N=15,r=1,p=1$${salt}$${octets}`],
  ['N of one', `$scrypt$N=1,r=1,p=1$${salt}$${octets}`],
  ['N of nought', `$scrypt$N=0,r=1,p=1$${salt}$${octets}`],
  ['r of nought', `$scrypt$N=16,r=0,p=1$${salt}$${octets}`],
  ['p of nought', `$scrypt$N=16,r=1,p=0$${salt}$${octets}`],
  ['N beyond what r allows (RFC 7914 §6)', `$scrypt$N=65536,r=1,p=1$${salt}$${octets}`],
  ['a cost of 106 GB', `$scrypt$N=8388608,r=99,p=1$${salt}$${octets}`],
  ['a tail', `${quickHash('x')}$`],
  ['a line after it', `${quickHash('x')}\n`],
])('a malformed hash is nobody’s: %s', async (_, stored) => {
  let verified: boolean | undefined
  const hashes = await hashesOf(async () => (verified = await verifyPassword('x', stored)))
  expect(verified).toBe(false)
  expect(hashes).toBe(1)
})

test(`A066 more than ${maxPasswordLength} characters are refused without hashing`, async () => {
  const [longest, longer] = ['x'.repeat(maxPasswordLength), 'x'.repeat(maxPasswordLength + 1)]
  expect(await verifyPassword(longest, quickHash(longest))).toBe(true)
  const stored = quickHash(longer)
  expect(await verifyPassword(longer, stored)).toBe(false)
  expect(await hashesOf(() => verifyPassword(longer, stored))).toBe(0)
  expect(await hashesOf(() => expect(hashPassword(longer)).rejects.toThrow(RangeError))).toBe(0)
})

test('U+0000, which HMAC would not tell from the end of a password, is refused', async () => {
  expect(await verifyPassword('x\0', quickHash('x'))).toBe(false)
  await expect(hashPassword('x\0')).rejects.toThrow(RangeError)
})

test.each([
  ['clerk', passwords.clerk],
  ['clerk', 'wrong'],
  ['retired', passwords.retired],
  ['nobody', passwords.clerk],
])('a check costs one hash, whoever it is: %s %s', async (name, password) => {
  expect(await hashesOf(() => system.verify(name, password))).toBe(1)
})
