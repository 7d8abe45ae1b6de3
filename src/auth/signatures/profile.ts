// The one way in which services sign requests: what a signature must cover and say, for those who sign and those who verify.

import { parseDictionary, type InnerList, type Item, type Parameters } from 'structured-headers'
import { Problem } from '../../http/index.ts'
import type { Signable } from './component-value.ts'

/** No signature that was made for anything else, an answer say, passes for one of these. */
export const profileTag = 'slumber-s2s-v1'
/** Seconds by which two clocks may differ. */
export const clockSkew = 60
/** Seconds for which a signature may be valid. */
const longestLife = 300

/** What says to whom the request goes, in either of two ways. */
const targets = [['@target-uri'], ['@scheme', '@path', '@query']] as const
/** Fields that decide what a request does, and in whose name: covered where they are present. */
const decisive = [
  'content-encoding',
  'forwarded-user',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'prefer',
  'service-loop',
] as const

/** What has to be covered in this request. */
export function demandedComponents(headers: Signable['headers'], hasContent: boolean): readonly string[] {
  const present = decisive.filter((name) => (headers.get(name) ?? undefined) !== undefined)
  const ofContent = hasContent ? ['content-type', 'content-digest'] : []
  return ['@method', '@authority', ...targets[0], ...ofContent, ...present]
}

/** `Accept-Signature` (RFC 9421 §5.1): what a signature of this request must have. */
export function acceptSignature(headers: Signable['headers'], hasContent: boolean): string {
  const components = demandedComponents(headers, hasContent).map((name) => `"${name}"`)
  return `slumber=(${components.join(' ')});created;expires;tag="${profileTag}"`
}

/** What a signature of the profile says of itself. */
export interface SignatureClaims {
  readonly keyid: string
  readonly nonce: string
  /** Seconds since 1970. */
  readonly created: number
  readonly expires: number
  readonly alg: string | undefined
}

/** @throws Problem 401 for a signature without one of them, or with one that is of another type. */
export function readClaims([, parameters]: InnerList): SignatureClaims {
  const [keyid, nonce, created, expires, alg] = ['keyid', 'nonce', 'created', 'expires', 'alg'].map((name) =>
    parameters.get(name),
  )
  const isNamed = typeof keyid === 'string' && typeof nonce === 'string' && nonce.length >= 22 && nonce.length <= 128
  if (!isNamed || !isTime(created) || !isTime(expires) || !(alg === undefined || typeof alg === 'string')) {
    const detail = 'A signature has created and expires, a keyid, and a nonce of 22 to 128 characters.'
    throw refused('missing-parameter', detail)
  }
  return { keyid, nonce, created, expires, alg }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

/**
 * @param now seconds since 1970
 * @throws Problem 401 for a signature that was made too long ago, is made in the future, has expired, or never would for long.
 */
export function checkTimes({ created, expires }: SignatureClaims, now: number): void {
  const isCurrent = Math.abs(now - created) <= clockSkew && expires >= now
  if (isCurrent && expires <= created + longestLife) return
  const detail = `A signature is made at most ${clockSkew} s from now, and expires at most ${longestLife} s after that.`
  throw refused('date-skew', detail)
}

/**
 * Names are compared with their parameters: `"content-digest";key="sha-256"` or `"@method";req` stand for nothing but themselves, and
 * no parameter is known here, so that `@query-param`, which needs one, is none of the profile either.
 *
 * @throws Problem 401 where something is not covered that has to be.
 */
export function checkCoverage([components]: InnerList, headers: Signable['headers'], hasContent: boolean): void {
  if (components.some(hasParameters)) {
    throw refused('unsupported-component', 'A signature covers whole fields, and no query parameters one by one.')
  }
  const covered = new Set(components.map(([name]) => name))
  const isTargetCovered = targets.some((names) => names.every((name) => covered.has(name)))
  const missing = demandedComponents(headers, hasContent).filter((name) => {
    return name === targets[0][0] ? !isTargetCovered : !covered.has(name)
  })
  if (missing.length > 0) throw refused('missing-component', `The signature does not cover ${missing.join(', ')}.`)
  if (hasContent && !hasStrongDigest(headers.get('content-digest'))) {
    throw refused('missing-component', 'Content-Digest has to be one by sha-256 or sha-512.')
  }
}

function hasParameters([, parameters]: Item): boolean {
  return parameters.size > 0
}

/** The layer checks those that it knows, and passes over others: by them alone any content would do. */
function hasStrongDigest(field: string | null | undefined): boolean {
  try {
    const digests = parseDictionary(field ?? '')
    return digests.has('sha-256') || digests.has('sha-512')
  } catch {
    return false
  }
}

export function isOfProfile(parameters: Parameters): boolean {
  return parameters.get('tag') === profileTag
}

/** 401, with a code for programs, and nothing that tells one forged octet from another. */
export function refused(code: string, detail: string): Problem {
  return new Problem(401, detail, { code })
}
