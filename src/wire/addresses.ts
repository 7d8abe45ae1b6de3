// Where the services are, for those that store references: turns absolute URLs into `slumber://service/path` and back.

import { absoluteUrl, Places } from './places.ts'

const scheme = 'slumber://'

/** A stored reference names a service that the directory does not list. */
export class UnknownService extends Error {
  override readonly name = 'UnknownService'
  readonly service: string
  constructor(service: string, known: Iterable<string>) {
    super(`There is no service "${service}"; the directory lists: ${[...known].join(', ') || 'none'}.`)
    this.service = service
  }
}

/**
 * The services of a directory by name.
 *
 * @example
 * const addresses = new Addresses({ pizzas: 'http://localhost:8001/slumber/pizzas/' })
 * addresses.toSlumber('http://localhost:8001/slumber/pizzas/menu/Shop/1')  // 'slumber://pizzas/menu/Shop/1'
 * addresses.toAbsolute('slumber://pizzas/menu/Shop/1')                     // 'http://localhost:8001/slumber/pizzas/menu/Shop/1'
 */
export class Addresses extends Places {
  readonly #own: string | undefined

  /** @throws TypeError where a service's URL is not an absolute one, a name cannot stand in a `slumber:` URL, or the own name is missing. */
  constructor(services: Readonly<Record<string, string>>, own?: string) {
    super(services)
    for (const name of this.services.keys()) refuseName(name)
    this.#own = own
    if (own !== undefined && !this.services.has(own)) {
      throw new TypeError(
        `The directory does not list this service itself ("${own}"); it lists: ${[...this.services.keys()].join(', ')}.`,
      )
    }
  }

  /** The `slumber:` form of a URL, with the own name where its location has several; undefined outside all services, and where it is no URL. */
  toSlumber(url: string): string | undefined {
    const place = this.locate(url)
    if (place === undefined) return undefined
    const { services } = this
    const own = this.#own
    const isOwn = own !== undefined && !url.startsWith(scheme) && services.get(place.service) === services.get(own)
    return `${scheme}${isOwn ? own : place.service}/${place.path}`
  }

  /**
   * The absolute form of a `slumber:` or absolute URL.
   *
   * @throws UnknownService where the directory does not list the service; TypeError where it is no URL.
   */
  toAbsolute(url: string): string {
    if (!url.startsWith(scheme)) {
      const absolute = absoluteUrl(url)
      if (absolute === undefined) throw new TypeError(`"${url}" is not an absolute http, https or slumber URL.`)
      return absolute
    }
    const place = this.locate(url)
    if (place === undefined) throw new TypeError(`"${url}" is not a slumber URL (slumber://service/path).`)
    const base = this.services.get(place.service)
    if (base === undefined) throw new UnknownService(place.service, this.services.keys())
    return base + place.path
  }
}

function refuseName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]*$/.test(name)) return
  throw new TypeError(`${JSON.stringify(name)} cannot name a service: letters, digits, "_", "." and "-".`)
}
