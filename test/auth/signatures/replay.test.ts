// A signature is good for one request: whatever the label, in all processes of a service, and whatever happens to a clock.
import { memoryStore, Problem, type SharedStore } from 'slumberjs/http'
import type { Service } from 'slumberjs/server'
import { expect, test } from 'vitest'
import { generateServiceKey } from 'slumberjs/auth'
import { accounting } from '../fixture.ts'
import { fieldsOf, now, outcome, requestOf, shop, shopScheme, tell } from './fixture.ts'

const system = accounting()
const post = { method: 'POST', body: '{"words":"salt"}' } as const

test('A004 the second time it is refused', async () => {
  const kitchen = system.kitchen([shopScheme()])
  const fields = fieldsOf(post)
  expect(await outcome(kitchen, post, fields)).toBe('201')
  expect(await outcome(kitchen, post, fields)).toBe('401 replay')
})

test('A004 of many that race on two services with one store, one is done', async () => {
  const store = memoryStore()
  // Each question takes a turn of the event loop, as one over a network does.
  const later: SharedStore = {
    ...store,
    setIfAbsent: async (...asked) => {
      await new Promise(setImmediate)
      return await store.setIfAbsent(...asked)
    },
  }
  const services = [shopScheme({ store: later }), shopScheme({ store: later })].map((scheme) =>
    system.kitchen([scheme]),
  )
  const fields = fieldsOf(post)
  const races = Array.from({ length: 6 }, (_, index) => outcome(services[index % 2]!, post, fields))
  expect((await Promise.all(races)).toSorted()).toEqual(['201', ...Array.from({ length: 5 }, () => '401 replay')])
})

test('A005 another label, or another order of labels, is no other signature', async () => {
  const kitchen = system.kitchen([shopScheme()])
  const parameters = { nonce: '"0123456789abcdef012345"' }
  expect(await outcome(kitchen, { parameters })).toBe('200')
  expect(await outcome(kitchen, { parameters, label: 'x' })).toBe('401 replay')
  expect(await outcome(kitchen, { parameters, components: ['"@target-uri"', '"@authority"', '"@method"'] })).toBe(
    '401 replay',
  )
})

test('the nonces of one key are not those of another', async () => {
  const other = generateServiceKey()
  const kitchen = system.kitchen([shopScheme({ keys: { shop, other: { ...shop, publicKey: other.publicKey } } })])
  const nonce = '"0123456789abcdef012345"'
  expect(await outcome(kitchen, { parameters: { nonce } })).toBe('200')
  expect(await outcome(kitchen, { parameters: { nonce, keyid: '"other"' }, key: other.privateKey })).toBe('200')
})

test('who has no key uses no nonce up, and fills no store', async () => {
  const store = memoryStore({ max: 1 })
  const kitchen = system.kitchen([shopScheme({ store })])
  const parameters = { nonce: '"0123456789abcdef012345"' }
  for (let count = 0; count < 3; count++) {
    expect(await outcome(kitchen, { parameters, key: generateServiceKey().privateKey })).toBe('401 bad-signature')
  }
  expect(await outcome(kitchen, { parameters })).toBe('200')
})

/** A service whose two clocks a test sets; the store counts by the steady one. */
function atTime(): { kitchen: Service; time: { now: number; steady: number } } {
  const time = { now: now(), steady: 0 }
  const store = memoryStore({ now: () => time.steady * 1_000 })
  const scheme = shopScheme({ store, clock: { now: () => time.now, steady: () => time.steady } })
  return { kitchen: system.kitchen([scheme]), time }
}

test.each([0, 100, 299, 301, 600, 659])(
  'A020 a clock that is put back ten minutes brings nothing back: %i s later',
  async (later) => {
    const { kitchen, time } = atTime()
    const made = { parameters: { expires: String(now() + 300) } }
    const fields = fieldsOf(made)
    expect(await outcome(kitchen, {}, fields)).toBe('200')
    time.steady = later
    time.now = now() - 600 + later
    expect(await outcome(kitchen, {}, fields)).toMatch(/^401 (?:replay|date-skew)$/)
  },
)

test('A020 when it has been right again, new requests pass, and old ones never', async () => {
  const { kitchen, time } = atTime()
  const old = fieldsOf({ parameters: { expires: String(now() + 300) } })
  expect(await outcome(kitchen, {}, old)).toBe('200')
  time.now -= 600
  const made = (): Promise<string> => {
    const [created, expires] = [String(time.now), String(time.now + 60)]
    return outcome(kitchen, { parameters: { created, expires } })
  }
  time.steady = 700
  time.now += 700
  expect(await outcome(kitchen, {}, old)).toBe('401 date-skew')
  time.now -= 100
  expect(await outcome(kitchen, {}, old)).toBe('401 replay')
  time.steady += 301
  time.now += 301
  expect(await made()).toBe('200')
})

test('A004 a nonce is kept for as long as a process whose clock is late takes the signature', async () => {
  const time = { steady: 0 }
  const store = memoryStore({ now: () => time.steady * 1_000 })
  const [early, late] = [0, -52].map((off) => {
    const clock = { now: () => now() + time.steady + off, steady: () => time.steady }
    return system.kitchen([shopScheme({ store, clock })])
  })
  const fields = fieldsOf({ parameters: { expires: String(now() + 1) } })
  expect(await outcome(early!, {}, fields)).toBe('200')
  time.steady = 50
  expect(await outcome(late!, {}, fields)).toBe('401 replay')
})

test('A021 without the store nobody is let in', async () => {
  const down = (): never => {
    throw new Error('the store is down')
  }
  const kitchen = system.kitchen([shopScheme({ store: { ...memoryStore(), setIfAbsent: down } })])
  const { status, code, headers } = await tell(kitchen, requestOf(post))
  expect([status, code, headers.get('retry-after')]).toEqual([503, 'store-unavailable', '5'])
})

test('A021 nor where it has no room', async () => {
  const kitchen = system.kitchen([shopScheme({ store: memoryStore({ max: 1 }) })])
  expect(await outcome(kitchen, {})).toBe('200')
  expect(await outcome(kitchen, {})).toBe('503 store-full')
})

test('A021 nor where the store has a refusal of its own', async () => {
  const refusing = (): never => {
    throw new Problem(503, 'Closed.', { code: 'closed' })
  }
  const kitchen = system.kitchen([shopScheme({ store: { ...memoryStore(), setIfAbsent: refusing } })])
  expect(await outcome(kitchen, {})).toBe('503 closed')
})
