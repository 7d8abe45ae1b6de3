// Whether what was answered has the form that the client relies on.

/** A text, a question, an object with these members, or, in brackets, a list or an object of which every member is like that. */
export type Pattern =
  'string' | ((value: unknown) => boolean) | readonly [Pattern] | { readonly [name: string]: Pattern }

/**
 * @example
 * matches({ services: { pizzas: 'http://…' } }, { services: ['string'] })  // true
 */
export function matches(value: unknown, pattern: Pattern): boolean {
  if (typeof pattern === 'string') return typeof value === pattern
  if (typeof pattern === 'function') return pattern(value)
  if (typeof value !== 'object' || value === null) return false
  const members = value as Readonly<Record<string, unknown>>
  if (Array.isArray(pattern)) return Object.values(members).every((each) => matches(each, pattern[0] as Pattern)) // its only one
  return Object.entries(pattern).every(([name, inner]) => matches(members[name], inner))
}
