// Which representation is written, and how: section D of the HTTP checklist through the door (the choosing itself is in
// negotiate.test.ts), and what JSON and HAL make of content.
import { describe, expect, test } from 'vitest'
import { CREATED, Entity, hal, json, Page, type Representation, Resource } from 'slumberjs/http'
import { Article, ask, Missing, problemOf } from '../fixture.ts'

const typeOf = async (accept: string, path = '/'): Promise<string | null> =>
  (await ask(Article, 'GET', { path, headers: { accept } })).headers.get('content-type')

class Single extends Resource {
  GET(): unknown {
    return { a: 1 }
  }
}

class HalOnly extends Single {
  override get produces(): readonly Representation[] {
    return [hal]
  }
}

test('H064 without Accept the server default is written', async () => {
  const response = await ask(Article, 'GET')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({ id: 1, title: 'One' })
})

test('H065 an exact type wins', async () => {
  const response = await ask(Article, 'GET', { headers: { accept: 'application/xml' } })
  expect(response.headers.get('content-type')).toBe('application/xml')
  expect(await response.text()).toBe('xml: {"id":1,"title":"One"}')
})

test('H079 a suffix type is not implied', async () => {
  expect((await ask(HalOnly, 'GET', { headers: { accept: 'application/json' } })).status).toBe(406)
})

test('nothing acceptable is a 406 that says what there is', async () => {
  const response = await ask(Article, 'GET', { headers: { accept: 'text/csv' } })
  expect(await problemOf(response)).toMatchObject({
    status: 406,
    code: 'not-acceptable',
    available: ['application/json', 'text/html; charset=utf-8', 'application/xml'],
  })
})

test.each([
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset="utf-8";q=0.5',
])('%s, which many clients send, gets JSON without the parameter', async (accept) => {
  expect(await typeOf(accept)).toBe('application/json')
})

test('JSON in another charset is not there', async () => {
  expect((await ask(Article, 'GET', { headers: { accept: 'application/json;charset=utf-16' } })).status).toBe(406)
})

test('H082 Accept-Charset is ignored', async () => {
  const response = await ask(Article, 'GET', { headers: { accept: 'text/html', 'accept-charset': 'iso-8859-1' } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('vary')).toBe('accept')
})

test.each(['', 'gzip, br', 'identity;q=0, *;q=0'])(
  'without codings to offer there is no Content-Encoding, for Accept-Encoding %j',
  async (coding) => {
    const response = await ask(Article, 'GET', { headers: { 'accept-encoding': coding } })
    expect(response.status).toBe(200)
    expect(response.headers.has('content-encoding')).toBe(false)
  },
)

test('H090 Vary is the same for each status of a negotiated resource', async () => {
  const headers = { accept: 'application/json' }
  const responses = [
    await ask(Article, 'GET', { headers }),
    await ask(Article, 'GET', { headers: { ...headers, 'if-none-match': '"v1"' } }),
    await ask(Article, 'GET', { headers: { ...headers, 'if-match': '"v0"' } }),
    await ask(Article, 'GET', { headers: { accept: 'text/csv' } }),
    await ask(Missing, 'GET', { headers }),
    await ask(Article, 'HEAD'),
  ]
  expect(responses.map(({ status }) => status)).toEqual([200, 304, 412, 406, 404, 200])
  expect(new Set(responses.map((response) => response.headers.get('vary')))).toEqual(new Set(['accept']))
})

test('H091 with one representation there is no Vary', async () => {
  for (const accept of ['*/*', 'application/json', 'text/csv']) {
    expect((await ask(Single, 'GET', { headers: { accept } })).headers.has('vary')).toBe(false)
  }
})

test('what the program adds to Vary stands beside it', async () => {
  class Varying extends Article {
    override GET(): unknown {
      this.exchange.vary.add('prefer')
      return CREATED(1, { Vary: 'cookie' })
    }
  }
  expect((await ask(Varying, 'GET')).headers.get('vary')?.split(', ').toSorted()).toEqual([
    'accept',
    'cookie',
    'prefer',
  ])
})

test('H092 every answer with content has its type: JSON without charset, text with', async () => {
  expect(await typeOf('application/json')).toBe('application/json')
  expect(await typeOf('text/html')).toBe('text/html; charset=utf-8')
  for (const [method, headers] of [
    ['FROB', {}],
    ['POST', {}],
    ['GET', { accept: 'text/csv' }],
  ] as const) {
    const response = await ask(Article, method, { headers })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.text()).not.toBe('')
  }
})

describe('?format=', () => {
  test('H094 wins over Accept, and the answer no longer varies by it', async () => {
    const response = await ask(Article, 'GET', { path: '/?format=xml', headers: { accept: 'application/json' } })
    expect(response.headers.get('content-type')).toBe('application/xml')
    expect(response.headers.has('vary')).toBe(false)
  })

  test.each(['/?format=csv', '/?format=', '/?format=JSON'])('one that is not there is 406: %s', async (path) => {
    const response = await ask(Article, 'GET', { path })
    expect(await problemOf(response)).toMatchObject({
      status: 406,
      code: 'not-acceptable',
      detail: 'Formats here: json, html, xml.',
      available: ['json', 'html', 'xml'],
    })
  })
})

describe('hypermedia', () => {
  const one = new Entity(
    { id: 1, title: 'One' },
    { self: { href: '/1', title: 'Ön\r\ne' }, find: { href: '/find{?q}', templated: true } },
    '"v1"',
  )
  const two = new Entity({ id: 2 }, {}, '"v2"')
  const page = new Page([one, two], { self: { href: '/' }, next: { href: '/?after=é x' } })

  const show = async (content: unknown, format: 'json' | 'hal'): Promise<Response> => {
    class Showing extends Resource {
      override get produces(): readonly Representation[] {
        return [json, hal]
      }
      GET(): unknown {
        return content
      }
    }
    return await ask(Showing, 'GET', { path: `/?format=${format}` })
  }

  test('plain JSON is the data, and the links are in the Link header, but for templates', async () => {
    const response = await show(one, 'json')
    expect(await response.json()).toEqual({ id: 1, title: 'One' })
    expect(response.headers.get('link')).toBe(`</1>; rel="self"; title*=UTF-8''%C3%96n%0D%0Ae`)
  })

  test('a page is an array', async () => {
    const response = await show(page, 'json')
    expect(await response.json()).toEqual([{ id: 1, title: 'One' }, { id: 2 }])
    expect(response.headers.get('link')).toBe('</>; rel="self", </?after=%C3%A9%20x>; rel="next"')
  })

  test('without links there is no Link header', async () => {
    expect((await show(two, 'json')).headers.has('link')).toBe(false)
  })

  test('HAL has the links and the tag within, and no Link header', async () => {
    const response = await show(one, 'hal')
    expect(response.headers.get('content-type')).toBe('application/hal+json')
    expect(response.headers.has('link')).toBe(false)
    expect(await response.json()).toEqual({ _links: one.links, _etag: '"v1"', id: 1, title: 'One' })
  })

  test('a page in HAL embeds its items', async () => {
    expect(await (await show(page, 'hal')).json()).toEqual({
      _links: page.links,
      _embedded: {
        item: [
          { _links: one.links, _etag: '"v1"', id: 1, title: 'One' },
          { _links: {}, _etag: '"v2"', id: 2 },
        ],
      },
    })
  })

  test('other content is JSON in both', async () => {
    const content = [1, { a: 2 }]
    expect(await (await show(content, 'json')).json()).toEqual(content)
    expect(await (await show(content, 'hal')).json()).toEqual(content)
  })
})
