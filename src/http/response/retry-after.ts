// When to come back (RFC 9110 §10.2.3), for answers of 503, 429 and 202.

import { formatHttpDate } from '../../wire/index.ts'

/**
 * The header field for an answer.
 *
 * @param when seconds from now, or the time
 * @example
 * SERVICE_UNAVAILABLE(undefined, retryAfter(20)) // Retry-After: 20
 */
export function retryAfter(when: number | Date): { readonly 'retry-after': string } {
  return { 'retry-after': when instanceof Date ? formatHttpDate(when) : String(Math.max(0, Math.ceil(when))) }
}
