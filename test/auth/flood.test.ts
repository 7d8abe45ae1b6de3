// Many logins at once: few are hashed, few wait, and the rest is told at once to come again.
import { createHook } from 'node:async_hooks'
import { beforeAll, describe, expect, test } from 'vitest'
import { basic, remoteUsers, scrypt } from 'slumberjs/auth'
import { authTables } from 'slumberjs/sqlite'
import { accounting, as, ask, credentials, directory, passwords, quickHash, type Answer } from './fixture.ts'

/** Long enough for the others to come while one runs. */
const slow = { N: 4_096, r: 8, p: 1 }
const system = accounting(scrypt(slow), slow)
const [atOnce, waiting, waitingPerName] = [2, 32, 4]
const names = Array.from({ length: 200 }, (_, index) => `user-${index}`)

beforeAll(async () => {
  const passwordHash = quickHash('right', slow)
  await system.database.insert(authTables.users).values(names.map((name) => ({ name, passwordHash })))
})

const authenticate = (name: string, password: string): Promise<Answer> =>
  ask(system.service, 'POST', 'auth/User/-/authenticate', { json: { name, password } })

const knock = (name: string, password: string): Promise<Answer> =>
  ask(system.service, 'GET', 'kitchen/Note', { authorization: credentials(name, password) })

/** How many hashes Node computes while something runs, and how many of them at the same time at most. */
async function hashesOf(run: () => Promise<unknown>): Promise<{ readonly all: number; readonly most: number }> {
  const running = new Set<number>()
  let [all, most] = [0, 0]
  const hook = createHook({
    init: (id, type) => {
      if (type !== 'SCRYPTREQUEST') return
      all += 1
      most = Math.max(most, running.add(id).size)
    },
    before: (id) => void running.delete(id), // its callback is called: the hash is there
  }).enable()
  try {
    await run()
  } finally {
    hook.disable()
  }
  return { all, most }
}

const having = (answers: readonly Answer[], status: number): Answer[] =>
  answers.filter((answer) => answer.status === status)

function expectTooMany(answers: readonly Answer[]): void {
  for (const { body, headers } of answers) {
    expect(body.code).toBe('too-many-logins')
    expect(headers.get('retry-after')).toMatch(/^[1-9]$/)
    expect(headers.has('www-authenticate')).toBe(false)
  }
}

describe.each([
  ['the authenticate operation', authenticate, 403],
  ['Basic', knock, 401],
] as const)('200 wrong logins at once by %s', (_, login, wrong) => {
  test('A066 are hashed two at a time, and those without a place are 429 before the others have an answer', async () => {
    const order: number[] = []
    let answers: Answer[] = []
    const hashes = await hashesOf(async () => {
      answers = await Promise.all(
        names.map(async (name) => {
          const answer = await login(name, 'wrong')
          order.push(answer.status)
          return answer
        }),
      )
    })
    const [refused, tooMany] = [having(answers, wrong), having(answers, 429)]
    expect(hashes.most).toBe(atOnce)
    expect(hashes.all).toBe(refused.length)
    expect(refused.length).toBeGreaterThanOrEqual(atOnce + waiting)
    expect(refused.length + tooMany.length).toBe(names.length)
    expect(tooMany.length).toBeGreaterThan(100)
    expectTooMany(tooMany)
    expect(order.slice(-waiting + atOnce)).not.toContain(429)
    expect((await login('clerk', passwords.clerk)).status).toBe(200)
  })

  test('one name takes only some of the places, known or not, and another one still gets in', async () => {
    for (const name of ['user-1', 'nobody']) {
      const flood = Promise.all(names.map((_name, index) => login(name, `wrong ${index}`)))
      const other = login('clerk', passwords.clerk)
      const [answers, { status }] = await Promise.all([flood, other])
      expect(status).toBe(200)
      expect(having(answers, wrong).length).toBeGreaterThanOrEqual(atOnce + waitingPerName)
      expect(having(answers, 429).length).toBeGreaterThan(100)
      expectTooMany(having(answers, 429))
    }
  })

  test('parallel requests of one user are one check', async () => {
    let answers: Answer[] = []
    const { all } = await hashesOf(async () => {
      answers = await Promise.all(names.map(() => login('user-2', 'right')))
    })
    expect(having(answers, 200)).toHaveLength(names.length)
    expect(all).toBeLessThanOrEqual(waiting)
  })
})

test('elsewhere, 429 of the auth service is 503 with its Retry-After, never 401', async () => {
  const transport = (request: Request): Promise<Response> => system.service.fetch(request)
  const kitchen = system.kitchen([basic(remoteUsers({ directory, transport }))])
  const knockThere = (authorization: string): Promise<Answer> => ask(kitchen, 'GET', 'kitchen/Note', { authorization })
  const answers = await Promise.all(names.map((name) => knockThere(credentials(name, 'wrong'))))
  const unavailable = having(answers, 503)
  expect(unavailable.length + having(answers, 401).length).toBe(names.length)
  expect(unavailable.length).toBeGreaterThan(100)
  for (const { body, headers } of unavailable) {
    expect([body.code, headers.get('retry-after')]).toEqual(['auth-unavailable', '5'])
  }
  expect((await knockThere(as('clerk'))).status).toBe(200)
})
