// Finds which of many paths a request is for: first by the literal segments that they begin with, then by their expressions.

import { noValues, PathTemplate } from './path.ts'

export interface PathMatch<T> {
  readonly value: T
  /** Decoded; without a prototype. */
  readonly params: Readonly<Record<string, string>>
}

/**
 * The paths of a set of resources. Where several match, the one that was added first does.
 *
 * Paths are compared decoded, segment by segment: `/%62log` is `/blog` (RFC 9110 §4.2.3), and a pattern sees the value
 * that the resource gets. Paths with an empty segment never match; a slash at the end counts.
 *
 * @example
 * const matcher = new PathMatcher<string>()
 * matcher.add('/blog/:id{[0-9]+}', 'post')
 * matcher.match('/blog/3')              // { value: 'post', params: { id: '3' } }
 * matcher.match('/blog/three')          // undefined
 * matcher.match('/blog/%zz')            // 'malformed'
 * matcher.matchOtherSlash('/blog/3/')   // '/blog/3'
 */
export class PathMatcher<T> {
  readonly #shapes = new Map<string, string>()
  readonly #root: Branch<T> = { routes: [], branches: new Map() }
  /** Paths without parameters, as far as no path that was added before takes them. */
  readonly #literals = new Map<string, PathMatch<T>>()

  /**
   * Adds a path, for which `PathTemplate` gives the grammar.
   *
   * @throws TypeError for a malformed path, and for one that differs from another in nothing but names.
   */
  add(path: string, value: T): void {
    const template = new PathTemplate(path)
    const same = this.#shapes.get(template.shape)
    if (same !== undefined) {
      throw new TypeError(`${JSON.stringify(path)} and ${JSON.stringify(same)} are the same path.`)
    }
    if (template.names.length > 0) this.#branchOf(template).routes.push({ template, value, order: this.#shapes.size })
    else if (this.#find(path) === undefined) this.#literals.set(path, { value, params: noValues })
    this.#shapes.set(template.shape, path)
  }

  /**
   * The value whose path this is, and its parameters.
   *
   * @param pathname as `URL.pathname` has it, percent-encoded. `'malformed'` is for what is no path of an http URL or could
   *   be another one to another reader: bad percent-encoding, encoded text that is not UTF-8, an encoded slash,
   *   backslash or NUL, dot segments (RFC 3986 §2.1, §3.3, RFC 9110 §4.2.3). Never throws.
   */
  match(pathname: string): PathMatch<T> | 'malformed' | undefined {
    const literal = this.#literals.get(pathname)
    if (literal !== undefined) return literal
    const path = decodePath(pathname)
    if (path === undefined) return 'malformed'
    return path.includes('//') ? undefined : (this.#literals.get(path) ?? this.#find(path))
  }

  /**
   * The same path with the slash at its end added or removed, still percent-encoded, if that is a path of this matcher:
   * where a 308 leads (RFC 9110 §15.4.9). It never begins with two slashes, which would be another host (RFC 3986 §4.2).
   */
  matchOtherSlash(pathname: string): string | undefined {
    const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`
    return !pathname.includes('//') && typeof this.match(other) === 'object' ? other : undefined
  }

  #branchOf(template: PathTemplate): Branch<T> {
    let branch = this.#root
    for (const segment of template.leadingSegments) {
      const next: Branch<T> = branch.branches.get(segment) ?? { routes: [], branches: new Map() }
      branch.branches.set(segment, next)
      branch = next
    }
    return branch
  }

  /** Walks down the segments of a decoded path; at each step it asks the templates whose literal beginning ends there. */
  #find(path: string): PathMatch<T> | undefined {
    let found: PathMatch<T> | undefined
    let order = Infinity
    let branch: Branch<T> | undefined = this.#root
    for (let start = 1; branch !== undefined;) {
      for (const route of branch.routes) {
        if (route.order > order) break
        const params = route.template.read(path)
        if (params === undefined) continue
        found = { value: route.value, params }
        order = route.order
        break
      }
      if (start > path.length) break
      const slash = path.indexOf('/', start)
      const end = slash === -1 ? path.length : slash
      branch = branch.branches.get(path.slice(start, end))
      start = end + 1
    }
    return found
  }
}

interface Route<T> {
  readonly template: PathTemplate
  readonly value: T
  /** How many were added before. */
  readonly order: number
}

interface Branch<T> {
  /** In the order in which they were added. */
  readonly routes: Route<T>[]
  readonly branches: Map<string, Branch<T>>
}

/** Dot segments, what no URI holds, and encoded separators: with these out of the way decoding does not change the segments. */
const misleading = /[^!-[\]-~]|%(?:2f|5c|00)/i
const dotSegment = /\/\.\.?(?:\/|$)/

/** The decoded path; undefined where it is malformed. */
function decodePath(pathname: string): string | undefined {
  if (misleading.test(pathname)) return undefined
  let path = pathname
  if (pathname.includes('%')) {
    try {
      path = decodeURIComponent(pathname)
    } catch {
      return undefined
    }
  }
  return path.includes('/.') && dotSegment.test(path) ? undefined : path
}
