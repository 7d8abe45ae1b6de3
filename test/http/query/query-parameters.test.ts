// Declared query parameters: what each kind takes, that all faults are told at once, inheritance, and what OpenAPI is told.
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { Problem } from '../../../src/http/problems/problem.ts'
import { boolean, choice, date, integer, number, text } from '../../../src/http/query/query-kinds.ts'
import {
  describeQuery,
  mergeQuery,
  parameter,
  readQuery,
  type QueryDeclarations,
  type QueryParameter,
  type QueryValues,
} from '../../../src/http/query/query-parameters.ts'
import { Resource } from '../../../src/http/resource.ts'
import { ask, problemOf } from '../fixture.ts'

const declarations = {
  page: integer({ default: 1, minimum: 1, description: 'The page' }),
  tag: text({ list: true }),
  order: choice(['new', 'old'], { default: 'new' }),
  since: date(),
  q: text({ name: 'search', clean: (value) => value.trim() }),
}

const read = <D extends QueryDeclarations>(
  declared: D,
  query: string,
  alsoAllowed?: readonly string[],
): QueryValues<D> => readQuery(declared, new URLSearchParams(query), alsoAllowed)

/** One parameter `v`, one text. */
const valueOf = <T>(declared: QueryParameter<T>, given: string): T => {
  const query = new URLSearchParams([['v', given]])
  return readQuery({ v: declared }, query).v
}

function problemFrom(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** The faults in one line each. */
const faultsOf = (declared: QueryDeclarations, query: string, alsoAllowed?: readonly string[]): readonly string[] => {
  const { status, code, errors } = problemFrom(() => read(declared, query, alsoAllowed))
  expect([status, code]).toEqual([400, 'invalid-parameter'])
  return errors.map(({ parameter: name, detail }) => `${name} ${detail}`)
}

const isRefused = (declared: QueryParameter<unknown>, given: string): boolean => {
  try {
    valueOf(declared, given)
    return false
  } catch (error) {
    if (error instanceof Problem) return true
    throw error
  }
}

describe('values', () => {
  test('without parameters there are the defaults, empty lists and nothing else', () => {
    expect(read(declarations, '')).toEqual({ page: 1, tag: [], order: 'new', since: undefined, q: undefined })
  })

  test('each is read as its kind, under the name of the program', () => {
    const query = 'page=2&tag=a&tag=b&tag=a&order=old&since=2026-01-31&search=%20pizza%20'
    expect(read(declarations, query)).toEqual({
      page: 2,
      tag: ['a', 'b', 'a'],
      order: 'old',
      since: new Date('2026-01-31T00:00:00Z'),
      q: 'pizza',
    })
  })

  test('the types are those of the declarations', () => {
    expectTypeOf<QueryValues<typeof declarations>>().toEqualTypeOf<{
      readonly page: number
      readonly tag: readonly string[]
      readonly order: 'new' | 'old'
      readonly since: Date | undefined
      readonly q: string | undefined
    }>()
    const others = {
      must: number({ required: true, maximum: 1 }),
      flags: boolean({ list: true, required: true }),
      colours: choice(['red', 'green'], { list: true, default: ['red'] }),
      own: parameter((given) => given.split(','), { schema: { type: 'string' } }),
    }
    expectTypeOf<QueryValues<typeof others>>().toEqualTypeOf<{
      readonly must: number
      readonly flags: readonly boolean[]
      readonly colours: readonly ('red' | 'green')[]
      readonly own: string[] | undefined
    }>()
  })

  test('a mistake in a declaration is one of types', () => {
    // @ts-expect-error there is no such option
    integer({ minimun: 1 })
    // @ts-expect-error the default is of the kind
    expect(() => integer({ default: 'one' })).toThrow(RangeError)
    // @ts-expect-error the default of a list is an array
    expect(() => text({ list: true, default: 'a' })).toThrow(TypeError)
    // @ts-expect-error the default is one of the choices
    expect(() => choice(['a', 'b'], { default: 'c' })).toThrow('must be one of: a, b')
  })

  test('a list has its default only where the name is not given', () => {
    const list = { colour: choice(['red', 'green'], { list: true, default: ['red'] }) }
    expect(read(list, '')).toEqual({ colour: ['red'] })
    expect(read(list, 'colour=green')).toEqual({ colour: ['green'] })
  })

  test('names of prototypes are parameters like any other', () => {
    expect(faultsOf({ q: text() }, '__proto__=1&constructor=2')).toEqual([
      '__proto__ is not known; there are: q',
      'constructor is not known; there are: q',
    ])
    const own = Object.fromEntries([['__proto__', integer({ required: true })]])
    const values = read(own, '__proto__=1')
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
    expect(Object.entries(values)).toEqual([['__proto__', 1]])
  })
})

describe('faults', () => {
  test('H280 an unknown parameter is 400 over HTTP, with those there are', async () => {
    class Posts extends Resource {
      override isWellFormed(): boolean {
        readQuery(declarations, this.exchange.url.searchParams, ['format'])
        return true
      }
      GET(): unknown {
        return []
      }
    }
    expect((await ask(Posts, 'GET', { path: '/?page=2&format=json' })).status).toBe(200)
    const document = await problemOf(await ask(Posts, 'GET', { path: '/?where=1' }))
    const detail = 'is not known; there are: page, tag, order, since, search, format'
    expect(document).toMatchObject({
      status: 400,
      code: 'invalid-parameter',
      detail: `"where" ${detail}.`,
      errors: [{ parameter: 'where', detail }],
    })
  })

  test('all of them are told at once, those of declared parameters first', () => {
    const declared = { ...declarations, must: boolean({ required: true }) }
    const query = 'x=1&page=0&order=newest&since=today&search=a&search=b&y=&x=2'
    const there = 'there are: page, tag, order, since, search, must, format'
    expect(faultsOf(declared, query, ['format'])).toEqual([
      'page must be an integer of at least 1',
      'order must be one of: new, old',
      'since must be a date such as 2026-01-31 or a time with a zone such as 2026-01-31T12:00:00Z',
      'search is given more than once',
      'must is required',
      `x is not known; ${there}`,
      `y is not known; ${there}`,
    ])
  })

  test('the name in the program is not one in the URL', () => {
    expect(faultsOf({ q: text({ name: 'search' }) }, 'q=a')).toEqual(['q is not known; there are: search'])
  })

  test('names differ in case', () => {
    expect(faultsOf({ page: integer() }, 'Page=1')).toEqual(['Page is not known; there are: page'])
  })

  test('what others read is left alone, however often it is there', () => {
    expect(read({ page: integer() }, 'format=json&format=hal', ['format'])).toEqual({ page: undefined })
  })

  test('a resource without parameters says so', () => {
    expect(faultsOf({}, 'a=1')).toEqual(['a is not known; this resource takes no query parameters'])
  })

  test('an empty value is a value, never a reason for the default', () => {
    expect(faultsOf(declarations, 'page=&order=&since=')).toHaveLength(3)
    expect(read(declarations, 'tag=&search=')).toMatchObject({ tag: [''], q: '' })
  })

  test('each bad value of a list is told, by its place', () => {
    expect(faultsOf({ n: integer({ list: true }) }, 'n=1&n=x&n=&n=2')).toEqual([
      'n must be an integer (value 2 of 4)',
      'n must be an integer (value 3 of 4)',
    ])
    expect(faultsOf({ n: integer({ list: true, required: true }) }, '')).toEqual(['n is required'])
  })

  test('the first hundred are listed, and the detail says how many there are', () => {
    const query = Array.from({ length: 250 }, (_, index) => `p${index}`).join('&')
    const { errors, message } = problemFrom(() => read({ q: text() }, query))
    expect(errors).toHaveLength(100)
    expect(message).toMatch(/^"p0" is not known; there are: q; .*"p4" is not known; there are: q; and 245 more\.$/)
  })

  test('a value that was sent is not repeated', () => {
    const query = 'page=s3cret&order=s3cret&since=s3cret'
    expect(JSON.stringify(problemFrom(() => read(declarations, query)).toDocument())).not.toContain('s3cret')
  })
})

describe('kinds', () => {
  test.each(['0', '1', '-1', '10', '9007199254740991', '-9007199254740991'])('the integer %s', (given) => {
    expect(valueOf(integer(), given)).toBe(Number(given))
  })

  test.each([
    '',
    ' 1',
    '1 ',
    '1\n',
    '+1',
    '01',
    '-0',
    '-01',
    '1.0',
    '1e3',
    '0x10',
    '0b1',
    '1_000',
    '1,000',
    'Infinity',
    'NaN',
    '--1',
    '١',
    '\uff11',
    '1\u0000',
    '9'.repeat(400),
  ])('no integer: %j', (given) => {
    expect(isRefused(integer(), given)).toBe(true)
  })

  test('what a number cannot hold is refused with what it can', () => {
    const detail = 'v must be an integer from -9007199254740991 to 9007199254740991'
    expect(faultsOf({ v: integer() }, 'v=9007199254740993')).toEqual([detail])
    expect(faultsOf({ v: integer() }, 'v=-9007199254740992')).toEqual([detail])
    expect(faultsOf({ v: integer({ minimum: 0 }) }, `v=${2 ** 53}`)).toEqual([
      'v must be an integer from 0 to 9007199254740991',
    ])
  })

  test('both ends of the limits are allowed', () => {
    const limited = integer({ minimum: -1, maximum: 5 })
    expect([valueOf(limited, '-1'), valueOf(limited, '5')]).toEqual([-1, 5])
    expect(faultsOf({ v: limited }, 'v=6')).toEqual(['v must be an integer from -1 to 5'])
    expect(faultsOf({ v: limited }, 'v=-2')).toEqual(['v must be an integer from -1 to 5'])
    expect(faultsOf({ v: number({ maximum: 0.5 }) }, 'v=0.51')).toEqual(['v must be a number of at most 0.5'])
    expect(valueOf(number({ minimum: 0.5 }), '0.5')).toBe(0.5)
  })

  test('every integer and every number is read back from what String writes', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => valueOf(integer(), String(value)) === value))
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(!Object.is(value, -0))
        return valueOf(number(), String(value)) === value
      }),
    )
  })

  test('a text is an integer only if String writes it so, a number only if JSON does', () => {
    const hostile = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('01359.-+eE xn_')) }),
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
    )
    fc.assert(
      fc.property(hostile, (given) => {
        const plain = Number(given)
        expect(isRefused(integer(), given)).toBe(!(Number.isSafeInteger(plain) && String(plain) === given))
        expect(isRefused(number(), given)).toBe(!isJsonNumber(given))
      }),
      { numRuns: 500 },
    )
  })

  test.each(['', ' 1', '1.', '.5', '01', '+1', '0x10', '1e400', '-0', '-0.0', '-1e-400', 'Infinity', 'NaN', '1e', '٣'])(
    'no number: %j',
    (given) => {
      expect(isRefused(number(), given)).toBe(true)
    },
  )

  test.each(['', '1', '0', 'TRUE', 'True', 'yes', 'on', ' true', 'true '])('no boolean: %j', (given) => {
    expect(faultsOf({ v: boolean() }, new URLSearchParams([['v', given]]).toString())).toEqual([
      'v must be true or false',
    ])
  })

  test('booleans', () => {
    expect([valueOf(boolean(), 'true'), valueOf(boolean({ default: true }), 'false')]).toEqual([true, false])
  })

  test.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.125+02:00', '2026-01-31T10:00:00.125Z'],
  ])('the date %s', (given, iso) => {
    expect(valueOf(date(), given)?.toISOString()).toBe(iso)
  })

  test.each([
    '',
    '2026',
    '2026-01',
    '2026-1-31',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '20260131',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-01-31T25:00:00Z',
    '+002026-01-31',
    '1767225600000',
    'Sat, 31 Jan 2026 00:00:00 GMT',
    '2026-01-31T12:00:00Z\n',
    '٢٠٢٦-01-31',
  ])('no date: %j', (given) => {
    expect(isRefused(date(), given)).toBe(true)
  })

  test('a plus that came as a blank is explained', () => {
    expect(faultsOf({ v: date() }, 'v=2026-01-31T12:00:00+02:00')[0]).toContain('a + is written %2B in a URL')
  })

  test('every time is read back from its ISO form', () => {
    const times = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    fc.assert(fc.property(times, (time) => valueOf(date(), time.toISOString())?.getTime() === time.getTime()))
  })

  test('text is as it was given', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (given) => valueOf(text(), given) === given))
  })

  test('the length of text is counted in characters, not in halves of them', () => {
    expect(valueOf(text({ maxLength: 2 }), '🍕🍕')).toBe('🍕🍕')
    expect(faultsOf({ v: text({ maxLength: 2 }) }, 'v=abc')).toEqual(['v must have at most 2 characters'])
  })

  test('a pattern is searched for, each time from the start', () => {
    const code = text({ pattern: /^[a-z]{2}$/, list: true })
    expect(read({ code }, 'code=de&code=en&code=de')).toEqual({ code: ['de', 'en', 'de'] })
    expect(faultsOf({ code }, 'code=DE')).toEqual(['code must match ^[a-z]{2}$'])
    expect(() => text({ pattern: /a/g })).toThrow(TypeError)
    expect(() => text({ pattern: /a/i })).toThrow(TypeError)
  })

  test('a choice is exact', () => {
    const order = choice(['new', 'old'])
    expect(['', 'New', 'new ', 'constructor', '__proto__', '0'].every((given) => isRefused(order, given))).toBe(true)
    expect(valueOf(order, 'old')).toBe('old')
  })
})

describe('own cleaning and own kinds', () => {
  const even = (value: number): number => {
    if (value % 2 !== 0) throw new RangeError('must be even.')
    return value / 2
  }

  test('cleaning may change a value or refuse it with its words', () => {
    expect(valueOf(integer({ clean: even }), '4')).toBe(2)
    expect(faultsOf({ v: integer({ clean: even }) }, 'v=3')).toEqual(['v must be even.'])
    expect(problemFrom(() => read({ v: integer({ clean: even }) }, 'v=3')).message).toBe('"v" must be even.')
    expect(read({ v: integer({ clean: even, list: true }) }, 'v=2&v=4')).toEqual({ v: [1, 2] })
  })

  test('a default is taken as it is', () => {
    expect(read({ v: integer({ clean: even, default: 3 }) }, '')).toEqual({ v: 3 })
  })

  test('what is neither a RangeError nor a TypeError is a fault of the program', () => {
    const broken = text({
      clean: () => {
        throw new Error('no connection')
      },
    })
    expect(() => read({ v: broken }, 'v=1')).toThrow(new Error('no connection'))
  })

  test('a kind of your own', () => {
    const link = parameter((given) => new URL(given), { schema: { type: 'string', format: 'uri' }, required: true })
    expectTypeOf(link).toEqualTypeOf<QueryParameter<URL>>()
    expect(valueOf(link, 'https://example.org/a').pathname).toBe('/a')
    expect(faultsOf({ link }, 'link=a')).toEqual(['link Invalid URL'])
  })
})

describe('declarations', () => {
  test('own declarations win over inherited ones, which stay', () => {
    const own = { page: integer({ default: 0 }), mine: boolean() }
    const merged = mergeQuery(declarations, own)
    expectTypeOf<QueryValues<typeof merged>['mine']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<QueryValues<typeof merged>['page']>().toEqualTypeOf<number>()
    expect(read(merged, 'mine=true')).toEqual({
      page: 0,
      tag: [],
      order: 'new',
      since: undefined,
      q: undefined,
      mine: true,
    })
    expect(Object.keys(declarations)).not.toContain('mine')
  })

  test('a name in the URL belongs to one parameter', () => {
    const message = '"q" and "search" are both "search" in the URL.'
    expect(() => mergeQuery(declarations, { search: text() })).toThrow(new TypeError(message))
    expect(() => mergeQuery({}, { q: text({ name: 'search' }), search: text() })).toThrow(new TypeError(message))
    expect(Object.keys(mergeQuery({ q: text({ name: 'search' }) }, { q: text(), search: text() }))).toEqual([
      'q',
      'search',
    ])
  })

  test('a default must be what its kind takes', () => {
    expect(() => integer({ default: 0, minimum: 1 })).toThrow('must be an integer of at least 1')
    expect(() => integer({ default: Number.NaN })).toThrow(RangeError)
    expect(() => integer({ list: true, default: [1, 1.5] })).toThrow(RangeError)
    expect(() => text({ default: 'abc', maxLength: 2 })).toThrow(RangeError)
    expect(() => date({ default: new Date(Number.NaN) })).toThrow(RangeError)
    expect(() => integer({ required: true, default: 1 })).toThrow(TypeError)
  })

  test('they are described as parameters of OpenAPI 3.1', () => {
    expect(describeQuery(declarations)).toEqual([
      {
        name: 'page',
        in: 'query',
        description: 'The page',
        required: false,
        schema: { type: 'integer', minimum: 1, default: 1 },
      },
      {
        name: 'tag',
        in: 'query',
        required: false,
        schema: { type: 'array', items: { type: 'string' } },
        style: 'form',
        explode: true,
      },
      { name: 'order', in: 'query', required: false, schema: { type: 'string', enum: ['new', 'old'], default: 'new' } },
      {
        name: 'since',
        in: 'query',
        required: false,
        schema: { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] },
      },
      { name: 'search', in: 'query', required: false, schema: { type: 'string' } },
    ])
  })

  test('limits, defaults of lists and of dates are told, those of unknown form are not', () => {
    const schemas = describeQuery({
      must: number({ list: true, required: true, minimum: 0, maximum: 1 }),
      code: text({ pattern: /^a/u, maxLength: 3 }),
      tags: text({ list: true, default: ['a', 'b'] }),
      since: date({ default: new Date(0) }),
      big: parameter(BigInt, { schema: { type: 'string' }, default: 1n }),
    }).map(({ schema }) => schema)
    expect(schemas).toEqual([
      { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 1 },
      { type: 'string', maxLength: 3, pattern: '^a' },
      { type: 'array', items: { type: 'string' }, default: ['a', 'b'] },
      {
        type: 'string',
        anyOf: [{ format: 'date' }, { format: 'date-time' }],
        default: '1970-01-01T00:00:00.000Z',
      },
      { type: 'string' },
    ])
  })
})

/** Whether JSON knows the text as one finite number that is not -0, said by another parser. */
function isJsonNumber(given: string): boolean {
  if (given.trim() !== given) return false
  try {
    const value: unknown = JSON.parse(given)
    return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
  } catch {
    return false
  }
}
