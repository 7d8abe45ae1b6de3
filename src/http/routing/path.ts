// The path of a resource class, such as '/blog/:id{[0-9]+}': what its parameters are, which paths it reads, which it writes.

import { encodeUriReference } from '../../wire/index.ts'
import { parsePath, type PathParameter, type PathPart } from './path-syntax.ts'

/**
 * The parameters of a path, as a request gives them: decoded texts. Of a path that is only known as a `string`, any name.
 *
 * @example
 * type P = PathParams<'/blog/:id{[0-9]+}/:slug?'>  // { readonly id: string; readonly slug?: string }
 */
export type PathParams<Path extends string> = string extends Path
  ? Readonly<Record<string, string>>
  : ByName<Names<Path>, string, never>

/** What `url()` takes: a value for each parameter of the path; an optional one may also be undefined. */
export type PathValues<Path extends string> = string extends Path
  ? Readonly<Record<string, PathValue | undefined>>
  : [Names<Path>] extends [never]
    ? Readonly<Record<string, never>>
    : ByName<Names<Path>, PathValue, undefined>

export type PathValue = string | number | bigint

type ByName<Name extends string, Value, Absent> = Flat<
  { readonly [N in Name as N extends `${string}?` ? never : N]: Value } & {
    readonly [N in Name as N extends `${infer Bare}?` ? Bare : never]?: Value | Absent
  }
>
type Flat<T> = { [K in keyof T]: T[K] }

/** The names in a path as a union, an optional one with its question mark. */
type Names<Path extends string, Found extends string = never> = Path extends `${string}/:${infer Rest}`
  ? Rest extends `${infer Head}/${infer Tail}`
    ? Head extends `${infer Name}{${string}`
      ? Rest extends `${Name}{${infer Pattern}`
        ? NamesBehind<AfterPattern<Pattern>, Name, Found>
        : never
      : Names<`/${Tail}`, Found | Head>
    : Found | (Rest extends `${infer Name}{${infer Pattern}` ? `${Name}${AfterPattern<Pattern>}` : Rest)
  : Found

type NamesBehind<Rest extends string, Name extends string, Found extends string> = Rest extends '?'
  ? Found | `${Name}?`
  : Names<Rest, Found | Name>

/** What follows the brace that ends a pattern; one with a `{` before it, since the last one, ends a quantifier. */
type AfterPattern<Text extends string> = Text extends `${infer Before}}${infer After}`
  ? Before extends `${string}{${string}`
    ? AfterPattern<After>
    : After
  : ''

/** The decoded parameters of one path. Without a prototype, so that no name finds what was not in the path. */
class Values {
  [name: string]: string
}
Object.setPrototypeOf(Values.prototype, null)
Reflect.deleteProperty(Values.prototype, 'constructor')

/** Of a path without parameters. */
export const noValues: Readonly<Record<string, string>> = Object.freeze(new Values())

/**
 * A path with parameters, in Hono's grammar: `/blog/:id{[0-9]+}`, a last segment that may be left out `/:page?`, the rest
 * of a path `/files/:path{.+}`. A parameter is a whole segment, or as many as its pattern takes; patterns are about
 * decoded values, match them as a whole, have the flags `us` and no capturing groups; a brace in one is `\x7b` or `\x7d`.
 *
 * @throws TypeError for a path that is malformed; it says where.
 * @example
 * const template = new PathTemplate('/blog/:id{[0-9]+}/:slug?')
 * template.names                        // ['id', 'slug']
 * template.fill({ id: 3 })              // '/blog/3'
 * template.read('/blog/3/on pizza')     // { id: '3', slug: 'on pizza' }
 */
export class PathTemplate {
  readonly path: string
  /** Of the parameters, in their order. */
  readonly names: readonly string[]
  /** The same text for templates that differ in nothing but the names of their parameters. */
  readonly shape: string
  readonly #parts: readonly PathPart[]
  readonly #parameters: readonly PathParameter[]
  readonly #expression: RegExp

  constructor(path: string) {
    this.path = path
    this.#parts = parsePath(path)
    this.#parameters = this.#parts.filter((part) => typeof part !== 'string')
    this.names = this.#parameters.map(({ name }) => name)
    this.shape = this.#parts.map(sourceOf).join('')
    this.#expression = new RegExp(`^${this.shape}$`, 'us')
  }

  /** Of the parameters that every path of this template has. */
  get requiredNames(): readonly string[] {
    return this.#parameters.filter(({ isOptional }) => !isOptional).map(({ name }) => name)
  }

  /** The segments before the first parameter; all of them where there is none. */
  get leadingSegments(): readonly string[] {
    const end = this.#parts.findIndex((part) => typeof part !== 'string')
    return this.#parts.slice(0, end === -1 ? undefined : end).map(String)
  }

  /** As RFC 6570 writes it: `/blog/{id}`, `/blog{/page}` where the page is optional, `/files/{+path}` for a rest. */
  get uriTemplate(): string {
    return this.#parts
      .map((part, index) => {
        if (typeof part === 'string') return `/${encodeUriReference(part)}`
        if (part.isOptional && index > 0) return `{/${part.name}}`
        return part.isRest ? `/{+${part.name}}` : `/{${part.name}}`
      })
      .join('')
  }

  /** As OpenAPI writes it: `/blog/{id}`; two paths where the last segment is optional, since OpenAPI has none of these. */
  get openApiPaths(): readonly string[] {
    const segments = this.#parts.map((part) => (typeof part === 'string' ? encodeUriReference(part) : `{${part.name}}`))
    const whole = `/${segments.join('/')}`
    return this.#parameters.at(-1)?.isOptional === true ? [`/${segments.slice(0, -1).join('/')}`, whole] : [whole]
  }

  /** The regular expression that a parameter's values match as a whole; undefined for a parameter without one. */
  patternOf(name: string): string | undefined {
    return this.#parameters.find((parameter) => parameter.name === name)?.pattern
  }

  /**
   * The path with these values, each percent-encoded as one segment; the slashes of a rest stay.
   *
   * @throws TypeError where the path would not be read as these values: one is missing, unknown, empty, holds a NUL or
   *   backslash, is a dot segment, or does not match the parameter's pattern.
   * @example
   * new PathTemplate('/files/:path{.+}').fill({ path: 'a b/50%' })  // '/files/a%20b/50%25'
   */
  fill(values: Readonly<Record<string, PathValue | undefined>>): string {
    const unknown = Object.keys(values).find((name) => !this.names.includes(name))
    if (unknown !== undefined) throw this.#fault(`has no parameter ${JSON.stringify(unknown)}`)
    const texts: string[] = []
    let path = ''
    let encoded = ''
    for (const part of this.#parts) {
      const text = typeof part === 'string' ? part : this.#textOf(part, values)
      if (text === undefined) break // it is the last
      path += `/${text}`
      encoded += typeof part === 'string' ? `/${encodeUriReference(part)}` : `/${encodeValue(text)}`
      if (typeof part !== 'string') texts.push(text)
    }
    if (!this.#readsBack(path, texts)) throw this.#fault('would not read these values back from', path)
    return encoded === '' ? '/' : encoded
  }

  /** The parameters of a decoded path without empty segments; undefined where it is not one of this template's. */
  read(path: string): Readonly<Record<string, string>> | undefined {
    const found = this.#expression.exec(path)
    if (found === null) return undefined
    const values = new Values()
    for (let index = 0; index < this.names.length; index++) {
      const value = found[index + 1]
      if (value !== undefined) values[this.names[index] ?? ''] = value
    }
    return values
  }

  #textOf(parameter: PathParameter, values: Readonly<Record<string, unknown>>): string | undefined {
    const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined
    if (value === undefined && parameter.isOptional) return undefined
    const about = `needs for ${JSON.stringify(parameter.name)}`
    if (typeof value !== 'string' && typeof value !== 'bigint' && !Number.isFinite(value)) {
      throw this.#fault(`${about} a text or a finite number, not ${typeof value === 'number' ? value : typeof value}`)
    }
    const text = String(value)
    if (!isPlain(text) && !text.split('/').every(isSegment)) {
      throw this.#fault(`${about} a value that a path can hold`, text)
    }
    if (!parameter.expression.test(text)) {
      throw this.#fault(`${about} ${parameter.pattern ?? 'one segment'}`, text)
    }
    return text
  }

  /** Two neighbours that both take slashes, or a pattern that looks around, can read other values than were written. */
  #readsBack(path: string, texts: readonly string[]): boolean {
    const read = this.read(path === '' ? '/' : path)
    return read !== undefined && this.names.every((name, index) => read[name] === texts[index])
  }

  #fault(what: string, text?: string): TypeError {
    const shown = text === undefined ? '' : `: ${JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)}`
    return new TypeError(`The path ${JSON.stringify(this.path)} ${what}${shown}.`)
  }
}

/** Most values are: one segment, and the same one when encoded. */
function isPlain(text: string): boolean {
  return /^[\w~-]+$/.test(text)
}

function encodeValue(text: string): string {
  return isPlain(text) ? text : text.split('/').map(encodeURIComponent).join('/')
}

/** Whether a decoded segment keeps its place in a path: what others read as none, as a step or as a separator does not. */
function isSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[\0\\]/.test(text) && text.isWellFormed()
}

function sourceOf(part: PathPart, index: number): string {
  if (typeof part === 'string') return `/${part.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&')}`
  // A rest that ended in a slash would be a path with an empty segment.
  const group = part.pattern === undefined ? '([^/]+)' : `((?:${part.pattern})(?<!/))`
  if (!part.isOptional) return `/${group}`
  return index === 0 ? `/${group}?` : `(?:/${group})?`
}
