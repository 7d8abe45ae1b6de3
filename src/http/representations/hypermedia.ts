// Content that knows its links: one entity, or a page of entities. Each representation shows them its own way.

export interface HalLink {
  readonly href: string
  readonly title?: string
  readonly templated?: true
}

export type HalLinks = Readonly<Record<string, HalLink>>

/** One row with its links. `tag` is the entity tag of its row, quotes included. */
export class Entity {
  readonly data: Readonly<Record<string, unknown>>
  readonly links: HalLinks
  readonly tag: string

  constructor(data: Readonly<Record<string, unknown>>, links: HalLinks, tag: string) {
    this.data = data
    this.links = links
    this.tag = tag
  }

  /** The tag without its quotes. */
  get state(): string {
    return this.tag.slice(1, -1)
  }
}

/** Some of many entities; `links` holds `self`, `first` and `next` where there is more. */
export class Page {
  readonly items: readonly Entity[]
  readonly links: HalLinks

  constructor(items: readonly Entity[], links: HalLinks) {
    this.items = items
    this.links = links
  }
}

export type Hypermedia = Entity | Page
