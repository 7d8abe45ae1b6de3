// Services of this process: asked directly, without a socket, and otherwise as any other.

import { ask } from './ask.ts'
import type { Awaitable } from '../../wire/index.ts'
import type { Limits, Message, Transport } from './message.ts'

/** What answers for a URL and all below it: a service, or any function from requests to responses. */
export interface Served {
  /** Absolute. */
  readonly url: string
  readonly fetch: (request: Request) => Awaitable<Response>
  /** Of a service: where it answers the directory. */
  readonly state?: { readonly directoryUrl?: string | undefined }
}

/**
 * A transport that asks services of this process directly, and for everything else another transport. Of two URLs the longer one is
 * meant; both end at a segment.
 *
 * @param otherwise the platform's `fetch` unless given.
 * @throws TypeError where a URL is not absolute.
 * @example
 * connect<Services>({ directory: 'http://localhost:8000/slumber/', transport: inProcess([pizzas, atlas]) })
 */
export function inProcess(services: Iterable<Served>, otherwise?: Transport): Transport {
  const all = [...services]
  const served = all
    .map(({ url, fetch }) => ({ place: placeOf(url), transport: fetch }))
    .toSorted((a, b) => b.place.length - a.place.length)
  const directories = new Map(
    all.flatMap(({ state, fetch }) =>
      state?.directoryUrl === undefined ? [] : [[placeOf(state.directoryUrl), fetch]],
    ),
  )
  const transportFor = (url: string): Transport | undefined => {
    if (!URL.canParse(url)) return otherwise // which says so
    const asked = placeOf(url)
    const found = served.find(({ place }) => asked.startsWith(place))
    return found?.transport ?? directories.get(asked) ?? otherwise
  }
  return Object.assign((request: Request) => (transportFor(request.url) ?? fetch)(request), {
    light: (message: Message, limits: Limits) => ask(transportFor(message.url), message, limits),
  })
}

/** Origin and path, with a slash at the end. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return pathname.endsWith('/') ? origin + pathname : `${origin}${pathname}/`
}
