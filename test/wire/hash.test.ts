// The hash of entity tags: the same in every process and version, and different for different text.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashText } from '../../src/wire/index.ts'

// A tag that changes without its row makes every cache and every If-Match fail once, on every client.
test.each([
  ['', 'c3lv1rj51gp9iqtm3imarg6f'],
  ['a', 'lo9hv943nd8crsbb49bt5vog'],
  ['b', 'aukkuij7dgjk8ipmtd6tuagm'],
  ['["1","Margherita",950]', 'uigvvh91ng8odd5bnoea3on5'],
  ['Zürich 💥', 'a2md1ktj4k0t78his65kdbp7'],
  ['\ud800', 'fmb27e8ulnmm6noolv5uphro'],
  ['a'.repeat(50), 'i3kh6t0jj80o09r8i5ipgouu'],
])('the hash of %j is the same for ever', (text, hash) => {
  expect(hashText(text)).toBe(hash)
})

test('has 24 digits of base 32', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hashText(text)).toMatch(/^[0-9a-v]{24}$/)
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
    left.add(hash.slice(0, 12))
    right.add(hash.slice(12))
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
    many
      .map((index) => String.fromCharCode(index & 0xff00, (index & 0xff) << 8, index >> 8))
      .filter((text) => text.isWellFormed()),
  ],
  ['pairs of characters', many.map((index) => String.fromCharCode(index % 317, (index / 317) | 0))],
])('no two of 100,000 are alike, not even in one half: %s', (_name, texts) => {
  expect(new Set(texts).size).toBe(texts.length)
  expect(collisions(texts)).toEqual([0, 0, 0])
})
