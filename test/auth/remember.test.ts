// What is remembered of a check of credentials, for how long, and in what form.
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { remember, type Identity, type VerifyPassword } from 'slumberjs/auth'

const ada: Identity = { name: 'ada', superuser: false, permissions: ['menu.add_pizza'] }

/** Knows `ada` by the password `lovelace`, and keeps a list of what it was asked. */
function counting(): { readonly asked: string[]; readonly verify: VerifyPassword } {
  const asked: string[] = []
  const verify: VerifyPassword = (name, password) => {
    asked.push(`${name}:${password}`)
    return Promise.resolve(name === 'ada' && password === 'lovelace' ? ada : undefined)
  }
  return { asked, verify }
}

describe('for a stated time', () => {
  let passed = 0
  const now = performance.now.bind(performance)
  beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => now() + passed))
  afterEach(() => void vi.restoreAllMocks())
  /** The clock is read again after a moment. */
  const pass = async (milliseconds: number): Promise<void> => {
    passed += milliseconds
    await setTimeout(5)
  }

  test('what was right is remembered', async () => {
    const { asked, verify } = counting()
    const remembering = remember(verify, { seconds: 10 })
    expect(await remembering('ada', 'lovelace')).toEqual(ada)
    await pass(8_000)
    expect(await remembering('ada', 'lovelace')).toEqual(ada)
    expect(asked).toHaveLength(1)
    await pass(2_100)
    expect(await remembering('ada', 'lovelace')).toEqual(ada)
    expect(asked).toHaveLength(2)
  })

  test('use does not prolong it', async () => {
    const { asked, verify } = counting()
    const remembering = remember(verify, { seconds: 10 })
    for (let second = 0; second < 12; second++) {
      await remembering('ada', 'lovelace')
      await pass(1_000)
    }
    expect(asked).toHaveLength(2)
  })

  test('30 seconds unless given', async () => {
    const { asked, verify } = counting()
    const remembering = remember(verify)
    await remembering('ada', 'lovelace')
    await pass(28_000)
    await remembering('ada', 'lovelace')
    expect(asked).toHaveLength(1)
    await pass(2_100)
    await remembering('ada', 'lovelace')
    expect(asked).toHaveLength(2)
  })

  test('part of a second, too', async () => {
    const { asked, verify } = counting()
    const remembering = remember(verify, { seconds: 0.0015 })
    await remembering('ada', 'lovelace')
    await pass(10)
    await remembering('ada', 'lovelace')
    expect(asked).toHaveLength(2)
  })
})

test('what was wrong is asked again, and does not forget what was right', async () => {
  const { asked, verify } = counting()
  const remembering = remember(verify)
  expect(await remembering('ada', 'lovelace')).toEqual(ada)
  expect(await remembering('ada', 'wrong')).toBeUndefined()
  expect(await remembering('ada', 'wrong')).toBeUndefined()
  expect(await remembering('ada', 'lovelace')).toEqual(ada)
  expect(asked).toEqual(['ada:lovelace', 'ada:wrong', 'ada:wrong'])
})

test('a name and a password cannot be taken for another name and password', async () => {
  const { asked, verify } = counting()
  const remembering = remember(verify)
  await remembering('ada', 'lovelace')
  for (const [name, password] of [
    ['ada","', 'lovelace'],
    ['ad', 'alovelace'],
    ['adal', 'ovelace'],
    ['ada:lovelace', ''],
  ] as const) {
    expect(await remembering(name, password)).toBeUndefined()
  }
  expect(asked).toHaveLength(5)
})

test('equal checks under way are one', async () => {
  const { asked, verify } = counting()
  const remembering = remember(verify)
  const all = await Promise.all(
    ['lovelace', 'lovelace', 'wrong', 'lovelace', 'wrong'].map((word) => remembering('ada', word)),
  )
  expect(all).toEqual([ada, ada, undefined, ada, undefined])
  expect(asked).toEqual(['ada:lovelace', 'ada:wrong'])
})

test('a check that fails is known to all who wait for it, and forgotten', async () => {
  let answers = 0
  const remembering = remember(() => {
    answers += 1
    return answers === 1 ? Promise.reject(new Error('away')) : Promise.resolve(ada)
  })
  const all = await Promise.allSettled([remembering('ada', 'lovelace'), remembering('ada', 'lovelace')])
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await remembering('ada', 'lovelace')).toEqual(ada)
  expect(answers).toBe(2)
})

test('only so many are remembered; the one not used for longest goes', async () => {
  const asked: string[] = []
  const remembering = remember(
    (name) => {
      asked.push(name)
      return Promise.resolve({ ...ada, name })
    },
    { entries: 2 },
  )
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) expect((await remembering(name, 'x'))?.name).toBe(name)
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})

test('passwords are not kept in clear, nor under a digest that another process could make', async () => {
  const set = vi.spyOn(Map.prototype, 'set')
  const keysOfOne = async (): Promise<string[]> => {
    set.mockClear()
    await remember(counting().verify)('ada', 'lovelace')
    return set.mock.calls.map(([key]) => String(key)).filter((key) => key.length >= 40)
  }
  try {
    const [one, other] = [await keysOfOne(), await keysOfOne()]
    expect(one.length).toBeGreaterThanOrEqual(2) // under way, and known
    expect(one.join()).not.toContain('lovelace')
    expect(one.filter((key) => other.includes(key))).toEqual([])
  } finally {
    set.mockRestore()
  }
})

test.each([0, -1, Number.NaN])('a time of %d seconds is refused', (seconds) => {
  expect(() => remember(counting().verify, { seconds })).toThrow(RangeError)
})
