// What the cache keeps, when it asks, and what a write makes of it: over an origin whose answers stand in the test.
import {
  basic,
  connect,
  ConnectionFailed,
  memoryStore,
  NotFound,
  Unavailable,
  type Cache,
  type CacheStore,
  type ConnectOptions,
} from 'slumberjs'
import { describe, expect, test, vi } from 'vitest'
import { base, numbered, origin } from './origin.ts'

const url = `${base}thing`
const lasting = { 'cache-control': 'private, max-age=60' }

describe('freshness', () => {
  test('nothing is answered without asking unless the server gives it a lifetime', async () => {
    const lastModified = 'Wed, 01 Jan 2020 00:00:00 GMT'
    const { client, arrived } = origin((_, count) => numbered(count, { 'last-modified': lastModified }))
    const { get } = client()
    expect([(await get(url)).text, (await get(url)).text]).toEqual(['answer 1', 'answer 2'])
    expect(arrived).toHaveLength(2)
  })

  test('H238 a lifetime is counted from when it was made, and Age says how old it is', async () => {
    const system = origin((_, count) => numbered(count, { ...lasting, age: '20' }))
    const { get } = system.client()
    await get(url)
    system.now += 39_000
    const kept = await get(url)
    expect([kept.text, kept.headers.get('age'), kept.headers.get('Age')]).toEqual(['answer 1', '59', '59'])
    expect([...kept.headers].filter(([name]) => name === 'age')).toEqual([['age', '59']])
    system.now += 1_000
    expect((await get(url)).text).toBe('answer 2')
  })

  test.each<[string, Record<string, string>, number, number?]>([
    ['Expires after Date', { date: 'Thu, 01 Jan 2026 00:00:00 GMT', expires: 'Thu, 01 Jan 2026 00:01:00 GMT' }, 1],
    ['an Expires that is no date', { expires: '0' }, 2],
    ['max-age before Expires', { ...lasting, expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 1],
    ['H233 a max-age that is no number', { 'cache-control': 'max-age=60s' }, 2],
    ['H233 the least of two', { 'cache-control': 'max-age=60, max-age=0' }, 2],
    ['H233 an open quote hides nothing', { 'cache-control': 'max-age=60, x="a, no-store' }, 2],
    ['H233 no-store with a value', { 'cache-control': 'max-age=60, NO-STORE=1' }, 2],
    ['H233 no-cache with field names', { 'cache-control': 'max-age=60, no-cache="set-cookie"' }, 2],
    ['H238 an Age that is none', { ...lasting, age: 'old' }, 2],
    ['only for shared caches', { 'cache-control': 's-maxage=60' }, 2],
    ['a clock that was put back', { ...lasting }, 2, -10_000],
  ])('%s', async (_, headers, requests, later = 10_000) => {
    const system = origin((__, count) => numbered(count, headers))
    const { get } = system.client()
    await get(url)
    system.now += later
    await get(url)
    expect(system.arrived).toHaveLength(requests)
  })

  test('H232 what is refused is kept where it has a lifetime', async () => {
    const system = origin((_, count) => numbered(count, { ...lasting, etag: '"a"' }, 404))
    const { get } = system.client()
    await expect(get(url)).rejects.toThrow(NotFound)
    await expect(get(url)).rejects.toThrow(NotFound)
    expect(system.arrived).toHaveLength(1)
  })

  test.each([
    ['H232 206', 206, lasting, {}],
    ['H232 a status nobody knows, with must-understand', 299, { 'cache-control': 'max-age=60, must-understand' }, {}],
    ['H240 no-store in the request', 200, lasting, { 'cache-control': 'no-store' }],
    ['a range', 200, lasting, { range: 'bytes=0-1' }],
  ])('%s is not kept', async (_, status, headers, asked) => {
    const { client, arrived } = origin((__, count) => numbered(count, headers, status))
    const { get } = client()
    await get(url, { headers: asked })
    await get(url, { headers: asked })
    expect(arrived).toHaveLength(2)
  })

  test('H232 what a POST answers is not kept', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, lasting))
    const { get, post } = client()
    await post(url)
    expect((await get(url)).text).toBe('answer 2')
    expect(arrived).toEqual(['POST /thing', 'GET /thing'])
  })

  test('who has gone away is given nothing', async () => {
    const { get } = origin((_, count) => numbered(count, lasting)).client()
    await get(url)
    await expect(get(url, { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone')
  })

  test('HEAD is answered from a GET that is kept', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, lasting))
    const { get, send } = client()
    await get(url)
    const { status, text, headers } = await send({ method: 'HEAD', url })
    expect([status, text, headers.get('content-type')]).toEqual([200, '', 'text/plain'])
    expect(arrived).toHaveLength(1)
  })
})

describe('a time to live that the program gives', () => {
  test('goes before what the server says, but for no-store', async () => {
    const system = origin((request, count) =>
      numbered(count, { 'cache-control': request.url.endsWith('secret') ? 'no-store' : 'private, no-cache' }),
    )
    const { get } = system.client()
    await get(url, { ttl: 120 })
    system.now += 119_000
    expect((await get(url, { ttl: 120 })).text).toBe('answer 1')
    expect((await get(url, { ttl: 60 })).text).toBe('answer 2')
    await get(`${url}/secret`, { ttl: 120 })
    expect((await get(`${url}/secret`, { ttl: 120 })).text).toBe('answer 4')
  })

  test('holds nothing that was refused', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, {}, count === 1 ? 404 : 200))
    const { get } = client()
    await expect(get(url, { ttl: 120 })).rejects.toThrow(NotFound)
    expect((await get(url, { ttl: 120 })).text).toBe('answer 2')
    expect(arrived).toHaveLength(2)
  })
})

describe('asking about what is kept', () => {
  const tagged = (request: Request, count: number): Response =>
    request.headers.get('if-none-match') === '"a"'
      ? new Response(null, { status: 304, headers: { etag: '"a"', 'cache-control': 'max-age=60', 'x-new': '1' } })
      : numbered(count, { etag: '"a"', 'cache-control': 'no-cache', 'x-old': '1' })

  test('H236 a 304 is the answer that is kept, with its new fields, for its new lifetime', async () => {
    const { client, arrived } = origin(tagged)
    const { get } = client()
    await get(url)
    const second = await get(url)
    expect([second.status, second.text]).toEqual([200, 'answer 1'])
    expect(['x-old', 'x-new', 'cache-control', 'etag'].map((name) => second.headers.get(name))).toEqual([
      '1',
      '1',
      'max-age=60',
      '"a"',
    ])
    expect((await get(url)).text).toBe('answer 1')
    expect(arrived).toHaveLength(2)
  })

  test('H241 all tags are asked about, and the 304 says which one it is', async () => {
    const system = origin((request, count) => {
      const language = request.headers.get('accept-language') ?? ''
      const known = request.headers.get('if-none-match')?.includes(`"${language}"`) === true
      const fields = { vary: 'Accept-Language', 'cache-control': 'no-cache', etag: `"${language.slice(0, 2)}"` }
      return known || language === 'en-GB'
        ? new Response(null, { status: 304, headers: { ...fields } })
        : numbered(count, fields)
    })
    const { get } = system.client()
    const asked = async (language: string): Promise<string> =>
      (await get(url, { headers: { 'accept-language': language } })).text
    expect([await asked('en'), await asked('de'), await asked('en-GB'), await asked('de')]).toEqual([
      'answer 1',
      'answer 2',
      'answer 1',
      'answer 2',
    ])
    expect(system.requests[2]?.headers.get('if-none-match')?.split(', ').toSorted()).toEqual(['"de"', '"en"'])
  })

  test('H241 a date is asked about where there is no tag', async () => {
    const date = 'Wed, 01 Jan 2020 00:00:00 GMT'
    const { client } = origin((request, count) =>
      request.headers.get('if-modified-since') === date
        ? new Response(null, { status: 304 })
        : numbered(count, { 'last-modified': date, 'cache-control': 'no-cache' }),
    )
    const { get } = client()
    expect([(await get(url)).text, (await get(url)).text]).toEqual(['answer 1', 'answer 1'])
  })

  test('a 304 that names something else is asked again', async () => {
    const { client, requests } = origin((request, count) => {
      const language = request.headers.get('accept-language') ?? ''
      return language === 'fr' && request.headers.has('if-none-match')
        ? new Response(null, { status: 304, headers: { etag: '"other"' } })
        : numbered(count, { etag: `"${language}"`, vary: 'Accept-Language' })
    })
    const { get } = client()
    for (const language of ['en', 'de']) await get(url, { headers: { 'accept-language': language } })
    expect((await get(url, { headers: { 'accept-language': 'fr' } })).text).toBe('answer 4')
    expect(requests[3]?.headers.has('if-none-match')).toBe(false)
  })

  test('the condition of a caller is theirs: it is asked, and 304 is what they get', async () => {
    const { client, arrived } = origin(tagged)
    const { get } = client()
    await get(url)
    await get(url) // has a lifetime now
    expect((await get(url, { headers: { 'if-none-match': '"a"' } })).status).toBe(304)
    expect((await get(url, { headers: { 'if-none-match': '"b"' } })).text).toBe('answer 4')
    expect(arrived).toHaveLength(4)
  })

  test('H240 what the request wants of it', async () => {
    const system = origin((_, count) => numbered(count, { 'cache-control': 'max-age=60' }))
    const { get } = system.client()
    const wants = async (directives: string): Promise<string> =>
      (await get(url, { headers: { 'cache-control': directives } })).text
    await expect(wants('only-if-cached')).rejects.toThrow(Unavailable)
    await get(url)
    system.now += 10_000
    expect(await wants('only-if-cached')).toBe('answer 1')
    expect(await wants('max-age=20, min-fresh=50')).toBe('answer 1')
    system.now += 51_000
    expect(await wants('max-stale=5')).toBe('answer 1')
    expect(await wants('max-stale')).toBe('answer 1')
    expect(await wants('max-stale=0')).toBe('answer 2')
    expect(await wants('min-fresh=61')).toBe('answer 3')
    expect(await wants('no-cache')).toBe('answer 4')
    system.now += 1_000
    expect(await wants('max-age=0')).toBe('answer 5')
  })
})

describe('H239 stale', () => {
  const down = (status?: number): Response => {
    if (status === undefined) throw new TypeError('nobody there')
    return new Response(null, { status })
  }

  test.each([undefined, 500, 503])('stale-if-error: is used where asking fails (%s)', async (status) => {
    const system = origin((_, count) =>
      count === 1 ? numbered(count, { 'cache-control': 'max-age=1, stale-if-error=60' }) : down(status),
    )
    const { get } = system.client()
    await get(url)
    system.now += 30_000
    expect((await get(url)).text).toBe('answer 1')
    await expect(get(url, { headers: { 'cache-control': 'no-cache' } })).rejects.toThrow(Error)
    system.now += 31_000
    await expect(get(url)).rejects.toThrow(status === undefined ? ConnectionFailed : Error)
  })

  test.each(['max-age=1', 'max-age=1, must-revalidate, stale-if-error=60', 'no-cache, stale-if-error=60'])(
    'is not used without leave: %s',
    async (directives) => {
      const system = origin((_, count) =>
        count === 1 ? numbered(count, { 'cache-control': directives, etag: '"a"' }) : down(503),
      )
      const { get } = system.client()
      await get(url)
      system.now += 10_000
      await expect(get(url)).rejects.toThrow(Unavailable)
    },
  )

  test('stale-while-revalidate: is used once more while it is asked about', async () => {
    const system = origin((_, count) => numbered(count, { 'cache-control': 'max-age=1, stale-while-revalidate=60' }))
    const { get } = system.client()
    await get(url)
    system.now += 10_000
    expect((await get(url)).text).toBe('answer 1')
    // What may only be had from the cache asks for nothing by itself.
    const kept = (): Promise<string> =>
      get(url, { headers: { 'cache-control': 'only-if-cached' } }).then(
        ({ text }) => text,
        () => 'asked about',
      )
    await expect.poll(kept).toBe('answer 2')
    expect(system.arrived).toHaveLength(2)
  })
})

test.each([{}, 'memory'])('what is no cache is refused at once: %o', (cache) => {
  expect(() => connect({ service: base, cache: cache as unknown as Cache })).toThrow(
    new TypeError('connect({ cache }) takes httpCache().'),
  )
})

describe('H234 whose it is', () => {
  test('what one user was answered is never given to another, nor to nobody', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, { 'cache-control': 'public, max-age=60' }))
    const [ada, bob, nobody] = [client('ada'), client('bob'), client()]
    const texts = [await ada.get(url), await bob.get(url), await nobody.get(url), await client('ada').get(url)]
    expect(texts.map(({ text }) => text)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 1'])
    expect(arrived).toHaveLength(3)
  })

  const gateway = (): Record<string, string> => ({ 'x-api-key': 'gateway' })
  describe.each<[string, Partial<ConnectOptions>]>([
    ['nobody', {}],
    ['one with other fields', { authenticate: gateway }],
    ['one with a name', { authenticate: Object.assign(() => gateway(), { user: 'gateway' }) }],
    ['one without any fields', { authenticate: () => ({}) }],
  ])('for a client of %s', (_, options) => {
    test.each(['authorization', 'Authorization', 'cookie'])(
      '%s that a call brings itself is a user of its own',
      async (name) => {
        const { client } = origin((__, count) => numbered(count, { ...lasting, vary: name }))
        const { get } = client(undefined, options)
        const as = async (value: string): Promise<string> => (await get(url, { headers: { [name]: value } })).text
        expect([await as('a'), await as('b'), await as('a')]).toEqual(['answer 1', 'answer 2', 'answer 1'])
        expect((await get(url)).text).toBe('answer 3')
      },
    )
  })

  test('a signature that is new each time is one user where the credentials say so', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, lasting))
    let signatures = 0
    const signed = (): Record<string, string> => ({ signature: `sig=:${(signatures += 1)}:` })
    const { get } = client(undefined, { authenticate: Object.assign(signed, { user: 'ada' }) })
    expect([(await get(url)).text, (await get(url)).text]).toEqual(['answer 1', 'answer 1'])
    expect(arrived).toHaveLength(1)
  })
})

describe('H235 Vary', () => {
  const asked = async (
    vary: string,
    first: Record<string, string>,
    second: Record<string, string>,
  ): Promise<number> => {
    const { client, arrived } = origin((_, count) => numbered(count, { ...lasting, vary }))
    const { get } = client()
    for (const headers of [first, second, first]) await get(url, { headers })
    return arrived.length
  }

  test.each([
    ['Foo', { foo: '1' }, { foo: '1', other: '2' }, 1],
    ['Foo', { foo: '1' }, { foo: '2' }, 2],
    ['Foo', {}, { foo: '' }, 2],
    ['Foo', { foo: '1, 2' }, { foo: '1,2' }, 1],
    ['Foo', { foo: '"1, 2"' }, { foo: '"1,2"' }, 2],
    ['*', {}, {}, 3],
    ['Foo, *', {}, {}, 3],
    ['', { prefer: 'count=exact' }, {}, 2],
    ['constructor', {}, {}, 1],
    ['__proto__', {}, {}, 1],
    ['constructor', { constructor: 'a' }, {}, 2],
  ])('%s: %j and %j', async (vary, first, second, requests) => {
    expect(await asked(vary, first, second)).toBe(requests)
  })
})

describe('H237 own writes', () => {
  /** Every path is kept for a minute; writes answer as the test says. */
  const system = (written: () => Response): ReturnType<typeof origin> =>
    origin((request, count) => (request.method === 'GET' ? numbered(count, { ...lasting, etag: '"a"' }) : written()))

  test.each([
    ['the URL', 'thing', {}],
    ['what Location names', 'things/7', { location: '/things/7' }],
    ['what Content-Location names', 'thing/now', { 'content-location': '/thing/now' }],
    ['what is in one of its groups (RFC 9875)', 'list', { 'cache-group-invalidation': '"things"' }],
    ['lists that the server says nothing of', 'things?sort=-name', {}],
  ])('make asked about: %s', async (_, path, headers) => {
    const { client, arrived } = system(() => new Response(null, { status: 204, headers }))
    const { get, patch } = client('ada')
    await get(base + path)
    await patch(url, {})
    await get(base + path)
    expect(arrived.filter((each) => each.startsWith('GET'))).toHaveLength(2)
  })

  test('of another user, and to another origin, change nothing', async () => {
    const { client, arrived } = system(() => new Response(null, { status: 204 }))
    const [ada, bob] = [client('ada'), client('bob')]
    await ada.get(url)
    await bob.patch(url, {})
    await ada.patch('http://elsewhere.test/thing', {})
    await ada.get(url)
    expect(arrived.filter((each) => each === 'GET /thing')).toHaveLength(1)
  })

  test.each([
    [400, 1],
    [403, 1],
    [404, 2],
    [409, 2],
    [412, 2],
    [500, 1],
    [502, 2],
    [504, 2],
    [undefined, 2],
  ])('that fail with %s: %i request(s)', async (status, requests) => {
    const { client, arrived } = system(() => {
      if (status === undefined) throw new TypeError('connection lost')
      return new Response(null, { status })
    })
    const { get, put } = client('ada')
    await get(url, { ttl: 60 })
    await put(url, {}).catch(() => undefined)
    await get(url, { ttl: 60 })
    expect(arrived.filter((each) => each.startsWith('GET'))).toHaveLength(requests)
  })

  test('what was asked for before a write was done is not kept as if it came after', async () => {
    const answers: ((response: Response) => void)[] = []
    const { client } = system(() => new Response(null, { status: 204 }))
    const transport = async (request: Request): Promise<Response> =>
      request.method === 'GET'
        ? await new Promise((resolve) => answers.push(resolve))
        : new Response(null, { status: 204 })
    const { get, patch } = client('ada', { transport })
    const early = get(url)
    await expect.poll(() => answers.length).toBe(1)
    await patch(url, {})
    answers[0]?.(numbered(1, lasting))
    expect((await early).text).toBe('answer 1')
    const late = get(url)
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.(numbered(2, lasting))
    expect((await late).text).toBe('answer 2')
  })

  test('a date of the second of the write is not asked about', async () => {
    const date = 'Thu, 01 Jan 2026 00:00:00 GMT'
    const { client, requests } = origin((request, count) =>
      request.method === 'GET' ? numbered(count, { 'last-modified': date, ...lasting }) : new Response(null),
    )
    const { get, put } = client()
    await get(url)
    await put(url, {})
    expect((await get(url)).text).toBe('answer 3')
    expect(requests[2]?.headers.has('if-modified-since')).toBe(false)
  })
})

describe('H245 bounds', () => {
  const requestsFor = async (store: CacheStore, paths: readonly string[]): Promise<readonly string[]> => {
    const { client, arrived } = origin(
      (request) => new Response('x'.repeat(request.url.endsWith('large') ? 5_000 : 10), { headers: lasting }),
      { store },
    )
    const { get } = client()
    for (const path of paths) await get(base + path)
    return arrived.map((each) => each.slice('GET /'.length))
  }

  test('what was used least recently goes first', async () => {
    // One of the entries is the mark of the last write.
    const store = memoryStore({ maxEntries: 3 })
    expect(await requestsFor(store, ['a', 'b', 'a', 'c', 'a', 'b'])).toEqual(['a', 'b', 'c', 'b'])
  })

  test('octets are counted, and what is larger than all of it is not kept', async () => {
    const store = memoryStore({ maxSize: 8_000 })
    expect(await requestsFor(store, ['large', 'large', 'a', 'a'])).toEqual(['large', 'large', 'a'])
  })

  test('variants of one URL are counted', async () => {
    const { client, arrived } = origin((_, count) => numbered(count, { ...lasting, vary: 'foo' }))
    const { get } = client()
    for (let foo = 0; foo < 9; foo++) await get(url, { headers: { foo: `${foo}` } })
    await get(url, { headers: { foo: '8' } })
    await get(url, { headers: { foo: '0' } })
    expect(arrived).toHaveLength(10)
  })

  test.each([{ maxEntries: 0 }, { maxSize: 1.5 }])('limits are whole numbers above zero: %j', (limits) => {
    expect(() => memoryStore(limits)).toThrow(RangeError)
  })
})

describe('a store that fails', () => {
  test('costs the cache, not the request; and what it missed of writes is not used when it is back', async () => {
    let isDown = false
    const memory = memoryStore()
    const unless = <T>(work: () => T): T => {
      if (isDown) throw new Error('the store is down')
      return work()
    }
    const store: CacheStore = {
      get: (key) => unless(() => memory.get(key)),
      set: (...input) => unless(() => memory.set(...input)),
    }
    const errors: unknown[] = []
    const { client } = origin((_, count) => numbered(count, lasting), { store, onError: (error) => errors.push(error) })
    const { get, put } = client()
    await get(url)
    isDown = true
    expect((await get(url)).text).toBe('answer 2')
    await put(url, {})
    isDown = false
    expect((await get(url)).text).toBe('answer 4')
    expect(errors.map(String)).toEqual(Array.from({ length: 2 }, () => 'Error: the store is down'))
  })

  test('is waited for no longer than it may take', async () => {
    const store: CacheStore = { get: () => new Promise(() => {}), set: () => new Promise(() => {}) }
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    const { client } = origin((_, count) => numbered(count, lasting), { store, storeTimeout: 5, onError })
    const { get, put } = client()
    expect([(await get(url)).text, (await put(url, {})).text]).toEqual(['answer 1', 'answer 2'])
    expect(errors.map(String)).toContain('Error: The store of the cache did not answer in 5 ms.')
  })

  test('a URL that is none is refused as without a cache', async () => {
    await expect(
      origin(() => numbered(1))
        .client()
        .get('nowhere'),
    ).rejects.toThrow('nowhere')
  })
})

test('credentials are in no message of an error', async () => {
  const { client } = origin(() => numbered(1, {}, 404))
  const { get } = client(undefined, { authenticate: basic('ada', 'very-secret') })
  const error: unknown = await get(url).catch((reason: unknown) => reason)
  expect(JSON.stringify(error)).not.toContain(btoa('ada:very-secret'))
})

describe('a store that never answers', () => {
  const never = new Promise<never>(() => {})
  const store = { get: () => never, set: () => never }

  test('is waited for no longer than the call', async () => {
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    const { client } = origin((_, count) => numbered(count, lasting), { store, storeTimeout: 600_000, onError })
    await Promise.allSettled([client().get(`${base}x`, { timeout: 20 })]) // which may have an answer at the last moment
    expect(errors).not.toEqual([])
  })

  test('holds up nobody who goes away, which is no fault of it', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    const { client } = origin((_, count) => numbered(count, lasting), { store, storeTimeout: 600_000, onError })
    const caller = new AbortController()
    const call = client().get(`${base}x`, { signal: caller.signal })
    setTimeout(() => caller.abort(new Error('gone')), 1)
    await expect(call).rejects.toThrow('gone')
    expect(onError).not.toHaveBeenCalled()
  })

  test('takes no answer of a write away', async () => {
    const { client } = origin((_, count) => numbered(count, lasting), { store, storeTimeout: 600_000 })
    expect(await client().send({ method: 'POST', url: `${base}x`, timeout: 1_000 })).toMatchObject({ status: 200 })
  })
})
