// What every shared store must keep, written once; stores.test.ts binds it to each of them.
import { storeKey, type FeedEntry, type SharedStore } from 'slumberjs/http'
import { expect, test } from 'vitest'

/** Two stores over the same data, as two processes have them. */
export type Pair = readonly [SharedStore, SharedStore]

const many = Array.from({ length: 20 }, (_, index) => index)

const newKey = (): Promise<string> => storeKey('test', crypto.randomUUID())
const valuesOf = (entries: readonly FeedEntry[]): readonly string[] => entries.map(({ value }) => value)

/** What each of many calls gives that are under way at once in two processes. */
const raced = <T>(pair: () => Pair, call: (store: SharedStore, index: number) => T | Promise<T>): Promise<T[]> =>
  Promise.all(many.map(async (index) => await call(pair()[index % 2 === 0 ? 0 : 1], index)))

export function countersAreKept(pair: () => Pair): void {
  test('a counter counts from one, over all processes', async () => {
    const key = await newKey()
    const [one, two] = pair()
    const counts = [await one.increment(key, 60), await two.increment(key, 60), await one.increment(key, 60)]
    expect(counts.map(({ count }) => count)).toEqual([1, 2, 3])
    for (const { expiresIn } of counts) {
      expect(expiresIn).toBeGreaterThan(0)
      expect(expiresIn).toBeLessThanOrEqual(60)
    }
  })

  test('the end of a counter stays where its first count put it', async () => {
    const key = await newKey()
    const [one, two] = pair()
    await one.increment(key, 60)
    expect((await two.increment(key, 600)).expiresIn).toBeLessThanOrEqual(60)
  })

  test('of counts that race none is lost', async () => {
    const key = await newKey()
    const counts = await raced(pair, async (store) => (await store.increment(key, 60)).count)
    expect(counts.toSorted((a, b) => a - b)).toEqual(many.map((index) => index + 1))
  })

  test('a counter begins anew when its time is over', async () => {
    const key = await newKey()
    const [one, two] = pair()
    await one.increment(key, 0.05)
    await expect.poll(async () => (await two.increment(key, 60)).count).toBe(1)
    expect((await one.increment(key, 60)).count).toBe(2)
  })
}

export function valuesAreKept(pair: () => Pair): void {
  test('a value is set once, and seen by all processes', async () => {
    const key = await newKey()
    const [one, two] = pair()
    expect(await two.get(key)).toBeUndefined()
    expect(await one.setIfAbsent(key, 'one', 60)).toBeUndefined()
    expect(await two.setIfAbsent(key, 'two', 60)).toBe('one')
    expect([await one.get(key), await two.get(key)]).toEqual(['one', 'one'])
  })

  test('of many that would set it at once exactly one does', async () => {
    for (let round = 0; round < 5; round += 1) {
      const key = await newKey()
      const found = await raced(pair, (store, index) => store.setIfAbsent(key, `by ${index}`, 60))
      const kept = await pair()[0].get(key)
      expect(found.filter((value) => value === undefined)).toHaveLength(1)
      expect(new Set(found)).toEqual(new Set([undefined, kept]))
      expect(found[many.findIndex((index) => `by ${index}` === kept)]).toBeUndefined()
    }
  })

  test.each(['', '"', '\\', 'ünïcode ☕ 𝒳', '{"json":[1,"two"]}', ' blank ', "'; --", '5', 'x'.repeat(100_000)])(
    'whatever it is: %.20s',
    async (value) => {
      const key = await newKey()
      const [one, two] = pair()
      await one.setIfAbsent(key, value, 60)
      expect(await two.get(key)).toBe(value)
      expect(await two.replace(key, value, `${value}!`, 60)).toBe(true)
      expect(await one.delete(key, `${value}!`)).toBe(true)
      expect(await one.get(key)).toBeUndefined()
    },
  )

  test('keys are told apart to the last character', async () => {
    const key = await newKey()
    const others = [`${key} `, key.toUpperCase(), `${key}é`, `${key}e`, `${key}*`, `${key}:1`]
    const [one] = pair()
    for (const each of [key, ...others]) expect(await one.setIfAbsent(each, each, 60)).toBeUndefined()
    for (const each of [key, ...others]) expect(await one.get(each)).toBe(each)
  })

  test('it is replaced only where the expected one stands, and of many that would do so exactly one does', async () => {
    const key = await newKey()
    const [one, two] = pair()
    expect(await one.replace(key, 'old', 'new', 60)).toBe(false)
    expect(await one.get(key)).toBeUndefined()
    await one.setIfAbsent(key, 'old', 60)
    expect(await two.replace(key, 'other', 'new', 60)).toBe(false)
    const done = await raced(pair, (store, index) => store.replace(key, 'old', `new ${index}`, 60))
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await two.get(key)).toBe(`new ${done.indexOf(true)}`)
  })

  test('it is deleted only where the expected one stands, and of many that would do so exactly one does', async () => {
    const key = await newKey()
    const [one, two] = pair()
    expect(await one.delete(key)).toBe(false)
    await one.setIfAbsent(key, 'old', 60)
    expect(await two.delete(key, 'other')).toBe(false)
    expect(await two.get(key)).toBe('old')
    expect((await raced(pair, (store) => store.delete(key, 'old'))).filter(Boolean)).toHaveLength(1)
    await one.setIfAbsent(key, 'new', 60)
    expect(await two.delete(key)).toBe(true)
    expect(await one.get(key)).toBeUndefined()
  })

  test('it is gone when its time is over, and may be set anew', async () => {
    const key = await newKey()
    const [one, two] = pair()
    await one.setIfAbsent(key, 'old', 0.05)
    await expect.poll(() => two.get(key)).toBeUndefined()
    expect(await two.replace(key, 'old', 'new', 60)).toBe(false)
    expect(await two.delete(key)).toBe(false)
    const found = await raced(pair, (store) => store.setIfAbsent(key, 'new', 60))
    expect(found.filter((value) => value === undefined)).toHaveLength(1)
  })

  test('what replaces it lives for as long as was said then', async () => {
    const key = await newKey()
    const [one, two] = pair()
    await one.setIfAbsent(key, 'old', 600)
    await one.replace(key, 'old', 'new', 0.05)
    await expect.poll(() => two.get(key)).toBeUndefined()
  })

  test.each([0, -1, Number.NaN])('%s is no time to live', async (seconds) => {
    const key = await newKey()
    const [store] = pair()
    const calls = [
      () => store.increment(key, seconds),
      () => store.setIfAbsent(key, 'x', seconds),
      () => store.append(key, 'x', seconds),
    ]
    for (const call of calls) await expect((async () => await call())()).rejects.toThrow(RangeError)
    expect([await store.get(key), await store.since(key)]).toEqual([undefined, []])
  })
}

export function feedsAreKept(pair: () => Pair): void {
  test('a feed gives its entries in their order, and behind a cursor those that came later', async () => {
    const feed = await newKey()
    const [one, two] = pair()
    expect(await one.since(feed)).toEqual([])
    for (const [index, value] of ['a', '', 'a', 'ü☕'].entries()) {
      await (index % 2 === 0 ? one : two).append(feed, value, 60)
    }
    const entries = await two.since(feed)
    expect(valuesOf(entries)).toEqual(['a', '', 'a', 'ü☕'])
    expect(valuesOf(await one.since(feed, entries[1]?.cursor))).toEqual(['a', 'ü☕'])
    expect(await one.since(feed, entries[3]?.cursor)).toEqual([])
    await one.append(feed, 'last', 60)
    expect(valuesOf(await two.since(feed, entries[3]?.cursor))).toEqual(['last'])
  })

  test('what is no cursor stands at its beginning', async () => {
    const feed = await newKey()
    const [one] = pair()
    await one.append(feed, 'a', 60)
    for (const cursor of ['', 'x', '-', '+', '$', '-1', '1e999', '0x1']) {
      expect(valuesOf(await one.since(feed, cursor))).toEqual(['a'])
    }
  })

  test('who reads on while many append misses none, and sees none twice', async () => {
    const feed = await newKey()
    let isOver = false
    const reading = (async () => {
      const [, two] = pair()
      const seen: string[] = []
      let cursor: string | undefined
      for (;;) {
        const isLast = isOver
        const entries = await two.since(feed, cursor)
        seen.push(...valuesOf(entries))
        cursor = entries.at(-1)?.cursor ?? cursor
        if (isLast && entries.length === 0) return seen
        await new Promise(setImmediate)
      }
    })()
    await raced(pair, (store, index) => store.append(feed, String(index), 60)).finally(() => (isOver = true))
    const seen = await reading
    expect(seen.map(Number).toSorted((a, b) => a - b)).toEqual(many)
    expect(valuesOf(await pair()[0].since(feed))).toEqual(seen)
  })

  test('each entry is gone when its own time is over', async () => {
    const feed = await newKey()
    const [one, two] = pair()
    await one.append(feed, 'long', 60)
    await one.append(feed, 'short', 0.05)
    await one.append(feed, 'last', 60)
    await expect.poll(async () => valuesOf(await two.since(feed))).toEqual(['long', 'last'])
  })

  test('one that was forgotten goes on behind the cursors that were given', async () => {
    const feed = await newKey()
    const [one, two] = pair()
    await one.append(feed, 'old', 0.05)
    const [old] = await one.since(feed)
    await expect.poll(() => two.since(feed)).toEqual([])
    await two.append(feed, 'new', 60)
    expect(valuesOf(await one.since(feed, old?.cursor))).toEqual(['new'])
  })
}

/** What is built of these operations, in the way in which that works when processes race. */
export function usesWork(pair: () => Pair): void {
  const listed = async (store: SharedStore, user: string): Promise<readonly string[]> => {
    const ids = valuesOf(await store.since(`of ${user}`))
    const found = await Promise.all(ids.map(async (id) => ({ id, session: await store.get(id) })))
    return found.filter(({ session }) => session !== undefined).map(({ id }) => id)
  }
  const begin = async (store: SharedStore, user: string, id: string): Promise<void> => {
    await store.append(`of ${user}`, id, 60)
    await store.setIfAbsent(id, JSON.stringify({ user }), 60)
  }

  test('sessions are looked up by their ids, listed and ended by user', async () => {
    const [one, two] = pair()
    const [ann, bob] = [await newKey(), await newKey()]
    const ids = [await newKey(), await newKey(), await newKey()] as const
    await begin(one, ann, ids[0])
    await begin(two, ann, ids[1])
    await begin(one, bob, ids[2])
    expect(await two.get(ids[0])).toBe(JSON.stringify({ user: ann }))
    expect(await one.delete(ids[0])).toBe(true)
    expect(await listed(two, ann)).toEqual([ids[1]])
    for (const id of await listed(one, ann)) await one.delete(id)
    expect([await listed(two, ann), await listed(two, bob)]).toEqual([[], [ids[2]]])
  })

  test('a session that has been ended is not brought back by a process that prolongs it', async () => {
    const [one, two] = pair()
    const id = await newKey()
    await one.setIfAbsent(id, 'begun', 60)
    const seen = (await two.get(id)) ?? ''
    await one.delete(id)
    expect(await two.replace(id, seen, 'prolonged', 60)).toBe(false)
    expect(await one.get(id)).toBeUndefined()
  })

  test('a session that begins while all of its user are ended is ended, or knows it', async () => {
    for (const _ of many) {
      const [one, two] = pair()
      const [user, id, feed] = [await newKey(), await newKey(), await newKey()]
      const logIn = async (): Promise<boolean> => {
        await begin(one, user, id)
        return (await one.since(feed)).length === 0
      }
      const endAll = async (): Promise<void> => {
        await two.append(feed, user, 60)
        for (const each of await listed(two, user)) await two.delete(each)
      }
      const [isGood] = await Promise.all([logIn(), endAll()])
      expect(isGood && (await one.get(id)) !== undefined).toBe(false)
    }
  })

  test('a code that is good once is taken by one of those that know it', async () => {
    const code = await newKey()
    await pair()[0].setIfAbsent(code, 'grant', 60)
    const taken = await raced(pair, async (store) => {
      const grant = await store.get(code)
      return grant !== undefined && (await store.delete(code, grant))
    })
    expect(taken.filter(Boolean)).toHaveLength(1)
  })
}
