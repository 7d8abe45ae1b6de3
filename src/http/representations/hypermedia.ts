// Content that knows its links: one entity, or a page of entities. Each representation shows them its own way.

export interface HalLink {
  readonly href: string
  readonly title?: string
  readonly templated?: true
}

export type HalLinks = Readonly<Record<string, HalLink>>

/** What stands inside an entity besides its data, by the name of the relation. */
export interface Embedded {
  readonly entities: Readonly<Record<string, Hypermedia>>
  /** Why something that was asked for is not there, as a problem document. */
  readonly problems: Readonly<Record<string, unknown>>
}

/** One row with its links. `tag` is the entity tag of its row, quotes included. */
export class Entity {
  readonly data: Readonly<Record<string, unknown>>
  readonly links: HalLinks
  readonly tag: string
  readonly embedded: Embedded | undefined

  constructor(data: Readonly<Record<string, unknown>>, links: HalLinks, tag: string, embedded?: Embedded) {
    this.data = data
    this.links = links
    this.tag = tag
    this.embedded = embedded
  }

  /** The tag without its quotes. */
  get state(): string {
    return this.tag.slice(1, -1)
  }
}

/** Some of many entities; `links` holds `self`, `first`, `prev` and `next` where there is more. */
export class Page {
  readonly items: readonly Entity[]
  readonly links: HalLinks
  /** How many there are on all pages, where that is known. */
  readonly total: number | undefined

  constructor(items: readonly Entity[], links: HalLinks, total?: number) {
    this.items = items
    this.links = links
    this.total = total
  }
}

export type Hypermedia = Entity | Page

/** What is shown of an entity where links have no place, except those of the pages inside it. */
export function plainEntity({ data, embedded }: Entity): Readonly<Record<string, unknown>> {
  return embedded === undefined ? data : { ...data, ...embeddedMembers(embedded, plainInside) }
}

/** The reserved members that hold what is embedded; those that would be empty are left out. */
export function embeddedMembers(
  { entities, problems }: Embedded,
  show: (content: Hypermedia) => unknown,
): Readonly<Record<string, unknown>> {
  const shown = Object.entries(entities).map(([name, content]) => [name, show(content)] as const)
  return {
    ...(shown.length === 0 ? {} : { _embedded: Object.fromEntries(shown) }),
    ...(Object.keys(problems).length === 0 ? {} : { _problems: problems }),
  }
}

/** A page inside an entity has links of its own: nothing else could say where it goes on. */
function plainInside(content: Hypermedia): unknown {
  if (content instanceof Entity) return plainEntity(content)
  return { _links: content.links, _embedded: { item: content.items.map(plainEntity) } }
}
