// What a signed request between services must have, one thing after the other left out or changed.
import { describe, expect, test } from 'vitest'
import { basic, generateServiceKey, signed, signMessage } from 'slumberjs/auth'
import { createPrivateKey, createHmac } from 'node:crypto'
import { accounting, as, directory } from '../fixture.ts'
import {
  digestOf,
  fieldsOf,
  newNonce,
  notes,
  now,
  outcome,
  requestOf,
  shopKey,
  shopScheme,
  tell,
  usual,
  type HandMade,
} from './fixture.ts'

const system = accounting()
const kitchen = (): ReturnType<typeof system.kitchen> => system.kitchen([basic(system.verify), shopScheme()])
const told = (made: HandMade, headers?: Record<string, string>): Promise<string> => outcome(kitchen(), made, headers)

const post = { method: 'POST', body: '{"words":"salt"}' } as const

describe('a request of a service', () => {
  test('is the service itself, with its grant', async () => {
    const root = await tell(kitchen(), requestOf({ url: directory.kitchen }))
    expect([root.status, root.body.user]).toEqual([200, 'service:shop'])
    const made = await tell(kitchen(), requestOf(post))
    expect(made.status).toBe(201)
    expect(await told({ method: 'DELETE', url: `${notes}/${made.body.id}` })).toBe('403 permission-missing')
  })

  test.each([
    ['"web"', '200'],
    ['%"Zo%c3%ab", "b"', '200'],
    ['1', '400 malformed-header'],
    ['"a', '400 malformed-header'],
    ['("a")', '400 malformed-header'],
    [Array(8).fill('"web"').join(', '), '200'],
    [Array(9).fill('"web"').join(', '), '508 loop-detected'],
  ])('has come through eight services at most: %s', async (loop, answer) => {
    expect(await told({ headers: { 'service-loop': loop } })).toBe(answer)
  })

  test('is answered for the caller’s own cache at most', async () => {
    const { headers } = await tell(kitchen(), requestOf({}))
    expect(headers.get('cache-control')).toMatch(/^private\b/)
  })

  test.each([
    [
      'the parts of the URL instead of all of it',
      { components: ['"@method"', '"@authority"', '"@scheme"', '"@path"', '"@query"'] },
    ],
    [
      'more than is needed',
      { headers: { accept: 'application/json' }, components: [...usual({}), '"accept"', '"@query"'] },
    ],
    ['a query', { url: `${notes}?sort=-id&words=a%20b` }],
    ['an empty query', { url: `${notes}?` }],
    ['alg as it is', { parameters: { alg: '"ed25519"' } }],
    ['another label', { label: 'x' }],
    ['further parameters', { parameters: { 'x-more': '1' } }],
    ['300 s to live', { parameters: { expires: String(now() + 300) } }],
    ['a condition', { headers: { 'if-none-match': '"x"' } }],
  ])('may have %s', async (_, made: HandMade) => {
    expect(await told(made)).toBe('200')
  })

  test('H271 lines of a field are joined, blanks around it are not part of it', async () => {
    const made = { headers: { prefer: 'count=exact, wait=1' } }
    const { prefer: _, ...fields } = fieldsOf(made)
    const headers = new Headers(fields)
    headers.append('prefer', '  count=exact  ')
    headers.append('prefer', '\twait=1 ')
    expect((await tell(kitchen(), new Request(notes, { headers }))).status).toBe(200)
  })
})

describe('components', () => {
  const others = (left: string): readonly string[] => usual(post).filter((name) => name !== left)

  test.each(usual(post))('H261 A010 %s has to be covered', async (left) => {
    expect(await told({ ...post, components: others(left) })).toBe('401 missing-component')
  })

  test.each([
    ['forwarded-user', '"clerk";iss="https://shop.example"'],
    ['if-match', '"1"'],
    ['if-none-match', '"1"'],
    ['if-unmodified-since', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['if-modified-since', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['idempotency-key', '"k"'],
    ['prefer', 'count=exact'],
    ['service-loop', '"web"'],
    ['content-encoding', 'gzip'],
  ])('H261 %s has to be covered where it is present, and is not to be added', async (name, value) => {
    const fields = fieldsOf({})
    expect(await told({}, { ...fields, [name]: value })).toBe('401 missing-component')
  })

  test('H261 a component that is covered has to be there', async () => {
    const { 'content-digest': _, ...fields } = fieldsOf(post)
    expect(await told(post, fields)).toBe('401 missing-component')
  })

  test.each([
    ['H259 a component twice', ['"@method"', '"@method"']],
    ['H272 a query parameter', ['"@query-param";name="a"']],
    ['A014 the method of another request', ['"@method";req']],
    ['A014 one digest of several', ['"content-digest";key="sha-256"']],
    ['A014 the bytes of a field', ['"content-type";bs']],
    ['A014 a trailer', ['"content-type";tr']],
  ])('%s is refused', async (_, added) => {
    const url = `${notes}?a=1&a=2`
    expect(await told({ ...post, url, components: [...usual(post), ...added] })).toBe('401 unsupported-component')
    const stead = usual(post).map((name) => added.find((each) => each.startsWith(`${name};`)) ?? name)
    expect(await told({ ...post, url, components: [...stead, ...added] })).toBe('401 unsupported-component')
  })

  test.each([
    '"@METHOD"',
    '"Content-Type"',
    '"a b"',
    '""',
    'method',
    '1',
    '"@unknown"',
    '"@signature-params"',
    '"@status"',
  ])('a component that is none is refused: %s', async (name) => {
    expect(await told({ components: [...usual({}), name] })).toMatch(/^401 /)
  })

  test('A010 another digest that is not covered does not stand in for the content', async () => {
    const components = usual(post).filter((name) => name !== '"content-digest"')
    const fields = { ...fieldsOf({ ...post, components }), 'content-digest': digestOf('{"words":"arsenic"}') }
    expect(await told({ ...post, body: '{"words":"arsenic"}' }, fields)).toBe('401 missing-component')
  })

  test('A010 a digest that the service would pass over is none', async () => {
    const made = { ...post, headers: { 'content-digest': 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:' } }
    expect(await told(made)).toBe('401 missing-component')
    expect(await told({ ...post, headers: { 'content-digest': 'sha-256' } })).toMatch(/^40[01] /)
    expect(await told({ ...post, headers: { 'content-digest': '=' } })).toBe('401 missing-component')
  })
})

describe('parameters', () => {
  test.each(['created', 'expires', 'nonce', 'keyid'])('H263 A007 without %s: 401', async (name) => {
    expect(await told({ parameters: { [name]: undefined } })).toBe('401 missing-parameter')
  })

  test.each([undefined, '"slumber-s2s-v2"', '"Slumber-s2s-v1"', '"slumber-s2s-v1 "', 'slumber-s2s-v1', '1'])(
    'H263 the tag is exact, not %s',
    async (tag) => {
      expect(await told({ parameters: { tag } })).toBe('401 unauthenticated')
    },
  )

  test.each(['"short"', `"${'x'.repeat(129)}"`, '1', ':AAAAAAAAAAAAAAAAAAAAAA==:'])(
    'H263 the nonce is not %s',
    async (nonce) => {
      expect(await told({ parameters: { nonce } })).toBe('401 missing-parameter')
    },
  )

  test.each(['"rsa-pss-sha512"', '"hmac-sha256"', '"ED25519"', '""'])(
    'H263 alg is that of the key, not %s',
    async (alg) => {
      expect(await told({ parameters: { alg } })).toBe('401 bad-signature')
    },
  )

  test.each(['"other"', '""', '"__proto__"', '"constructor"'])('H263 a keyid that is not known: %s', async (keyid) => {
    expect(await told({ parameters: { keyid } })).toBe('401 unknown-key')
  })

  test.each([
    ['61 s old', () => now() - 61, 'date-skew'],
    ['61 s ahead', () => now() + 61, 'date-skew'],
    ['an hour old', () => now() - 3_600, 'date-skew'],
    ['negative', () => -1, 'date-skew'],
    ['zero', () => 0, 'date-skew'],
    ['a string', () => `"${now()}"`, 'missing-parameter'],
    ['a date', () => `@${now()}`, 'malformed-signature'],
    ['a fraction', () => `${now()}.5`, 'missing-parameter'],
    ['a truth', () => '?1', 'missing-parameter'],
    ['1e20', () => '1e20', 'malformed-signature'],
    ['10^20', () => '100000000000000000000', 'malformed-signature'],
    ['10^14', () => '100000000000000', 'date-skew'],
  ])('H264 A006 created %s: 401', async (_, created, code) => {
    const expires = String(now() + 30)
    expect(await told({ parameters: { created: String(created()), expires } })).toBe(`401 ${code}`)
    expect(await told({ parameters: { created: String(created()), expires: String(created()) } })).toMatch(/^401 /)
  })

  test.each([
    ['more than 300 s after created', () => now() + 301],
    ['past', () => now() - 1],
    ['far away', () => 999_999_999_999_999],
    ['negative', () => -1],
  ])('H264 A007 expires %s: 401', async (_, expires) => {
    expect(await told({ parameters: { expires: String(expires()) } })).toBe('401 date-skew')
  })

  test('a clock that is a minute off is no fault', async () => {
    const kitchens = [-60, 60].map((off) =>
      system.kitchen([shopScheme({ clock: { now: () => now() + off, steady: () => 0 } })]),
    )
    for (const each of kitchens) {
      expect(await outcome(each, { parameters: { expires: String(now() + 100) } })).toBe('200')
    }
  })
})

describe('signatures', () => {
  test.each([
    ['another method', { method: 'HEAD' }],
    ['another path', { url: `${notes}/1` }],
    ['another query', { url: `${notes}?sort=id` }],
  ])('for %s are not for this request', async (_, made: HandMade) => {
    expect(await told({ ...made, method: 'GET' }, fieldsOf({ method: 'OPTIONS', ...made, url: notes }))).toBe(
      '401 bad-signature',
    )
  })

  test('by another key are none', async () => {
    expect(await told({ key: generateServiceKey().privateKey })).toBe('401 bad-signature')
  })

  test('say the same whichever octet is wrong', async () => {
    const fields = fieldsOf({})
    const octets = Buffer.from(fields['signature']!.slice('slumber=:'.length, -1), 'base64')
    const answers = new Set<string>()
    for (const index of [0, 31, 32, 63]) {
      const forged = Uint8Array.from(octets, (octet, at) => (at === index ? octet ^ 1 : octet))
      const signature = `slumber=:${Buffer.from(forged).toString('base64')}:`
      const { body } = await tell(kitchen(), requestOf({}, { ...fields, signature }))
      answers.add(JSON.stringify({ ...body, requestId: '' }))
    }
    for (const signature of ['slumber=::', `slumber=:${octets.subarray(1).toString('base64')}:`]) {
      const { body } = await tell(kitchen(), requestOf({}, { ...fields, signature }))
      answers.add(JSON.stringify({ ...body, requestId: '' }))
    }
    expect([...answers]).toEqual([expect.stringContaining('"code":"bad-signature"')])
  })

  test('that were made for another service are not for this one, whatever Host says', async () => {
    const url = 'http://other.test/slumber/kitchen/kitchen/Note'
    expect(await told({ url })).toBe('401 bad-signature')
  })

  test('are for any of the origins of the service', async () => {
    const inside = 'http://10.0.0.1:8001'
    const service = system.kitchen([shopScheme({ url: [directory.kitchen, inside] })])
    const url = `${inside}${new URL(notes).pathname}`
    expect(await outcome(service, { url })).toBe('200')
    expect(await outcome(service, {})).toBe('200')
    const behindProxy = requestOf({ url: notes.replace('kitchen.test', 'rewritten.test') }, fieldsOf({}))
    expect((await tell(service, behindProxy)).status).toBe(200)
    const secure = system.kitchen([shopScheme({ url: 'https://kitchen.test/' })])
    const toProxy = fieldsOf({ url: notes.replace('http:', 'https:') })
    expect(await outcome(secure, {}, toProxy)).toBe('200')
    expect(await outcome(secure, {})).toBe('401 bad-signature')
  })

  test.each([
    ['Signature', 'signature-input'],
    ['Signature-Input', 'signature'],
  ] as const)('H260 without %s there is none', async (_, only) => {
    expect(await told({}, { [only]: fieldsOf({})[only]! })).toBe('401 malformed-signature')
  })

  test('H260 every label has its counterpart', async () => {
    const fields = fieldsOf({})
    const more = { input: `${fields['signature-input']}, x=("@method")`, signature: `${fields['signature']}, y=:AA==:` }
    expect(await told({}, { ...fields, 'signature-input': more.input })).toBe('401 malformed-signature')
    expect(await told({}, { ...fields, signature: more.signature })).toBe('401 malformed-signature')
    expect(await told({}, { ...fields, 'signature-input': more.input, signature: more.signature })).toBe(
      '401 malformed-signature',
    )
  })

  test.each([
    ['signature-input', 'slumber="x"'],
    ['signature-input', 'slumber'],
    ['signature-input', '(("'],
    ['signature', 'slumber="x"'],
    ['signature', 'slumber=(:AA==:)'],
    ['signature', 'slumber=:not base64:'],
  ])('whose %s is malformed are refused: %s', async (name, value) => {
    expect(await told({}, { ...fieldsOf({}), [name]: value })).toBe('401 malformed-signature')
  })

  const together = (...all: readonly Record<string, string>[]): Record<string, string> => {
    const joined = (name: string): string => all.map((fields) => fields[name]).join(', ')
    return { 'signature-input': joined('signature-input'), signature: joined('signature') }
  }
  const foreign = { label: 'x', parameters: { tag: '"web-bot-auth"' } }

  test('H269 those of others are passed over, even by an unknown key', async () => {
    const other = fieldsOf({ ...foreign, key: generateServiceKey().privateKey })
    expect(await told({}, together(other, fieldsOf({})))).toBe('200')
    const headers = { ...other, authorization: as('clerk') }
    expect(await told({}, headers)).toBe('200')
  })

  test('H269 two with our tag are refused', async () => {
    expect(await told({}, together(fieldsOf({}), fieldsOf({ label: 'x' })))).toBe('401 ambiguous-signature')
  })

  test('A016 a good one with weak coverage does not stand in for ours', async () => {
    const weak = fieldsOf({ ...foreign, components: ['"@method"'] })
    const forged = fieldsOf({ key: generateServiceKey().privateKey })
    expect(await told({}, together(weak, forged))).toBe('401 bad-signature')
    expect(await told({}, together(weak, fieldsOf({ components: ['"@method"'] })))).toBe('401 missing-component')
  })

  test('A012 the public key is no secret of an HMAC', async () => {
    const parameters = {
      alg: '"hmac-sha256"',
      nonce: `"${newNonce()}"`,
      created: String(now()),
      expires: String(now() + 60),
    }
    const made = { parameters }
    const fields = fieldsOf(made)
    const input = fields['signature-input']!.slice('slumber='.length)
    const base = `"@method": GET\n"@authority": kitchen.test\n"@target-uri": ${notes}\n"@signature-params": ${input}`
    for (const secret of [shopKey.publicKey, Buffer.from(shopKey.jwk.publicKey.x!, 'base64url')]) {
      const mac = createHmac('sha256', secret).update(base).digest('base64')
      expect(await told({}, { ...fields, signature: `slumber=:${mac}:` })).toBe('401 bad-signature')
    }
  })

  test('A018 the signature of an answer is none of a request', async () => {
    const key = { alg: 'ed25519', key: createPrivateKey(shopKey.privateKey) } as const
    const request = requestOf({})
    const input = `("@status" "@method";req "@authority";req "@target-uri";req);created=${now()};expires=${now() + 60};nonce="${newNonce()}";keyid="shop";tag="slumber-s2s-answer-v1"`
    const answer = signMessage({ status: 200, headers: new Headers(), request }, input, key, 'slumber')
    expect(await told({}, { ...answer })).toBe('401 unauthenticated')
    const retagged = answer['signature-input'].replace('answer-v1', 'v1')
    expect(await told({}, { ...answer, 'signature-input': retagged })).toBe('401 unsupported-component')
  })
})

describe('content', () => {
  test('H266 A009 that was replaced is not even parsed', async () => {
    expect(await told({ ...post, body: '{"words":"arsenic"}' }, fieldsOf(post))).toBe('400 digest-mismatch')
    expect(await told({ ...post, body: 'not JSON at all' }, fieldsOf(post))).toBe('400 digest-mismatch')
  })

  test('H266 that was taken away is missed', async () => {
    expect(await told({ method: 'POST' }, fieldsOf(post))).toMatch(/^400 /)
  })

  test('that was added to a request without any is refused', async () => {
    const fields = { ...fieldsOf({ method: 'POST' }), 'content-type': 'application/json' }
    expect(await told(post, fields)).toBe('401 missing-component')
  })
})

describe('one way to say who asks', () => {
  test('A019 a signature and Authorization together are refused, wherever the scheme stands', async () => {
    for (const schemes of [
      [basic(system.verify), shopScheme()],
      [shopScheme(), basic(system.verify)],
    ]) {
      const service = system.kitchen(schemes)
      for (const authorization of [as('admin'), 'Bearer x', 'DPoP x']) {
        expect(await outcome(service, {}, { ...fieldsOf({}), authorization })).toBe('401 ambiguous-credentials')
      }
    }
  })

  test('Basic alone is as before', async () => {
    expect(await told({}, { authorization: as('viewer') })).toBe('200')
  })
})

describe('a 401', () => {
  const demanded = '"@method" "@authority" "@target-uri"'
  test.each([
    ['nobody', {}, demanded],
    ['wrong credentials', { authorization: as('clerk').replace('Basic ', 'Basic AAAA') }, demanded],
    ['a bad signature', fieldsOf({ key: generateServiceKey().privateKey }), demanded],
    ['an unsigned user', { 'forwarded-user': '"admin"' }, `${demanded} "forwarded-user"`],
    ['an unsigned condition', { 'if-match': '"1"', prefer: 'wait=1' }, `${demanded} "if-match" "prefer"`],
  ])('H273 says what a signature of this request must cover, to %s', async (_, headers, components) => {
    const { status, headers: fields } = await tell(kitchen(), new Request(notes, { headers: { ...headers } }))
    expect(status).toBe(401)
    expect(fields.get('accept-signature')).toBe(`slumber=(${components});created;expires;tag="slumber-s2s-v1"`)
    expect(fields.get('www-authenticate')).toBe('Basic realm="slumber", charset="UTF-8", Signature realm="slumber"')
    expect(fields.get('cache-control')).toBe('no-store')
  })

  test('H273 names what is about content where there is some', async () => {
    const { status, headers } = await tell(
      kitchen(),
      new Request(notes, { ...post, headers: { 'content-type': 'application/json' } }),
    )
    expect([status, headers.get('accept-signature')]).toEqual([
      401,
      expect.stringContaining('"content-type" "content-digest")'),
    ])
  })
})

describe('a key', () => {
  const secret = Buffer.alloc(32, 7).toString('base64')

  test('may be shared by two parties that say so', async () => {
    const record = { service: 'shop', alg: 'hmac-sha256', secret } as const
    const service = system.kitchen([shopScheme({ keys: { shop: record } })])
    const fields = fieldsOf({})
    const input = fields['signature-input']!.slice('slumber='.length)
    const base = `"@method": GET\n"@authority": kitchen.test\n"@target-uri": ${notes}\n"@signature-params": ${input}`
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(base).digest()
    expect(
      await outcome(service, {}, { ...fields, signature: `slumber=:${mac.subarray(1).toString('base64')}:` }),
    ).toBe('401 bad-signature')
    expect(await outcome(service, {}, { ...fields, signature: `slumber=:${mac.toString('base64')}:` })).toBe('200')
  })

  test('may be a JWK, and may come from elsewhere', async () => {
    const record = { service: 'shop', publicKey: shopKey.jwk.publicKey }
    const keys = { get: async (keyid: string) => (keyid === 'shop' ? record : undefined) }
    expect(await outcome(system.kitchen([shopScheme({ keys })]), {})).toBe('200')
  })

  test.each([
    ['no key', { service: 'shop', publicKey: 'none' }],
    [
      'a key of another kind',
      {
        service: 'shop',
        publicKey: {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        },
      },
    ],
    ['a short secret', { service: 'shop', alg: 'hmac-sha256', secret: 'c2hvcnQ=' }],
  ] as const)('is refused at the start where it is %s', (_, record) => {
    expect(() => signed({ url: directory.kitchen, keys: { shop: record } })).toThrow(/ed25519|octets/)
  })

  test('is refused at the start without an absolute URL', () => {
    expect(() => signed({ url: 'kitchen', keys: {} })).toThrow(TypeError)
  })
})
