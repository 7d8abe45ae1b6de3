// A service whose auth service is stopped: writes are refused, reads as it is configured, and all is as before when it is back.
import { beforeEach, describe, expect, test } from 'vitest'
import { as } from '../fixture.ts'
import { change, remoteSystem, type Kitchen } from './fixture.ts'

const it = remoteSystem()

const down = async (kitchen: Kitchen): Promise<void> => {
  await it.stop()
  await kitchen.remote.catchUp().catch(() => undefined) // the feed says so: nobody answers
}

describe.each([
  ['refuse', 503],
  ['remembered', 200],
] as const)('while the auth service is down, with whileDown: %s', (whileDown, read) => {
  let kitchen: Kitchen
  beforeEach(async () => {
    kitchen = it.kitchen({ whileDown })
    await kitchen.add('clerk')
    await down(kitchen)
  })

  test('writes are refused, with 503 and Retry-After', async () => {
    await expect(kitchen.remote.catchUp()).rejects.toMatchObject({ status: 503, code: 'auth-unavailable' })
    const answer = await kitchen.ask('POST', 'kitchen/Note', { authorization: as('clerk'), json: { words: 'salt' } })
    expect([answer.status, answer.body.code]).toEqual([503, 'auth-unavailable'])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  test(`reads of who is remembered are ${read}`, async () => {
    expect(await kitchen.get('clerk')).toBe(read)
    expect((await kitchen.ask('HEAD', 'kitchen/Note', { authorization: as('clerk') })).status).toBe(read)
  })

  test('who is not remembered is not let in, nor is another password', async () => {
    expect(await kitchen.get('viewer')).toBe(503)
    const authorization = `Basic ${btoa('clerk:wrong')}`
    expect((await kitchen.ask('GET', 'kitchen/Note', { authorization })).status).toBe(503)
  })

  test('all is as before when it is back, and what has changed meanwhile is known', async () => {
    await it.start()
    expect(await kitchen.add('clerk')).toBe(201)
    await down(kitchen)
    await change(it.system, 'clerk', { active: false })
    try {
      await it.start()
      await kitchen.remote.catchUp()
      expect(await kitchen.get('clerk')).toBe(401)
    } finally {
      await change(it.system, 'clerk', { active: true })
    }
  })
})

test('those remembered may read for the stated time after its last answer', async () => {
  const kitchen = it.kitchen({ whileDown: 'remembered', downSeconds: 120 })
  await kitchen.get('clerk')
  it.clock.now = 10
  await kitchen.remote.catchUp() // the last answer
  await down(kitchen)
  it.clock.now = 129.9 // longer than an answer is good for
  expect(await kitchen.get('clerk')).toBe(200)
  it.clock.now = 130
  expect(await kitchen.get('clerk')).toBe(503)
})

test('that it is down is found out by the first who needs it, too', async () => {
  const kitchen = it.kitchen({ whileDown: 'remembered' })
  await kitchen.get('clerk')
  await it.stop()
  it.clock.now = 60
  expect(await kitchen.get('clerk')).toBe(200)
  expect(await kitchen.add('clerk')).toBe(503)
})

test('what was remembered for too long when it went down is not', async () => {
  const kitchen = it.kitchen({ whileDown: 'remembered' })
  await kitchen.get('clerk')
  it.clock.now = 61
  await kitchen.remote.catchUp()
  await down(kitchen)
  expect(await kitchen.get('clerk')).toBe(503)
})
