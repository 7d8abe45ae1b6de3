// Other writers: waited for without blocking the event loop, for a bounded time, and without harm to them or to us.
import { createClient, type Client } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { model, operation } from 'slumberjs/server'
import { base, menu, serving, type Api } from './fixture.ts'
import { crusts } from './tables.ts'

let other: Client

const otherProcess = (api: Api): void => {
  beforeEach(() => {
    other = createClient({ url: api.url })
  })
  afterEach(() => other.close())
}

const count = async (client: Client): Promise<unknown> =>
  (await client.execute('SELECT count(*) AS n FROM crust')).rows[0]?.['n']
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The longest time for which nothing else ran, in milliseconds. */
async function longestBlock(during: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  await during()
  clearInterval(timer)
  return longest
}

const api = serving()
const rollback = serving({}, 'DELETE')

describe.each([
  ['WAL', api],
  ['rollback', rollback],
])('in %s mode, while another process holds the write lock', (_, served) => {
  otherProcess(served)

  test('a write waits and then happens, reads go on, and the event loop is free', async () => {
    const held = await other.transaction('write')
    await held.execute(`INSERT INTO crust VALUES ('oth', 'Other')`)
    const blocked = await longestBlock(async () => {
      const write = served.post('/menu/Crust', { code: 'our', name: 'Ours' })
      for (let index = 0; index < 10; index++) {
        expect((await served.get('/menu/Crust')).body).toHaveLength(2)
        await wait(20)
      }
      await held.commit() // which our waiting does not prevent
      expect((await write).status).toBe(201)
    })
    expect(blocked).toBeLessThan(1_000)
    expect([await count(other), (await served.get('/menu/Crust')).body.length]).toEqual([4, 4])
  })

  test('a write is 503 with Retry-After after five seconds; nothing of it is left, and nobody is locked out', async () => {
    const held = await other.transaction('write')
    const before = await served.dump()
    const started = performance.now()
    const [{ status, headers, body }, second] = await Promise.all([
      served.patch('/menu/Crust/thn', { name: 'x' }),
      served.delete('/menu/Pizza/2'),
    ])
    expect([status, headers.get('retry-after'), body.code, second.status]).toEqual([503, '1', 'database-busy', 503])
    expect(performance.now() - started).toBeGreaterThan(4_900)
    expect(performance.now() - started).toBeLessThan(15_000)
    await held.execute(`INSERT INTO crust VALUES ('oth', 'Other')`)
    await held.commit()
    expect((await served.get('/menu/Crust/oth')).status).toBe(200)
    expect((await served.patch('/menu/Crust/thn', { name: 'x' })).status).toBe(200)
    await other.execute(`DELETE FROM crust WHERE code = 'oth'`)
    expect((await served.patch('/menu/Crust/thn', { name: 'Thin' })).status).toBe(200)
    expect(await served.dump()).toBe(before)
  })

  test('many waiting writes are let in one after the other', async () => {
    const held = await other.transaction('write')
    const writes = Array.from({ length: 10 }, (__, index) =>
      served.post('/menu/Crust', { code: `c${index}`, name: 'x' }),
    )
    await wait(50)
    await held.rollback()
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201))
    expect(await count(other)).toBe(12)
  })
})

test('in rollback mode a commit waits for a reader of another process, and is not lost', async () => {
  other = createClient({ url: rollback.url })
  const reader = await other.transaction('deferred')
  await reader.execute('SELECT * FROM crust')
  const write = rollback.patch('/menu/Crust/thn', { name: 'Later' })
  await wait(100)
  await reader.commit()
  expect((await write).status).toBe(200)
  await other.execute(`UPDATE crust SET name = 'Latest' WHERE code = 'thn'`)
  expect((await rollback.get('/menu/Crust/thn')).body.name).toBe('Latest')
  other.close()
})

describe('operations that take their time', () => {
  const slow = serving({
    apps: [
      menu({
        Crust: model(crusts, {
          operations: {
            hang: operation.model({ POST: { run: () => wait(5_500) } }),
            nested: operation.model({
              POST: { run: async () => (await slow.post('/menu/Crust', { code: 'in', name: 'x' })).status },
            }),
          },
        }),
      }),
    ],
  })

  test('keep other writes waiting for five seconds at most: 503, and they are never run', async () => {
    const hanging = slow.post('/menu/Crust/-/hang', undefined)
    await wait(10)
    const waiting = await slow.post('/menu/Crust', { code: 'new', name: 'x' })
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await hanging).status).toBe(204)
    expect((await slow.post('/menu/Crust', { code: 'own', name: 'x' })).status).toBe(201)
    expect((await slow.get('/menu/Crust/new')).status).toBe(404)
  })

  test('and write through the service itself wait for themselves: 503, not for ever', async () => {
    expect((await slow.post('/menu/Crust/-/nested', undefined)).body).toBe(503)
    expect((await slow.get('/menu/Crust/in')).status).toBe(404)
  })
})

describe('H063 a caller who goes away', () => {
  test('while sending the content leaves nothing', async () => {
    const before = await api.dump()
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"code":"abc",'))
        setTimeout(() => controller.error(new Error('gone')), 10)
      },
    })
    const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } // `duplex` is not in the DOM's types yet
    const request = new Request(`${base}/menu/Crust`, init)
    expect((await api.service.fetch(request)).status).toBe(400)
    expect(await api.dump()).toBe(before)
  })

  test('after sending it is answered all the same, and the next is too', async () => {
    const controller = new AbortController()
    const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
    const body = JSON.stringify({ code: 'abc', name: 'x' })
    const request = new Request(`${base}/menu/Crust`, { method: 'POST', headers, body, signal: controller.signal })
    const answer = api.service.fetch(request)
    await Promise.resolve()
    controller.abort()
    expect([201, 400]).toContain((await answer).status)
    expect((await api.post('/menu/Crust', { code: 'def', name: 'x' })).status).toBe(201)
  })
})

test('foreign keys are enforced on every connection', async () => {
  const writes = Array.from({ length: 20 }, () => api.put('/menu/Stock/3,thn', { quantity: 1 }))
  const reads = Array.from({ length: 30 }, () => api.sql('PRAGMA foreign_keys'))
  await Promise.all(writes)
  expect((await Promise.all(reads)).flat()).toEqual(Array.from({ length: 30 }, () => ({ foreign_keys: 1 })))
  expect((await api.delete('/menu/Shop/3')).status).toBe(409)
})
