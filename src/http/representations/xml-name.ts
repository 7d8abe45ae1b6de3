// Names of members as names of XML elements.

import { escapeAttribute } from './escape-markup.ts'

export interface Tag {
  /** The name with what stands behind it in the start tag. */
  readonly start: string
  readonly end: string
}

/** The names of XML 1.0 §2.3 in ASCII: much used parsers go by an older edition, without most of the other letters. */
const name = /^[A-Z_a-z][-.\w]*$/

/** Names beginning with `xml` belong to XML itself (§2.3). */
const ofXml = /^xml/i

/**
 * The tag of a member. A name that is no XML name in ASCII, or is among `taken`, which have a meaning of their own in
 * the vocabulary, becomes the `name` of a `member` element; characters that XML forbids become U+FFFD in it.
 *
 * @example
 * tagOf('title', [])    // { start: 'title', end: 'title' }
 * tagOf('2nd try', [])  // { start: 'member name="2nd try"', end: 'member' }
 */
export function tagOf(member: string, taken: readonly string[]): Tag {
  if (name.test(member) && !ofXml.test(member) && !taken.includes(member)) return { start: member, end: member }
  return { start: `member name="${escapeAttribute(member)}"`, end: 'member' }
}
