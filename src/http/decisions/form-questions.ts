// The questions about the form of a request, before anybody is known: fields that hold one value, and the query.

import type { QueryDeclarations } from '../query/query-parameters.ts'
import type { Resource, Verdict } from '../resource.ts'

/** `fetch` joins lines of one name by commas: two credentials, or two media types, look like that (RFC 9110 §5.3). */
export function areFieldsWellFormed({ exchange }: Resource): boolean {
  const credentials = exchange.headers.get('authorization')
  return credentials === null || !secondCredentials.test(withoutStrings(credentials))
}

/** The text with its quoted strings emptied, each character looked at once; one that does not end is none. */
function withoutStrings(text: string): string {
  let [result, from] = ['', 0]
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', from)) {
    const end = endOfString(text, open)
    if (end === undefined) break
    result += `${text.slice(from, open)}""`
    from = end
  }
  return result + text.slice(from)
}

/** Behind the quote that closes it. */
function endOfString(text: string, open: number): number | undefined {
  for (let at = open + 1; at < text.length; at += text[at] === '\\' ? 2 : 1) {
    if (text[at] === '"') return at + 1
  }
  return undefined
}

/** A comma, then a scheme with a space and what is no `=` after it: within one credential a comma parts `name=value`. */
const secondCredentials = /,[ \t]*[\w!#$%&'*+.^`|~-]+ +[^\s=,]/

export function isQueryWellFormed(resource: Resource): Verdict {
  const { search } = resource.exchange
  if (!isDecodable(search)) return false
  // Reading it is what checks it; with nothing given only required parameters can be missing.
  const { parameters } = resource.constructor as { readonly parameters?: QueryDeclarations } // a static of Resource
  const isRead =
    parameters !== undefined && (search !== '' || Object.values(parameters).some(({ required }) => required))
  if (isRead) void resource.query
  return true
}

/** The decoder of URLSearchParams is lenient: what it cannot read would be looked for as something else. */
function isDecodable(search: string): boolean {
  if (!search.includes('%')) return true
  try {
    decodeURIComponent(search)
    return true
  } catch {
    return false
  }
}
