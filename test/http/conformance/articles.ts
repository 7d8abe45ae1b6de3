// `/articles/` and `/articles/1/` of the checklist: every method, three representations, `"v1"` and a Last-Modified.
import * as z from 'zod'
import {
  applyJsonPatch,
  CREATED,
  Entity,
  formatPreferenceApplied,
  html,
  json,
  jsonPatchJson,
  mergePatch,
  mergePatchJson,
  NO_CONTENT,
  OK,
  Page,
  Problem,
  query,
  resource,
  xml,
  type Answer,
  type Representation,
} from 'slumberjs/http'
import { rows, saveArticle, titleIsTaken, type ArticleRow } from './store.ts'

/** XML as it is written, read back: enough of it for the texts of one article. */
const readableXml: Representation = {
  ...xml,
  read: (octets) => {
    const text = new TextDecoder().decode(octets)
    return Object.fromEntries(Array.from(text.matchAll(/<(\w+)>([^<>]*)<\/\1>/g), ([, name, value]) => [name, value]))
  },
}

const form: Representation = {
  name: 'form',
  mediaType: 'application/x-www-form-urlencoded',
  showsLinks: false,
  read: (octets) => Object.fromEntries(new URLSearchParams(new TextDecoder().decode(octets))),
}

const ArticleForm = z.strictObject({ id: z.int().optional(), title: z.string().trim().min(1) })
const ArticleFilter = z.strictObject({
  filter: z.strictObject({ title: z.string().optional() }).optional(),
  title: z.string().optional(),
})

const perPage = 2

const shown = ({ id, title }: ArticleRow): Record<string, unknown> => ({ id, title })

const entityOf = (row: ArticleRow): Entity =>
  new Entity(shown(row), { self: { href: `/articles/${row.id}/` } }, `"v${row.version}"`)

function refuseTaken(title: string, except?: number): void {
  if (!titleIsTaken(title, except)) return
  const errors = [{ pointer: '#/title', detail: 'is taken' }]
  throw new Problem(409, 'Another article has this title.', { code: 'not-unique', errors })
}

/** `/articles/`: pages of two; QUERY takes a filter. */
export class Articles extends resource('/articles/', {
  query: { page: query.integer({ minimum: 1, default: 1 }), title: query.text() },
}) {
  override produces = [json, html, xml]
  override accepts = [json, form]
  override input = { POST: ArticleForm, QUERY: ArticleFilter }
  override caching = { groups: ['articles'] }

  override entityTag(): { opaque: string; weak: true } {
    const states = Array.from(rows.articles.values(), ({ id, version }) => `${id}:${version}`)
    return { opaque: [this.exchange.url.search, ...states].join('/'), weak: true }
  }

  GET(): Page {
    const { page, title } = this.query
    const found = selected(title)
    const href = (number: number): string => `/articles/?page=${number}`
    return new Page(found.slice((page - 1) * perPage, page * perPage).map(entityOf), {
      ...(page > 1 ? { prev: { href: href(page - 1) } } : {}),
      ...(page * perPage < found.length ? { next: { href: href(page + 1) } } : {}),
    })
  }

  async QUERY(): Promise<Answer> {
    const { filter, title = filter?.title } = await this.data(ArticleFilter)
    const location = title === undefined ? '/articles/' : `/articles/?title=${encodeURIComponent(title)}`
    return OK(new Page(selected(title).slice(0, perPage).map(entityOf), {}), { location })
  }

  async POST(): Promise<Answer> {
    const { title } = await this.data(ArticleForm)
    refuseTaken(title)
    const row = saveArticle(rows.nextArticle, title)
    rows.nextArticle += 1
    const location = `/articles/${row.id}/`
    const wanted = this.exchange.preferences.return
    if (wanted === undefined) return CREATED(entityOf(row), { location })
    const headers = { location, 'preference-applied': formatPreferenceApplied({ return: wanted }) }
    return CREATED(wanted === 'minimal' ? undefined : entityOf(row), headers)
  }
}

function selected(title: string | undefined): readonly ArticleRow[] {
  return [...rows.articles.values()].filter((row) => title === undefined || row.title === title)
}

/** `/articles/1/`: there, `/articles/999/` not; a PUT may create. Titles are trimmed, so that nothing is stored verbatim. */
export class Article extends resource('/articles/:id{[0-9]+}/') {
  override produces = [json, html, xml]
  override accepts = [json, readableXml]
  override acceptsPatch = [mergePatchJson, jsonPatchJson]
  override createsByPut = true
  override input = { PUT: ArticleForm }
  override caching = { groups: ['articles'] }
  row: ArticleRow | undefined

  get id(): number {
    return Number(this.params.id)
  }

  override exists(): boolean {
    this.row = rows.articles.get(this.id)
    return this.row !== undefined
  }

  override entityTag(): string | undefined {
    return this.row && `v${this.row.version}`
  }

  override lastModified(): Date | undefined {
    return this.row && new Date(this.row.modified)
  }

  override hasConflict(): boolean {
    const { data, method } = this.exchange
    if (method === 'DELETE') return [...rows.comments.values()].includes(this.id)
    const given = method === 'PUT' && ArticleForm.safeParse(data).data?.id
    return typeof given === 'number' && given !== this.id
  }

  GET(): Record<string, unknown> | undefined {
    return this.row && shown(this.row)
  }

  async PUT(): Promise<Answer> {
    const { title } = await this.data(ArticleForm)
    refuseTaken(title, this.id)
    const row = saveArticle(this.id, title)
    return this.row === undefined ? CREATED(shown(row), { location: `/articles/${row.id}/` }) : OK(shown(row))
  }

  PATCH(): Answer {
    const patch = this.data()
    const before = this.GET()
    const isOperations = this.exchange.headers.get('content-type')?.startsWith(jsonPatchJson.mediaType) === true
    const patched = ArticleForm.safeParse(isOperations ? applyJsonPatch(before, patch) : mergePatch(before, patch))
    if (!patched.success) throw new Problem(422, 'This would be no article.', { code: 'invalid-content' })
    refuseTaken(patched.data.title, this.id)
    return OK(shown(saveArticle(this.id, patched.data.title)))
  }

  DELETE(): Answer {
    rows.articles.delete(this.id)
    return NO_CONTENT()
  }
}
