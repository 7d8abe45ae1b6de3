// What every contestant serves: articles in memory, each with the version that is its entity tag.

export const ARTICLES = 1000

/** What is stored, and in this order what is sent. */
export interface Article {
  readonly id: number
  readonly title: string
  readonly author: string
  readonly published: boolean
  readonly words: number
  readonly tags: readonly string[]
}

export interface Stored {
  readonly article: Article
  readonly version: string
}

const stored: ReadonlyMap<number, Stored> = new Map(
  Array.from({ length: ARTICLES }, (_, index) => {
    const id = index + 1
    const tags = id % 3 === 0 ? ['news'] : ['news', 'science']
    const article = { id, title: `Article number ${id}`, author: 'ada', published: id % 7 > 0, words: 400 + id, tags }
    return [id, { article, version: `v${(id * 2_654_435_761) % 4_294_967_296}` }]
  }),
)

/** The article of an id as it stands in a path. */
export const findArticle = (id: string): Stored | undefined => stored.get(Number(id))
