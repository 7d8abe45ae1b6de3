// Methods: section B of the HTTP checklist. What there is follows from the handlers that a class has.
import { describe, expect, test } from 'vitest'
import { Entity, handler, NO_CONTENT, Resource } from 'slumberjs/http'
import { Article, Articles, ask, Missing, problemOf } from './fixture.ts'

class ReadOnly extends Resource {
  GET(): unknown {
    return { a: 'ü' }
  }
}

class PostOnly extends Resource {
  POST(): unknown {
    return NO_CONTENT
  }
}

const fieldsOf = (response: Response): Record<string, string> => {
  const fields = Object.fromEntries(response.headers)
  delete fields['request-id']
  delete fields['date']
  return fields
}

describe('HEAD', () => {
  test('has the fields of GET and no content', async () => {
    class Linked extends Article {
      override GET(): unknown {
        return new Entity({ id: 1 }, { self: { href: '/articles/1/' } }, '"v1"')
      }
    }
    for (const resource of [ReadOnly, Article, Linked]) {
      const [head, get] = [await ask(resource, 'HEAD'), await ask(resource, 'GET')]
      expect(head.status).toBe(200)
      expect(fieldsOf(head)).toEqual(fieldsOf(get))
      expect(head.body).toBeNull()
    }
  })

  test('H033 no Content-Length is stated that GET would not have', async () => {
    expect((await ask(ReadOnly, 'HEAD')).headers.has('content-length')).toBe(false)
  })

  test.each(['isAvailable', 'isWellFormed', 'isAuthenticated', 'isAllowed', 'exists'])(
    'H034 an error has no content, but the fields of that of GET: %s',
    async (name) => {
      class Unwilling extends ReadOnly {}
      Object.defineProperty(Unwilling.prototype, name, { value: () => false })
      const [head, get] = [await ask(Unwilling, 'HEAD'), await ask(Unwilling, 'GET')]
      expect(head.status).toBe(get.status)
      expect(head.status).toBeGreaterThanOrEqual(400)
      expect(fieldsOf(head)).toEqual(fieldsOf(get))
      expect(head.headers.get('content-type')).toBe('application/problem+json')
      expect(await head.text()).toBe('')
    },
  )

  test('H035 is there only where GET is', async () => {
    const response = await ask(PostOnly, 'HEAD')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  })
})

describe('OPTIONS', () => {
  test('H038 is a 204 with Allow that is not to be stored', async () => {
    const response = await ask(Article, 'OPTIONS')
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, PATCH, DELETE, OPTIONS')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.body).toBeNull()
  })

  test('H039 Accept-Patch is there where PATCH is', async () => {
    expect((await ask(Article, 'OPTIONS')).headers.get('accept-patch')).toBe(
      'application/merge-patch+json, application/json-patch+json',
    )
    expect((await ask(ReadOnly, 'OPTIONS')).headers.has('accept-patch')).toBe(false)
  })

  test('H041 preconditions are ignored', async () => {
    expect((await ask(Article, 'OPTIONS', { headers: { 'if-match': '"no"' } })).status).toBe(204)
    expect((await ask(Article, 'OPTIONS', { headers: { 'if-none-match': 'malformed' } })).status).toBe(204)
  })

  test('needs nothing to be there, and no type that could be written', async () => {
    expect((await ask(Missing, 'OPTIONS')).status).toBe(204)
    expect((await ask(Article, 'OPTIONS', { headers: { accept: 'text/csv' } })).status).toBe(204)
  })
})

describe('Allow', () => {
  test('H037 is told by a 405, for this resource', async () => {
    const response = await ask(ReadOnly, 'DELETE')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(await problemOf(response)).toMatchObject({ code: 'method-not-allowed' })
  })

  test('a method may be there for some requests only', async () => {
    class Drafts extends Article {
      override get methods(): readonly string[] {
        const { methods } = new Article(this.exchange, this.params)
        return this.params['state'] === 'draft' ? methods : methods.filter((method) => method !== 'DELETE')
      }
    }
    const at = async (state: string): Promise<Response> =>
      await handler(Drafts)(new Request('http://h/', { method: 'DELETE' }), { state })
    expect((await at('draft')).status).toBe(204)
    expect((await at('published')).headers.get('allow')).toBe('GET, HEAD, PUT, PATCH, OPTIONS')
  })

  test('handlers are inherited, and of one class only', async () => {
    class Both extends ReadOnly {
      DELETE(): unknown {
        return NO_CONTENT
      }
    }
    expect((await ask(Both, 'OPTIONS')).headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS')
    expect((await ask(ReadOnly, 'OPTIONS')).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })
})

test.each(['FROB', 'get', 'constructor', 'exists', 'toString', 'PROPFIND'])(
  '%s is not implemented anywhere',
  async (method) => {
    // `Request` makes "get" a GET, as the fetch standard says.
    expect((await ask(Article, method)).status).toBe(method === 'get' ? 200 : 501)
  },
)

test('H044 there is no override of the method', async () => {
  const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
  const response = await ask(Articles, 'POST', { headers, body: '{"_method":"DELETE"}', path: '/?_method=DELETE' })
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({ _method: 'DELETE' })
})

test('H105 the answer to a PUT has no validator', async () => {
  const { headers } = await ask(Article, 'PUT', { body: '{}' })
  expect([headers.has('etag'), headers.has('last-modified')]).toEqual([false, false])
})

test('H137 content of a DELETE is ignored', async () => {
  const body = '{"id":{"not":"read"'
  expect((await ask(Article, 'DELETE', { body })).status).toBe(204)
  expect((await ask(Article, 'DELETE', { body, headers: { 'content-type': 'text/csv' } })).status).toBe(204)
})
