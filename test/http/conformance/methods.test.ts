// Section B of the HTTP checklist, methods: what takes more than one request. Single requests are in cases.json.
import { beforeEach, describe, expect, test } from 'vitest'
import { serve } from 'slumberjs/node'
import { ask as askRaw } from '../../node/raw-client.ts'
import { app, ask, dump, reset, type Asked } from './fixture.ts'

beforeEach(reset)

const paths = ['/articles/', '/articles/1/', '/blob/1', '/gzip/', '/languages/', '/noetag/', '/public/', '/deprecated/']

/** Without what differs from one answer to the next. */
function fieldsOf({ headers }: Response): Record<string, string> {
  const { 'request-id': _id, date: _date, ...fields } = Object.fromEntries(headers)
  return fields
}

describe('HEAD', () => {
  test.each(paths)('has the status and fields of GET, and no content: %s', async (path) => {
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)]
    expect([head.status, fieldsOf(head)]).toEqual([get.status, fieldsOf(get)])
    expect(head.body).toBeNull()
  })

  test('H033 over a socket a stated length is that of GET, never 0', async () => {
    const server = await serve(app, { authorities: ['h'] })
    try {
      for (const path of [...paths, '/articles/999/', '/down/']) {
        const send = async (method: string): Promise<string | undefined> =>
          (await askRaw(server.port, `${method} ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`, { method }))
            .headers['content-length']
        const [head, get] = [await send('HEAD'), await send('GET')]
        if (head !== undefined) expect([path, head]).toEqual([path, get])
        expect(head).not.toBe('0')
      }
    } finally {
      await server.close()
    }
  })

  test.each([
    ['/articles/?page=x', {}],
    ['/guarded/1/', {}],
    ['/guarded/1/', { authorization: 'Bearer fay' }],
    ['/nowhere/', {}],
    ['/articles/999/', {}],
    ['/search/', {}],
    ['/articles/1/', { accept: 'text/csv' }],
    ['/gone/1/', {}],
    ['/articles/1/', { 'if-match': '"no"' }],
    [`/articles/?title=${'x'.repeat(8200)}`, {}],
    ['/failing/program/', {}],
    ['/failing/garbage/', {}],
    ['/down/', {}],
    ['/failing/hangs/', {}],
  ])('H034 an error has the status and fields of GET, and no content: %.30s %j', async (path, headers) => {
    const [head, get] = [await ask(path, { method: 'HEAD', headers }), await ask(path, { headers })]
    expect(head.status).toBeGreaterThanOrEqual(400)
    expect([head.status, fieldsOf(head)]).toEqual([get.status, fieldsOf(get)])
    expect(head.headers.get('content-type')).toBe('application/problem+json')
    expect(await head.text()).toBe('')
  })

  test('H034 a 429 too', async () => {
    for (let count = 0; count < 2; count++) await ask('/limited/')
    const [head, get] = [await ask('/limited/', { method: 'HEAD' }), await ask('/limited/')]
    expect([head.status, head.headers.get('content-type')]).toEqual([429, get.headers.get('content-type')])
    expect(await head.text()).toBe('')
  })
})

describe('safe and idempotent', () => {
  test('H042 safe methods change nothing', async () => {
    const before = dump()
    const requests: readonly (readonly [string, Asked])[] = [
      ...paths.flatMap((path) => ['GET', 'HEAD', 'OPTIONS'].map((method) => [path, { method }] as const)),
      ['/articles/', { method: 'QUERY', body: '{"title":"One"}' }],
      ['/articles/', { method: 'QUERY', body: '{' }],
      ['/articles/999/', {}],
    ]
    const validators = async (): Promise<unknown> =>
      (await Promise.all(paths.map((path) => ask(path)))).map(({ headers }) => [
        headers.get('etag'),
        headers.get('last-modified'),
      ])
    const validatorsBefore = await validators()
    for (let time = 0; time < 3; time++) for (const [path, asked] of requests) await ask(path, asked)
    expect(dump()).toBe(before)
    expect(await validators()).toEqual(validatorsBefore)
  })

  test('H043 a second PUT leaves what the first one left', async () => {
    const put = async (id: number): Promise<[number, unknown]> => {
      const { status } = await ask(`/articles/${id}/`, { method: 'PUT', body: `{"title":"Put ${id}"}` })
      return [status, await (await ask(`/articles/${id}/`)).json()]
    }
    expect([await put(1), await put(1)]).toEqual([
      [200, { id: 1, title: 'Put 1' }],
      [200, { id: 1, title: 'Put 1' }],
    ])
    expect([await put(77), await put(77)]).toEqual([
      [201, { id: 77, title: 'Put 77' }],
      [200, { id: 77, title: 'Put 77' }],
    ])
  })

  test('H043 a second DELETE leaves what the first one left', async () => {
    expect((await ask('/articles/1/', { method: 'DELETE' })).status).toBe(204)
    const after = dump()
    expect((await ask('/articles/1/', { method: 'DELETE' })).status).toBe(404)
    expect(dump()).toBe(after)
  })
})

describe('QUERY', () => {
  const query = (body: string, type = 'application/json'): Promise<Response> =>
    ask('/articles/', { method: 'QUERY', headers: { 'content-type': type }, body })

  test('H048 the Location of its answer is a GET with the same items', async () => {
    for (const body of ['{"filter":{"title":"Two"}}', '{"title":"One"}', '{"title":"none"}', '{}']) {
      const response = await query(body)
      expect(response.status).toBe(200)
      const equivalent = await ask(response.headers.get('location') ?? '')
      expect([equivalent.status, await equivalent.text()]).toEqual([200, await response.text()])
    }
  })

  test('H049 content and media type make results differ, and no cache may keep them', async () => {
    const [one, two, form] = [
      await query('{"title":"One"}'),
      await query('{"title":"Two"}'),
      await query('title=One', 'application/x-www-form-urlencoded'),
    ]
    for (const { headers } of [one, two, form]) expect(headers.get('cache-control')).toBe('no-store')
    expect(await one.json()).toEqual([{ id: 1, title: 'One' }])
    expect(await two.json()).toEqual([{ id: 2, title: 'Two' }])
    expect(await form.json()).toEqual([{ id: 1, title: 'One' }])
    const tags = [one, two, form].map(({ headers }) => headers.get('etag'))
    expect(new Set(tags).size).toBe(3)
  })
})
