// OpenAPI documents: valid, whole, the same each time, and true to what the resources say.

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  at,
  describe as describeRouter,
  describeResource,
  Exchange,
  html,
  json,
  openApi,
  openApiOf,
  query,
  resource,
  router,
  type MethodDescription,
  type Scheme,
} from 'slumberjs/http'
import { app } from '../openapi-app/app.ts'
import { expectValid, info, parsed, targets, written } from './openapi-document.ts'

describe('the document', () => {
  test('is valid', async () => {
    await expectValid(openApi(app, info))
    await expectValid(
      openApi(router([]), { ...info, description: 'Nothing.', servers: [{ url: 'https://example.org' }] }),
    )
  })

  test('is plain JSON, and the same each time', () => {
    const document = openApi(app, info)
    expect(parsed(document)).toStrictEqual(document)
    expect(JSON.stringify(openApi(app, info))).toBe(JSON.stringify(document))
  })

  test('has what every reference leads to, and no component that nothing leads to', () => {
    const document = openApi(app, info)
    const refs = targets(document)
    expect([...refs].filter(([, target]) => target === undefined)).toEqual([])
    const { securitySchemes: _, ...components } = document.components as Record<string, object>
    const names = Object.entries(components).flatMap(([section, all]) =>
      Object.keys(all).map((name) => `#/components/${section}/${name}`),
    )
    expect(names.filter((name) => !refs.has(name))).toEqual([])
  })

  test('says what it was told', () => {
    const servers = [{ url: 'https://example.org', description: 'All' }]
    expect(openApi(router([]), { ...info, description: 'Words.', servers })).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Posts', version: '1.0.0', description: 'Words.' },
      servers,
    })
  })
})

describe('paths', () => {
  test('have the prefix; a last segment that is optional makes two', () => {
    class Archive extends resource('/archive/:kind/:year{[0-9]{4}}?') {
      GET(): void {}
    }
    const { paths } = openApi(router([Archive], { prefix: '/api' }), info)
    const kind = { name: 'kind', in: 'path', required: true, schema: { type: 'string' } }
    const year = { ...kind, name: 'year', schema: { type: 'string', pattern: '^(?:[0-9]{4})$' } }
    expect(paths).toMatchObject({
      '/api/archive/{kind}': { parameters: [kind], get: { operationId: 'getArchive' } },
      '/api/archive/{kind}/{year}': { parameters: [kind, year], get: { operationId: 'getArchive_2' } },
    })
  })

  test('of the query: parameters of all methods, and `format` where there is a choice', () => {
    class Found extends resource('/found', { query: { page: query.integer(), tag: query.text({ list: true }) } }) {
      override get produces() {
        return this.exchange.method === 'GET' ? [json, html] : [json]
      }
      GET(): void {}
      DELETE(): void {}
    }
    const item = written(Found).paths['/found']
    expect(item.parameters.map((each: { name: string }) => each.name)).toEqual(['page', 'tag'])
    expect(item.get.parameters).toMatchObject([{ name: 'format', schema: { enum: ['json', 'html'] } }])
    expect(item.delete.parameters).toBeUndefined()
  })

  test('that differ in patterns alone are one path: the first is shown, the others are named', async () => {
    class ById extends resource('/posts/:id{[0-9]+}') {
      GET(): void {}
    }
    class ByName extends resource('/posts/:name{[a-z]+}') {
      GET(): void {}
    }
    const document = written(ById, ByName)
    expect(Object.keys(document.paths)).toEqual(['/posts/{id}'])
    expect(document['x-left-out']).toEqual(['/posts/:name{[a-z]+}'])
    await expectValid(document)
  })

  test('a class that is mounted twice has operations of two names', () => {
    class Post extends resource('/posts/:id') {
      GET(): void {}
    }
    const { paths, tags } = written(Post, at('/drafts/:id', Post, { description: 'Drafts.' }))
    expect(paths['/posts/{id}'].get.operationId).toBe('getPost')
    expect(paths['/drafts/{id}'].get.operationId).toBe('getPost_2')
    expect(paths['/drafts/{id}'].description).toBe('Drafts.')
    expect(tags.map(({ name }: { name: string }) => name)).toEqual(['Post'])
  })

  test('QUERY stands under x-query; HEAD and OPTIONS are left out', () => {
    class Search extends resource('/search') {
      override readonly input = { QUERY: z.object({ q: z.string() }) }
      GET(): void {}
      QUERY(): void {}
    }
    const item = written(Search).paths['/search']
    expect(Object.keys(item)).toEqual(['description', 'get', 'x-query'])
    expect(item['x-query']).toMatchObject({
      operationId: 'querySearch',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/SearchQueryInput' } } },
      },
    })
  })
})

describe('operations', () => {
  const document = parsed(openApi(app, info))
  const { paths, components } = document

  test('have the header fields that their method heeds', () => {
    const fields = (operation: { parameters: { $ref?: string }[] }): unknown =>
      operation.parameters.flatMap(({ $ref }) =>
        $ref === undefined ? [] : [$ref.replace('#/components/parameters/', '')],
      )
    const post = paths['/api/posts/{id}']
    expect(fields(post.get)).toEqual(['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'])
    expect(fields(post.delete)).toEqual(['If-Match', 'If-None-Match', 'If-Unmodified-Since'])
    expect(fields(paths['/api/pictures/{name}'].get)).toEqual(['If-Match', 'If-None-Match', 'Range', 'If-Range'])
    expect(fields(paths['/api/posts'].post)).toEqual(['Idempotency-Key-Needed'])
    expect(components.parameters['Idempotency-Key-Needed']).toMatchObject({ name: 'Idempotency-Key', required: true })
  })

  test('read with the fields that say what was read', () => {
    const { responses } = paths['/api/posts/{id}'].get
    expect(Object.keys(responses)).toEqual(['200', '304', '400', '404', '406', '412', '414', '4XX', '5XX'])
    expect(Object.keys(responses['200'].headers)).toEqual(['ETag', 'Last-Modified', 'Cache-Control', 'Link'])
    expect(Object.keys(responses['304'].headers)).toEqual(['ETag', 'Last-Modified', 'Cache-Control'])
    const picture = paths['/api/pictures/{name}'].get.responses
    expect(Object.keys(picture['206'].headers)).toEqual(['ETag', 'Content-Range', 'Accept-Ranges'])
    expect(picture['416']).toEqual({ $ref: '#/components/responses/RangeNotSatisfiable' })
  })

  test('write with any 2xx; of its content nothing is said but what `output` says', () => {
    const { put, patch } = paths['/api/posts/{id}']
    expect(put.responses['2XX'].content).toBeUndefined()
    expect(Object.keys(put.responses['2XX'].headers)).toEqual(['Location'])
    expect(patch.responses['2XX'].content['application/json']).toEqual({
      schema: { $ref: '#/components/schemas/PostsPostOutput' }, // where the same schema was first
    })
    expect(patch.responses['204'].content).toBeUndefined()
    expect(Object.keys(paths['/api/posts'].post.responses['2XX'].headers)).toEqual([
      'Location',
      'Idempotency-Replayed',
      'RateLimit',
      'RateLimit-Policy',
      'Link',
    ])
  })

  test('lead elsewhere, or refuse, as the resource can', () => {
    const { responses } = paths['/api/former/{name}'].get
    expect(Object.keys(responses)).toEqual([
      '200',
      '307',
      '308',
      '400',
      '404',
      '406',
      '410',
      '414',
      '503',
      '4XX',
      '5XX',
    ])
    expect(responses['308'].headers).toHaveProperty('Location')
    expect(responses['404']).toEqual({ $ref: '#/components/responses/NotFound' })
    expect(components.responses.NotFound.content['application/problem+json']).toEqual({
      schema: { $ref: '#/components/schemas/Problem' },
    })
    expect(components.responses.NotFound.description).toContain('`not-found`')
    expect(Object.keys(components.responses.TooManyRequests.headers)).toEqual([
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
    ])
  })

  test('are deprecated with the resource', () => {
    const { get } = paths['/api/archive']
    expect(get.deprecated).toBe(true)
    expect(get.responses['200'].headers).toMatchObject({ Deprecation: {}, Sunset: {} })
    expect(paths['/api/wall'].get).not.toHaveProperty('deprecated')
  })

  test('say who may ask', () => {
    const ways = [{ basic: [] }, { bearer: [] }, { signature: [] }]
    expect(paths['/api/notes'].get.security).toEqual(ways)
    expect(paths['/api/wall'].get.security).toEqual([...ways, {}])
    expect(paths['/api/wall'].post.security).toEqual(ways)
    expect(paths['/api/health'].get.security).toEqual([])
    expect(components.securitySchemes).toEqual({
      basic: { type: 'http', scheme: 'basic', description: 'Basic realm="notes"' },
      bearer: { type: 'http', scheme: 'bearer', description: 'Bearer realm="notes"' },
      signature: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Signature realm="notes"' },
    })
  })

  test('schemes that differ in what they challenge with are two', () => {
    const scheme = (challenge: string): Scheme => ({ challenge, authenticate: async () => undefined })
    class A extends resource('/a') {
      override readonly schemes = [scheme('Basic realm="a"')]
      GET(): void {}
    }
    class B extends resource('/b') {
      override readonly schemes = [scheme('Basic realm="b"'), scheme('Basic realm="a"')]
      GET(): void {}
    }
    expect(written(A, B).paths['/b'].get.security).toEqual([{ basic2: [] }, { basic: [] }])
  })
})

describe('a document of descriptions', () => {
  class Post extends resource('/posts/:id') {
    GET(): void {}
    PUT(): void {}
  }
  const exchangeOf = (method: string): Exchange => new Exchange(new Request('http://h/', { method }))
  const described = describeResource('Post', Post.path, (method) => new Post(exchangeOf(method), { id: '' }))

  test('is the same, whether a router has the class or not', () => {
    expect(openApiOf([described], info)).toEqual(openApi(router([Post]), info))
    expect(openApiOf(describeRouter(router([Post])), info)).toEqual(openApi(router([Post]), info))
  })

  test('says what was added to them', async () => {
    const schemas = { Post: { type: 'object' }, Posts: { type: 'array', items: { $ref: '#/components/schemas/Post' } } }
    const methods = described.methods.map((method): MethodDescription => {
      const summary = `${method.method} it`
      const parameters = [
        { name: 'q', in: 'query', required: false, schema: { type: 'string' }, component: 'q' },
      ] as const
      if (method.method === 'GET') {
        return {
          ...method,
          summary,
          operationId: 'read',
          query: parameters,
          output: { $ref: '#/components/schemas/Posts' },
        }
      }
      const accepts = method.accepts.map((type) => ({ ...type, schema: { $ref: '#/components/schemas/Post' } }))
      const made = { status: 201, description: 'Made.', hasContent: false, fields: ['Location'] } as const
      return { ...method, summary, accepts, preferences: ['return=minimal'], successes: [made] }
    })
    const document = openApiOf([{ ...described, tag: 'blog', methods }], {
      ...info,
      schemas,
      tags: { blog: 'All posts.' },
    })
    await expectValid(document)
    const { paths, tags, components } = parsed(document)
    const { get, put } = paths['/posts/{id}']
    expect(tags).toEqual([{ name: 'blog', description: 'All posts.' }])
    expect(get).toMatchObject({
      summary: 'GET it',
      operationId: 'read',
      parameters: [{ $ref: '#/components/parameters/q' }],
    })
    expect(get.responses['200'].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Posts' })
    expect(components.parameters.q).toEqual({ name: 'q', in: 'query', required: false, schema: { type: 'string' } })
    expect(put.requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Post' })
    expect(put.parameters).toEqual([{ $ref: '#/components/parameters/Prefer-return.minimal' }])
    expect(Object.keys(put.responses)[0]).toBe('201')
    expect(put.responses['201']).toEqual({
      description: 'Made.',
      headers: { Location: { $ref: '#/components/headers/Location' } },
    })
  })
})
