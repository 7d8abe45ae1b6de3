// What the negotiated request fields share: weights, lists of names with weights (RFC 9110 §12.4.2), and a memory of what was read.

import { endOfElement } from '../../wire/index.ts'

/** A content coding or a language range, and what it is worth to the client. */
export interface Weighted {
  /** In lower case; `*` is any. */
  readonly name: string
  /** From 0, not acceptable, to 1. */
  readonly quality: number
}

/**
 * The elements of a list as `Accept-Encoding` and `Accept-Language` have it, in the order of the field and in linear time.
 * A malformed element is left out.
 *
 * @example
 * parseWeights('gzip;q=0.5, BR, ;;')  // [{ name: 'gzip', quality: 0.5 }, { name: 'br', quality: 1 }]
 */
export function parseWeights(field: string): readonly Weighted[] {
  return elementsOf(field).flatMap((text) => {
    const [, name = '', weight = '1'] = element.exec(text) ?? []
    const quality = parseQuality(weight)
    return name === '' || quality === undefined ? [] : [{ name: name.toLowerCase(), quality }]
  })
}

/** A token, and behind a semicolon its weight; each part begins with what the one before it cannot hold. */
const element = /^[ \t]*([\w!#$%&'*+.^`|~-]+)(?:[ \t]*;[ \t]*q=([^ \t]*))?[ \t]*$/i

/**
 * The first hundred parts of a list (§5.6.1), with the blanks around them; a quoted comma does not split it. No client has more
 * to say, and thousands, which fit into a header section, would cost more to read than the rest of the request.
 */
export function elementsOf(field: string): readonly string[] {
  const elements: string[] = []
  for (let start = 0; start < field.length && elements.length < mostElements;) {
    const end = endOfElement(field, start)
    elements.push(field.slice(start, end))
    start = end + 1
  }
  return elements
}

const mostElements = 100

/** A `qvalue`: at most three digits, none of them above 1; undefined for anything else. */
export function parseQuality(text: string): number | undefined {
  return qvalue.test(text) ? Number(text) : undefined
}

const qvalue = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/**
 * The same parser with a memory: a process sees few distinct fields. Of 256 the oldest goes first, and fields
 * of 200 characters or more are not kept, so that nobody can fill it with much.
 */
export function remembered<V>(parse: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const parsed = parse(text)
    if (text.length >= longestKnown) return parsed
    for (const oldest of known.keys()) {
      if (known.size < mostKnown) break
      known.delete(oldest)
    }
    known.set(text, parsed)
    return parsed
  }
}

const mostKnown = 256
const longestKnown = 200
