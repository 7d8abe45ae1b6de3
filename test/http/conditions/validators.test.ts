// The validators that a resource gives: how they are sent, told apart for each representation, and what cannot be sent.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hal, json, NO_CONTENT, type Representation } from 'slumberjs/http'
import { Article, ask, html, lastModified, outcomeOf, recorder, xml } from '../fixture.ts'

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

  test('a language other than the default, a coding and the content of a QUERY are in it', async () => {
    class Translated extends Article {
      override readonly languages = ['en', 'de']
      override readonly encodings = ['gzip'] as const
      QUERY(): unknown {
        return this.data()
      }
    }
    const tag = async (headers: Record<string, string>, body?: string): Promise<string | null> => {
      const asked = body === undefined ? { headers } : { headers, body }
      return (await ask(Translated, body === undefined ? 'GET' : 'QUERY', asked)).headers.get('etag')
    }
    expect(await tag({})).toBe('"v1"')
    expect(await tag({ 'accept-language': 'en' })).toBe('"v1"')
    expect(await tag({ 'accept-language': 'de' })).toBe('"v1.~de"')
    expect(await tag({ 'accept-encoding': 'gzip' })).toBe('"v1.+gzip"')
    expect(await tag({ 'accept-language': 'de', 'accept-encoding': 'gzip', accept: 'text/html' })).toBe(
      '"v1.html~de+gzip"',
    )
    const [one, two] = [await tag({}, '1'), await tag({}, '2')]
    expect(one).toMatch(/^"v1\.\?[\w-]{11}"$/)
    expect(two).not.toBe(one)
    expect(await tag({}, '1')).toBe(one)
    expect(await tag({ 'content-type': 'application/json;charset=utf-8' }, '1')).not.toBe(one)
  })

  test.each(['a~b', 'a%2Bb', 'a?b'])('a variant with the marks between the parts is refused: %s', async (variant) => {
    const { logger, entries } = recorder()
    expect(await outcomeOf(await ask(Shown, 'GET', { path: `/?fields=${variant}`, logger }))).toBe('500 internal')
    const message = 'Shown.variant() has ~, + or ? in it: these part a tag.'
    const faults = entries.map(([, fields]) => (fields as { readonly error?: Error }).error?.message)
    expect(faults).toContain(message)
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

  test('a state without a tag has none that matches', async () => {
    for (const tag of ['"v1"', '""', '"undefined"']) {
      expect(await statusOf('DELETE', { 'if-match': tag }, tagged(undefined))).toBe(412)
    }
    expect(await statusOf('DELETE', { 'if-match': '*' }, tagged(undefined))).toBe(204)
  })

  test('the tag of a weak state never lets a write through', async () => {
    expect(await statusOf('DELETE', { 'if-match': '"v1"' }, tagged({ opaque: 'v1', weak: true }))).toBe(412)
  })
})

describe('validators may come late', () => {
  const givings: readonly (readonly [string, unknown, unknown])[] = [
    ['both', Promise.resolve('v1'), Promise.resolve(lastModified)],
    ['the tag', Promise.resolve('v1'), lastModified],
    ['the date', 'v1', Promise.resolve(lastModified)],
    // oxlint-disable-next-line unicorn/no-thenable -- query builders are such things
    ['a thenable', { then: (resolve: (tag: string) => void) => resolve('v1') }, lastModified],
  ]
  test.each(givings)('%s', async (_what, tag, date) => {
    class Late extends Article {}
    Object.defineProperty(Late.prototype, 'entityTag', { value: () => tag })
    Object.defineProperty(Late.prototype, 'lastModified', { value: () => date })
    const { status, headers } = await ask(Late, 'GET')
    expect([status, headers.get('etag'), headers.get('last-modified')]).toEqual([200, '"v1"', LM])
    expect(await statusOf('GET', { 'if-none-match': '"v1"' }, Late)).toBe(304)
    expect(await statusOf('GET', { 'if-modified-since': LM }, Late)).toBe(304)
    expect(await statusOf('GET', { 'if-none-match': 'v1' }, Late)).toBe(400)
    expect(await statusOf('DELETE', { 'if-match': '"v1"' }, Late)).toBe(204)
    expect(await statusOf('DELETE', { 'if-match': '"v2"' }, Late)).toBe(412)
    expect(await statusOf('DELETE', { 'if-unmodified-since': 'Sat, 05 Nov 1994 08:49:37 GMT' }, Late)).toBe(412)
    expect(await statusOf('DELETE', {}, Late)).toBe(204)
  })

  test('or one alone', async () => {
    const untagged = (await ask(tagged(Promise.resolve(undefined)), 'GET')).headers
    expect([untagged.get('etag'), untagged.get('last-modified')]).toEqual([null, LM])
    const undated = (await ask(dated(Promise.resolve(undefined)), 'GET')).headers
    expect([undated.get('etag'), undated.get('last-modified')]).toEqual(['"v1"', null])
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
        const message =
          `Tagged.entityTag() gave ${JSON.stringify(opaque)}, but a tag has no quotes, blanks, controls or ` +
          'characters above U+00FF in it: give a version or a hash of the state.'
        expect(fields).toMatchObject({ error: { name: 'TypeError', message } })
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
    const message = `Varied: ${JSON.stringify(`-${variant}`)} cannot end an entity tag: no dots, quotes, blanks or controls.`
    expect(entries[0]?.[1]).toMatchObject({ error: { message } })
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
