// Whether what was answered has the form that the client relies on.

/** A type, a question, a list of one pattern, or an object: `'*'` is every member, `name?` one that may be missing. */
export type Pattern =
  'string' | 'object' | ((value: unknown) => boolean) | readonly [Pattern] | { readonly [name: string]: Pattern }

/**
 * @example
 * matches({ services: { pizzas: 'http://…' } }, { services: { '*': 'string' } })  // true
 */
export function matches(value: unknown, pattern: Pattern): boolean {
  if (typeof pattern === 'function') return pattern(value)
  if (typeof value !== 'object' || value === null) return typeof value === pattern
  if (typeof pattern === 'string') return pattern === 'object'
  if (Array.isArray(pattern)) return Array.isArray(value) && value.every((each) => matches(each, pattern[0] as Pattern))
  const members = value as Readonly<Record<string, unknown>>
  return Object.entries(pattern).every(([name, inner]) => {
    if (name === '*') return Object.keys(members).every((each) => matches(members[each], inner))
    const needed = name.replace('?', '')
    return Object.hasOwn(members, needed) ? matches(members[needed], inner) : needed !== name
  })
}
