// What the hand-written contestants have in common: the fields that do not change, the id of the request, the comparison.

/** What stands on every answer, beside the tag and the id. */
export const fixedFields = {
  vary: 'accept',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
} as const

const requestId = /^[\w-]{8,64}$/

/** The caller's id where it can be nothing but an id, else a new one. */
export const requestIdOf = (given: string | undefined): string =>
  given !== undefined && requestId.test(given) ? given : crypto.randomUUID()

/** Whether If-None-Match lists the tag, by weak comparison (RFC 9110 §13.1.2). */
export const isNotModified = (header: string | undefined, tag: string): boolean =>
  header !== undefined &&
  (header === tag || header === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag))
