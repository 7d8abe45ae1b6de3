// Ranges: section H of the HTTP checklist, with its `/blob/1/`: 100 octets, "b1", last modified on 6 November 1994.
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { handler, NO_CONTENT, OK, Resource, type Caching } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { silentLogger } from '../../../src/wire/index.ts'
import {
  contentRange,
  parseRange,
  rangeSource,
  selectRange,
  type RangeRequest,
} from '../../../src/http/response/range.ts'
import { Article, ask, problemOf } from '../fixture.ts'

const lastModified = new Date(Date.UTC(1994, 10, 6, 8, 49, 37))
const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'
const whole = { kind: 'whole' }
const unsatisfiable = { kind: 'unsatisfiable' }
const part = (first: number, last: number) => ({ kind: 'part', first, last })

const blob = Uint8Array.from({ length: 100 }, (_, index) => index)

class Blob1 extends Resource {
  override readonly ranges: boolean = true
  override readonly caching: Caching = { maxAge: new Date(Date.now() + 60_000) }
  override entityTag(): string {
    return 'b1'
  }
  override lastModified(): Date {
    return lastModified
  }
  GET(): unknown {
    this.exchange.vary.add('prefer')
    return OK(blob, { 'content-location': '/blob/1/' })
  }
  PUT(): unknown {
    return NO_CONTENT
  }
}

const read = async (headers: Readonly<Record<string, string>>) => await ask(Blob1, 'GET', { headers })

/** The octets of an answer, once it is sure that its fields say the same of them. */
const partOf = async (response: Response): Promise<readonly number[]> => {
  const content = [...new Uint8Array(await response.arrayBuffer())]
  if (response.status === 206) {
    expect(response.headers.get('content-range')).toBe(`bytes ${content.at(0)}-${content.at(-1)}/100`)
  } else {
    expect(response.status).toBe(200)
    expect(response.headers.has('content-range')).toBe(false)
  }
  return content
}

const span = (first: number, last: number): readonly number[] => [...blob.subarray(first, last + 1)]
const all = span(0, 99)

describe('a resource with ranges', () => {
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    const answer = handler(Blob1, { logger: silentLogger })
    server = await serve((request) => answer(request, {}))
  })
  afterAll(async () => await server.close())

  test('H175 sends the first octets, and says how many', async () => {
    const response = await fetch(server.url, { headers: { range: 'bytes=0-9' } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 0-9/100')
    expect(response.headers.get('content-length')).toBe('10')
    expect(await partOf(response)).toEqual(span(0, 9))
  })

  test('H176 sends the last octets', async () => {
    for (const range of ['bytes=-10', 'bytes=90-']) {
      const response = await read({ range })
      expect(response.headers.get('content-range')).toBe('bytes 90-99/100')
      expect(await partOf(response)).toEqual(span(90, 99))
    }
  })

  test('H177 clips what goes beyond the end', async () => {
    const response = await read({ range: 'bytes=90-1000' })
    expect(response.headers.get('content-range')).toBe('bytes 90-99/100')
    expect(await partOf(response)).toEqual(span(90, 99))
  })

  test.each(['items=0-1', 'bytes=abc'])('H179 ignores what it does not understand: %s', async (range) => {
    const response = await read({ range })
    expect(response.status).toBe(200)
    expect(await partOf(response)).toEqual(all)
  })

  test('H180 heeds it for GET only', async () => {
    const range = 'bytes=0-9'
    const head = await ask(Blob1, 'HEAD', { headers: { range } })
    expect(head.status).toBe(200)
    expect(head.headers.has('content-range')).toBe(false)
    expect((await ask(Blob1, 'PUT', { headers: { range }, body: '1' })).status).toBe(204)
  })

  test('H182 ignores 1000 ranges, and does not read them', async () => {
    for (const piece of ['0-99', '0-', '-1', '5-6']) {
      const range = `bytes=${Array.from({ length: 1000 }, () => piece).join(',')}`
      const started = performance.now()
      const response = await read({ range })
      expect(performance.now() - started).toBeLessThan(1_000)
      expect(await partOf(response)).toEqual(all)
    }
  })

  test('H183 sends the part only of what the client has', async () => {
    expect(await partOf(await read({ range: 'bytes=0-9', 'if-range': '"b1"' }))).toEqual(span(0, 9))
    expect(await partOf(await read({ range: 'bytes=0-9', 'if-range': '"old"' }))).toEqual(all)
  })

  test('H184 compares a weak tag with nothing', async () => {
    expect(await partOf(await read({ range: 'bytes=0-9', 'if-range': 'W/"b1"' }))).toEqual(all)
  })

  test('H185 takes a date if it is the Last-Modified, and older than a second', async () => {
    expect(await partOf(await read({ 'if-range': LM }))).toEqual(all)
    expect(await partOf(await read({ range: 'bytes=0-9', 'if-range': LM }))).toEqual(span(0, 9))
    const later = 'Sun, 06 Nov 1994 08:49:38 GMT'
    expect(await partOf(await read({ range: 'bytes=0-9', 'if-range': later }))).toEqual(all)
    class Fresh extends Blob1 {
      override lastModified(): Date {
        return new Date()
      }
    }
    const modified = (await ask(Fresh, 'GET')).headers.get('last-modified') ?? ''
    const weak = await ask(Fresh, 'GET', { headers: { range: 'bytes=0-9', 'if-range': modified } })
    expect(await partOf(weak)).toEqual(all)
  })

  test('H187 says of the part what it says of the whole', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] }) // its lifetime is told in seconds from now
    const [whole200, part206] = [await fetch(server.url), await fetch(server.url, { headers: { range: 'bytes=0-9' } })]
    vi.useRealTimers()
    expect(part206.status).toBe(206)
    for (const name of ['etag', 'cache-control', 'expires', 'vary', 'content-location', 'accept-ranges']) {
      expect([name, part206.headers.get(name)]).toEqual([name, whole200.headers.get(name) ?? 'a value'])
    }
    expect(part206.headers.has('date')).toBe(true)
  })

  test('refuses what it has no octet of, and says how many there are', async () => {
    const response = await read({ range: 'bytes=100-' })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */100')
    expect(await problemOf(response)).toMatchObject({ code: 'range-not-satisfiable' })
  })

  test('decides conditions first', async () => {
    expect((await read({ range: 'bytes=100-', 'if-none-match': '"b1"' })).status).toBe(304)
    expect((await read({ range: 'bytes=100-', 'if-match': '"old"' })).status).toBe(412)
  })
})

test('H174 a resource without ranges ignores Range, and says so if it says anything', async () => {
  const response = await ask(Article, 'GET', { headers: { range: 'bytes=0-1' } })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ id: 1, title: 'One' })
  expect(response.headers.get('accept-ranges') ?? 'none').toBe('none')
})

const select = (headers: Readonly<Record<string, string>>, other: Partial<RangeRequest> = {}) =>
  selectRange({
    method: 'GET',
    headers: new Headers(headers),
    size: 100,
    validators: { entityTag: { opaque: 'b1', weak: false }, lastModified },
    ...other,
  })

const range = (value: string, other?: Partial<RangeRequest>) => select({ range: value }, other)

describe('Range', () => {
  test('the first octets', () => {
    expect(range('bytes=0-9')).toEqual(part(0, 9))
    expect(contentRange({ first: 0, last: 9 }, 100)).toBe('bytes 0-9/100')
  })

  test('a suffix, and a range without an end', () => {
    expect(range('bytes=-10')).toEqual(part(90, 99))
    expect(range('bytes=90-')).toEqual(part(90, 99))
  })

  test('a last position beyond the end is clipped', () => {
    expect(range('bytes=90-1000')).toEqual(part(90, 99))
    expect(range('bytes=-1000')).toEqual(part(0, 99))
    expect(range(`bytes=90-${'9'.repeat(4000)}`)).toEqual(part(90, 99))
  })

  test.each(['items=0-1', 'bytes=abc', 'bytes=', 'bytes=,', 'bytes', '=0-1', 'bytes=-', 'bytes=5-4', 'bytes=0-1,x'])(
    'an unknown unit or an invalid set is ignored: %s',
    (value) => expect(range(value)).toEqual(whole),
  )

  test.each([
    ' bytes = 0-1',
    'bytes =0-1',
    'bytes=0 -1',
    'bytes=0- 1',
    'bytes=+0-1',
    'bytes=0x0-1',
    'bytes=1.0-2',
    'bytes=٠-١',
  ])('what only looks like a range is ignored: %s', (value) => expect(parseRange(value, 100)).toBe('none'))

  test('the unit is case-insensitive (§14.1), the list may have blanks and empty elements (§5.6.1)', () => {
    expect(parseRange('Bytes= 0-1 ,\t, -1,', 100)).toEqual([
      { first: 0, last: 1 },
      { first: 99, last: 99 },
    ])
  })

  test('only GET', () => {
    for (const method of ['HEAD', 'PUT', 'PATCH', 'POST', 'QUERY', 'DELETE', 'OPTIONS', 'get']) {
      expect(range('bytes=0-9', { method })).toEqual(whole)
    }
  })

  test('without Range it is the whole', () => {
    expect(select({})).toEqual(whole)
  })

  test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=200-300,400-', `bytes=${'9'.repeat(4000)}-`])(
    'a set without an octet of the representation cannot be satisfied: %s',
    (value) => {
      expect(range(value)).toEqual(unsatisfiable)
      expect(contentRange('unsatisfiable', 100)).toBe('bytes */100')
    },
  )

  test('of an empty representation a suffix is the whole, all else cannot be satisfied', () => {
    expect(range('bytes=-1', { size: 0 })).toEqual(whole)
    expect(range('bytes=0-', { size: 0 })).toEqual(unsatisfiable)
  })

  test('several ranges are one part where they join, and else the whole', () => {
    expect(range('bytes=0-9,10-19')).toEqual(part(0, 19))
    expect(range('bytes=10-19,0-29,5-')).toEqual(part(0, 99))
    expect(range('bytes=0-9,200-')).toEqual(part(0, 9))
    expect(range('bytes=0-9,11-19')).toEqual(whole)
  })

  test('1000 ranges are ignored without being read', () => {
    const many = `bytes=${Array.from({ length: 1000 }, () => '0-99').join(',')}`
    const started = performance.now()
    for (let time = 0; time < 100; time++) expect(range(many)).toEqual(whole)
    expect((performance.now() - started) / 100).toBeLessThan(50)
    expect(range(`bytes=${','.repeat(100_000)}`)).toEqual(whole)
    expect(range(`bytes=${' '.repeat(100_000)}0-1`)).toEqual(part(0, 1))
    expect(range(`bytes=${'1'.repeat(100_000)}x`)).toEqual(whole)
  })

  test('a range is what slice() takes of the octets, whatever the numbers', () => {
    const position = fc.nat({ max: 40 })
    const specs = fc.oneof(
      fc.tuple(position, position).map(([from, to]) => `${Math.min(from, to)}-${Math.max(from, to)}`),
      position.map((from) => `${from}-`),
      position.map((length) => `-${length}`),
    )
    fc.assert(
      fc.property(specs, fc.uint8Array({ maxLength: 30 }), (spec, octets) => {
        const [from = '', to = ''] = spec.split('-')
        const expected =
          from === ''
            ? octets.slice(octets.length - Math.min(Number(to), octets.length))
            : octets.slice(Number(from), to === '' ? undefined : Number(to) + 1)
        const selected = range(`bytes=${spec}`, { size: octets.length })
        if (selected.kind === 'part') expect(octets.slice(selected.first, selected.last + 1)).toEqual(expected)
        else if (selected.kind === 'unsatisfiable') expect(expected).toHaveLength(0)
        else expect(octets).toHaveLength(0)
      }),
    )
  })

  test('any text is answered, with ranges inside the representation', () => {
    const pieces = fc.constantFrom('bytes', '=', '0', '9', '-', ',', ' ', '\t', 'x', '99999999999999999999', '\u00a0')
    fc.assert(
      fc.property(fc.array(pieces), fc.boolean(), fc.nat({ max: 50 }), (texts, prefixed, size) => {
        const found = parseRange((prefixed ? 'bytes=' : '') + texts.join(''), size)
        if (typeof found === 'string') return
        for (const { first, last } of found) {
          expect(first).toBeGreaterThanOrEqual(0)
          expect(last).toBeLessThan(Math.max(size, 1))
        }
      }),
    )
  })
})

describe('If-Range', () => {
  const ifRange = (value: string, other?: Partial<RangeRequest>) =>
    select({ range: 'bytes=0-9', 'if-range': value }, other)

  test('an equal strong tag gives the part, any other the whole', () => {
    expect(ifRange('"b1"')).toEqual(part(0, 9))
    expect(ifRange('"old"')).toEqual(whole)
    expect(ifRange('"b1"', { validators: {} })).toEqual(whole)
  })

  test('a weak tag never matches', () => {
    expect(ifRange('W/"b1"')).toEqual(whole)
    const validators = { entityTag: { opaque: 'b1', weak: true } }
    expect(ifRange('"b1"', { validators })).toEqual(whole)
    expect(ifRange('W/"b1"', { validators })).toEqual(whole)
  })

  test('without Range it is ignored; a date must be the Last-Modified, and strong', () => {
    expect(select({ 'if-range': '"b1"' })).toEqual(whole)
    expect(ifRange(LM)).toEqual(part(0, 9))
    expect(ifRange('Sun, 06 Nov 1994 08:49:36 GMT')).toEqual(whole)
    expect(ifRange('Sun, 06 Nov 1994 08:49:38 GMT')).toEqual(whole)
    expect(ifRange(LM, { validators: {} })).toEqual(whole)
    // §8.8.2.2: in the second in which it was changed, and before (a clock that is wrong), it could change again.
    const at = (milliseconds: number) => ({ now: new Date(lastModified.getTime() + milliseconds) })
    expect(ifRange(LM, at(999))).toEqual(whole)
    expect(ifRange(LM, at(-5000))).toEqual(whole)
    expect(ifRange(LM, at(1000))).toEqual(part(0, 9))
  })

  test.each(['', '*', 'b1', '"b1", "b2"', 'yesterday'])('what is neither tag nor date is no match: %j', (value) => {
    expect(ifRange(value)).toEqual(whole)
  })

  test('without a match, a range that cannot be satisfied is no error', () => {
    expect(select({ range: 'bytes=100-', 'if-range': '"old"' })).toEqual(whole)
    expect(select({ range: 'bytes=100-', 'if-range': '"b1"' })).toEqual(unsatisfiable)
  })
})

describe('the content', () => {
  const textOf = (body: BodyInit) => new Response(body).text()

  test('is cut by octets, text too', async () => {
    const source = rangeSource('aüb')
    expect(source.size).toBe(4)
    expect(new Uint8Array(await new Response(source.slice(1, 3)).arrayBuffer())).toEqual(new Uint8Array([0xc3, 0xbc]))
  })

  test('may be octets, a Blob or anything with a size and a slice()', async () => {
    const octets = new TextEncoder().encode('0123456789')
    const sources = [
      rangeSource(octets),
      rangeSource(new Blob([octets])),
      rangeSource({ size: 10, slice: (start: number, end: number) => '0123456789'.slice(start, end) }),
    ]
    for (const source of sources) {
      expect(source.size).toBe(10)
      expect(await textOf(source.slice(2, 5))).toBe('234')
    }
  })
})
