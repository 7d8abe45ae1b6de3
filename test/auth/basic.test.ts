// HTTP Basic at the door of a service: who is let in, and that nobody else learns anything.
import { describe, expect, test } from 'vitest'
import { basic, type VerifyPassword } from 'slumberjs/auth'
import { accounting, as, ask, credentials, passwords, visible, type Answer } from './fixture.ts'

const system = accounting()

const challenge = 'Basic realm="slumber", charset="UTF-8"'

const knock = (authorization?: string): Promise<Answer> =>
  ask(system.service, 'GET', 'kitchen/Note', authorization === undefined ? {} : { authorization })

const base64 = (octets: string | Uint8Array): string => Buffer.from(octets).toString('base64')

function expectRefused(answer: Answer): void {
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe(challenge)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

test('nobody is challenged', async () => {
  expectRefused(await knock())
})

test.each(Object.keys(passwords).filter((name) => name !== 'retired'))('%s is let in', async (name) => {
  expect((await knock(as(name as keyof typeof passwords))).status).toBe(200) // from its own keys
})

test('H054 wrong credentials are 401 with the challenge again', async () => {
  expectRefused(await knock(credentials('clerk', 'wrong')))
})

test('unknown, inactive, wrong password and a password without end: one answer', async () => {
  const wrong = visible(await knock(credentials('clerk', 'wrong')))
  expect(visible(await knock(credentials('nobody', 'clerk-demo')))).toEqual(wrong)
  expect(visible(await knock(as('retired')))).toEqual(wrong)
  expect(visible(await knock(credentials('retired', 'wrong')))).toEqual(wrong)
  expect(visible(await knock(credentials('clerk', 'x'.repeat(1_025))))).toEqual(wrong)
  expect(wrong).not.toEqual(visible(await knock())) // who gives none is told to
})

test.each(['Bearer abc', 'Digest username="clerk"', 'Basicx YTpi', 'Signature YTpi', 'Basic\tYTpi'])(
  'another scheme is challenged: %s',
  async (authorization) => {
    expectRefused(await knock(authorization))
  },
)

test.each(['BASIC', 'basic', 'bAsIc'])('H056 the name of the scheme has no case: %s', async (name) => {
  expect((await knock(as('clerk').replace('Basic', name))).status).toBe(200)
})

describe('what is not of the form of the scheme is 400', () => {
  test.each([
    ['nothing', 'Basic'],
    ['no colon', `Basic ${base64('clerk')}`],
    ['no base64', 'Basic clerk:clerk-demo'],
    ['the URL alphabet', `Basic ${base64('clerk:>>>???').replaceAll('/', '_').replaceAll('+', '-')}`],
    ['base64 cut off', 'Basic Y2xlcmsab'.slice(0, 11)],
    ['padding alone', 'Basic ===='],
    ['a blank inside', 'Basic Y2xl cmsK'],
    ['parameters', `${as('clerk')}, charset="UTF-8"`],
  ])('%s', async (_, authorization) => {
    const answer = await knock(authorization)
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('malformed-header')
  })

  test('H056 two Authorization lines', async () => {
    const headers = new Headers({ authorization: as('clerk') })
    headers.append('authorization', as('clerk'))
    const request = new Request(`${system.service.url}kitchen/Note`, { headers })
    expect((await system.service.fetch(request)).status).toBe(400)
  })
})

test('what is no UTF-8 is no user’s, whatever it would be in Latin-1', async () => {
  expectRefused(await knock(`Basic ${base64(Buffer.from('Zoë:pässwörd ☕', 'latin1'))}`))
})

test.each(['clerk\0', 'clerk\0x', ' clerk', 'Clerk', 'clerk ', '%', '\uFEFFclerk'])('%j is not clerk', async (name) => {
  expectRefused(await knock(credentials(name, passwords.clerk)))
})

test.each(['clerk-demo\0', 'clerk-demo ', '\uFEFFclerk-demo', 'CLERK-DEMO', ''])(
  '%j is not the password of clerk',
  async (password) => {
    expectRefused(await knock(credentials('clerk', password)))
  },
)

test('missing padding is no fault', async () => {
  expect((await knock(as('clerk').replace(/=+$/, ''))).status).toBe(200)
})

test('a password typed in another normal form is the same', async () => {
  expect((await knock(credentials('Zoë', passwords.Zoë.normalize('NFD')))).status).toBe(200)
})

test('the realm is a quoted string, whatever it holds (RFC 9110 §5.6.4)', async () => {
  const never: VerifyPassword = () => Promise.resolve(undefined)
  const service = system.kitchen([basic(never, 'the "cold" \\ kitchen')])
  const { headers } = await ask(service, 'GET', '')
  expect(headers.get('www-authenticate')).toBe('Basic realm="the \\"cold\\" \\\\ kitchen", charset="UTF-8"')
})

test('a fault while checking is no refusal', async () => {
  const service = system.kitchen([basic(() => Promise.reject(new Error('the disk is gone')))])
  const answer = await ask(service, 'GET', '', { authorization: as('clerk') })
  expect(answer.status).toBe(500)
  expect(answer.headers.has('www-authenticate')).toBe(false)
  expect(answer.text).not.toContain('disk')
})
