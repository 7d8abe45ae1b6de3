// A list of rows in pages, as a collection and a data array show it.

import { Page, type HalLink } from '../../http/index.ts'
import { hashText, type EntityTag } from '../../wire/index.ts'
import type { Row } from '../model.ts'
import { all, type Condition } from '../query/condition.ts'
import { readListQuery, type PageQuery } from '../query/list-query.ts'
import { RowsResource } from './rows-resource.ts'

export abstract class ListResource extends RowsResource {
  /** The absolute URL of the list. */
  abstract readonly listUrl: string
  #query: PageQuery | undefined
  #rows: readonly Row[] = []
  #hasMore = false

  /** What the place of the list adds to its filters. */
  restriction(): Condition | undefined {
    return undefined
  }

  override async isWellFormed(): Promise<boolean> {
    if (this.isWrite) {
      this.allowParameters('format')
      return true
    }
    const { searchParams } = this.exchange.url
    this.#query = await readListQuery(this.model, searchParams, this.rules.readable, this.service.cursors, this.binding)
    this.fields = this.#query.fields
    return true
  }

  override async exists(): Promise<boolean> {
    const query = this.#query
    if (query === undefined) return true
    const restriction = this.restriction()
    const where = restriction === undefined ? query.where : all([query.where, restriction])
    const rows = await this.store.list(this.model, {
      where,
      sort: query.sort,
      limit: query.limit + 1, // one more tells whether there is a next page
      ...(query.after === undefined ? {} : { after: query.after }),
    })
    this.#hasMore = rows.length > query.limit
    this.#rows = this.#hasMore ? rows.slice(0, query.limit) : rows
    await this.show(this.#rows)
    return true
  }

  /** A cursor is good for one list and one caller. */
  get binding(): string {
    return `${this.listUrl}\n${this.caller.name}`
  }

  /** Weak: it stands for the rows and their order, not for the octets. */
  override entityTag(): EntityTag | undefined {
    if (this.isWrite) return undefined
    const tags = this.entities.map(({ links, tag }) => [links['self']?.href, tag])
    return { opaque: hashText(JSON.stringify([this.#query?.binding, this.#hasMore, tags])), weak: true }
  }

  async GET(): Promise<unknown> {
    return new Page(this.entities, await this.#links())
  }

  async #links(): Promise<Record<string, HalLink>> {
    const { searchParams } = this.exchange.url
    const links: Record<string, HalLink> = { self: { href: this.#url(searchParams.get('after')) } }
    const last = this.#rows.at(-1)
    if (searchParams.has('after')) links['first'] = { href: this.#url(null) }
    if (this.#hasMore && last !== undefined && this.#query !== undefined) {
      const values = await this.store.placeOf(this.model, this.#query.sort, last)
      links['next'] = { href: this.#url(await this.service.cursors.write(values, this.#query.binding)) }
    }
    return links
  }

  /** This list from its beginning, or from behind a cursor. */
  #url(after: string | null): string {
    const parameters = new URLSearchParams(this.exchange.url.search)
    if (after === null) parameters.delete('after')
    else parameters.set('after', after)
    return parameters.size === 0 ? this.listUrl : `${this.listUrl}?${parameters}`
  }
}
