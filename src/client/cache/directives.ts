// The field Cache-Control (RFC 9111 §5.2), read so that what is malformed means the strictest that it can mean.

/** Names in lower case; each with its values, as often as it was said. A value that is missing is ''. */
export type Directives = ReadonlyMap<string, readonly string[]>

/** A name and its value, quoted or not. Behind a quote that is never closed, words are read on as directives. */
const directive = /([^\s,="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g

/**
 * @example
 * readDirectives('no-cache, max-age="60"')  // Map { 'no-cache' → [''], 'max-age' → ['60'] }
 */
export function readDirectives(text: string | null | undefined): Directives {
  if (text === null || text === undefined || text === '') return none
  const found = new Map<string, string[]>()
  for (const [, name = '', quoted, plain] of text.matchAll(directive)) {
    const key = name.toLowerCase()
    const values = found.get(key)
    const value = quoted ?? plain ?? ''
    if (values === undefined) found.set(key, [value])
    else values.push(value)
  }
  return found
}

const none: Directives = new Map()

/**
 * The seconds of a directive; undefined where it is not said. Said several times, the least or most counts: that of `strictest`.
 *
 * @param strictest what a value that is no number of seconds means.
 */
export function secondsOf(directives: Directives, name: string, strictest: number): number | undefined {
  const values = directives.get(name)
  if (values === undefined) return undefined
  const seconds = values.map((value) => (/^\d+$/.test(value) ? Number(value) : strictest))
  return strictest === 0 ? Math.min(...seconds) : Math.max(...seconds)
}
