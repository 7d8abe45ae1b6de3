// A list of rows in pages, as a collection and a data array show it: asked for by GET, or by QUERY with a filter as its content.

import {
  csv,
  hal,
  html,
  json,
  ndjson,
  OK,
  Page,
  xml,
  type Answer,
  type HalLink,
  type Representation,
} from '../../http/index.ts'
import { hashText, type EntityTag } from '../../wire/index.ts'
import { everyRow } from '../rows/every-row.ts'
import { loadPage, oneMore, pageOf, type LoadedPage } from '../rows/load-page.ts'
import { linksAround, movedTo } from '../rows/page-places.ts'
import { loadWritten } from '../rows/written-rows.ts'
import { all, always, type Condition } from '../query/condition.ts'
import { readListQuery, type PageQuery } from '../query/list-query.ts'
import { placeNames, type AskedPlace } from '../query/asked-place.ts'
import type { Audience } from '../rows/audience.ts'
import { searchOf } from '../search-of.ts'
import type { ListQuery } from '../store/store.ts'
import { inTransaction, readsInTransaction } from '../transaction.ts'
import { RowsResource } from './rows-resource.ts'

const produces: readonly Representation[] = [json, hal, ndjson, csv, xml, html]
/** Those that can be written row by row. */
const exports: readonly Representation[] = [json, ndjson, csv, xml]
const accepts: readonly Representation[] = [json]

const writtenByDatabase: ReadonlySet<Representation> = new Set([json, ndjson])

export abstract class ListResource extends RowsResource {
  /** The absolute URL of the list. */
  abstract readonly listUrl: string
  #query: PageQuery | undefined
  #page: LoadedPage = { rows: [], hasNext: false, hasPrevious: false }
  #total: number | undefined
  /** What is listed, where all of it is asked for. */
  #everything: Condition | undefined

  override get produces(): readonly Representation[] {
    const { exchange } = this
    const isExport = exchange.search.includes('limit') && exchange.parameters.get('limit') === 'all'
    return isExport ? exports : produces
  }

  override get accepts(): readonly Representation[] {
    return accepts
  }

  override get acceptsQuery(): readonly Representation[] {
    return accepts
  }

  /** The URL that is asked, which the links go on with. */
  get ownUrl(): string {
    return this.listUrl
  }

  /** Whether the filter is in the content. */
  get isQuery(): boolean {
    return this.exchange.method === 'QUERY'
  }

  /** What the place of the list adds to its filters. */
  restriction(): Promise<Condition> {
    return Promise.resolve(always)
  }

  override async isWellFormed(): Promise<boolean> {
    if (this.isWrite) this.allowParameters('format')
    else if (!this.isQuery) await this.#read()
    return true
  }

  /** A filter in the content is read once that is there. */
  async #read(content?: unknown): Promise<void> {
    const { view, cursors, caller } = this.audience
    const context = { view, cursors, caller, listUrl: this.listUrl, content }
    this.#query = await readListQuery(this.model, this.exchange.parameters, context)
    this.selection = this.#query.selection
  }

  override async exists(): Promise<boolean> {
    if (this.isQuery) await this.#read(this.#content())
    if (this.#query !== undefined) await this.#load(this.#query)
    return true
  }

  /** Read before the layer does: the content of a QUERY says what is selected. */
  #content(): unknown {
    const { content = new Uint8Array(), headers } = this.exchange
    const contentType = headers.get('content-type') ?? ''
    return json.read?.(content, { limits: this.contentLimits, contentType })
  }

  async #load({ where, sort, limit, place }: PageQuery): Promise<void> {
    const { model, store } = this
    const condition = all([where, await this.restriction()])
    if (this.exchange.preferences.count === 'exact') this.#total = await store.count(model, condition)
    if (limit === 'all') {
      this.#everything = condition
      return
    }
    const query: ListQuery = { where: condition, sort, limit, ...place }
    if (await this.#loadWritten(query)) return
    this.#page = await loadPage(store, model, query)
    await this.show(this.#page.rows)
  }

  /** Where rows are sent as they are stored, the database can write them. */
  async #loadWritten(query: ListQuery): Promise<boolean> {
    if (!writtenByDatabase.has(this.exchange.representation)) return false
    const written = await loadWritten(this.model, oneMore(query), this.selection, this.audience)
    if (written === undefined) return false
    const { items, ...sides } = pageOf(written.entities, query)
    const start = query.before === undefined ? 0 : written.entities.length - items.length
    const ends = items.length === 0 ? [] : [written.rowAt(start), written.rowAt(start + items.length - 1)]
    this.#page = { rows: ends.filter((row) => row !== undefined), ...sides }
    await this.takeEntities(items)
    return true
  }

  /** Weak: it stands for the rows and their order, not for the octets. */
  override entityTag(): EntityTag | undefined {
    if (this.isWrite || this.#everything !== undefined) return undefined
    // Where links are shown, so are addresses and tags; else the rows are what is written of them.
    const { showsLinks } = this.exchange.representation
    const rows = this.entities.map((each) => (showsLinks ? [each.links['self']?.href, each.tag] : each.text))
    const { hasNext, hasPrevious } = this.#page
    const state = JSON.stringify([this.#query?.binding, hasNext, hasPrevious, this.#total])
    return { opaque: hashText(`${state}\n${showsLinks ? JSON.stringify(rows) : rows.join('\n')}`), weak: true }
  }

  GET(): Promise<Answer> {
    return this.answerPage()
  }

  QUERY(): Promise<Answer> {
    return this.answerPage()
  }

  async answerPage(): Promise<Answer> {
    const total = this.#total
    const counted: Record<string, string> =
      total === undefined ? {} : { 'total-count': String(total), 'preference-applied': 'count=exact' }
    if (this.#everything !== undefined) return OK(this.#everyRow(this.#everything), counted)
    return OK(new Page(this.entities, await this.#links(), total), counted)
  }

  /** The first page is read in the request's own transaction, if there is one; the others after it, each in one of its own. */
  #everyRow(where: Condition): AsyncIterable<unknown> {
    const { service, exchange, caller: user, audience, selection } = this
    const { store } = service
    let isFirst = true
    const read = <T>(run: (each: Audience) => Promise<T>): Promise<T> => {
      const isOpen = isFirst
      isFirst = false
      if (isOpen) return run(audience)
      if (!readsInTransaction(service)) return run({ ...audience, store })
      return inTransaction(service, { store, exchange, user }, (transaction) =>
        run({ ...audience, store: transaction }),
      )
    }
    const isWritten = writtenByDatabase.has(exchange.representation)
    return everyRow(this.model, { where, sort: this.#query?.sort ?? [] }, selection, read, isWritten)
  }

  async #links(): Promise<Record<string, HalLink>> {
    const { model, store, service } = this
    const { parameters } = this.exchange
    const { sort = [], binding = '', place: asked = {} } = this.#query ?? {}
    const list = { model, store, sort, cursors: service.cursors, binding }
    const urlAt = (place: AskedPlace): string => this.ownUrl + searchOf(movedTo(parameters, place, placeNames))
    const around = await linksAround(this.#page, asked, list, urlAt)
    return { self: { href: this.ownUrl + searchOf(parameters) }, ...around }
  }
}
