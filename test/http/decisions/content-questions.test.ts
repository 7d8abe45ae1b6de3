// What a resource reads and writes: which representation is chosen by the type of content, and what is asked of content that is sent.
import { describe, expect, test } from 'vitest'
import { json, NO_CONTENT, Resource, type Representation } from 'slumberjs/http'
import { setting } from './asking.ts'
import { Article, Articles, ask, html, problemOf } from '../fixture.ts'

const lines: Representation = { name: 'lines', mediaType: 'text/lines', showsLinks: false, read: String }
const csv: Representation = { ...lines, name: 'csv', mediaType: 'text/csv ; charset=utf-8' }

/** Does not look at what it is sent. */
class Deaf extends Articles {
  override POST(): unknown {
    return NO_CONTENT
  }
}

describe('representations', () => {
  test('one that cannot write is never chosen, nor offered', async () => {
    const offering = setting(Article, { produces: [lines, json, html] })
    expect((await ask(offering, 'GET')).headers.get('content-type')).toBe('application/json')
    expect((await ask(offering, 'GET', { path: '/?format=lines' })).status).toBe(406)
    const refused = await problemOf(await ask(offering, 'GET', { headers: { accept: 'text/lines' } }))
    expect(refused['available']).toEqual(['application/json', 'text/html; charset=utf-8'])
    expect(refused['detail']).toBe('Available here: application/json, text/html; charset=utf-8.')
  })

  test('one that reads is found, and named, without the parameters of its type', async () => {
    const taking = setting(Articles, { accepts: [csv, json] })
    const sent = async (type: string) => await ask(taking, 'POST', { body: '1', headers: { 'content-type': type } })
    expect((await sent('text/csv')).status).toBe(201)
    expect((await sent('text/csv; header=absent')).status).toBe(201)
    expect((await sent('text/plain')).headers.get('accept')).toBe('text/csv, application/json')
  })

  test('one that reads may be for all types, or for all of a kind', async () => {
    const statusOf = async (range: string, type: string): Promise<number> => {
      const taking = setting(Articles, { accepts: [{ ...lines, mediaType: range }] })
      return (await ask(taking, 'POST', { body: '1', headers: { 'content-type': type } })).status
    }
    expect(await statusOf('image/*', 'image/png')).toBe(201)
    expect(await statusOf('image/*', 'images/png')).toBe(415)
    expect(await statusOf('image/*', 'text/image')).toBe(415)
    expect(await statusOf('image/png*', 'image/png')).toBe(415)
    expect(await statusOf('*/*', 'text/csv')).toBe(201)
  })

  test('one that reads is told the whole type, and the limits', async () => {
    class Told extends Articles {
      override POST(): unknown {
        return this.data()
      }
    }
    const limits = { size: 8, depth: 2 }
    const accepts = [{ ...lines, read: (_: unknown, context: unknown) => context }]
    const headers = { 'content-type': 'text/lines; a=b' }
    const response = await ask(setting(Told, { accepts, contentLimits: limits }), 'POST', { body: '1', headers })
    expect(await response.json()).toEqual({ contentType: 'text/lines; a=b', limits })
  })

  test('a QUERY has its own', async () => {
    class Asked extends Articles {
      QUERY(): unknown {
        return this.data()
      }
    }
    const asked = setting(Asked, { acceptsQuery: [csv, json, csv], accepts: [lines] })
    const sent = async (type: string) => await ask(asked, 'QUERY', { body: '1', headers: { 'content-type': type } })
    expect((await sent('text/csv')).status).toBe(200)
    const refused = await sent('text/lines')
    expect([refused.status, refused.headers.get('accept-query')]).toEqual([415, '"text/csv", "application/json"'])
    expect((await problemOf(refused))['detail']).toBe('Understood here: text/csv, application/json.')
  })
})

describe('content without a type', () => {
  test.each([
    [204, {}],
    [204, { 'content-length': '0' }],
    [415, { 'content-length': '2' }],
    [415, { 'transfer-encoding': 'chunked' }],
  ])('is %i with %j', async (status, headers) => {
    expect((await ask(Deaf, 'POST', { headers })).status).toBe(status)
  })
})

describe('coded content', () => {
  const gzip = { 'content-encoding': 'gzip' }

  test('may be empty', async () => {
    expect((await ask(Deaf, 'POST', { headers: gzip })).status).toBe(204)
  })

  test('is within the limit before it is decoded, too', async () => {
    const small = setting(Articles, { contentLimits: { size: 8, depth: 2 } })
    expect((await ask(small, 'POST', { body: '123456789', headers: gzip })).status).toBe(413)
  })
})

test('OPTIONS says what each method takes, and nothing of methods that are not there', async () => {
  class Full extends Article {
    POST(): unknown {
      return NO_CONTENT
    }
    QUERY(): unknown {
      return []
    }
  }
  const saidBy = async (resource: typeof Article): Promise<Record<string, string>> => {
    const { headers } = await ask(setting(resource, { accepts: [json, csv], acceptsQuery: [lines] }), 'OPTIONS')
    return Object.fromEntries([...headers].filter(([name]) => name.startsWith('accept-') || name === 'cache-control'))
  }
  const always = {
    'accept-patch': 'application/merge-patch+json, application/json-patch+json',
    'accept-ranges': 'none',
    'cache-control': 'no-store',
  }
  expect(await saidBy(Article)).toEqual(always)
  const types = { 'accept-post': 'application/json, text/csv', 'accept-query': '"text/lines"' }
  expect(await saidBy(Full)).toEqual({ ...always, ...types })
  const deleting = Object.fromEntries((await ask(Resource, 'OPTIONS')).headers)
  expect(Object.keys(deleting).filter((name) => name.startsWith('accept-'))).toEqual([])
})
