// The rows that the fixture of the checklist serves, in memory: they can be dumped to see what a request changed, and put back.

export interface ArticleRow {
  readonly id: number
  readonly title: string
  readonly version: number
  readonly modified: string
}

/** The date of the checklist, called LM there. */
export const lastModified = 'Sun, 06 Nov 1994 08:49:37 GMT'

interface Rows {
  readonly articles: Map<number, ArticleRow>
  /** The article that each comment belongs to. */
  readonly comments: Map<number, number>
  readonly orders: Map<number, unknown>
  nextArticle: number
  blob: { readonly octets: Uint8Array<ArrayBuffer>; readonly version: number }
}

export const rows: Rows = initial()

function initial(): Rows {
  const article = (id: number, title: string): [number, ArticleRow] => [
    id,
    { id, title, version: 1, modified: lastModified },
  ]
  return {
    articles: new Map([article(1, 'One'), article(2, 'Two'), article(3, 'Three')]),
    comments: new Map([[1, 2]]),
    orders: new Map(),
    nextArticle: 78,
    blob: { octets: Uint8Array.from({ length: 100 }, (_, index) => index), version: 1 },
  }
}

/** Puts back what was there at first. */
export function resetRows(): void {
  Object.assign(rows, initial())
}

/** All there is, as text: two dumps are equal where nothing was changed between them. */
export function dump(): string {
  const { articles, comments, orders, nextArticle, blob } = rows
  return JSON.stringify({
    articles: [...articles.values()],
    comments: [...comments],
    orders: [...orders],
    nextArticle,
    blob: { version: blob.version, octets: [...blob.octets] },
  })
}

/** Makes an article, or changes it: its version and time say so. */
export function saveArticle(id: number, title: string): ArticleRow {
  const version = (rows.articles.get(id)?.version ?? 0) + 1
  const row = { id, title, version, modified: new Date().toUTCString() }
  rows.articles.set(id, row)
  return row
}

export function titleIsTaken(title: string, except: number | undefined): boolean {
  return [...rows.articles.values()].some((row) => row.title === title && row.id !== except)
}
