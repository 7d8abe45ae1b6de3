// `modelResource(path, table)` and `modelCollection(path, Post)`: the classes to extend for hand-written resources of a model.

import {
  resource,
  type Exchange,
  type NoQuery,
  type PathClass,
  type PathParams,
  type QueryDeclarations,
  type Resource,
  type Settings,
} from '../../http/index.ts'
import { refuseUnknownOptions, type KnownOptions } from '../../wire/index.ts'
import type { Declaration, DeclaredClass } from './binding.ts'
import type { Fields, ModelSource, RowOf } from './field-options.ts'
import { ModelCollection, type PageParameters } from './model-collection.ts'
import { ModelResource } from './model-resource.ts'

interface SharedOptions<Source extends ModelSource, Query extends QueryDeclarations> {
  /** What is shown of a row; its own columns unless given. */
  readonly fields?: Fields<RowOf<Source>>
  /** Query parameters it takes; any other is 400. */
  readonly query?: Query
  readonly settings?: Partial<Settings>
}

export interface ModelResourceOptions<
  Source extends ModelSource,
  Query extends QueryDeclarations = NoQuery,
> extends SharedOptions<Source, Query> {
  /** Rows that are shown as related to others look like this. One resource of a model is its default. */
  readonly default?: boolean
}

export interface ModelCollectionOptions<
  Source extends ModelSource,
  Query extends QueryDeclarations = NoQuery,
> extends SharedOptions<Source, Query> {
  /** Columns, with a `-` for the other direction: `'-createdAt'`; the key decides between equals. The order of the model unless given. */
  readonly sort?: string | readonly string[]
}

/** What `modelResource` gives, and every class that extends it. */
export interface ModelResourceClass<
  Path extends string,
  Source extends ModelSource,
  Query extends QueryDeclarations,
> extends Pick<PathClass<Path>, 'path' | 'url'> {
  new (
    exchange: Exchange,
    params: PathParams<Path>,
  ): ModelResource<PathParams<Path>, Source> & Resource<PathParams<Path>, Query>
  readonly parameters: Query
  readonly declaration: Declaration
  /** Of its rows; for types alone. */
  readonly source?: Source
}

export interface ModelCollectionClass<
  Path extends string,
  Source extends ModelSource,
  Query extends QueryDeclarations,
> extends Pick<PathClass<Path>, 'path' | 'url'> {
  new (
    exchange: Exchange,
    params: PathParams<Path>,
  ): ModelCollection<PathParams<Path>, Source> & Resource<PathParams<Path>, PageParameters & Query>
  readonly parameters: PageParameters & Query
  readonly declaration: Declaration
}

/** A class of one row: what `modelResource` gives, or extends that. */
interface ItemClass<Source extends ModelSource> extends DeclaredClass {
  readonly declaration: Declaration
  readonly source?: Source
}

const ofItems: KnownOptions<Omit<ModelCollectionOptions<string>, 'fields'>> = {
  query: true,
  settings: true,
  sort: true,
}
const ofRows: KnownOptions<ModelCollectionOptions<string>> = { fields: true, ...ofItems }
const ofOne: KnownOptions<ModelResourceOptions<string>> = { fields: true, query: true, settings: true, default: true }

/**
 * The class to extend for one row of a model, which is given as its Drizzle table or by its full name.
 * A parameter of the path has the name of a column, or is `pk`; else override `get()`.
 *
 * @throws TypeError for a path that is malformed, and for an option or a setting that does not exist.
 * @example
 * class Post extends modelResource('/blog/:id{[0-9]+}', posts, { default: true, fields: ['own', 'author'] }) {
 *   GET = this.getOne
 * }
 */
export function modelResource<
  const Path extends string,
  Source extends ModelSource,
  Query extends QueryDeclarations = NoQuery,
>(
  path: Path,
  model: Source,
  options: ModelResourceOptions<Source, Query> = {},
): ModelResourceClass<Path, Source, Query> {
  refuseUnknownOptions(options, ofOne, `modelResource("${path}", …)`)
  const { fields, query = {}, settings = {} } = options
  const declaration = declare(model, fields, { isDefault: options.default ?? false })
  class Of extends resource(path, { extends: ModelResource, query, settings }) {
    static readonly declaration = declaration
  }
  return Of as unknown as ModelResourceClass<Path, Source, Query> // `resource` knows no types of rows
}

/**
 * The class to extend for rows of a model in pages: `Post` is the class of one, whose representation and links they have, or the
 * model, for rows without a resource of their own.
 *
 * @throws TypeError for a path that is malformed, and for an option or a setting that does not exist.
 * @example
 * class Posts extends modelCollection('/blog', Post, { sort: '-createdAt' }) {
 *   GET = this.getPage
 * }
 */
export function modelCollection<
  const Path extends string,
  Source extends ModelSource,
  Query extends QueryDeclarations = NoQuery,
>(
  path: Path,
  item: ItemClass<Source>,
  options?: Omit<ModelCollectionOptions<Source, Query>, 'fields'>,
): ModelCollectionClass<Path, Source, Query>
export function modelCollection<
  const Path extends string,
  Source extends ModelSource,
  Query extends QueryDeclarations = NoQuery,
>(path: Path, model: Source, options?: ModelCollectionOptions<Source, Query>): ModelCollectionClass<Path, Source, Query>
export function modelCollection(
  path: string,
  of: ModelSource | ItemClass<ModelSource>,
  options: ModelCollectionOptions<string, QueryDeclarations> = {},
): unknown {
  refuseUnknownOptions(options, isItemClass(of) ? ofItems : ofRows, `modelCollection("${path}", …)`)
  const { fields, query = {}, settings = {}, sort = [] } = options
  const item = isItemClass(of) ? of : itemOf(declare(of, fields, {}))
  const { model } = item.declaration
  const declaration = declare(model, undefined, { item, sort: typeof sort === 'string' ? [sort] : sort })
  class Of extends resource(path, { extends: ModelCollection, query, settings }) {
    static readonly declaration = declaration
  }
  return Of
}

function declare(model: ModelSource, fields: Fields<never> | undefined, rest: Partial<Declaration>): Declaration {
  // The computed members are given rows of this model.
  return { isDefault: false, item: undefined, sort: [], ...rest, model, fields: fields as Fields | undefined }
}

function isItemClass(of: ModelSource | ItemClass<ModelSource>): of is ItemClass<ModelSource> {
  return typeof of === 'function'
}

/** For items that are nowhere mounted on their own. */
function itemOf(declaration: Declaration): ItemClass<ModelSource> {
  return class Item extends ModelResource {
    static override readonly declaration = declaration
  }
}
