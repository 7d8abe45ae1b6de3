// The data behind the resources of the fuzz test: little, in memory, and made anew for each run.
import { memoryStore, type SharedStore } from 'slumberjs/http'

export interface Row {
  readonly id: number
  readonly title: string
  readonly version: number
  readonly modified: Date
}

export interface Data {
  readonly articles: Map<number, Row>
  readonly slots: Map<string, string>
  readonly jobs: string[]
  readonly uploads: string[]
  /** Not data: what the layer remembers. */
  store: SharedStore
  tinyStore: SharedStore
}

export const modified: Date = new Date(Date.UTC(1994, 10, 6, 8, 49, 37))

export const data: Data = {
  articles: new Map(),
  slots: new Map(),
  jobs: [],
  uploads: [],
  store: memoryStore(),
  tinyStore: memoryStore(),
}

export function reset(): void {
  data.articles.clear()
  for (let id = 1; id <= 9; id++) {
    data.articles.set(id, { id, title: titles[id % titles.length] ?? '', version: 1, modified })
  }
  data.slots.clear()
  data.slots.set('full', 'something')
  data.jobs.length = 0
  data.uploads.length = 0
  data.store = memoryStore({ max: 1000 })
  data.tinyStore = memoryStore({ max: 1 })
}

const titles = ['One', '=2+2', '<b>&"\r\n', 'é\u2028\ud83c\udf55', '']

export function saveArticle(id: number, title: string): Row {
  const version = (data.articles.get(id)?.version ?? 0) + 1
  const row = { id, title, version, modified: new Date(modified.getTime() + version * 1_000) }
  data.articles.set(id, row)
  return row
}

/** All of it, to be compared. */
export function dump(): string {
  const { articles, slots, jobs, uploads } = data
  return JSON.stringify([[...articles], [...slots], jobs, uploads])
}
