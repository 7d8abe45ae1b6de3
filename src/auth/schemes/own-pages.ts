// Credentials that a browser adds by itself, to the requests of any page: which requests are not those of a page of the service itself.

import { isSafe, Problem, type Exchange } from '../../http/index.ts'

/**
 * By the field that browsers alone set, and else by the origin that the request names. Never by the type of its content.
 *
 * @param origin of the service, as browsers see it.
 * @param unknown what a request is that names neither: no browser of today makes one.
 * @throws Problem 403 for a request that may change something, and was made by a page of another origin, or one in a frame without any.
 */
export function refuseOtherPages({ method, headers }: Exchange, origin: string, unknown: 'let in' | 'refused'): void {
  if (isSafe(method)) return
  const site = headers.get('sec-fetch-site')
  const named = headers.get('origin')
  const isOwn =
    site === null
      ? named === origin || (named === null && unknown === 'let in')
      : site === 'same-origin' || site === 'none'
  if (isOwn) return
  const detail = `Only pages of ${origin} may do this with credentials that a browser adds by itself.`
  throw new Problem(403, detail, { code: 'cross-site' })
}
