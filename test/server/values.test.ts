// Values of every type go in and come out as they were, are found by what they are, and are kept by the database itself.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { serving } from './fixture.ts'

const api = serving()

/** A decimal of at most 15 digits, in its shortest spelling. */
const decimal = fc.tuple(fc.nat(999_999_999), fc.nat(999_999), fc.boolean()).map(([whole, fraction, negative]) => {
  const digits = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
  return `${negative && whole + fraction > 0 ? '-' : ''}${whole}${digits}`
})
const instant = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
/** Without the member names that are refused wherever they stand (see test/http/content/json.test.ts). */
const json = fc
  .jsonValue()
  .filter((value) => value !== null && !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value)))

const columns: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  whole: fc.maxSafeInteger(),
  real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  decimal,
  big: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  huge: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  flag: fc.boolean(),
  word,
  size: fc.constantFrom('s', 'm', 'l'),
  at: instant,
  bytes: fc.uint8Array().map((octets) => Buffer.from(octets).toString('base64')),
  json,
}

test.each(Object.keys(columns))('%s', async (name) => {
  await fc.assert(
    fc.asyncProperty(columns[name] ?? fc.constant(null), async (value) => {
      expect((await api.put('/menu/Sample/4', { [name]: value })).status).toBe(204)
      const { body, headers, text } = await api.get('/menu/Sample/4')
      expect(text).toContain(`${JSON.stringify(name)}:${JSON.stringify(value)}`)
      expect((await api.put('/menu/Sample/4', body)).status).toBe(204)
      expect((await api.get('/menu/Sample/4')).headers.get('etag')).toBe(headers.get('etag'))
      if (name === 'bytes' || name === 'json') return
      const found = await api.get(`/menu/Sample?id=4&${name}=${encodeURIComponent(plain(value))}`)
      expect(found.body).toHaveLength(1)
    }),
    { numRuns: 40 },
  )
})

/** In a URL numbers are written as JSON writes them. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

test.each([
  ['9.50', '9.5'],
  ['007', '7'],
  ['-0', '0'],
  ['-0.50', '-0.5'],
  ['0.0000001', '0.0000001'],
  ['100000000000000', '100000000000000'],
  ['0.000000000000001', '0.000000000000001'],
  [9.5, '9.5'],
  [1e-7, '0.0000001'],
  [1e14, '100000000000000'],
])('the decimal %j is %j', async (given, shown) => {
  expect((await api.patch('/menu/Sample/4', { decimal: given })).body.decimal).toBe(shown)
  expect((await api.get(`/menu/Sample?decimal=${shown}`)).body.map((row: { id: number }) => row.id)).toContain(4)
})

test.each([
  ['1e300', `1${'0'.repeat(300)}`],
  ['-1.5e300', `-15${'0'.repeat(299)}`],
  ['2.5e-10', '0.00000000025'],
])('a decimal of another program, %s, is shown without an exponent', async (stored, shown) => {
  await api.sql(`UPDATE sample SET decimal = ${stored} WHERE id = 4`)
  expect((await api.get('/menu/Sample/4')).body.decimal).toBe(shown)
})
