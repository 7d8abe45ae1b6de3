// Content that knows its links: one entity, or a page of entities. Each representation shows them its own way.

import { jsonText } from '../../wire/index.ts'

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

const noData = {}
const noLinks = {}

type Data = Readonly<Record<string, unknown>>

/**
 * One row with its links. `tag` is the entity tag of its row, quotes included. Links and tag may be functions, called where they are
 * shown: of a page in plain JSON nobody sees them.
 */
export class Entity {
  readonly embedded: Embedded | undefined
  #data: Data | undefined
  #links: HalLinks | (() => HalLinks)
  #tag: string | ((entity: Entity) => string)
  #text: string | undefined

  /** The data alone, as the JSON text of an object that somebody else has written: it is sent as it is. */
  static written(text: string): Entity {
    const entity = new Entity(noData, noLinks, '""')
    entity.#data = undefined
    entity.#text = text
    return entity
  }

  constructor(
    data: Data,
    links: HalLinks | (() => HalLinks),
    tag: string | ((entity: Entity) => string),
    embedded?: Embedded,
  ) {
    this.#data = data
    this.#links = links
    this.#tag = tag
    this.embedded = embedded
  }

  get data(): Data {
    return (this.#data ??= JSON.parse(this.#text ?? '{}') as Data) // an object, as `written` is told
  }

  get links(): HalLinks {
    if (typeof this.#links === 'function') this.#links = this.#links()
    return this.#links
  }

  get tag(): string {
    if (typeof this.#tag === 'function') this.#tag = this.#tag(this)
    return this.#tag
  }

  /** The tag without its quotes. */
  get state(): string {
    return this.tag.slice(1, -1)
  }

  /** The data as JSON, written once: what is hashed is what is sent. */
  get text(): string {
    this.#text ??= jsonText(this.data)
    return this.#text
  }

  /** All of it, as it is hashed where it stands inside another. */
  toJSON(): unknown {
    const { data, links, tag, embedded } = this
    return { data, links, tag, embedded }
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

/** The same as JSON. */
export function plainText(entity: Entity): string {
  return entity.embedded === undefined ? entity.text : jsonText(plainEntity(entity))
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
