// Whole answers that are kept for a while.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  Entity,
  hal,
  json,
  OK,
  Resource,
  type Caching,
  type Middleware,
  type Principal,
  type Representation,
} from 'slumberjs/http'
import { cachePage } from '../../../src/http/middleware/cache-page.ts'
import { cors } from '../../../src/http/middleware/cors.ts'
import { pageStore } from '../../../src/http/middleware/page-store.ts'
import { requireUser } from '../../../src/http/middleware/require-user.ts'
import { ask, html } from '../fixture.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** Counts how often it is asked, by what it answers. Made anew for each test: what is kept belongs to a class. */
const counter = (answer: (resource: Resource, count: number) => unknown = (_resource, count) => ({ count })) =>
  class Counter extends Resource {
    static count = 0
    override readonly middleware: readonly Middleware[] = [cachePage(60)]
    override get produces(): readonly Representation[] {
      return [json, html]
    }
    GET(): unknown {
      Counter.count++
      return answer(this, Counter.count)
    }
    POST(): unknown {
      return undefined
    }
  }

const ada: Principal = { name: 'ada', superuser: false, can: () => true }
const bob: Principal = { ...ada, name: 'bob' }

/** Asks twice the same; whether the second time it was kept. */
const isKept = async (resource: Parameters<typeof ask>[0], asked?: Parameters<typeof ask>[2]): Promise<boolean> => {
  const first = await ask(resource, 'GET', asked)
  const second = await ask(resource, 'GET', asked)
  expect(first.status).toBe(200)
  expect(second.status).toBe(200)
  const [before, after] = [await first.text(), await second.text()]
  expect(second.headers.has('age')).toBe(before === after)
  return before === after
}

const fieldsOf = (response: Response): Record<string, string> => {
  const fields = Object.fromEntries(response.headers)
  for (const name of ['request-id', 'age', 'date']) delete fields[name]
  return { ...fields, vary: (fields['vary'] ?? '').split(', ').toSorted().join(', ') }
}

describe('a page', () => {
  test('is made once in its time, and says its age', async () => {
    const page = counter()
    expect((await ask(page, 'GET')).headers.has('age')).toBe(false)
    vi.advanceTimersByTime(59_999)
    const kept = await ask(page, 'GET')
    expect(kept.headers.get('age')).toBe('59')
    expect(await kept.json()).toEqual({ count: 1 })
    vi.advanceTimersByTime(1)
    expect(await (await ask(page, 'GET')).json()).toEqual({ count: 2 })
  })

  test('has the fields it had', async () => {
    const link = '</docs>; rel="help"'
    const page = counter(({ exchange }) => {
      exchange.vary.add('x-seen')
      const content = new Entity({ id: 1 }, { self: { href: '/posts/1' } }, '"v1"')
      return OK(content, { 'X-Own': 'ü', Link: link, Vary: 'Prefer' })
    })
    const [first, second] = [await ask(page, 'GET'), await ask(page, 'GET')]
    expect(second.headers.get('age')).toBe('0')
    expect(fieldsOf(second)).toEqual(fieldsOf(first))
    expect(first.headers.get('link')).toContain('/posts/1')
    expect(first.headers.get('link')).toContain(link)
    expect(await second.text()).toBe(await first.text())
  })

  test('is as it was written, whatever becomes of the value', async () => {
    const post = { title: 'One' }
    const page = counter(() => post)
    await ask(page, 'GET')
    post.title = 'Two'
    expect(await (await ask(page, 'GET')).json()).toEqual({ title: 'One' })
  })

  test('of octets is kept as octets', async () => {
    const octets = new Uint8Array([1, 2, 255])
    const page = counter(() => octets)
    await ask(page, 'GET')
    octets[0] = 9
    const kept = await ask(page, 'GET')
    expect(kept.headers.get('content-type')).toBe('application/octet-stream')
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(new Uint8Array([1, 2, 255]))
  })

  test('answers HEAD too, but is not made of one', async () => {
    const page = counter()
    await ask(page, 'HEAD')
    expect(await (await ask(page, 'GET')).json()).toEqual({ count: 2 })
    const head = await ask(page, 'HEAD')
    expect(head.headers.get('age')).toBe('0')
    expect(await head.text()).toBe('')
    expect(page.count).toBe(2)
  })

  test('may be asked for in parts', async () => {
    class Ranged extends counter(() => '0123456789') {
      override readonly ranges: boolean = true
    }
    await ask(Ranged, 'GET')
    const part = await ask(Ranged, 'GET', { headers: { range: 'bytes=1-3' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('age')).toBe('0')
    expect(await part.text()).toBe('012')
  })

  test('is not made if the handler fails, or there is nothing', async () => {
    const failing = counter((_resource, count) => {
      if (count === 1) throw new Error('a fault')
      return { count }
    })
    expect((await ask(failing, 'GET')).status).toBe(500)
    expect((await ask(failing, 'GET')).status).toBe(200)
    const circle: unknown[] = []
    circle.push(circle)
    const unwritable = counter((_resource, count) => (count === 1 ? circle : { count }))
    expect((await ask(unwritable, 'GET')).status).toBe(500)
    expect((await ask(unwritable, 'GET')).status).toBe(200)
  })

  test.each([0, -1, Number.NaN])('needs a time above zero: %d', (seconds) => {
    expect(() => cachePage(seconds)).toThrow(RangeError)
  })
})

describe('a page is for', () => {
  test('one URL, query included', async () => {
    const page = counter()
    const paths = ['/', '/?a=1', '/?a=2', '/b', '/b?a=1']
    for (const path of paths) await ask(page, 'GET', { path })
    expect(page.count).toBe(5)
    for (const path of paths) await ask(page, 'GET', { path })
    expect(page.count).toBe(5)
  })

  test('one class', async () => {
    const [one, other] = [counter(() => 'one'), counter(() => 'other')]
    await ask(one, 'GET')
    expect(await (await ask(other, 'GET')).json()).toBe('other')
  })

  test('one caller', async () => {
    const page = counter((resource) => resource.exchange.principal?.name ?? 'nobody')
    const read = async (principal?: Principal) =>
      await (await ask(page, 'GET', principal === undefined ? {} : { info: { principal } })).json()
    for (let time = 0; time < 2; time++) {
      expect([await read(ada), await read(bob), await read()]).toEqual(['ada', 'bob', 'nobody'])
    }
    expect(page.count).toBe(3)
  })

  test('one representation, however it was asked for', async () => {
    const page = counter()
    const read = async (accept: string) => (await ask(page, 'GET', { headers: { accept } })).text()
    expect(await read('application/json')).toBe('{"count":1}')
    expect(await read('text/html')).toBe('html: {"count":2}')
    expect(await read('text/html;q=0.9, image/png')).toBe('html: {"count":2}')
    expect(await read('*/*')).toBe('{"count":1}')
    expect((await ask(page, 'GET', { headers: { accept: 'image/png' } })).status).toBe(406)
  })

  test('one language', async () => {
    class Greeting extends counter((resource) => resource.exchange.language) {
      override readonly languages: readonly string[] = ['en', 'de']
    }
    const read = async (language: string) => await ask(Greeting, 'GET', { headers: { 'accept-language': language } })
    for (let time = 0; time < 2; time++) {
      const answers = [await read('en'), await read('de-CH')]
      expect(answers.map(({ headers }) => headers.get('content-language'))).toEqual(['en', 'de'])
    }
    expect(Greeting.count).toBe(2)
  })

  test('equal values of the fields in Vary, also of those found out later', async () => {
    const page = counter((resource, count) => {
      if (count > 1) resource.exchange.vary.add('cookie')
      return OK({ count, a: resource.exchange.headers.get('x-a') }, { vary: 'X-A' })
    })
    const read = async (headers: Record<string, string>) => (await (await ask(page, 'GET', { headers })).json()).count
    expect(await read({ 'x-a': '1' })).toBe(1)
    expect(await read({ 'x-a': '1' })).toBe(1)
    expect(await read({ 'x-a': '2' })).toBe(2)
    expect(await read({ 'x-a': '2', cookie: 'c=1' })).toBe(3)
    expect(await read({ 'x-a': '2', cookie: 'c=1' })).toBe(3)
    expect(await read({ 'x-a': '2' })).toBe(2)
    expect(await read({})).toBe(4)
  })

  test('one origin, beside cors() in whatever order', async () => {
    const shared = cors({ origin: ['https://a.example', 'https://b.example'] })
    for (const order of [
      [shared, cachePage(60)],
      [cachePage(60), shared],
    ]) {
      class Open extends counter() {
        override readonly middleware: readonly Middleware[] = order
      }
      const read = async (origin: string) => await ask(Open, 'GET', { headers: { origin } })
      for (let time = 0; time < 2; time++) {
        for (const origin of ['https://a.example', 'https://b.example', 'https://c.example']) {
          const allowed = (await read(origin)).headers.get('access-control-allow-origin')
          expect(allowed).toBe(origin === 'https://c.example' ? null : origin)
        }
      }
      expect(Open.count).toBe(3)
    }
  })

  test('those who may have it: who is refused is refused', async () => {
    class Closed extends counter() {
      override readonly middleware: readonly Middleware[] = [requireUser({ permission: 'a.b' }), cachePage(60)]
    }
    expect((await ask(Closed, 'GET', { info: { principal: ada } })).status).toBe(200)
    expect((await ask(Closed, 'GET', { info: { principal: { ...ada, can: () => false } } })).status).toBe(403)
    expect((await ask(Closed, 'GET')).status).toBe(403)
  })
})

describe('conditions are decided upon what is kept', () => {
  class Tagged extends counter() {
    static asked = 0
    override get produces(): readonly Representation[] {
      return [json, hal]
    }
    override entityTag(): string {
      Tagged.asked++
      return `v${Tagged.asked}`
    }
    override lastModified(): Date {
      return new Date(Date.UTC(1994, 10, 6, 8, 49, 37))
    }
  }
  const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'
  const statusOf = async (headers: Record<string, string>) => (await ask(Tagged, 'GET', { headers })).status

  test('without asking for the state again', async () => {
    const first = await ask(Tagged, 'GET')
    expect(first.headers.get('etag')).toBe('"v1"')
    const second = await ask(Tagged, 'GET')
    expect(second.headers.get('etag')).toBe('"v1"')
    expect(second.headers.get('last-modified')).toBe(LM)
    expect(await statusOf({ 'if-none-match': '"v1"' })).toBe(304)
    expect(await statusOf({ 'if-none-match': '"old"' })).toBe(200)
    expect(await statusOf({ 'if-modified-since': LM })).toBe(304)
    expect(await statusOf({ 'if-match': '"v1"' })).toBe(200)
    expect(await statusOf({ 'if-match': '"old"' })).toBe(412)
    expect(await statusOf({ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' })).toBe(412)
    expect(Tagged.asked).toBe(1)
    expect(await statusOf({ 'if-none-match': 'v1' })).toBe(400)
  })

  test('a 304 has the tag, and Vary', async () => {
    const response = await ask(Tagged, 'GET', { headers: { 'if-none-match': '"v1"' } })
    expect(response.headers.get('etag')).toBe('"v1"')
    expect(response.headers.get('vary')).toBe('accept')
    expect(await response.text()).toBe('')
  })

  test('the answer to a condition is not kept as the page', async () => {
    const fresh = class extends counter() {
      override entityTag(): string {
        return 'v1'
      }
    }
    expect((await ask(fresh, 'GET', { headers: { 'if-none-match': '"v1"' } })).status).toBe(304)
    expect((await ask(fresh, 'GET')).headers.has('age')).toBe(false)
  })
})

describe('not kept is', () => {
  test('what sets a cookie', async () => {
    expect(await isKept(counter((_, count) => OK({ count }, { 'Set-Cookie': 'a=1' })))).toBe(false)
    expect(await isKept(counter((_, count) => OK({ count }, { 'set-cookie': ['a=1', 'b=2'] })))).toBe(false)
  })

  test('what says no-store, itself or as a setting', async () => {
    expect(await isKept(counter((_, count) => OK({ count }, { 'Cache-Control': 'max-age=9, No-Store' })))).toBe(false)
    class Unkept extends counter() {
      override readonly caching: Caching = { noStore: true }
    }
    expect(await isKept(Unkept)).toBe(false)
  })

  test('what is private, of nobody known', async () => {
    const page = counter((_, count) => OK({ count }, { 'cache-control': 'private, max-age=9' }))
    expect(await isKept(page)).toBe(false)
    expect(await isKept(page, { info: { principal: ada } })).toBe(true)
  })

  test('the answer to a request with no-store', async () => {
    expect(await isKept(counter(), { headers: { 'cache-control': 'no-store' } })).toBe(false)
  })

  test('what varies with everything', async () => {
    expect(await isKept(counter((_, count) => OK({ count }, { vary: 'x-a, *' })))).toBe(false)
  })

  test('the answer to credentials that no scheme has read', async () => {
    const page = counter((resource, count) => ({ count, who: resource.exchange.headers.get('authorization') }))
    expect(await isKept(page, { headers: { authorization: 'Own secret' } })).toBe(false)
    expect(await isKept(page)).toBe(true)
    expect(await isKept(page, { headers: { authorization: 'Own secret' } })).toBe(false)
  })

  test('a stream, a list that is still being made, a Response: they pass as they are', async () => {
    function* items(count: number): Generator<number> {
      yield count
      yield 0
    }
    const text = (content: string) => new Response(content).body
    expect(await isKept(counter((_, count) => text(`stream ${count}`)))).toBe(false)
    expect(await isKept(counter((_, count) => items(count)))).toBe(false)
    expect(await isKept(counter((_, count) => new Response(`finished ${count}`)))).toBe(false)
    class Streaming extends counter() {
      override get produces(): readonly Representation[] {
        return [{ ...json, write: (content) => new Blob([JSON.stringify(content)]).stream() }]
      }
    }
    expect(await isKept(Streaming)).toBe(false)
    const response = await ask(Streaming, 'GET')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ count: 3 })
  })

  test('what is larger than the store', async () => {
    const middleware: readonly Middleware[] = [cachePage(60, { store: pageStore({ maxSize: 2_000 }) })]
    const small = class extends counter((_, count) => ({ count })) {
      override readonly middleware: readonly Middleware[] = middleware
    }
    const large = class extends counter((_, count) => ({ count, text: 'x'.repeat(2_000) })) {
      override readonly middleware: readonly Middleware[] = middleware
    }
    expect(await isKept(small)).toBe(true)
    expect(await isKept(large)).toBe(false)
  })
})

describe('a store', () => {
  test('lets the least recently used go', async () => {
    const store = pageStore({ maxSize: 5_000 })
    class Paged extends counter() {
      override readonly middleware: readonly Middleware[] = [cachePage(60, { store })]
    }
    for (let number = 0; number < 100; number++) await ask(Paged, 'GET', { path: `/?n=${number}` })
    expect((await ask(Paged, 'GET', { path: '/?n=99' })).headers.has('age')).toBe(true)
    expect((await ask(Paged, 'GET', { path: '/?n=0' })).headers.has('age')).toBe(false)
    store.clear()
    expect((await ask(Paged, 'GET', { path: '/?n=99' })).headers.has('age')).toBe(false)
  })

  test.each([0, -1, 1.5, Number.NaN])('needs a size: %d', (maxSize) => {
    expect(() => pageStore({ maxSize })).toThrow(RangeError)
  })
})

describe('a write', () => {
  test('drops what is kept of its path, for all queries and callers', async () => {
    const page = counter()
    const asked = [{}, { path: '/?a=1' }, { info: { principal: ada } }]
    for (const each of asked) await ask(page, 'GET', each)
    await ask(page, 'GET', { path: '/other' })
    await ask(page, 'POST', { body: '1' })
    for (const each of asked) expect((await ask(page, 'GET', each)).headers.has('age')).toBe(false)
    expect((await ask(page, 'GET', { path: '/other' })).headers.has('age')).toBe(true)
  })

  test('that is refused drops nothing', async () => {
    const page = counter()
    await ask(page, 'GET')
    expect((await ask(page, 'DELETE')).status).toBe(405)
    expect((await ask(page, 'GET')).headers.has('age')).toBe(true)
  })

  test('in the middle of a read keeps it from being kept', async () => {
    let letGo: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => void (letGo = resolve))
    const page = counter(async (_resource, count) => {
      if (count === 1) await waiting
      return { count }
    })
    const old = ask(page, 'GET')
    await vi.waitFor(() => expect(page.count).toBe(1))
    await ask(page, 'POST', { body: '1' })
    letGo()
    expect(await (await old).json()).toEqual({ count: 1 })
    expect(await (await ask(page, 'GET')).json()).toEqual({ count: 2 })
  })
})
