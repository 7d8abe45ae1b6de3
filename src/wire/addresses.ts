// Where the services are: turns absolute URLs into `slumber://service/path` and back, by the longest match at a path boundary.

/** A stored reference names a service that the directory does not list. */
export class UnknownService extends Error {
  override readonly name = 'UnknownService'
  readonly service: string
  constructor(service: string, known: Iterable<string>) {
    super(`There is no service "${service}"; the directory lists: ${[...known].join(', ') || 'none'}.`)
    this.service = service
  }
}

const scheme = 'slumber://'
const serviceName = /^[A-Za-z0-9][\w.-]*$/

/** A service and what follows its URL. */
interface Place {
  readonly service: string
  readonly path: string
}

/**
 * The services of a directory by name.
 *
 * @example
 * const addresses = new Addresses({ pizzas: 'http://localhost:8001/slumber/pizzas/' })
 * addresses.toSlumber('http://localhost:8001/slumber/pizzas/menu/Shop/1')  // 'slumber://pizzas/menu/Shop/1'
 * addresses.toAbsolute('slumber://pizzas/menu/Shop/1')                     // 'http://localhost:8001/slumber/pizzas/menu/Shop/1'
 */
export class Addresses {
  readonly services: ReadonlyMap<string, string>
  /** Longest URL first; of two names for one location the own one, then the one that was listed first. */
  readonly #byLength: readonly (readonly [name: string, url: string])[]

  /** @throws TypeError where a service's URL is not an absolute one, a name cannot stand in a `slumber:` URL, or the own name is missing. */
  constructor(services: Readonly<Record<string, string>>, own?: string) {
    const entries = Object.entries(services).map(([name, url]) => [name, containerUrl(name, url)] as const)
    this.services = new Map(entries)
    if (own !== undefined && !this.services.has(own)) {
      throw new TypeError(
        `The directory does not list this service itself ("${own}"); it lists: ${[...this.services.keys()].join(', ')}.`,
      )
    }
    const ownFirst = (name: string): number => (name === own ? 0 : 1)
    this.#byLength = entries.toSorted((a, b) => b[1].length - a[1].length || ownFirst(a[0]) - ownFirst(b[0]))
  }

  /**
   * The service below whose URL an absolute URL lies, with the path below it; undefined outside all services. A `slumber:` URL
   * says so itself, whether its service is listed or not.
   */
  locate(url: string): Place | undefined {
    if (url.startsWith(scheme)) return split(url)
    const absolute = normalise(url)
    if (absolute === undefined) return undefined
    for (const [service, base] of this.#byLength) {
      if (absolute.startsWith(base)) return placeOf(service, absolute.slice(base.length))
    }
    return undefined
  }

  /** The `slumber:` form of a URL; undefined where it lies outside all services or is no URL. */
  toSlumber(url: string): string | undefined {
    const place = this.locate(url)
    return place && `${scheme}${place.service}/${place.path}`
  }

  /**
   * The absolute form of a `slumber:` or absolute URL.
   *
   * @throws UnknownService where the directory does not list the service; TypeError where it is no URL.
   */
  toAbsolute(url: string): string {
    if (!url.startsWith(scheme)) {
      const absolute = normalise(url)
      if (absolute === undefined) throw new TypeError(`"${url}" is not an absolute http, https or slumber URL.`)
      return absolute
    }
    const place = split(url)
    if (place === undefined) throw new TypeError(`"${url}" is not a slumber URL (slumber://service/path).`)
    const base = this.services.get(place.service)
    if (base === undefined) throw new UnknownService(place.service, this.services.keys())
    return base + place.path
  }
}

function containerUrl(name: string, url: string): string {
  if (!serviceName.test(name)) {
    throw new TypeError(`${JSON.stringify(name)} cannot name a service: letters, digits, "_", "." and "-".`)
  }
  const absolute = normalise(url)
  if (absolute === undefined || /[?#]/.test(absolute)) {
    // Without the URL itself, which may hold a password.
    throw new TypeError(
      `The URL of service "${name}" must be an absolute http or https URL without user, query and fragment.`,
    )
  }
  return absolute.endsWith('/') ? absolute : `${absolute}/`
}

function normalise(url: string): string | undefined {
  if (!/^https?:\/\/[^/\\]/i.test(url) || !URL.canParse(url)) return undefined
  const { href, username, password } = new URL(url)
  return username === '' && password === '' ? href : undefined
}

function split(url: string): Place | undefined {
  const end = url.indexOf('/', scheme.length)
  const service = url.slice(scheme.length, end)
  return end !== -1 && serviceName.test(service) ? placeOf(service, url.slice(end + 1)) : undefined
}

/** Dot segments, empty segments, backslashes, blanks and controls would let a stored reference leave its service. */
function placeOf(service: string, path: string): Place | undefined {
  const segments = path.split('/')
  const isSound = segments.every(
    (segment, index) => !isDots(segment) && (segment !== '' || index === segments.length - 1),
  )
  return isSound && !/[\\\u0000-\u0020\u007f]/.test(path) ? { service, path } : undefined
}

const dots: readonly string[] = ['.', '..', '%2e', '%2e%2e', '.%2e', '%2e.']

function isDots(segment: string): boolean {
  return dots.includes(segment.toLowerCase())
}
