// What the hand-written contestants need besides their framework and statements: the check of the caller, the entity tag.
import { createHash, timingSafeEqual } from 'node:crypto'
import { user } from './credentials.ts'

/** True for the credentials of the one user (RFC 7617), compared in a time that tells nothing. */
export const isAuthorised = (header: string | undefined): boolean => {
  if (header?.slice(0, 6).toLowerCase() !== 'basic ') return false
  const credentials = Buffer.from(header.slice(6), 'base64').toString()
  const colon = credentials.indexOf(':')
  // Both are compared in any case: which of the two was wrong does not show.
  const isName = isEqual(credentials.slice(0, colon), user.name)
  const isPassword = isEqual(credentials.slice(colon + 1), user.password)
  return colon !== -1 && isName && isPassword
}

const isEqual = (given: string, known: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(known)]
  return a.length === b.length ? timingSafeEqual(a, b) : !timingSafeEqual(b, b)
}

/** The strong entity tag of a representation: a hash of its bytes. */
export const entityTag = (body: string): string => `"${createHash('sha1').update(body).digest('base64url')}"`

/** Whether If-None-Match lists the tag, by weak comparison (RFC 9110 §13.1.2). */
export const isNotModified = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag))
