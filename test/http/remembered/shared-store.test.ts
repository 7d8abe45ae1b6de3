// The store of one process: its times, with a clock that a test sets, and what it does when it is full. The rules of all stores: test/server/stores/.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryStore, type MemoryStoreOptions } from '../../../src/http/remembered/memory-store.ts'
import { sha256, storeKey, type SharedStore } from '../../../src/http/remembered/shared-store.ts'

const problemOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

/** A store with a clock that the test sets forward, in seconds. */
const withClock = (options: MemoryStoreOptions = {}) => {
  let now = 0
  return {
    store: memoryStore({ ...options, now: () => now }),
    pass: (seconds: number) => void (now += seconds * 1_000),
  }
}

describe('a counter', () => {
  test('counts from one, and lives as long as its first count said', async () => {
    const { store, pass } = withClock()
    expect(await store.increment('a', 60)).toEqual({ count: 1, expiresIn: 60 })
    pass(20)
    expect(await store.increment('a', 60)).toEqual({ count: 2, expiresIn: 40 })
    pass(39.5)
    expect(await store.increment('a', 60)).toEqual({ count: 3, expiresIn: 0.5 })
    pass(1)
    expect(await store.increment('a', 60)).toEqual({ count: 1, expiresIn: 60 })
  })

  test('is one of its own for each key', async () => {
    const { store } = withClock()
    await store.increment('a', 60)
    expect(await store.increment('b', 60)).toMatchObject({ count: 1 })
  })

  test('that is used stays when others push out what is not', async () => {
    const { store } = withClock({ max: 3 })
    for (const key of ['a', 'idle', 'b', 'a', 'c', 'a', 'd', 'a']) await store.increment(key, 60)
    expect(await store.increment('a', 60)).toMatchObject({ count: 5 })
    expect(await store.increment('idle', 60)).toMatchObject({ count: 1 })
  })
})

describe('a value', () => {
  test('is there until its time is over', async () => {
    const { store, pass } = withClock()
    await store.setIfAbsent('a', 'one', 10)
    pass(9.999)
    expect(await store.get('a')).toBe('one')
    pass(0.1)
    expect(await store.get('a')).toBeUndefined()
    expect(await store.get('b')).toBeUndefined()
  })

  test('is set once where there must be none, also when it is empty', async () => {
    const { store, pass } = withClock()
    expect(await store.setIfAbsent('a', '', 10)).toBeUndefined()
    expect(await store.setIfAbsent('a', 'two', 10)).toBe('')
    pass(11)
    expect(await store.setIfAbsent('a', 'three', 10)).toBeUndefined()
    expect(await store.get('a')).toBe('three')
  })

  test('is replaced and deleted only if it is the one expected', async () => {
    const { store, pass } = withClock()
    await store.setIfAbsent('a', 'one', 10)
    expect(await store.replace('a', 'other', 'two', 10)).toBe(false)
    await store.delete('a', 'other')
    expect(await store.get('a')).toBe('one')
    expect(await store.replace('a', 'one', 'two', 100)).toBe(true)
    pass(50)
    expect(await store.get('a')).toBe('two')
    await store.delete('a', 'two')
    expect(await store.get('a')).toBeUndefined()
    expect(await store.replace('a', 'two', 'three', 10)).toBe(false)
    await store.setIfAbsent('a', 'four', 10)
    await store.delete('a')
    expect(await store.get('a')).toBeUndefined()
  })

  test('is no counter of the same key', async () => {
    const { store } = withClock()
    await store.increment('a', 10)
    expect(await store.setIfAbsent('a', 'value', 10)).toBeUndefined()
  })
})

describe('a feed', () => {
  const valuesOf = async (store: SharedStore): Promise<readonly string[]> =>
    (await store.since('f')).map(({ value }) => value)

  test('forgets each entry in its own time', async () => {
    const { store, pass } = withClock()
    await store.append('f', 'one', 10)
    await store.append('f', 'two', 5)
    pass(6)
    await store.append('f', 'three', 1)
    expect(await valuesOf(store)).toEqual(['one', 'three'])
    pass(3)
    expect(await valuesOf(store)).toEqual(['one'])
    pass(3)
    expect(await valuesOf(store)).toEqual([])
  })

  test('takes from the room of values, and forgets nothing before its time either', async () => {
    const { store, pass } = withClock({ maxSize: 200 })
    await store.append('f', 'x'.repeat(30), 10)
    await store.append('f', 'y'.repeat(30), 60)
    expect(problemOf(() => store.append('f', 'z', 60))).toMatchObject({ code: 'store-full' })
    pass(11)
    await store.append('f', 'z', 60)
    expect(await valuesOf(store)).toEqual(['y'.repeat(30), 'z'])
  })

  test('goes on behind the cursors of a store that has ended with its process', async () => {
    const [before, after] = [memoryStore(), memoryStore()]
    await before.append('f', 'one', 60)
    const [last] = await before.since('f')
    // A microsecond stands for each entry, a millisecond for the clock: a process does not begin within the same one.
    await expect.poll(() => Date.now() * 1_000 > Number(last?.cursor)).toBe(true)
    await after.append('f', 'two', 60)
    expect(await after.since('f', last?.cursor)).toMatchObject([{ value: 'two' }])
  })
})

describe('a full store', () => {
  const full = expect.objectContaining({ status: 503, code: 'store-full', headers: { 'retry-after': '60' } })

  test('forgets no value before its time: it takes no more', async () => {
    const { store } = withClock({ max: 3 })
    for (const key of ['a', 'b', 'c']) await store.setIfAbsent(key, key, 60)
    expect(problemOf(() => store.setIfAbsent('d', 'd', 60))).toEqual(full)
    expect(problemOf(() => store.setIfAbsent('e', 'e', 60))).toEqual(full)
    for (const key of ['a', 'b', 'c']) expect(await store.get(key)).toBe(key)
    expect(await store.setIfAbsent('a', 'new', 60)).toBe('a')
    expect(await store.replace('a', 'a', 'b', 60)).toBe(true)
  })

  test('takes others when some have had their time', async () => {
    const { store, pass } = withClock({ max: 2 })
    await store.setIfAbsent('a', 'a', 10)
    await store.setIfAbsent('b', 'b', 60)
    expect(problemOf(() => store.setIfAbsent('c', 'c', 60))).toEqual(full)
    pass(11)
    await store.setIfAbsent('c', 'c', 60)
    expect([await store.get('b'), await store.get('c')]).toEqual(['b', 'c'])
  })

  test('is one whose keys and values are too long together, too', async () => {
    const { store } = withClock({ maxSize: 100 })
    await store.setIfAbsent('a', 'x'.repeat(60), 60)
    expect(problemOf(() => store.setIfAbsent('b', 'x'.repeat(60), 60))).toEqual(full)
    expect(problemOf(() => store.replace('a', 'x'.repeat(60), 'x'.repeat(100), 60))).toEqual(full)
    expect(await store.get('a')).toBe('x'.repeat(60))
    expect(await store.replace('a', 'x'.repeat(60), 'x'.repeat(99), 60)).toBe(true)
  })

  test('still counts', async () => {
    const { store } = withClock({ max: 1 })
    await store.setIfAbsent('a', 'a', 60)
    expect(await store.increment('b', 60)).toMatchObject({ count: 1 })
  })
})

test('behaves as a map with times to live, whatever is asked of it', () => {
  const key = fc.constantFrom('a', 'b', 'c')
  const value = fc.constantFrom('', '1', '2')
  const command = fc.oneof(
    fc.tuple(fc.constant('replace'), key, value, fc.integer({ min: 1, max: 20 })),
    fc.tuple(fc.constant('setIfAbsent'), key, value, fc.integer({ min: 1, max: 20 })),
    fc.tuple(fc.constant('delete'), key, value, fc.constant(1)),
    fc.tuple(fc.constant('pass'), key, value, fc.integer({ min: 1, max: 10 })),
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const { store, pass } = withClock()
      const model = new Map<string, { value: string; until: number }>()
      let now = 0
      for (const [name, at, given, seconds] of commands) {
        const known = model.get(at)
        const present = known !== undefined && known.until > now ? known.value : undefined
        if (name === 'replace') {
          expect(store.replace(at, present ?? 'none', given, seconds)).toBe(present !== undefined)
          if (present !== undefined) model.set(at, { value: given, until: now + seconds })
        } else if (name === 'setIfAbsent') {
          expect(store.setIfAbsent(at, given, seconds)).toBe(present)
          if (present === undefined) model.set(at, { value: given, until: now + seconds })
        } else if (name === 'delete') {
          expect(store.delete(at, given)).toBe(present === given)
          if (present === given) model.delete(at)
        } else {
          // A little more than whole seconds, so that no end is met exactly.
          pass(seconds + 0.001)
          now += seconds + 0.001
        }
      }
      for (const at of ['a', 'b', 'c']) {
        const known = model.get(at)
        expect(store.get(at)).toBe(known !== undefined && known.until > now ? known.value : undefined)
      }
    }),
  )
})

test.each([{ max: 0 }, { max: 1.5 }, { maxSize: -1 }, { max: Number.NaN }])('%j is no limit', (options) => {
  expect(() => memoryStore(options)).toThrow(RangeError)
})

test.each([0, -1, Number.NaN])('%s is no time to live', (seconds) => {
  const store = memoryStore()
  expect(() => store.setIfAbsent('a', 'a', seconds)).toThrow(RangeError)
  expect(() => store.increment('a', seconds)).toThrow(RangeError)
})

describe('a key', () => {
  test('is another for other parts, however they are cut', async () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('"', ',', '\\', ':', 'a', '[', ']') }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(parts, parts, async (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect((await storeKey(...one)) === (await storeKey(...other))).toBe(same)
      }),
    )
  })

  test('of long parts is short, and still another for other parts', async () => {
    const keys = await Promise.all(['a', 'b'].map((end) => storeKey('x'.repeat(10_000), end)))
    expect(keys.every((key) => /^sha-256:[\w-]{43}$/.test(key))).toBe(true)
    expect(keys[0]).not.toBe(keys[1])
  })
})

test('sha256 is that of FIPS 180-4, as base64url', async () => {
  expect(await sha256(new TextEncoder().encode('abc'))).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
})
