// Bearer tokens: which are those of a user here, and what is done where the issuer turns its keys, or is away.
import { createHmac, generateKeyPairSync, randomUUID, sign as signOctets, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  basic,
  bearer,
  generateServiceKey,
  tokens,
  type BearerOptions,
  type Clock,
  type Identity,
  type Tokens,
  type TokenSigningKey,
} from 'slumberjs/auth'
import { app, service, type Service } from 'slumberjs/server'
import { accounting, as, ask, directory, type Answer } from './fixture.ts'

const system = accounting()

const issuer = directory.auth
const audience = directory.kitchen
const start = 1_900_000_000
const clerk: Identity = { name: 'clerk', superuser: false, permissions: ['kitchen.add_note'] }
const admin: Identity = { name: 'admin', superuser: true, permissions: [] }
const known: readonly Identity[] = [clerk, admin, { name: 'Zoë', superuser: false, permissions: [] }]
const users = ({ name }: { readonly name: string }): Identity | undefined => known.find((each) => each.name === name)

/** A clock that stands until it is moved. */
class Stopped implements Clock {
  time = start
  now(): number {
    return this.time
  }
  steady(): number {
    return this.time
  }
}

const { jwk } = generateServiceKey()
const pair = generateKeyPairSync('ed25519')
const ours: TokenSigningKey = { kid: 'one', key: jwk.privateKey }

function issuing(clock: Clock, keys: readonly TokenSigningKey[] = [ours]): Tokens {
  return tokens({ issuer, keys, audiences: [audience, directory.accounting], users, clock })
}

/** A kitchen that takes the tokens, and the clock of both ends. */
function kitchen(options: Partial<BearerOptions> = {}): { service: Service; clock: Stopped; given: Tokens } {
  const clock = new Stopped()
  const given = issuing(clock)
  const scheme = bearer({ issuer, audience, jwks: given.published(), clock, ...options })
  return { service: system.kitchen([scheme]), clock, given }
}

const read = (to: Service, token: string): Promise<Answer> =>
  ask(to, 'GET', 'kitchen/Note', { authorization: `Bearer ${token}` })
const add = (to: Service, token: string): Promise<Answer> =>
  ask(to, 'POST', 'kitchen/Note', { authorization: `Bearer ${token}`, json: { words: 'salt' } })

test('a token says who it is and what they may', async () => {
  const { service: to, given } = kitchen()
  const token = await given.sign(clerk, audience)
  expect([(await add(to, token)).status, (await add(to, token)).status]).toEqual([201, 201]) // remembered
  const note = await ask(to, 'DELETE', 'kitchen/Note/1', { authorization: `bearer ${token}` })
  expect(note.status).toBe(403)
  expect(note.text).toContain('kitchen.delete_note')
  expect((await add(to, await given.sign(admin, audience))).status).toBe(201)
  const { body } = await ask(to, 'GET', '', { authorization: `BEARER ${await given.sign(known[2]!, audience)}` })
  expect(body.user).toBe('Zoë')
})

test('with `users` they may what is said there, now', async () => {
  let current: Identity | undefined = { ...clerk, permissions: [] }
  const { service: to, given } = kitchen({ users: () => current })
  const token = await given.sign(clerk, audience)
  expect((await add(to, token)).status).toBe(403)
  current = clerk
  expect((await add(to, token)).status).toBe(201)
  current = undefined
  expect((await add(to, token)).body.code).toBe('invalid-token')
})

test('a token ends, remembered or not', async () => {
  const { service: to, clock, given } = kitchen()
  const token = await given.sign(clerk, audience)
  expect((await read(to, token)).status).toBe(200)
  clock.time += 299 + 60 // by two clocks that differ
  expect((await read(to, token)).status).toBe(200)
  clock.time += 2
  const late = await read(to, token)
  expect(late.status).toBe(401)
  expect(late.headers.get('www-authenticate')).toBe(
    'Bearer realm="slumber", error="invalid_token", error_description="The token is not accepted. It has expired."',
  )
})

test('a 401 lists the challenges of the chain, and what was wrong in that of its scheme', async () => {
  const to = system.kitchen([basic(system.verify), bearer({ issuer, audience, jwks: { keys: [] } })])
  const nobody = await ask(to, 'GET', '')
  const basics = 'Basic realm="slumber", charset="UTF-8"'
  expect(nobody.headers.get('www-authenticate')).toBe(`${basics}, Bearer realm="slumber"`)
  const wrong = (await read(to, 'a.b.c')).headers.get('www-authenticate')
  expect(wrong).toMatch(/^Basic realm="slumber", charset="UTF-8", Bearer realm="slumber", error="invalid_token", err/)
})

interface Made {
  readonly header?: object
  readonly claims?: object
  readonly key?: KeyObject
}

const goodHeader = { alg: 'EdDSA', kid: 'one', typ: 'at+jwt' }
const goodClaims = { iss: issuer, aud: audience, sub: 'clerk', jti: randomUUID(), iat: start, exp: start + 300 }
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token of any kind, with a good signature over it. */
function made({ header = {}, claims = {}, key = pair.privateKey }: Made = {}): string {
  const octets = `${encode({ ...goodHeader, ...header })}.${encode({ ...goodClaims, ...claims })}`
  return `${octets}.${signOctets(null, Buffer.from(octets), key).toString('base64url')}`
}

describe('A093 a forged token', () => {
  const publicKey = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'one' }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = {
    keys: [
      publicKey,
      { ...publicKey, kid: 'encrypts', use: 'enc' },
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
      { ...p256.publicKey.export({ format: 'jwk' }), kid: 'p256' },
      { kty: 'oct', k: publicKey.x, kid: 'secret' },
      { kty: 'broken' },
    ],
  }
  const clock = new Stopped()
  const to = (): Service => system.kitchen([bearer({ issuer, audience, jwks, clock })])

  /** The public key as the secret of an HMAC, in the forms in which it is known. */
  const confused = (secret: string | Buffer, kid: string): string => {
    const octets = `${encode({ alg: 'HS256', kid, typ: 'at+jwt' })}.${encode(goodClaims)}`
    return `${octets}.${createHmac('sha256', secret).update(octets).digest('base64url')}`
  }
  const [head = '', claims = '', signature = ''] = made().split('.')
  const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()

  test('and the one that is none', async () => {
    expect((await read(to(), made())).status).toBe(200)
    expect((await read(to(), made({ claims: { aud: ['other', audience], nbf: start } }))).status).toBe(200)
  })

  test.each([
    ['alg none', `${encode({ ...goodHeader, alg: 'none' })}.${claims}.`],
    ['alg None with a signature', `${encode({ ...goodHeader, alg: 'None' })}.${claims}.${signature}`],
    ['no alg', made({ header: { alg: undefined } })],
    ['HS256 with the public key as PEM', confused(pem(pair.publicKey), 'one')],
    ['HS256 with the octets of the public key', confused(Buffer.from(publicKey.x ?? '', 'base64url'), 'one')],
    ['HS256 with an RSA key', confused(pem(rsa.publicKey), 'rsa')],
    ['HS256 with a symmetric key of the set', confused(Buffer.from(publicKey.x ?? '', 'base64url'), 'secret')],
    ['another algorithm than that of the key', made({ header: { alg: 'ES256' } })],
    ['a key for another algorithm', made({ header: { kid: 'p256' } })],
    ['an RSA key', made({ header: { kid: 'rsa' } })],
    ['a key for another use', made({ header: { kid: 'encrypts' } })],
    ['another key', made({ key: generateKeyPairSync('ed25519').privateKey })],
    ['no kid', made({ header: { kid: undefined } })],
    ['a kid that is a path', made({ header: { kid: '../../../../dev/null' } })],
    ['a kid that is SQL', made({ header: { kid: "one' OR '1'='1" } })],
    ['a kid that all objects have', made({ header: { kid: '__proto__' } })],
    ['a kid that is no text', made({ header: { kid: ['one'] } })],
    ['a key of its own', made({ header: { kid: 'mine', jwk: publicKey, jku: 'https://evil.example/jwks' } })],
    ['crit', made({ header: { crit: ['exp'], exp: start } })],
    ['crit that is unknown', made({ header: { crit: ['http://evil.example'], 'http://evil.example': 1 } })],
    ['unencoded content', made({ header: { crit: ['b64'], b64: false } })],
    ['another type', made({ header: { typ: 'JWT' } })],
    ['no type', made({ header: { typ: undefined } })],
    ['another issuer', made({ claims: { iss: 'https://evil.example/' } })],
    ['an issuer that begins alike', made({ claims: { iss: `${issuer}x` } })],
    ['no issuer', made({ claims: { iss: undefined } })],
    ['another audience', made({ claims: { aud: directory.accounting } })],
    ['an audience that begins alike', made({ claims: { aud: audience.slice(0, -1) } })],
    ['no audience', made({ claims: { aud: [] } })],
    ['exp as a text', made({ claims: { exp: '9999999999' } })],
    ['no exp', made({ claims: { exp: undefined } })],
    ['exp that is past', made({ claims: { exp: start - 61, iat: start - 300 } })],
    ['a life without end', made({ claims: { exp: 1e15 } })],
    ['nbf that is to come', made({ claims: { nbf: start + 61 } })],
    ['nbf as a text', made({ claims: { nbf: '0' } })],
    ['no iat', made({ claims: { iat: undefined } })],
    ['no sub', made({ claims: { sub: undefined } })],
    ['sub that is empty', made({ claims: { sub: '' } })],
    ['sub that is no text', made({ claims: { sub: { name: 'admin' } } })],
    ['no jti', made({ claims: { jti: undefined } })],
    ['permissions that are no list', made({ claims: { entitlements: 'kitchen.add_note' } })],
    ['permissions that are no texts', made({ claims: { entitlements: [{}] } })],
    ['claims of another token', `${head}.${encode({ ...goodClaims, sub: 'admin' })}.${signature}`],
    ['half of a signature', `${head}.${claims}.${signature.slice(0, 40)}`],
    ['no signature', `${head}.${claims}.`],
    ['two parts', `${head}.${claims}`],
    ['five parts', `${head}.${claims}.${signature}.${claims}.${signature}`],
    ['claims that are a list', `${head}.${encode([goodClaims])}.${signature}`],
    ['claims that are no JSON', `${head}.e30x.${signature}`],
    ['no token at all', 'abc'],
  ])('%s is 401', async (_, token) => {
    const answer = await read(to(), token)
    expect(answer.status).toBe(401)
    expect(answer.body.code).toBe('invalid-token')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="slumber", error="invalid_token"/)
  })

  test('nobody is a superuser by another word than true', async () => {
    for (const superuser of ['true', 1, {}]) {
      expect((await add(to(), made({ claims: { superuser } }))).status).toBe(403)
    }
    expect((await add(to(), made({ claims: { superuser: true } }))).status).toBe(201)
  })

  test.each(['Basic', 'DPoP', 'Token', 'Bearerx'])(
    'as the credentials of another scheme it is 401: %s',
    async (name) => {
      expect((await ask(to(), 'GET', '', { authorization: `${name} ${made()}` })).status).toBe(401)
    },
  )

  test('in a query it is not looked for', async () => {
    expect((await ask(to(), 'GET', `kitchen/Note?access_token=${made()}`)).status).toBe(401)
  })

  test.each(['Bearer', 'Bearer ', `Bearer ${made()}, Bearer ${made()}`, 'Bearer a b', 'Bearer "a"', 'Bearer é'])(
    'what has not its form is 400: %s',
    async (authorization) => {
      expect((await ask(to(), 'GET', '', { authorization })).status).toBe(400)
    },
  )

  test('octets that are changed anywhere are 401, never 500', async () => {
    const token = made()
    for (let index = 0; index < token.length - 1; index += 7) {
      const other = token[index] === 'A' ? 'B' : 'A'
      expect((await read(to(), token.slice(0, index) + other + token.slice(index + 1))).status).toBe(401)
    }
  })

  test('ECDSA is taken where it is listed', async () => {
    const takesBoth = system.kitchen([bearer({ issuer, audience, jwks, clock, algorithms: ['EdDSA', 'ES256'] })])
    const token = await new SignJWT(goodClaims)
      .setProtectedHeader({ alg: 'ES256', kid: 'p256', typ: 'at+jwt' })
      .sign(p256.privateKey)
    expect([(await read(takesBoth, token)).status, (await read(to(), token)).status]).toEqual([200, 401])
  })
})

describe('the keys of the issuer', () => {
  const next: TokenSigningKey = {
    kid: 'two',
    key: generateServiceKey().privateKey,
    from: new Date((start + 1_000) * 1_000),
  }

  /** A kitchen that fetches them from the auth service, which can be away. */
  function apart(keys: readonly TokenSigningKey[] = [ours]): {
    kitchen: Service
    clock: Stopped
    issuer: { given: Tokens; isAway: boolean; asked: number }
  } {
    const clock = new Stopped()
    const state = { given: issuing(clock, keys), isAway: false, asked: 0 }
    const transport = async (request: Request): Promise<Response> => {
      state.asked += 1
      if (state.isAway) throw new TypeError('fetch failed')
      const auth = authService(state.given)
      return await auth.fetch(request)
    }
    const scheme = bearer({ issuer, audience, jwks: `${issuer}-/jwks`, clock, transport })
    return { kitchen: system.kitchen([scheme]), clock, issuer: state }
  }

  const authService = (given: Tokens): Service =>
    service('auth', {
      url: issuer,
      database: system.database,
      apps: [app('empty', {})],
      authenticate: [basic(system.verify), bearer({ issuer, audience: directory.accounting, jwks: given.published() })],
      endpoints: given.endpoints,
    })

  test('are fetched once for all that ask at one time', async () => {
    const { kitchen: to, issuer: from } = apart()
    const token = await from.given.sign(clerk, audience)
    const others = await Promise.all([clerk, admin].map((each) => from.given.sign(each, audience)))
    const answers = await Promise.all([token, ...others, ...others].map((each) => read(to, each)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(from.asked).toBe(1)
  })

  test('are turned without a token that fails: published before they sign, and until their last token has ended', async () => {
    const { kitchen: to, clock, issuer: from } = apart([ours, next])
    const kids = (): unknown[] => from.given.published().keys.map((each) => (each as { kid: string }).kid)
    expect(kids()).toEqual(['one', 'two'])
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    clock.time += 999
    const last = await from.given.sign(clerk, audience)
    clock.time += 1
    const first = await from.given.sign(clerk, audience)
    expect(JSON.parse(Buffer.from(first.split('.')[0]!, 'base64url').toString())).toMatchObject({ kid: 'two' })
    clock.time += 290
    expect([(await read(to, last)).status, (await read(to, first)).status]).toEqual([200, 200])
    expect(kids()).toEqual(['one', 'two'])
    clock.time += 71
    expect(kids()).toEqual(['two'])
  })

  test('are asked for again where one is unknown, at a rate that nobody chooses', async () => {
    const { kitchen: to, clock, issuer: from } = apart()
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    for (let index = 0; index < 20; index++) {
      expect((await read(to, made({ header: { kid: `unknown ${index}` } }))).status).toBe(401)
    }
    expect(from.asked).toBe(1)
    clock.time += 31
    from.given = issuing(clock, [{ ...next, kid: 'new', from: new Date(start * 1_000) }]) // from one moment to the next
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    expect(from.asked).toBe(2)
  })

  test('are used for an hour while the issuer is away, and then it is 503', async () => {
    const { kitchen: to, clock, issuer: from } = apart()
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    from.isAway = true
    clock.time += 3_600
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    clock.time += 1
    const token = await from.given.sign(clerk, audience)
    const answer = await read(to, token)
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'auth-unavailable', '5'])
    from.isAway = false
    clock.time += 30
    expect((await read(to, token)).status).toBe(200)
  })

  test('are not there at the start: 503, and nobody is let in', async () => {
    const { kitchen: to, issuer: from } = apart()
    from.isAway = true
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(503)
  })

  test('that are withdrawn are none', async () => {
    const { kitchen: to, clock, issuer: from } = apart()
    expect((await read(to, await from.given.sign(clerk, audience))).status).toBe(200)
    clock.time += 301
    const token = await from.given.sign(clerk, audience)
    from.given = issuing(clock, [{ ...next, from: new Date(start * 1_000) }])
    expect((await read(to, token)).status).toBe(401)
  })

  describe('and its tokens', () => {
    const clock = new Stopped()
    const given = issuing(clock)
    const take = (authorization: string | undefined, json: unknown): Promise<Answer> =>
      ask(authService(given), 'POST', '-/token', { ...(authorization === undefined ? {} : { authorization }), json })

    test('are for those who are known, and services that are listed', async () => {
      const answer = await take(as('clerk'), { audience })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
      expect(answer.body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 300 })
      const to = system.kitchen([bearer({ issuer, audience, jwks: given.published(), clock })])
      expect((await add(to, answer.body.access_token)).status).toBe(201)
      expect((await take(undefined, { audience })).status).toBe(401)
      expect((await take(as('viewer'), { audience })).status).toBe(403) // nobody, to `users`
      for (const wrong of [{}, { audience: 'https://evil.example/' }, { audience, superuser: true }, [audience]]) {
        expect((await take(as('clerk'), wrong)).status).toBe(422)
      }
    })

    test('give no other tokens', async () => {
      const token = await issuing({ now: () => Date.now() / 1_000, steady: () => 0 }).sign(clerk, directory.accounting)
      expect((await take(`Bearer ${token}`, { audience })).status).toBe(403)
      expect((await ask(authService(given), 'GET', '', { authorization: `Bearer ${token}` })).status).toBe(200)
    })

    test('hold the public halves of keys alone, for everybody', async () => {
      const answer = await ask(authService(given), 'GET', '-/jwks')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
      expect(answer.body).toEqual({
        keys: [{ kty: 'OKP', crv: 'Ed25519', x: jwk.publicKey.x, kid: 'one', alg: 'EdDSA', use: 'sig' }],
      })
    })
  })
})

test('what cannot be is refused when the program starts', () => {
  const settings = { issuer, audiences: [audience], users }
  const shared = { kty: 'oct', k: 'AAAA' }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' })
  for (const key of [shared, rsa, jwk.publicKey, 'x']) {
    expect(() => tokens({ ...settings, keys: [{ kid: 'a', key }] })).toThrow('is no private one for Ed25519')
  }
  expect(() => tokens({ ...settings, keys: [ours, ours] })).toThrow('two keys have one name')
  expect(() => tokens({ ...settings, keys: [] })).toThrow('no key signs yet')
  expect(() => tokens({ ...settings, keys: [ours], seconds: 0 })).toThrow('above zero')
  expect(() => bearer({ issuer, audience, jwks: '', algorithms: ['HS256' as 'ES256'] })).toThrow('EdDSA and ES256')
  expect(() => bearer({ issuer, audience, jwks: '', longestLife: 0 })).toThrow('above zero')
  const { endpoints } = issuing(new Stopped())
  const options = {
    url: issuer,
    database: system.database,
    apps: [app('empty', {})],
    authenticate: [basic(system.verify)],
  }
  expect(() => service('auth', { ...options, endpoints: { health: endpoints.jwks } })).toThrow('"health"')
  expect(() => service('auth', { ...options, endpoints: { 'a/b': endpoints.jwks } })).toThrow('"a/b"')
})
