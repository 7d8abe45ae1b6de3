// Answers that misled a hostile tester's client or the caches before it: conditions, tags, codings, and fields that were wrong or missing.
import { describe, expect, test } from 'vitest'
import { cors, GONE, json, NO_CONTENT, octets, query, resource, text } from 'slumberjs/http'
import { appOf, send } from './sending.ts'

describe('a needed condition is not met', () => {
  class Draft extends resource('/draft') {
    override requiresCondition = true
    override entityTag(): string {
      return 'v1'
    }
    PUT(): unknown {
      return NO_CONTENT
    }
  }

  test.each([
    ['no date', 'nonsense'],
    ['a date where the resource has none', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('by If-Unmodified-Since with %s, which is ignored', async (_, date) => {
    const sent = { method: 'PUT', headers: { 'if-unmodified-since': date } }
    expect((await send(appOf(Draft), '/draft', sent)).status).toBe(428)
  })
})

describe('two contents have two entity tags', () => {
  test('where a QUERY sends one text in two media types', async () => {
    class Search extends resource('/search') {
      override acceptsQuery = [json, text]
      override entityTag(): string {
        return 'v1'
      }
      QUERY(): unknown {
        return typeof this.data()
      }
    }
    const app = appOf(Search)
    const search = async (type: string): Promise<Response> =>
      await send(app, '/search', { method: 'QUERY', headers: { 'content-type': type }, body: '1' })
    const [number, string] = [await search('application/json'), await search('text/plain')]
    expect([await number.json(), await string.json()]).toEqual(['number', 'string'])
    expect(number.headers.get('etag')).toMatch(/^"v1/)
    expect(number.headers.get('etag')).not.toBe(string.headers.get('etag'))
  })

  test('where a variant is called like a language', async () => {
    class Offers extends resource('/offers', { query: { country: query.text() } }) {
      override languages = ['en', 'de']
      override entityTag(): string {
        return 'v1'
      }
      override variant(): string {
        return this.query.country ?? ''
      }
      GET(): unknown {
        return [this.exchange.language, this.query.country]
      }
    }
    const app = appOf(Offers)
    const tagOf = async (path: string, language: string): Promise<string | null> =>
      (await send(app, path, { headers: { 'accept-language': language } })).headers.get('etag')
    const tag = await tagOf('/offers?country=de', 'en')
    expect(tag).toMatch(/^"v1/)
    expect(tag).not.toBe(await tagOf('/offers', 'de'))
  })
})

test('a part of an upstream, and its strong tag, are not put into a coding', async () => {
  class Passed extends resource('/passed') {
    override encodings = ['gzip'] as const
    GET(): Response {
      return new Response('01', { status: 206, headers: { 'content-range': 'bytes 0-1/10', etag: '"up"' } })
    }
  }
  const headers = { 'accept-encoding': 'gzip', range: 'bytes=0-1' }
  const answer = await send(appOf(Passed), '/passed', { headers })
  expect([answer.status, answer.headers.get('content-encoding'), await answer.text()]).toEqual([206, null, '01'])
})

test('a 416 has what middleware puts on answers', async () => {
  class Film extends resource('/film') {
    override produces = [octets]
    override ranges = true
    override middleware = [cors({ origin: '*' })]
    GET(): unknown {
      return new Uint8Array(10)
    }
  }
  const headers = { origin: 'https://a.example', range: 'bytes=50-' }
  const answer = await send(appOf(Film), '/film', { headers })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([416, '*'])
})

test('a problem that may be kept says that Accept chose its form', async () => {
  class Former extends resource('/former') {
    GET(): unknown {
      return GONE(undefined, { 'cache-control': 'public, max-age=60' })
    }
  }
  const { headers } = await send(appOf(Former), '/former', { headers: { accept: 'application/xml, */*;q=0.1' } })
  expect([headers.get('content-type'), headers.get('vary')]).toEqual(['application/problem+xml', 'accept'])
})

test('a fragment is no part of a path', async () => {
  class Item extends resource('/items/:id') {
    GET(): unknown {
      return this.params.id
    }
  }
  expect(await (await send(appOf(Item), '/items/x#y')).json()).toBe('x')
})
