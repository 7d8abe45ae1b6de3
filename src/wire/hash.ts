// A quick 106-bit hash of text for entity tags: equal text, equal tag, in every process; not for secrets.

/**
 * Two independent 53-bit hashes (multiply-xor-shift over UTF-16 units, finalised as in MurmurHash3) as 22 base-36 digits.
 * WebCrypto's digests are asynchronous and cost more than the query whose row they would tag.
 */
export function hashText(text: string): string {
  let a = 0xdeadbeef ^ first
  let b = 0x41c6ce57 ^ first
  let c = 0xdeadbeef ^ second
  let d = 0x41c6ce57 ^ second
  // Both in one pass: the text is the longest thing that a request touches.
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
    c = Math.imul(c ^ unit, 2654435761)
    d = Math.imul(d ^ unit, 1597334677)
  }
  return finished(a, b) + finished(c, d)
}

const first = 0x9e3779b9
const second = 0x85ebca6b

function finished(left: number, right: number): string {
  const a = Math.imul(left ^ (left >>> 16), 2246822507) ^ Math.imul(right ^ (right >>> 13), 3266489909)
  const b = Math.imul(right ^ (right >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36).padStart(11, '0')
}
