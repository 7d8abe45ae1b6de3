// Sessions of browsers: signing in at one service for others with other names, what a session lets in, and what ends it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { basic, session, signIn, type Identity, type SessionOptions } from 'slumberjs/auth'
import { memoryStore, type SharedStore } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import { app, service, type Service } from 'slumberjs/server'
import { accounting, as, kitchen, passwords } from './fixture.ts'
import { actionOf, hiddenOf, sendTo, SmallBrowser, transport, type Page } from './small-browser.ts'

const system = accounting()

let server: Server | undefined
const hosts = new Map<string, Service>()
let authUrl = ''
let pizzasUrl = ''
let accountingUrl = ''
let store: SharedStore
let identities: Record<string, Identity> = {}
let isAuthAway = false
let version = 'one'
let asked = 0
let browser = new SmallBrowser()

beforeAll(async () => {
  server = await serve((request, info) => {
    const found = hosts.get(new URL(request.url).hostname)
    return found === undefined ? new Response(null, { status: 404 }) : found.fetch(request, info)
  })
  const at = (name: string): string => `http://${name}.localhost:${server?.port}/slumber/${name}/`
  ;[authUrl, pizzasUrl, accountingUrl] = [at('auth'), at('pizzas'), at('accounting')]
})
afterAll(() => server?.close())

const backChannel = (request: Request): Promise<Response> => {
  asked += 1
  return isAuthAway ? Promise.reject(new TypeError('fetch failed')) : transport(request)
}

function serviceAt(url: string, options: Partial<SessionOptions> = {}): Service {
  const [name = ''] = new URL(url).hostname.split('.')
  return service(name, {
    url,
    database: system.database,
    apps: [kitchen],
    authenticate: [session({ url, auth: authUrl, transport: backChannel, ...options }), basic(system.verify)],
  })
}

beforeEach(() => {
  store = memoryStore()
  isAuthAway = false
  version = 'one'
  asked = 0
  browser = new SmallBrowser()
  identities = {
    clerk: { name: 'clerk', superuser: false, permissions: ['kitchen.add_note'] },
    viewer: { name: 'viewer', superuser: false, permissions: [] },
  }
  const users = ({ name }: { readonly name: string }): Identity | undefined => identities[name]
  const signingIn = signIn({
    url: authUrl,
    verify: system.verify,
    users,
    version: () => version,
    services: [pizzasUrl, accountingUrl],
    store,
  })
  hosts.set(
    'auth.localhost',
    service('auth', { url: authUrl, database: system.database, apps: [app('empty', {})], authenticate: [signingIn] }),
  )
  hosts.set('pizzas.localhost', serviceAt(pizzasUrl))
  hosts.set('accounting.localhost', serviceAt(accountingUrl))
})

const notes = (url: string): string => `${url}kitchen/Note`
const originOf = (url: string): string => new URL(url).origin

/** Signs in, from a service or at the auth service itself. */
async function signInAt(url: string, name: keyof typeof passwords = 'clerk', next?: string): Promise<Page> {
  const query = next === undefined ? '' : `?${new URLSearchParams({ next })}`
  const page = await browser.open(`${url}-/sign-in${query}`)
  return await browser.submit(page, { name, password: passwords[name] })
}

const add = (url: string, from: string | undefined = originOf(url)): Promise<Page> =>
  browser.ask(notes(url), { method: 'POST', json: { words: 'salt' }, ...(from === undefined ? {} : { from }) })

const sessionIn = (url: string): string => {
  const cookies = [...(browser.jar.get(new URL(url).hostname) ?? [])]
  return cookies.find(([name]) => name.includes('session'))?.join('=') ?? ''
}

describe('who signs in at one service', () => {
  test('is known there, comes back to where they were, and at another service without a password', async () => {
    const page = await signInAt(pizzasUrl, 'clerk', new URL(notes(pizzasUrl)).pathname)
    expect([page.status, page.url]).toEqual([200, notes(pizzasUrl)])
    expect((await browser.ask(notes(accountingUrl))).status).toBe(401)
    const other = await browser.open(`${accountingUrl}-/sign-in`)
    expect([other.status, other.url]).toEqual([200, accountingUrl])
    expect((await add(accountingUrl)).status).toBe(201)
    expect((await browser.ask(authUrl)).status).toBe(200)
  })

  test('may what they may', async () => {
    await signInAt(pizzasUrl, 'viewer')
    expect((await browser.ask(notes(pizzasUrl))).status).toBe(200)
    expect((await add(pizzasUrl)).status).toBe(403)
  })

  test('has a session at each service, which is none at another one', async () => {
    await signInAt(pizzasUrl)
    const cookie = sessionIn(pizzasUrl)
    await browser.open(`${accountingUrl}-/sign-in`)
    expect(sessionIn(accountingUrl)).not.toBe(cookie)
    const foreign = sessionIn(accountingUrl).replace(/=.*/, cookie.replace(/.*=/, '='))
    expect((await sendTo(notes(accountingUrl), { headers: { cookie } })).status).toBe(401)
    expect((await sendTo(notes(accountingUrl), { headers: { cookie: foreign } })).status).toBe(401)
    expect((await sendTo(authUrl, { headers: { cookie } })).status).toBe(401)
  })

  test('A096 is answered what no shared cache keeps', async () => {
    await signInAt(pizzasUrl)
    expect((await browser.ask(notes(pizzasUrl))).headers.get('cache-control')).toContain('private')
  })

  test('is told where to sign in by a 401', async () => {
    const { status, headers } = await browser.ask(pizzasUrl)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')?.replace(/(cookie-name="__Host-slumber-session-)[\w-]{8}"/, '$1…"')).toBe(
      `Cookie realm="slumber", cookie-name="__Host-slumber-session-…", sign-in="${pizzasUrl}-/sign-in", Basic realm="slumber", charset="UTF-8"`,
    )
  })

  test('finds the cookie in the description of the service', async () => {
    await signInAt(pizzasUrl)
    const { text } = await browser.ask(`${pizzasUrl}-/openapi.json`)
    const { components } = JSON.parse(text) as { components: { securitySchemes: Record<string, unknown> } } // OpenAPI 3.1
    const [name = ''] = sessionIn(pizzasUrl).split('=')
    expect(components.securitySchemes['cookie']).toMatchObject({ type: 'apiKey', in: 'cookie', name })
  })

  test('is known by other credentials where they give some', async () => {
    await signInAt(pizzasUrl, 'viewer')
    const headers = { authorization: as('clerk') }
    const answer = await browser.ask(notes(pizzasUrl), { method: 'POST', json: { words: 'salt' }, headers })
    expect(answer.status).toBe(201)
  })
})

test('A084 all cookies are for this host alone, over TLS or on this machine, and for no script', async () => {
  const lines: string[] = []
  for (const url of [`${pizzasUrl}-/sign-in`, `${authUrl}-/sign-in`]) {
    lines.push(...(await browser.ask(url)).headers.getSetCookie())
  }
  const page = await browser.open(`${pizzasUrl}-/sign-in`)
  const form = { ...hiddenOf(page), name: 'clerk', password: passwords.clerk }
  const signedIn = await browser.ask(actionOf(page), { method: 'POST', form, from: originOf(authUrl) })
  lines.push(...signedIn.headers.getSetCookie())
  let step = signedIn
  while (step.status === 303 && lines.length < 20) {
    step = await browser.ask(new URL(step.headers.get('location') ?? '', step.url).href)
    lines.push(...step.headers.getSetCookie())
  }
  expect(lines).toHaveLength(6)
  const attributes =
    /^__Host-slumber-(session|form|sign-in)-[\w-]{8}=[\w.%-]*; Path=\/; Secure; HttpOnly; SameSite=Lax(; Max-Age=\d+)?$/
  for (const line of lines) expect(line).toMatch(attributes)
  expect(lines.filter((line) => /-session-[\w-]{8}=[\w-]{43};/.test(line))).toHaveLength(2) // 256 bits
})

test('A085 an id that a browser had before is none of a session after', async () => {
  const planted = 'A'.repeat(43)
  await signInAt(pizzasUrl)
  const [name = ''] = sessionIn(pizzasUrl).split('=')
  const [authName = ''] = sessionIn(authUrl).split('=')
  const first = [sessionIn(pizzasUrl), sessionIn(authUrl)]
  await browser.ask(`${pizzasUrl}-/sign-in`)
  for (const value of [planted, first[0]!.split('=')[1]!]) {
    browser.jar.get('pizzas.localhost')?.set(name, value)
    browser.jar.get('auth.localhost')?.set(authName, value === planted ? planted : first[1]!.split('=')[1]!)
    const page = await browser.open(`${authUrl}-/sign-in?next=${encodeURIComponent(new URL(authUrl).pathname)}`)
    await browser.submit(page, { name: 'clerk', password: passwords.clerk })
    await browser.open(`${pizzasUrl}-/sign-in`)
    expect(first).not.toContain(sessionIn(pizzasUrl))
    expect(first).not.toContain(sessionIn(authUrl))
    expect(sessionIn(pizzasUrl)).not.toContain(planted)
  }
  for (const cookie of [...first, `${name}=${planted}`]) {
    expect((await sendTo(pizzasUrl, { headers: { cookie } })).status).toBe(401)
    expect((await sendTo(authUrl, { headers: { cookie } })).status).toBe(401)
  }
})

test('the store has digests, and no secret that would let anybody in', async () => {
  const written: string[] = []
  const seen: SharedStore = {
    ...store,
    setIfAbsent: (key, value, seconds) => {
      written.push(key, value)
      return store.setIfAbsent(key, value, seconds)
    },
  }
  hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { store: seen }))
  await signInAt(pizzasUrl)
  const [, id = ''] = sessionIn(pizzasUrl).split('=')
  expect(id).toMatch(/^[\w-]{43}$/)
  expect(written).toHaveLength(2)
  expect(written.join()).not.toContain(id)
})

describe('a session ends', () => {
  test('by signing out: here, at the auth service, and so at every other', async () => {
    hosts.set('accounting.localhost', serviceAt(accountingUrl, { recheck: 0 }))
    await signInAt(pizzasUrl)
    await browser.open(`${accountingUrl}-/sign-in`)
    const cookies = [pizzasUrl, authUrl].map((url) => [url, sessionIn(url)] as const)
    expect((await browser.ask(notes(accountingUrl))).status).toBe(200)
    const out = await browser.ask(`${pizzasUrl}-/sign-out`, { method: 'POST', from: originOf(pizzasUrl) })
    expect([out.status, sessionIn(pizzasUrl)]).toEqual([204, ''])
    for (const [url, cookie] of cookies) expect((await sendTo(url, { headers: { cookie } })).status).toBe(401)
    expect((await browser.ask(notes(accountingUrl))).status).toBe(401)
    expect((await browser.open(`${accountingUrl}-/sign-in`)).text).toContain('<h1>Sign in</h1>')
  })

  test('by signing out at the auth service', async () => {
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { recheck: 0 }))
    await signInAt(pizzasUrl)
    const out = await browser.ask(`${authUrl}-/sign-out`, { method: 'POST', from: originOf(authUrl) })
    expect([out.status, sessionIn(authUrl)]).toEqual([204, ''])
    expect((await browser.ask(notes(pizzasUrl))).status).toBe(401)
  })

  test('where its user is nobody any more, and changes with what they may', async () => {
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { recheck: 0 }))
    await signInAt(pizzasUrl)
    identities['clerk'] = { ...identities['clerk']!, permissions: [] }
    expect((await add(pizzasUrl)).status).toBe(403)
    delete identities['clerk']
    expect((await add(pizzasUrl)).status).toBe(401)
    expect((await browser.ask(authUrl)).status).toBe(401)
  })

  test('where what its user signed in with is another', async () => {
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { recheck: 0 }))
    await signInAt(pizzasUrl)
    version = 'two'
    expect((await browser.ask(pizzasUrl)).status).toBe(401)
    expect((await browser.ask(authUrl)).status).toBe(401)
    await signInAt(pizzasUrl)
    expect((await browser.ask(pizzasUrl)).status).toBe(200)
  })

  test('here even while the auth service is away, which is said', async () => {
    await signInAt(pizzasUrl)
    isAuthAway = true
    const out = await browser.ask(`${pizzasUrl}-/sign-out`, { method: 'POST', from: originOf(pizzasUrl) })
    expect([out.status, sessionIn(pizzasUrl)]).toEqual([503, ''])
    expect(out.text).toContain('not at the auth service')
  })

  test('by its own time', async () => {
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { seconds: 0.001 }))
    await signInAt(pizzasUrl)
    const cookie = sessionIn(pizzasUrl)
    await new Promise((resolve) => setTimeout(resolve, 10)) // longer than it lives
    expect(cookie).not.toBe('')
    expect((await browser.ask(pizzasUrl)).status).toBe(401)
  })
})

describe('the auth service is asked', () => {
  test('once in a while, and once by all requests of one time', async () => {
    await signInAt(pizzasUrl)
    const before = asked
    for (let index = 0; index < 5; index++) expect((await browser.ask(notes(pizzasUrl))).status).toBe(200)
    expect(asked).toBe(before)
  })

  test('while it is away it is 503, and nobody is let in whom it has not vouched for', async () => {
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { recheck: 0 }))
    await signInAt(pizzasUrl)
    isAuthAway = true
    expect((await browser.ask(notes(pizzasUrl))).status).toBe(503)
    isAuthAway = false
    expect((await browser.ask(notes(pizzasUrl))).status).toBe(200)
  })

  test('and a store that does not answer is 503', async () => {
    await signInAt(pizzasUrl)
    const broken = { ...store, get: () => Promise.reject(new Error('ECONNREFUSED')) }
    hosts.set('pizzas.localhost', serviceAt(pizzasUrl, { store: broken }))
    const { status, text } = await browser.ask(notes(pizzasUrl))
    expect([status, text.includes('store-unavailable'), text.includes('ECONNREFUSED')]).toEqual([503, true, false])
  })
})

describe('A090 a page of another origin', () => {
  const evil = 'https://evil.example'

  test('changes nothing by a session', async () => {
    await signInAt(pizzasUrl)
    expect((await add(pizzasUrl, evil)).status).toBe(403)
    expect((await add(pizzasUrl, originOf(accountingUrl))).status).toBe(403)
    expect((await add(pizzasUrl)).status).toBe(201)
    const cookie = sessionIn(pizzasUrl)
    const post = async (headers: Readonly<Record<string, string>>): Promise<number> => {
      const body = '{"words":"salt"}'
      const all = { cookie, 'content-type': 'application/json', 'content-length': String(body.length), ...headers }
      return (await sendTo(notes(pizzasUrl), { method: 'POST', headers: all, body })).status
    }
    expect(await post({})).toBe(403)
    expect(await post({ origin: 'null' })).toBe(403)
    expect(await post({ origin: originOf(pizzasUrl), 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ origin: `${originOf(pizzasUrl)}.evil.example` })).toBe(403)
    expect(await post({ 'content-type': 'text/plain', 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await post({ origin: originOf(pizzasUrl) })).toBe(201)
    expect(await post({ 'sec-fetch-site': 'none' })).toBe(201)
  })

  test('signs nobody out, and nobody in', async () => {
    await signInAt(pizzasUrl)
    for (const url of [pizzasUrl, authUrl]) {
      expect((await browser.ask(`${url}-/sign-out`, { method: 'POST', from: evil })).status).toBe(403)
    }
    const page = await browser.open(`${authUrl}-/sign-in`)
    const form = { ...hiddenOf(page), name: 'viewer', password: passwords.viewer }
    expect((await browser.ask(actionOf(page), { method: 'POST', form, from: evil })).status).toBe(403)
    expect((await browser.ask(notes(pizzasUrl))).status).toBe(200)
  })

  test('nor by a form without the token of this browser', async () => {
    const page = await browser.open(`${authUrl}-/sign-in`)
    const send = async (token: string, to = browser): Promise<number> => {
      const form = { ...hiddenOf(page), name: 'clerk', password: passwords.clerk, token }
      return (await to.ask(actionOf(page), { method: 'POST', form, from: originOf(authUrl) })).status
    }
    const { token = '' } = hiddenOf(page)
    expect([await send(''), await send('A'.repeat(43)), await send(token, new SmallBrowser())]).toEqual([403, 403, 403])
    expect(await send(token)).toBe(303)
  })

  test('nor by another method that a form asks for', async () => {
    const page = await browser.open(`${authUrl}-/sign-in`)
    const form = { ...hiddenOf(page), name: 'clerk', password: passwords.clerk, _method: 'GET' }
    const visit = { method: 'POST', from: originOf(authUrl) }
    expect((await browser.ask(actionOf(page), { ...visit, form })).status).toBe(422)
    await signInAt(pizzasUrl)
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await browser.ask(`${notes(pizzasUrl)}/1?_method=DELETE`, { headers })).status).toBe(400)
    expect((await browser.ask(notes(pizzasUrl), { headers })).status).toBe(200)
  })

  test('nor by a code of its own: who comes back is who left', async () => {
    const attacker = new SmallBrowser()
    const begun = await attacker.ask(`${pizzasUrl}-/sign-in`)
    const form = await attacker.open(begun.headers.get('location') ?? '')
    const fields = { ...hiddenOf(form), name: 'viewer', password: passwords.viewer }
    const signedIn = await attacker.ask(actionOf(form), { method: 'POST', form: fields, from: originOf(authUrl) })
    const way = await attacker.ask(new URL(signedIn.headers.get('location') ?? '', signedIn.url).href)
    const back = way.headers.get('location') ?? ''
    expect(back).toMatch(/\/-\/signed-in\?code=/)
    expect((await browser.ask(back)).status).toBe(403)
    await browser.ask(`${pizzasUrl}-/sign-in`) // has begun on its own
    expect((await browser.ask(back)).status).toBe(403)
    expect((await browser.ask(back.replace(/state=.*/, 'state='))).status).toBe(400)
    expect(sessionIn(pizzasUrl)).toBe('')
  })
})

describe('a code', () => {
  const verifier = 'v'.repeat(43)
  const challenge = async (): Promise<string> =>
    Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url')
  const asking = async (changed: Readonly<Record<string, string>> = {}): Promise<string> => {
    const query = {
      response_type: 'code',
      client_id: pizzasUrl,
      redirect_uri: `${pizzasUrl}-/signed-in`,
      state: 's'.repeat(43),
      code_challenge: await challenge(),
      code_challenge_method: 'S256',
      ...changed,
    }
    return `${authUrl}-/authorize?${new URLSearchParams(query)}`
  }
  const newCode = async (): Promise<string> => {
    const { headers } = await browser.ask(await asking())
    return new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  const redeem = async (content: object): Promise<number> => {
    const body = JSON.stringify(content)
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
    return (await sendTo(`${authUrl}-/code`, { method: 'POST', headers, body })).status
  }

  test('is for the service that it was made for, once, and for who began', async () => {
    await signInAt(authUrl)
    const redirect = `${pizzasUrl}-/signed-in`
    const code = await newCode()
    expect(await redeem({ code, redirect, verifier: 'w'.repeat(43) })).toBe(403)
    expect(await redeem({ code, redirect: `${accountingUrl}-/signed-in`, verifier })).toBe(403)
    expect(await redeem({ code: 'c'.repeat(43), redirect, verifier })).toBe(403)
    expect(await redeem({ code, redirect })).toBe(422)
    const all = await Promise.all(Array.from({ length: 8 }, () => redeem({ code, redirect, verifier })))
    expect(all.toSorted((one, other) => one - other)).toEqual([200, 403, 403, 403, 403, 403, 403, 403])
    expect(await redeem({ code, redirect, verifier })).toBe(403)
  })

  test('is none once its session has ended', async () => {
    await signInAt(authUrl)
    const code = await newCode()
    await browser.ask(`${authUrl}-/sign-out`, { method: 'POST', from: originOf(authUrl) })
    expect(await redeem({ code, redirect: `${pizzasUrl}-/signed-in`, verifier })).toBe(403)
  })

  test.each([
    [
      'a service that is not listed',
      { client_id: 'https://evil.example/', redirect_uri: 'https://evil.example/-/signed-in' },
    ],
    ['another place to return to', { redirect_uri: 'https://evil.example/' }],
    ['a place below', { redirect_uri: 'evil/../-/signed-in' }],
    ['a challenge in clear', { code_challenge_method: 'plain' }],
    ['no challenge', { code_challenge: '' }],
    ['a token at once', { response_type: 'token' }],
    ['no state', { state: '' }],
  ])('is refused here, and not by a redirect, for %s', async (_, changed) => {
    await signInAt(authUrl)
    const answer = await browser.ask(await asking(changed))
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })
})

test('what is no path of its own origin is nowhere to go next', async () => {
  const wrong = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/a\nb',
  ]
  for (const next of [...wrong, 'slumber', '/%0d%0aset-cookie:a', '/.//evil.example']) {
    const query = new URLSearchParams({ next })
    for (const url of [pizzasUrl, authUrl]) {
      const { status, headers } = await browser.ask(`${url}-/sign-in?${query}`)
      const isKept = next.startsWith('/%') // an escape is a path like any other
      expect([next, status]).toEqual([next, isKept ? (url === pizzasUrl ? 303 : 200) : 400])
      expect(headers.get('location') ?? authUrl).toContain(originOf(authUrl))
    }
  }
  const page = await browser.open(`${authUrl}-/sign-in`)
  const answer = await browser.ask(actionOf(page), {
    method: 'POST',
    form: { ...hiddenOf(page), name: 'clerk', password: passwords.clerk, next: '//evil.example' },
    from: originOf(authUrl),
  })
  expect(answer.status).toBe(400)
})

test('A092 the page to sign in stands in no frame, runs no script, and shows what it is given as text', async () => {
  const path = `${new URL(authUrl).pathname}?a="><script>alert(1)</script>&copy=1`
  const page = await browser.ask(`${authUrl}-/sign-in?${new URLSearchParams({ next: path })}`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toBe(
    `default-src 'none'; form-action 'self' ${originOf(pizzasUrl)} ${originOf(accountingUrl)}; base-uri 'none'; frame-ancestors 'none'`,
  )
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.text).not.toContain('<script>')
  expect(hiddenOf(page)['next']).toBe(`${new URL(authUrl).pathname}?a=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&copy=1`)
})

test('A089 nothing that a GET or HEAD asks for changes anything', async () => {
  await signInAt(pizzasUrl)
  for (const method of ['GET', 'HEAD']) {
    for (const url of [`${pizzasUrl}-/sign-out`, `${authUrl}-/sign-out`, `${authUrl}-/end-session`]) {
      expect((await browser.ask(url, { method })).status).toBe(405)
    }
  }
  expect((await browser.ask(`${authUrl}-/authorize`, { method: 'HEAD' })).status).toBe(405)
  expect((await browser.ask(`${pizzasUrl}-/signed-in`, { method: 'HEAD' })).status).toBe(405)
  expect((await browser.ask(notes(pizzasUrl))).status).toBe(200)
})

test('a wrong password is 403 with no word of which of the two it was', async () => {
  const page = await browser.open(`${pizzasUrl}-/sign-in`)
  const refused = await browser.submit(page, { name: 'clerk', password: 'wrong' })
  const unknown = await browser.submit(page, { name: 'nobody', password: 'wrong' })
  expect([refused.status, unknown.status]).toEqual([403, 403])
  expect(refused.text.replaceAll(/[\w-]{36}/g, '')).toBe(unknown.text.replaceAll(/[\w-]{36}/g, ''))
  expect((await browser.submit(page, { name: 'clerk', password: passwords.clerk })).url).toBe(pizzasUrl)
})

test('a URL at which no browser keeps a session is refused when the program starts', () => {
  expect(() => session({ url: 'http://pizzas.example/', auth: authUrl })).toThrow('over https')
  expect(() => session({ url: 'https://pizzas.example/', auth: authUrl })).not.toThrow()
})
