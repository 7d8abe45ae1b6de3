// `resource(path)`: the class to extend for a resource whose path, and so the type of its parameters, is known.

import { refuseUnknownOptions } from '../../wire/index.ts'
import type { Exchange } from '../exchange.ts'
import { PathTemplate, type PathParams, type PathValues } from './path.ts'
import { mergeQuery, type QueryDeclarations } from '../query/query-parameters.ts'
import { Resource, type NoQuery } from '../resource.ts'
import { checkNames, type Settings } from '../settings.ts'

/** A class with a path: what `resource(path)` gives, and every class that extends it. */
export interface PathClass<Path extends string = string, Query extends QueryDeclarations = NoQuery> {
  new (exchange: Exchange, params: PathParams<Path>): Resource<PathParams<Path>, Query>
  readonly path: PathTemplate
  readonly parameters: Query
  /**
   * The path with these values, percent-encoded; below a prefix ask the router: `urlOf`.
   *
   * @throws TypeError for values that the path cannot hold.
   * @example
   * Post.url({ id: 3 }) // '/blog/3'
   */
  url(...values: Values<Path>): string
}

const known = { query: true, settings: true, extends: true }

/** Nothing has to be given where nothing is needed. */
type Values<Path extends string> =
  NoQuery extends PathValues<Path> ? [values?: PathValues<Path>] : [values: PathValues<Path>]

/** Any class of resources, whatever its parameters. */
export interface BaseClass {
  // oxlint-disable-next-line typescript/no-explicit-any -- TypeScript takes nothing else as the base of a class it does not know
  new (exchange: Exchange, params: any): Resource
  readonly parameters: QueryDeclarations | undefined
}

/** What `resource` makes of a base: its members, with the parameters of this path and the query of both. */
export interface Extending<Path extends string, Base extends BaseClass, Query extends QueryDeclarations> {
  new (
    exchange: Exchange,
    params: PathParams<Path>,
  ): InstanceType<Base> & Resource<PathParams<Path>, Inherited<Base> & Query>
  readonly parameters: Inherited<Base> & Query
}

type Inherited<Base extends BaseClass> = Base['parameters'] extends QueryDeclarations ? Base['parameters'] : NoQuery

/**
 * The class to extend. `query` declares the query parameters, any other is 400; `settings` are made once for all its requests, as a
 * field of the class would not be; `extends` names a class whose settings, answers, handlers and query parameters are taken over.
 * In Hono's grammar a path has parameters (`/:id`), with a pattern (`/:id{[0-9]+}`), in its last segment
 * optional (`/:page?`).
 *
 * @throws TypeError for a path that is malformed, and for an option or a setting that does not exist.
 * @example
 * class Post extends resource('/blog/:id{[0-9]+}', { query: { draft: query.boolean({ default: false }) } }) {
 *   GET() { return { id: this.params.id, draft: this.query.draft } }
 * }
 * Post.url({ id: 3 }) // '/blog/3'
 */
export function resource<const Path extends string, Query extends QueryDeclarations = NoQuery>(
  path: Path,
  options?: { readonly query?: Query; readonly settings?: Partial<Settings> },
): PathClass<Path, Query>
export function resource<const Path extends string, Base extends BaseClass, Query extends QueryDeclarations = NoQuery>(
  path: Path,
  options: { readonly query?: Query; readonly settings?: Partial<Settings>; readonly extends: Base },
): Omit<PathClass<Path>, 'parameters'> & Extending<Path, Base, Query>
export function resource(
  path: string,
  options: { query?: QueryDeclarations; settings?: Partial<Settings>; extends?: BaseClass } = {},
): unknown {
  refuseUnknownOptions(options, known, `resource("${path}", …)`)
  const template = new PathTemplate(path)
  const base: BaseClass = options.extends ?? Resource
  const parameters = mergeQuery(base.parameters ?? {}, options.query ?? {})
  class At extends base {
    static readonly path = template
    static override readonly parameters = parameters
    static url(values: Readonly<Record<string, string | number | bigint | undefined>> = {}): string {
      return template.fill(values)
    }
  }
  checkNames(path, options.settings ?? {})
  for (const [name, value] of Object.entries(options.settings ?? {})) {
    Object.defineProperty(At.prototype, name, { value })
  }
  return At
}

/** Whether a class was made with a path. */
export function hasPath(resourceClass: object): resourceClass is PathClass<string, QueryDeclarations> {
  return 'path' in resourceClass && resourceClass.path instanceof PathTemplate
}
