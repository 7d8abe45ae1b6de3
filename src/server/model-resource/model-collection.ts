// A hand-written resource of rows of a model, in pages.

import {
  Page,
  query,
  type Entity,
  type EntityTag,
  type HalLinks,
  type ParamsRecord,
  type QueryParameter,
  type Verdict,
} from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import { badParameter } from '../query/faults.ts'
import { limits } from '../query/limits.ts'
import { ModelRows } from './model-rows.ts'
import type { ModelSource } from './field-options.ts'

/** The query parameters of every collection, beside those it declares. */
export type PageParameters = Readonly<{
  limit: QueryParameter<number>
  after: QueryParameter<string | undefined>
  before: QueryParameter<string | undefined>
}>

interface PageValues {
  readonly limit: number
  readonly after: string | undefined
  readonly before: string | undefined
}

interface LoadedPage {
  readonly rows: readonly Row[]
  readonly entities: readonly Entity[]
  readonly hasNext: boolean
  readonly hasPrevious: boolean
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
  static override readonly parameters: PageParameters = {
    limit: query.integer({
      default: limits.pageSize.standard,
      minimum: 1,
      maximum: limits.pageSize.largest,
      description: 'How many rows a page has.',
    }),
    after: query.text({ description: 'Where the page before ended, as the link `next` says it.' }),
    before: query.text({ description: 'Where the page behind begins, as the link `prev` says it.' }),
  }

  #page: LoadedPage | undefined

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

  async #load(): Promise<LoadedPage> {
    const { limit, after, before } = this.#asked()
    if (after !== undefined && before !== undefined) throw badParameter('before', 'does not go together with "after"')
    const found = await this.store.list(this.model, {
      where: await this.selected(),
      sort: this.binding.sort,
      limit: limit + 1, // one more tells whether there is another page
      ...(after === undefined ? {} : { after: await this.#place('after', after) }),
      ...(before === undefined ? {} : { before: await this.#place('before', before) }),
    })
    const hasMore = found.length > limit
    const rows = !hasMore ? found : before === undefined ? found.slice(0, limit) : found.slice(-limit)
    return {
      rows,
      entities: await this.show(rows),
      hasNext: before === undefined ? hasMore : true,
      hasPrevious: before === undefined ? after !== undefined : hasMore,
    }
  }

  async #place(parameter: string, cursor: string): Promise<readonly unknown[]> {
    const place = await this.binding.service.cursors.read(cursor, this.#cursorBinding())
    if (place !== undefined) return place
    throw badParameter(parameter, 'is no cursor of this list; follow its links instead of making one')
  }

  async #links({ rows, hasNext, hasPrevious }: LoadedPage): Promise<HalLinks> {
    const [first, last] = [rows[0], rows.at(-1)]
    const { pathname, search } = this.exchange
    const { after, before } = this.#asked()
    const urls = {
      self: pathname + search,
      first: after === undefined && before === undefined ? undefined : this.#pageUrl({}),
      prev: hasPrevious && first && this.#pageUrl({ before: await this.#cursor(first) }),
      next: hasNext && last && this.#pageUrl({ after: await this.#cursor(last) }),
    }
    const links = Object.entries(urls).flatMap(([name, href]) =>
      typeof href === 'string' ? [[name, { href }] as const] : [],
    )
    return Object.fromEntries(links)
  }

  async #cursor(row: Row): Promise<string> {
    const { sort, service } = this.binding
    return await service.cursors.write(await this.store.placeOf(this.model, sort, row), this.#cursorBinding())
  }

  /** Declared above; a class that extends this one has them too, which its type parameters do not say. */
  #asked(): PageValues {
    return this.query as unknown as PageValues
  }

  /** This list from its beginning, or from a cursor. */
  #pageUrl(place: { readonly after?: string; readonly before?: string }): string {
    const parameters = new URLSearchParams(this.exchange.search)
    for (const name of ['after', 'before']) parameters.delete(name)
    for (const [name, cursor] of Object.entries(place)) parameters.set(name, cursor)
    return parameters.size === 0 ? this.exchange.pathname : `${this.exchange.pathname}?${parameters}`
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
