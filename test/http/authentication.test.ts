// Who asks: the schemes of a resource, the challenge, and the caller that the questions after it see.
import { expect, test } from 'vitest'
import { Resource, OK, Problem, type Principal, type Scheme } from 'slumberjs/http'
import { Article, ask, outcomeOf } from './fixture.ts'

const ada: Principal = { name: 'ada', superuser: false, can: () => true }

/** Knows the callers whose name is the whole credentials. */
const named = (scheme: string): Scheme => ({
  challenge: `${scheme} realm="api"`,
  authenticate: async ({ headers }) => {
    const [given, name] = headers.get('authorization')?.split(' ') ?? []
    if (given !== scheme) return undefined
    return name === 'ada' ? ada : 'refused'
  },
})

class Guarded extends Article {
  override get schemes(): readonly Scheme[] {
    return [named('Bearer'), named('Signature')]
  }
}

test('H053 a 401 names every scheme', async () => {
  const response = await ask(Guarded, 'GET')
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api", Signature realm="api"')
})

test('H054 wrong credentials are 401 with the challenge again', async () => {
  const response = await ask(Guarded, 'GET', { headers: { authorization: 'Bearer eve' } })
  expect(response.status).toBe(401)
  expect(response.headers.has('www-authenticate')).toBe(true)
  expect(response.headers.get('cache-control')).toBe('no-store')
})

class Closed extends Article {
  override isAuthenticated(): boolean {
    return false
  }
}

test('who is not known, where no scheme could tell, is refused without a challenge', async () => {
  const response = await ask(Closed, 'GET')
  expect(await outcomeOf(response)).toBe('403 forbidden')
  expect(response.headers.has('www-authenticate')).toBe(false)
})

/** Says what is wrong with it, and that before others are asked. */
const particular: Scheme = {
  challenge: 'Particular realm="api"',
  isFirst: true,
  fields: ({ method }) => ({ 'accept-particular': method }),
  authenticate: async ({ headers }) => {
    if (!headers.has('particular')) return undefined
    throw new Problem(Number(headers.get('particular')), 'It is particular.', {
      code: 'too-particular',
      headers: { 'x-more': '1' },
      members: { wanted: 'other' },
    })
  },
}

class Particular extends Article {
  override get schemes(): readonly Scheme[] {
    return [named('Bearer'), particular]
  }
}

test('H053 a scheme may say what is wrong, before others are asked, and its 401 names all of them', async () => {
  const response = await ask(Particular, 'GET', { headers: { authorization: 'Bearer ada', particular: '401' } })
  const { headers } = response
  expect(await response.json()).toMatchObject({ status: 401, code: 'too-particular', wanted: 'other' })
  expect(headers.get('www-authenticate')).toBe('Bearer realm="api", Particular realm="api"')
  expect([headers.get('accept-particular'), headers.get('x-more')]).toEqual(['GET', '1'])
})

test('any other problem of a scheme is answered as it is', async () => {
  const response = await ask(Particular, 'GET', { headers: { particular: '403' } })
  expect([response.status, response.headers.has('www-authenticate')]).toEqual([403, false])
})

test('the fields of a scheme are in every 401', async () => {
  for (const headers of [{}, { authorization: 'Bearer eve' }]) {
    const response = await ask(Particular, 'GET', { headers })
    expect([response.status, response.headers.get('accept-particular')]).toEqual([401, 'GET'])
  }
  expect((await ask(Particular, 'GET', { headers: { authorization: 'Bearer ada' } })).status).toBe(200)
})

test('the caller is there for the questions that follow, and for the handler', async () => {
  class Mine extends Guarded {
    override isAllowed(): boolean {
      return this.exchange.principal?.can('read') === true
    }
    override GET(): unknown {
      return OK(this.exchange.principal?.name)
    }
  }
  expect(await (await ask(Mine, 'GET', { headers: { authorization: 'Bearer ada' } })).json()).toBe('ada')
})

test('a call within the program brings its caller along', async () => {
  expect((await ask(Guarded, 'GET', { info: { principal: ada } })).status).toBe(200)
})

test.each([
  ['Bearer a', 200],
  ['Bearer a, Bearer b', 400],
  ['Basic YTpi,Bearer b', 400],
  ['Digest username="Smith, John W", nonce="1"', 200],
  [String.raw`Digest username="a \", Bearer b", nonce="1"`, 200],
  ['Digest username="a", Bearer b', 400],
  ['Digest username="a, Bearer b', 400],
  ['Signature a="1", b = "2", c=3', 200],
])('H056 one credential, whatever its quotes hold: %s', async (authorization, status) => {
  class Open extends Resource {
    GET(): unknown {
      return 1
    }
  }
  expect((await ask(Open, 'GET', { headers: { authorization } })).status).toBe(status)
})
