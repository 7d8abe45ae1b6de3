// The hash of entity tags: the same in every process and version, and different for different text.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashText } from '../../src/wire/index.ts'

// A tag that changes without its row makes every cache and every If-Match fail once, on every client.
test.each([
  ['', '1aggevgbi2j1247s7v64qa'],
  ['a', '0bmnxinv5js16ayds5vhae'],
  ['b', '0e5qxk0lde11raxnihrl09'],
  ['["1","Margherita",950]', '0y0cxbgv1g51g7zulchozj'],
  ['Zürich 💥', '1qzhgpj0ap91zbrlgs80h8'],
  ['\ud800', '0yz2vtnilgj0wvsi77tbet'],
  ['a'.repeat(50), '0e5edcbbiec1d28wk4rkw4'],
])('the hash of %j is the same for ever', (text, hash) => {
  expect(hashText(text)).toBe(hash)
})

test('has 22 digits of base 36', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hashText(text)).toMatch(/^[0-9a-z]{22}$/)
    }),
  )
})

/** How many of the hashes, and of the halves of which they consist, are not the only ones of their kind. */
const collisions = (texts: Iterable<string>): readonly number[] => {
  const whole = new Set<string>()
  const [left, right] = [new Set<string>(), new Set<string>()]
  let count = 0
  for (const text of texts) {
    const hash = hashText(text)
    whole.add(hash)
    left.add(hash.slice(0, 11))
    right.add(hash.slice(11))
    count += 1
  }
  return [whole, left, right].map(({ size }) => count - size)
}

const many = Array.from({ length: 100_000 }, (_, index) => index)

test.each([
  ['numbers', many.map(String)],
  ['rows that differ in a number', many.map((index) => `[${index},"Margherita","for sale",950,null]`)],
  ['rows that differ at the end', many.map((index) => `["Margherita, with mozzarella and basil",null,true,${index}]`)],
  ['single letters far apart', many.map((index) => `${'a'.repeat(index % 300)}b${'a'.repeat((index / 300) | 0)}`)],
  [
    'characters that differ in high bits',
    many.map((index) => String.fromCharCode(index & 0xff00, (index & 0xff) << 8, index >> 8)),
  ],
  ['pairs of characters', many.map((index) => String.fromCharCode(index % 317, (index / 317) | 0))],
])('no two of 100,000 are alike, not even in one half: %s', (_name, texts) => {
  expect(new Set(texts).size).toBe(texts.length)
  expect(collisions(texts)).toEqual([0, 0, 0])
})
