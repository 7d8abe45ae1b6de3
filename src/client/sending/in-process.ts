// Services of this process: asked directly, without a socket, and otherwise as any other.

import type { Awaitable } from '../../wire/index.ts'
import { ask, read } from './ask.ts'
import { LightRequest } from './light-request.ts'
import type { Answer, Limits, Message, Transport } from './message.ts'

/** What answers for a URL and all below it: a service, or any function from requests to responses. */
export interface Served {
  /** Absolute. */
  readonly url: string
  readonly fetch: ServedFetch
  /** Of a service: where it answers the directory. */
  readonly state?: { readonly directoryUrl?: string | undefined }
}

export interface ServedFetch {
  (request: Request): Awaitable<Response>
  /** Of a service's own: the same for less than a Request. What wraps it has none, and is not passed by. */
  readonly answer?: (request: LightRequest) => Awaitable<Response>
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
  const places = all
    .map((service) => ({ place: placeOf(new URL(service.url)), service }))
    .toSorted((a, b) => b.place.length - a.place.length)
  const directories = new Map(
    all.flatMap((service): [string, Served][] => {
      const url = service.state?.directoryUrl
      return url === undefined ? [] : [[placeOf(new URL(url)), service]]
    }),
  )
  const servedAt = (url: URL | undefined): Served | undefined => {
    if (url === undefined) return undefined
    const asked = placeOf(url)
    return places.find(({ place }) => asked.startsWith(place))?.service ?? directories.get(asked)
  }
  const light = async (message: Message, limits: Limits): Promise<Answer> => {
    const url = URL.canParse(message.url) ? new URL(message.url) : undefined
    const own = servedAt(url)?.fetch
    const request = own?.answer && url && LightRequest.of(message, url.href, limits.whenOver)
    const answer = request && (await own?.answer?.(request))
    return answer === undefined ? await ask(own ?? otherwise, message, limits) : await read(answer, limits)
  }
  const transport = (request: Request): Awaitable<Response> =>
    (servedAt(new URL(request.url))?.fetch ?? otherwise ?? fetch)(request)
  return Object.assign(transport, { light })
}

/** Origin and path, with a slash at the end. */
function placeOf({ origin, pathname }: URL): string {
  return pathname.endsWith('/') ? origin + pathname : `${origin}${pathname}/`
}
