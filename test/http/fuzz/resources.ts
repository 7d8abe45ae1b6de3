// The resources of the fuzz test about rows: together with those of more-resources.ts they reach every end of the decision table.
import {
  applyJsonPatch,
  CREATED,
  csv,
  Entity,
  hal,
  html,
  json,
  jsonPatchJson,
  mergePatch,
  mergePatchJson,
  ndjson,
  NO_CONTENT,
  Page,
  Problem,
  query,
  resource,
  text,
  xml,
  type Answer,
  type Idempotency,
  type SharedStore,
  type Verdict,
} from 'slumberjs/http'
import * as z from 'zod'
import { data, saveArticle, type Row } from './data.ts'

const ArticleForm = z.object({ id: z.number().optional(), title: z.string().max(100) })

const entityOf = (row: Row): Entity => {
  const { id, title } = row
  return new Entity({ id, title }, { self: { href: `/articles/${id}`, title } }, `"${row.version}"`)
}

/** Every method but POST and QUERY, every condition, five representations, two codings. */
export class Article extends resource('/articles/:id{[0-9]+}', { query: { draft: query.boolean() } }) {
  override readonly produces = [json, html, xml, hal, csv]
  override readonly accepts = [json]
  override readonly acceptsPatch = [mergePatchJson, jsonPatchJson]
  override readonly encodings = ['gzip', 'deflate'] as const
  override readonly input = { PUT: ArticleForm }
  override readonly caching = { groups: ['articles'] }
  row: Row | undefined

  get #id(): number {
    return Number(this.params.id)
  }
  override isWellFormed(): boolean {
    return this.exchange.headers.get('x-form') !== 'bad'
  }
  override async exists(): Promise<boolean> {
    this.row = data.articles.get(this.#id)
    return this.row !== undefined
  }
  override movedTo(): string | undefined {
    return this.#id >= 90 && this.#id < 100 ? '/articles/1' : undefined
  }
  override temporarilyAt(): string | undefined {
    return this.#id >= 80 && this.#id < 90 ? '/articles/2' : undefined
  }
  override isGone(): boolean {
    return this.#id >= 70 && this.#id < 80
  }
  override entityTag(): string {
    return `v${this.row!.version}`
  }
  override lastModified(): Date {
    return this.row!.modified
  }
  override isContentValid(): Verdict {
    return ArticleForm.safeParse(this.exchange.data).data?.title !== 'forbidden'
  }
  override hasConflict(): Verdict {
    if (this.exchange.method === 'DELETE') return this.#id === 1
    const form = ArticleForm.safeParse(this.exchange.data)
    return form.success && (form.data.id ?? this.#id) !== this.#id
  }
  GET(): Entity {
    return entityOf(this.row!)
  }
  async PUT(): Promise<unknown> {
    saveArticle(this.#id, (await this.data(ArticleForm)).title)
    return NO_CONTENT
  }
  async PATCH(): Promise<Entity> {
    const { id, title } = this.row!
    const patch = Array.isArray(this.data()) ? applyJsonPatch : mergePatch
    const patched = ArticleForm.safeParse(patch({ id, title }, this.data()))
    if (!patched.success) throw new Problem(422, 'That is no article.', { code: 'invalid-content' })
    return entityOf(saveArticle(id, patched.data.title))
  }
  DELETE(): void {
    data.articles.delete(this.#id)
  }
}

const Search = z.object({ title: z.string() })

/** Lists, in two languages; POST with idempotency keys, QUERY. */
export class Articles extends resource('/articles', {
  query: { page: query.integer({ default: 1, minimum: 1 }), q: query.text({ list: true, maxLength: 20 }) },
}) {
  override readonly produces = [json, html, xml, csv, ndjson, text]
  override readonly accepts = [json]
  override readonly languages = ['en', 'de']
  override readonly caching = { groups: ['articles'], visibility: 'public' as const, maxAge: 60 }
  override readonly idempotency: Idempotency = {}
  override readonly input = { POST: ArticleForm, QUERY: Search }
  override get sharedStore(): SharedStore {
    return data.store
  }
  *#rows(wanted: readonly string[]): Generator<{ id: number; title: string }> {
    for (const { id, title } of data.articles.values()) {
      if (wanted.length === 0 || wanted.includes(title)) yield { id, title }
    }
  }
  GET(): unknown {
    const { page, q } = this.query
    if (page === 1) return this.#rows(q)
    return new Page([...data.articles.values()].map(entityOf), { prev: { href: `/articles?page=${page - 1}` } })
  }
  async POST(): Promise<Answer> {
    const { title } = await this.data(ArticleForm)
    const { id } = saveArticle(Math.max(99, ...data.articles.keys()) + 1, title)
    const content = this.exchange.preferences.return === 'minimal' ? undefined : { id, title }
    return CREATED(content, { location: Article.url({ id }) })
  }
  async QUERY(): Promise<unknown> {
    return [...this.#rows([(await this.data(Search)).title])]
  }
}

/** Made by PUT, never written without a condition; one has a weak tag, one has none. */
export class Slot extends resource('/slots/:name{[a-z]+}') {
  override readonly produces = [text, json]
  override readonly accepts = [json]
  override readonly createsByPut = true
  override readonly requiresCondition = true

  override exists(): boolean {
    return data.slots.has(this.params.name)
  }
  override entityTag(): { opaque: string; weak: boolean } | undefined {
    const { name } = this.params
    return name === 'bare' ? undefined : { opaque: `s${data.slots.get(name)?.length}`, weak: name === 'weak' }
  }
  GET(): string | undefined {
    return data.slots.get(this.params.name)
  }
  PUT(): unknown {
    const isNew = !this.exchange.targetExists
    data.slots.set(this.params.name, JSON.stringify(this.data()))
    return isNew ? CREATED(undefined, { location: this.exchange.url.pathname }) : NO_CONTENT
  }
  DELETE(): void {
    data.slots.delete(this.params.name)
  }
}
