// Content as JSON text. A bigint is a string of its digits there, as on the wire everywhere: a JSON number would lose some.

/**
 * `JSON.stringify`, except for bigints.
 *
 * @returns undefined for functions, symbols and undefined alone, though the type of `JSON.stringify` does not say so either
 * @throws TypeError for circles
 * @example
 * jsonText({ total: 5n })  // {"total":"5"}
 */
export function jsonText(content: unknown): string {
  try {
    return JSON.stringify(content)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Asked for only now: a replacer would cost all other content several times as much.
    return JSON.stringify(content, digitsOf)
  }
}

function digitsOf(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
