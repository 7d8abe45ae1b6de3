// Where the services are: which one a URL lies below, by the longest match at a path boundary.

import { parseUrl } from './parse-url.ts'

/** The stored form of a reference: `slumber://service/path`. */
const slumberUrl = /^slumber:\/\/([A-Za-z0-9][\w.-]*)\/(.*)$/s

/** A service and what follows its URL. */
export interface Place {
  readonly service: string
  readonly path: string
}

/**
 * The services of a directory by name.
 *
 * @example
 * const places = new Places({ pizzas: 'http://localhost:8001/slumber/pizzas/' })
 * places.locate('http://localhost:8001/slumber/pizzas/menu/Shop/1')  // { service: 'pizzas', path: 'menu/Shop/1' }
 */
export class Places {
  readonly services: ReadonlyMap<string, string>
  /** Longest URL first; of two names for one location the one that was listed first. */
  readonly #byLength: readonly (readonly [name: string, url: string])[]

  /** @throws TypeError where a service's URL is not an absolute one. */
  constructor(services: Readonly<Record<string, string>>) {
    const entries = Object.entries(services).map(([name, url]) => [name, containerUrl(name, url)] as const)
    this.services = new Map(entries)
    this.#byLength = entries.toSorted(([, a], [, b]) => b.length - a.length)
  }

  /**
   * The service below whose URL an absolute URL lies, with the path below it; undefined outside all services. A `slumber:` URL
   * says so itself, whether its service is listed or not.
   */
  locate(url: string): Place | undefined {
    const [, name, path = ''] = slumberUrl.exec(url) ?? []
    if (name !== undefined) return placeOf(name, path)
    const absolute = absoluteUrl(url)
    if (absolute === undefined) return undefined
    const found = this.#byLength.find(([, base]) => absolute.startsWith(base))
    return found && placeOf(found[0], absolute.slice(found[1].length))
  }
}

/** An http or https URL as parsers write it; undefined for all others, and where it holds a user or a password. */
export function absoluteUrl(text: string): string | undefined {
  const url = /^https?:\/\/[^/\\]/i.test(text) ? parseUrl(text) : undefined
  return url && !hasUserinfo(url) ? url.href : undefined
}

/** A URL with a user or password cannot be fetched; and it would be in every message. */
export function hasUserinfo({ username, password }: URL): boolean {
  return username !== '' || password !== ''
}

function containerUrl(name: string, url: string): string {
  const absolute = absoluteUrl(url)
  if (absolute === undefined || /[?#]/.test(absolute)) {
    // Without the URL itself, which may hold a password.
    throw new TypeError(
      `The URL of service "${name}" must be an absolute http or https URL without user, query and fragment.`,
    )
  }
  return absolute.endsWith('/') ? absolute : `${absolute}/`
}

/** Empty segments, dot segments, backslashes, blanks and controls would let a stored reference leave its service. */
const unsound = /^\/|\/\/|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)|[\\\u0000-\u0020\u007f]/i

function placeOf(service: string, path: string): Place | undefined {
  return unsound.test(path) ? undefined : { service, path }
}
