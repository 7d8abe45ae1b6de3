// A quick 120-bit hash of text for entity tags: equal text, equal tag, in every process; not for secrets.

const encoder = new TextEncoder()

/** What is hashed, as octets of UTF-8 and as words of them: to ask a text for its units costs several times as much. */
const octets = new Uint8Array(65_536)
const words = new Uint32Array(octets.buffer)

/**
 * Two independent 60-bit hashes (turn-xor-multiply over words of UTF-8, finalised as in MurmurHash3) as 24 base-32 digits.
 * WebCrypto's digests are asynchronous and cost more than the query whose row they would tag. A lone surrogate, which JSON text has
 * none of, is U+FFFD here.
 */
export function hashText(text: string): string {
  let a = 0xdeadbeef ^ first
  let b = 0x41c6ce57 ^ first
  let c = 0xdeadbeef ^ second
  let d = 0x41c6ce57 ^ second
  let length = 0
  for (let start = 0; start < text.length;) {
    const { read, written } = encoder.encodeInto(start === 0 ? text : text.slice(start), octets)
    for (let after = written; after < written + 3; after++) octets[after] = 0 // to the end of the last word
    for (let index = 0; index * 4 < written; index++) {
      const word = words[index] ?? 0
      // Turned, so that what a product has moved up comes down again.
      a = Math.imul(((a << 13) | (a >>> 19)) ^ word, 2654435761)
      b = Math.imul(((b << 15) | (b >>> 17)) ^ word, 1597334677)
      c = Math.imul(((c << 17) | (c >>> 15)) ^ word, 2654435761)
      d = Math.imul(((d << 11) | (d >>> 21)) ^ word, 1597334677)
    }
    start += read
    length += written
  }
  return finished(a ^ length, b) + finished(c ^ length, d) // texts that differ in zeros at their end have the same words
}

const first = 0x9e3779b9
const second = 0x85ebca6b

function finished(left: number, right: number): string {
  const a = Math.imul(left ^ (left >>> 16), 2246822507) ^ Math.imul(right ^ (right >>> 13), 3266489909)
  const b = Math.imul(right ^ (right >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return sixDigits(a) + sixDigits(b)
}

const digits = '0123456789abcdefghijklmnopqrstuv'

/** All that ten bits can be: to ask `toString` for digits costs more than the hash. */
const pairs: readonly string[] = Array.from(
  { length: 1024 },
  (_, index) => digits.charAt(index >>> 5) + digits.charAt(index & 31),
)

/** The lower thirty bits. */
function sixDigits(bits: number): string {
  return `${pairs[(bits >>> 20) & 1023]}${pairs[(bits >>> 10) & 1023]}${pairs[bits & 1023]}`
}
