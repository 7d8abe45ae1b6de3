// The grammar of path templates: takes '/blog/:id{[0-9]+}' apart, or says where it is malformed.

export interface PathParameter {
  readonly name: string
  /** What stands between the braces; undefined without them: one segment of any text. */
  readonly pattern: string | undefined
  /** Matches a whole value. */
  readonly expression: RegExp
  /** May be left out, with the slash before it; only the last part of a path. */
  readonly isOptional: boolean
  /** Whether its values may hold slashes. */
  readonly isRest: boolean
}

/** A literal segment, decoded, or a parameter. Each has a slash before it; the empty segment is a slash at the end. */
export type PathPart = string | PathParameter

/**
 * Takes a path template apart.
 *
 * @throws TypeError for a malformed one, with the index of the character from which it is.
 * @example
 * parsePath('/blog/')  // ['blog', '']
 */
export function parsePath(path: string): readonly PathPart[] {
  const fault = (at: number, what: string): TypeError =>
    new TypeError(`The path ${JSON.stringify(path)} is malformed at ${at}: ${what}.`)

  const parts: PathPart[] = []
  const names = new Set<string>()
  if (!path.startsWith('/')) throw fault(0, 'it does not begin with a slash')
  for (let start = 1; start <= path.length;) {
    if (path[start] !== ':') {
      const end = endOfSegment(path, start)
      const segment = path.slice(start, end)
      const wrong = faultOfLiteral(segment, end === path.length)
      if (wrong !== undefined) throw fault(start, wrong)
      parts.push(segment)
      start = end + 1
      continue
    }
    const { name, pattern, end } = readParameter(path, start, fault)
    if (names.has(name)) throw fault(start, `:${name} is there twice`)
    if (name === '__proto__') throw fault(start, 'no object can have this name')
    names.add(name)
    const isOptional = path[end] === '?'
    const behind = isOptional ? end + 1 : end
    if (behind < path.length && (isOptional || path[behind] !== '/')) {
      throw fault(behind, isOptional ? 'only the last segment is optional' : 'a parameter is a whole segment')
    }
    const expression = expressionOf(pattern, (what) => fault(start, what))
    parts.push({ name, pattern, expression, isOptional, isRest: expression.test('a/a') })
    start = behind + 1
  }
  return parts
}

type Fault = (at: number, what: string) => TypeError

/** Reads `:name` or `:name{pattern}`; `end` is the index behind it. */
function readParameter(
  path: string,
  colon: number,
  fault: Fault,
): { readonly name: string; readonly pattern: string | undefined; readonly end: number } {
  const name = /^\w*/.exec(path.slice(colon + 1))?.[0] ?? ''
  const end = colon + 1 + name.length
  // RFC 6570 §2.3 allows little more, and `params.id` can be written for these only.
  if (!/^[a-z_]/i.test(name)) throw fault(colon + 1, 'a name of letters, digits and _ is missing')
  if (path[end] !== '{') return { name, pattern: undefined, end }
  const close = endOfPattern(path, end + 1)
  if (close === -1) throw fault(end, 'this brace is not closed')
  return { name, pattern: path.slice(end + 1, close), end: close + 1 }
}

/** The brace that ends a pattern; one with a `{` before it, since the last one, ends a quantifier. `PathParams` counts alike. */
function endOfPattern(path: string, start: number): number {
  for (let from = start; ;) {
    const close = path.indexOf('}', from)
    if (close === -1 || !path.slice(from, close).includes('{')) return close
    from = close + 1
  }
}

function endOfSegment(path: string, start: number): number {
  const slash = path.indexOf('/', start)
  return slash === -1 ? path.length : slash
}

function faultOfLiteral(segment: string, isLast: boolean): string | undefined {
  if (segment === '') return isLast ? undefined : 'a segment is empty'
  if (segment === '.' || segment === '..') return 'URLs have no dot segments'
  if (segment.includes(':')) return 'a parameter is a whole segment'
  if (segment.includes('%')) return 'write the character itself: encoding is done here'
  const odd = /[\0-\u001f\u007f*?#\\{}]/.exec(segment)?.[0]
  if (odd !== undefined) return `${JSON.stringify(odd)} cannot stand outside of a pattern`
  return segment.isWellFormed() ? undefined : 'half a surrogate pair'
}

function expressionOf(pattern: string | undefined, fault: (what: string) => TypeError): RegExp {
  if (pattern === undefined) return /^[^/]+$/u
  if (pattern.startsWith('^') || /(?:^|[^\\])\$$/.test(pattern)) {
    throw fault('patterns match the whole value without ^ and $')
  }
  let expression: RegExp
  let groups: number
  try {
    void new RegExp(pattern, 'us') // by itself first: `a)|(?:b` is none, though it would be one in what follows
    expression = new RegExp(`^(?:${pattern})$`, 'us')
    groups = new RegExp(`${pattern}|`, 'us').exec('')?.length ?? 0
  } catch (error) {
    throw fault(error instanceof Error ? error.message : 'this is no regular expression')
  }
  if (groups > 1) throw fault('patterns have no capturing groups: write (?:…)')
  if (expression.test('')) throw fault('the pattern matches the empty text, which is no segment')
  return expression
}
