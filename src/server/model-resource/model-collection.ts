// A hand-written resource of rows of a model, in pages.

import { Page, type Entity, type EntityTag, type HalLinks, type ParamsRecord, type Verdict } from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import { cursorNames, readAskedPlace, type AskedPlace } from '../query/asked-place.ts'
import { loadPage, type LoadedPage } from '../rows/load-page.ts'
import { linksAround, movedTo, type PagedList } from '../rows/page-places.ts'
import { pageParameters } from '../rows/operation-page.ts'
import { searchOf } from '../search-of.ts'
import { ModelRows } from './model-rows.ts'
import type { ModelSource } from './field-options.ts'

/** The query parameters of every collection, beside those it declares. */
export type PageParameters = typeof pageParameters

interface PageValues extends Omit<AskedPlace, 'offset'> {
  readonly limit: number
}

interface ShownPage extends LoadedPage {
  readonly entities: readonly Entity[]
}

/**
 * The rows of the queryset, in pages; what is not there as an item is in no list of such items. It supports OPTIONS alone until
 * methods are defined; `getPage` is a ready-made GET, with links to the pages around it, and an entity tag of what is shown.
 *
 * Extend what `modelCollection(path, Post)` gives: the items look as `Post` shows them and link to it; and mount both.
 *
 * @example
 * class Posts extends modelCollection('/blog', Post, { sort: '-createdAt' }) {
 *   GET = this.getPage
 *   async POST() { return await this.created(await this.create(await this.data(PostForm))) }
 * }
 */
export class ModelCollection<
  Params extends ParamsRecord = ParamsRecord,
  Source extends ModelSource = ModelSource,
> extends ModelRows<Params, Source> {
  static override readonly parameters: PageParameters = pageParameters

  #page: ShownPage | undefined

  /** Take it in as a handler, `GET = this.getPage`, for entity tags and 304 as well; or call it in one. */
  readonly getPage = async (): Promise<Page> => {
    this.#page ??= await this.#load()
    return new Page(this.#page.entities, await this.#links(this.#page))
  }

  override async exists(): Promise<Verdict> {
    if (this.isGet(this.getPage)) this.#page = await this.#load()
    return true
  }

  /** Weak: it stands for the rows and their order, not for the octets. */
  override entityTag(): EntityTag | undefined {
    if (this.#page === undefined) return undefined
    const { entities, hasNext, hasPrevious } = this.#page
    const shown = entities.map(({ data, links, tag }) => [data, links, tag])
    const state = [this.#cursorBinding(), hasNext, hasPrevious, shown]
    return { opaque: hashText(JSON.stringify(state)), weak: true }
  }

  /** What is not there by itself is not in a list of such items. */
  protected override async select(): Promise<Condition> {
    return all([await this.#item().selected(), await super.select()])
  }

  /** As the class of its items shows them. */
  override async show(rows: readonly Row[]): Promise<readonly Entity[]> {
    return await this.#item().show(rows)
  }

  override urlOf(row: Row): string | undefined {
    return this.#item().urlOf(row)
  }

  #item(): ModelRows {
    const { item } = this.binding
    if (item === undefined) throw this.fault('it has no items: extend modelCollection(path, …)')
    return this.beside(item, this.params)
  }

  async #load(): Promise<ShownPage> {
    const { limit, after, before } = this.#asked()
    const { model, store, sort, cursors, binding } = this.#list()
    const where = await this.selected()
    const place = readAskedPlace({ after, before }, cursors, binding)
    const page = await loadPage(store, model, { where, sort, limit, ...place })
    return { ...page, entities: await this.show(page.rows) }
  }

  async #links(page: ShownPage): Promise<HalLinks> {
    const { pathname, search } = this.exchange
    const { after, before } = this.#asked()
    const around = await linksAround(page, { after, before }, this.#list(), (place) => this.#urlAt(place))
    return { self: { href: pathname + search }, ...around }
  }

  #list(): PagedList {
    const { sort, service } = this.binding
    return { model: this.model, store: this.store, sort, cursors: service.cursors, binding: this.#cursorBinding() }
  }

  /** Declared above; a class that extends this one has them too, which its type parameters do not say. */
  #asked(): PageValues {
    return this.query as unknown as PageValues
  }

  /** This list from its beginning, or from a cursor. */
  #urlAt(place: AskedPlace): string {
    const { pathname, parameters } = this.exchange
    return pathname + searchOf(movedTo(parameters, place, cursorNames))
  }

  /** A cursor is good for one list, with its parameters and its order, and one caller. */
  #cursorBinding(): string {
    const { sort, declared } = this.binding
    const others = [...new URLSearchParams(this.exchange.search)].filter(
      ([name]) => !['limit', 'after', 'before', 'format'].includes(name),
    )
    const own = others.map((pair) => pair.join('=')).toSorted()
    return JSON.stringify([declared.name, this.exchange.pathname, this.caller.name, own, sort])
  }
}
