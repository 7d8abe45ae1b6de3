// For whom a service asks: believed where it is signed by a key that may, and never otherwise.
import { describe, expect, test } from 'vitest'
import { basic, remember, signed } from 'slumberjs/auth'
import { handler, Resource, type Scheme } from 'slumberjs/http'
import { service, type Logger } from 'slumberjs/server'
import { serve } from 'slumberjs/node'
import { RawClient } from '../../node/raw-client.ts'
import { accounting, as, directory } from '../fixture.ts'
import {
  fieldsOf,
  issuer,
  notes,
  now,
  outcome,
  requestOf,
  shop,
  shopScheme,
  tell,
  usual,
  type HandMade,
} from './fixture.ts'

const system = accounting()
const kitchen = (): ReturnType<typeof system.kitchen> => system.kitchen([basic(remember(system.verify)), shopScheme()])

const forwarded = (name: string, iss = issuer): Record<string, string> => ({
  'forwarded-user': `"${name}";iss="${iss}"`,
})

describe('a user who is not signed for', () => {
  test.each([
    ['Forwarded-User', '"admin";iss="https://shop.example"'],
    ['FORWARDED-USER', 'admin'],
    ['forwarded-user', ''],
    ['X-Forwarded-User', 'admin'],
    ['x_forwarded_user', 'admin'],
    ['forwarded_user', '"admin";iss="https://shop.example"'],
  ])('A001 H267 is nobody: %s', async (name, value) => {
    const { status } = await tell(kitchen(), new Request(notes, { headers: { [name]: value } }))
    expect(status).toBe(401)
  })

  test('A001 H267 is refused beside the credentials of another', async () => {
    const headers = { ...forwarded('admin'), authorization: as('clerk') }
    expect(await outcome(kitchen(), {}, headers)).toBe('401 unsigned-user')
    const first = system.kitchen([shopScheme(), basic(system.verify)])
    expect(await outcome(first, {}, headers)).toBe('401 unsigned-user')
  })

  test.each(['X-Forwarded-User', 'x_forwarded_user', 'forwarded_user'])(
    'A001 is not looked at in %s: the caller is who the credentials say',
    async (name) => {
      const headers = { [name]: '"admin";iss="https://shop.example"' }
      const asked = new Request(directory.kitchen, { headers: { ...headers, authorization: as('clerk') } })
      expect((await tell(kitchen(), asked)).body.user).toBe('clerk')
      const signedOne = await tell(kitchen(), requestOf({ url: directory.kitchen, headers }))
      expect(signedOne.body.user).toBe('service:shop')
    },
  )

  test('A001 H267 is nobody on a socket either, in two lines or in any case', async () => {
    const server = await serve(kitchen())
    try {
      for (const lines of [
        'Forwarded-User: "admin"\r\nForwarded-User: "clerk"',
        'Forwarded-User: "admin"\r\nforwarded-user: "admin"',
        'FORWARDED-USER: "admin";iss="https://shop.example"',
        'forwarded_user: admin\r\nx_forwarded_user: admin',
      ]) {
        const client = await RawClient.open(server.port)
        client.send(`GET /slumber/kitchen/ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${lines}\r\n\r\n`)
        const { status } = await client.read()
        expect(status).toBe(401)
        client.close()
      }
    } finally {
      await server.close()
    }
  })

  test('A001 is anonymous where everybody may ask', async () => {
    const url = `${directory.kitchen}-/health`
    const { status, body } = await tell(kitchen(), new Request(url, { headers: forwarded('admin') }))
    expect([status, body]).toEqual([200, { status: 'ok' }])
  })

  test('A002 H267 is refused in a request that is signed without them', async () => {
    expect(await outcome(kitchen(), {}, { ...fieldsOf({}), ...forwarded('admin') })).toBe('401 missing-component')
    expect(await outcome(kitchen(), { headers: forwarded('admin'), components: usual({}) })).toBe(
      '401 missing-component',
    )
    const foreign = fieldsOf({ headers: forwarded('admin'), parameters: { tag: '"other"' } })
    expect(await outcome(kitchen(), {}, foreign)).toBe('401 unsigned-user')
  })

  test('H267 is not put in the place of the one that is signed', async () => {
    const fields = { ...fieldsOf({ headers: forwarded('clerk') }), ...forwarded('admin') }
    expect(await outcome(kitchen(), {}, fields)).toBe('401 bad-signature')
    const headers = new Headers(fieldsOf({ headers: forwarded('clerk') }))
    headers.append('Forwarded-User', forwarded('admin')['forwarded-user']!)
    expect(await outcome(kitchen(), {}, Object.fromEntries(headers))).toBe('401 bad-signature')
  })

  test.each([
    '"clerk";iss="https://shop.example", "admin";iss="https://shop.example"',
    '"clerk"',
    '"clerk";iss=https',
    'clerk;iss="https://shop.example"',
    '"clerk";iss="https://shop.example";admin',
    '"clerk"; iss="https://shop.example"',
    '%"clerk";iss="https://shop.example"',
    '%"%ef%bb%bfclerk";iss="https://shop.example"',
    '%"%ff";iss="https://shop.example"',
    '"";iss="https://shop.example"',
    '1;iss="https://shop.example"',
    '("clerk");iss="https://shop.example"',
  ])('H267 is refused where the signed field is no one user: %s', async (value) => {
    expect(await outcome(kitchen(), { headers: { 'forwarded-user': value } })).toBe('401 malformed-user')
  })
})

describe('a user who is signed for', () => {
  const asked = (made: HandMade, name: string): Promise<string> =>
    outcome(kitchen(), { ...made, headers: forwarded(name) })
  const post = { method: 'POST', body: '{"words":"salt"}' } as const

  test.each([
    ['clerk', '"clerk"'],
    ['Zoë', '%"Zo%c3%ab"'],
  ])('is the caller: %s', async (name, value) => {
    const headers = { 'forwarded-user': `${value};iss="${issuer}"` }
    const { body } = await tell(kitchen(), requestOf({ url: directory.kitchen, headers }))
    expect(body.user).toBe(name)
  })

  test('may do what both they and the service may', async () => {
    const { body } = await tell(kitchen(), requestOf(post)) // by the service itself
    const url = `${notes}/${body.id}`
    const change = { method: 'PATCH', body: '{"words":"pepper"}', url } as const
    expect(await asked(post, 'clerk')).toBe('403 permission-missing') // in the grant, but not the user's
    expect(await asked({ method: 'DELETE', url }, 'clerk')).toBe('403 permission-missing') // the user's, but not in the grant
    expect(await asked({ method: 'DELETE', url }, 'admin')).toBe('403 permission-missing') // a superuser is none through a service
    expect(await asked(change, 'clerk')).toBe('200')
    expect(await asked(change, 'admin')).toBe('200')
  })

  test('may do all of theirs where everything is granted, and nothing where nothing is', async () => {
    const { grant: _, ...none } = shop
    const [all, nothing] = [{ ...shop, grant: 'all' } as const, none].map((record) =>
      system.kitchen([shopScheme({ keys: { shop: record } })]),
    )
    expect(await outcome(all!, { ...post, headers: forwarded('admin') })).toBe('201')
    expect(await outcome(all!, { ...post, headers: forwarded('clerk') })).toBe('403 permission-missing')
    expect(await outcome(nothing!, { ...post, headers: forwarded('admin') })).toBe('403 permission-missing')
    expect(await outcome(nothing!, post)).toBe('403 permission-missing')
    expect(await outcome(nothing!, {})).toBe('200')
  })

  test.each([
    ['clerk', shop, { name: 'clerk', service: 'shop', superuser: false, forwarded: { name: 'clerk', issuer } }],
    ['admin', shop, { name: 'admin', service: 'shop', superuser: false, forwarded: { name: 'admin', issuer } }],
    [
      'admin',
      { ...shop, grant: 'all' },
      { name: 'admin', service: 'shop', superuser: true, forwarded: { name: 'admin', issuer } },
    ],
    [undefined, { ...shop, grant: 'all' }, { name: 'service:shop', service: 'shop', superuser: false }],
    [
      undefined,
      { ...shop, groups: ['shops'] },
      { name: 'service:shop', service: 'shop', superuser: false, groups: ['shops'] },
    ],
  ] as const)('is known with the service that asks: %s', async (name, record, caller) => {
    class Who extends Resource {
      override get schemes(): readonly Scheme[] {
        return [shopScheme({ keys: { shop: record } })]
      }
      GET(): unknown {
        return this.exchange.principal
      }
    }
    const response = await handler(Who)(requestOf(name === undefined ? {} : { headers: forwarded(name) }), {})
    expect(await response.json()).toEqual(caller)
  })

  test.each([
    ['a user that is not listed', 'viewer', issuer],
    ['another spelling', 'Clerk', issuer],
    ['another issuer', 'clerk', 'https://other.example'],
    ['an issuer that is a member of every object', 'clerk', 'constructor'],
    ['a user that is not known here', 'gone', issuer],
  ])('A003 is not one that the key may not act for: %s', async (_, name, iss) => {
    const lines: unknown[] = []
    const logger: Logger = { debug() {}, info() {}, warn: (...line) => lines.push(line), error() {} }
    const { database } = system
    const url = directory.kitchen
    const quiet = service('kitchen', { url, database, apps: [], logger, authenticate: [shopScheme()] })
    expect(await outcome(quiet, { url, headers: forwarded(name, iss) })).toBe('403 may-not-act')
    expect(lines).toEqual([
      [expect.objectContaining({ keyid: 'shop', service: 'shop', user: name, issuer: iss }), expect.any(String)],
    ])
  })

  test('is any of an issuer where the record says all', async () => {
    const record = { ...shop, actAs: { [issuer]: 'all' } } as const
    const open = system.kitchen([shopScheme({ keys: { shop: record } })])
    expect(await outcome(open, { headers: forwarded('viewer') })).toBe('200')
    expect(await outcome(open, { headers: forwarded('viewer', 'https://other.example') })).toBe('403 may-not-act')
  })

  test('is none of a service that takes no users', async () => {
    const closed = system.kitchen([signed({ url: directory.kitchen, keys: { shop }, clock: { now, steady: () => 0 } })])
    expect(await outcome(closed, { headers: forwarded('clerk') })).toBe('403 may-not-act')
    expect(await outcome(closed, {})).toBe('200')
  })
})
