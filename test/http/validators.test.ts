// The validators that a resource gives: how they are sent, told apart for each representation, and what cannot be sent.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hal, json, NO_CONTENT, type Representation } from 'slumberjs/http'
import { Article, ask, html, lastModified, outcomeOf, recorder, xml } from './fixture.ts'

const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'

const tagged = (entityTag: unknown) => {
  class Tagged extends Article {}
  Object.defineProperty(Tagged.prototype, 'entityTag', { value: () => entityTag })
  return Tagged
}

const dated = (date: unknown) => {
  class Dated extends Article {}
  Object.defineProperty(Dated.prototype, 'lastModified', { value: () => date })
  return Dated
}

const statusOf = async (method: string, headers: Record<string, string>, resource: typeof Article = Article) =>
  (await ask(resource, method, { headers, ...(method === 'PUT' ? { body: '{}' } : {}) })).status

afterEach(() => {
  vi.useRealTimers()
})

describe('the tags of the representations of one state', () => {
  class Shown extends Article {
    override get produces(): readonly Representation[] {
      return [json, html, xml, hal]
    }
    override variant(): string {
      return this.exchange.url.searchParams.get('fields') ?? ''
    }
  }
  const tagOf = async (path: string, resource: typeof Article = Shown): Promise<string | null> =>
    (await ask(resource, 'GET', { path })).headers.get('etag')

  test('H169 all differ', async () => {
    const tags: (string | null)[] = []
    for (const format of ['json', 'html', 'xml', 'hal']) {
      for (const fields of ['', 'id', 'html']) tags.push(await tagOf(`/?format=${format}&fields=${fields}`))
    }
    expect(new Set(tags).size).toBe(12)
    expect(tags).toEqual(expect.arrayContaining(['"v1"', '"v1.hal"', '"v1.-id"', '"v1.hal-id"']))
  })

  test('If-Match asks about the state, whichever representation the client has seen', async () => {
    for (const tag of ['"v1"', '"v1.hal"', '"v1.html-id"']) {
      expect(await statusOf('DELETE', { 'if-match': tag }, Shown)).toBe(204)
    }
    for (const tag of ['"v2"', '"v2.hal"', '"v1x"', '"v1.a.b"', '".v1"', 'W/"v1"', '""']) {
      expect(await statusOf('DELETE', { 'if-match': tag }, Shown)).toBe(412)
    }
  })

  test('If-None-Match asks about the whole', async () => {
    const ask304 = async (path: string, tag: string): Promise<number> =>
      (await ask(Shown, 'GET', { path, headers: { 'if-none-match': tag } })).status
    expect(await ask304('/?format=hal&fields=id', '"v1.hal-id"')).toBe(304)
    expect(await ask304('/?format=hal', '"v1.hal-id"')).toBe(200)
    expect(await ask304('/?format=hal', '"v1"')).toBe(200)
    expect(await ask304('/', '"v1.hal"')).toBe(200)
  })

  test('a state may have dots itself', async () => {
    const resource = tagged('1.2')
    expect(await tagOf('/', resource)).toBe('"1.2."')
    expect(await tagOf('/?format=html', resource)).toBe('"1.2.html"')
    for (const tag of ['"1.2."', '"1.2.html"']) {
      expect(await statusOf('DELETE', { 'if-match': tag }, resource)).toBe(204)
    }
    for (const tag of ['"1."', '"1"', '"1.3."', '"1.2.3."']) {
      expect(await statusOf('DELETE', { 'if-match': tag }, resource)).toBe(412)
    }
    // What was given to 1.2 must not pass for the state 1.
    expect(await statusOf('DELETE', { 'if-match': '"1.2."' }, tagged('1'))).toBe(412)
  })

  test('the tag of a weak state never lets a write through', async () => {
    expect(await statusOf('DELETE', { 'if-match': '"v1"' }, tagged({ opaque: 'v1', weak: true }))).toBe(412)
  })
})

describe('validators that cannot be sent', () => {
  test.each(['a b', 'a"b', 'a\r\nb', '\u0000', '€', '\u007f', 'ä b'])(
    'a tag %j is a fault that says where',
    async (opaque) => {
      for (const tag of [opaque, { opaque, weak: true }]) {
        const { logger, entries } = recorder()
        expect(await outcomeOf(await ask(tagged(tag), 'GET', { logger }))).toBe('500 internal')
        const [[, fields] = []] = entries
        const expected = `Tagged.entityTag() gave ${JSON.stringify(opaque)}`
        expect(fields).toMatchObject({ error: { name: 'TypeError', message: expect.stringContaining(expected) } })
      }
    },
  )

  test.each(['a.b', 'a b', '"'])('a variant %j is one too', async (variant) => {
    class Varied extends Article {
      override variant(): string {
        return variant
      }
    }
    const { logger, entries } = recorder()
    expect(await outcomeOf(await ask(Varied, 'GET', { logger }))).toBe('500 internal')
    expect(entries[0]?.[1]).toMatchObject({ error: { message: expect.stringContaining('Varied: ') } })
  })

  test('every other tag can be', async () => {
    for (const opaque of ['', 'ÿ', "!#$%&'()*+,/:;<=>?@[\\]^_`{|}~", '-']) {
      expect((await ask(tagged(opaque), 'GET')).headers.get('etag')).toBe(`"${opaque}"`)
    }
  })

  test.each([Number.NaN, -1e14, -8.64e15])('a date of %d ms is left out', async (time) => {
    const response = await ask(dated(new Date(time)), 'GET')
    expect(response.status).toBe(200)
    expect(response.headers.has('last-modified')).toBe(false)
  })

  test('H168 Last-Modified is never later than Date', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00.900Z'), toFake: ['Date'] })
    for (const future of [
      '2026-01-01T00:00:00.901Z',
      '2026-01-01T00:00:01Z',
      '2094-01-01T00:00:00Z',
      '+020000-01-01T00:00:00Z',
    ]) {
      const { headers } = await ask(dated(new Date(future)), 'GET')
      expect(headers.get('last-modified')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
      expect(headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
    }
    const { headers } = await ask(dated(lastModified), 'GET')
    expect([headers.get('last-modified'), headers.get('date')]).toEqual([LM, 'Thu, 01 Jan 2026 00:00:00 GMT'])
  })
})

test('only a 200 or 304 to a read has validators', async () => {
  class Answering extends Article {
    override GET(): unknown {
      return this.params
    }
    override PATCH(): unknown {
      return NO_CONTENT
    }
  }
  const { headers } = await ask(Answering, 'PATCH', { headers: { 'content-type': 'application/merge-patch+json' } })
  expect([headers.has('etag'), headers.has('last-modified')]).toEqual([false, false])
})
