// Range requests (RFC 9110 §14): which octets of a representation are asked for, and whether they may be sent alone.

import { parseEntityTag, parseHttpDate, strongMatch } from '../../wire/index.ts'
import { secondsOf, type Validators } from '../conditions/preconditions.ts'

/** Octets `first` to `last` of a representation, both included. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** `whole` is 200, `part` is 206 with one part, `unsatisfiable` is 416. */
export type RangeSelection =
  { readonly kind: 'whole' } | ({ readonly kind: 'part' } & ByteRange) | { readonly kind: 'unsatisfiable' }

/** Content whose length is known and of which a part can be had without the rest. A `Blob` is one. */
export interface RangeSource {
  /** Octets. */
  readonly size: number
  /** The octets from `start` up to, not including, `end`. */
  slice(start: number, end: number): BodyInit
}

/** A request and the representation that would answer it whole. */
export interface RangeRequest {
  readonly method: string
  readonly headers: Pick<Headers, 'get'>
  /** Octets of the representation, after content coding. */
  readonly size: number
  /** As they stand in `ETag` and `Last-Modified` of the answer. */
  readonly validators: Validators
  /** What stands in `Date`; decides whether `Last-Modified` is a strong validator. */
  readonly now?: Date
}

/** More ranges than this are not looked at. */
const mostRanges = 8

/**
 * What to send of a representation; the last step before a 200 to a GET is written (§13.2.2 step 5, §14.2). Never throws.
 * There is no multipart/byteranges: ranges that do not join into one give the whole ("A server MAY ignore the Range header field", §14.2).
 *
 * @example
 * selectRange({ method: 'GET', headers: new Headers({ range: 'bytes=90-' }), size: 100, validators: {} })
 * // { kind: 'part', first: 90, last: 99 }
 */
export function selectRange({ method, headers, size, validators, now }: RangeRequest): RangeSelection {
  const asked = method === 'GET' ? headers.get('range') : null // "only if the method is GET" (§14.2)
  if (asked === null || !ifRangeHolds(headers.get('if-range'), validators, now)) return { kind: 'whole' }
  const ranges = parseRange(asked, size)
  if (ranges === 'none') return { kind: 'whole' }
  if (ranges === 'unsatisfiable') return { kind: 'unsatisfiable' }
  const [range, ...others] = joined(ranges)
  return range === undefined || others.length > 0 ? { kind: 'whole' } : { kind: 'part', ...range }
}

/**
 * Reads the value of `Range` against a representation of `size` octets (§14.1): the satisfiable ranges as they were asked for,
 * clipped to the size; 'unsatisfiable' where there is none; 'none' for what is ignored: another unit, an invalid set, and more
 * than eight ranges, of which no more is read ("a server … MAY ignore or reject … a set of many small ranges", §14.2).
 *
 * @example
 * parseRange('bytes=0-9, -10', 100)  // [{ first: 0, last: 9 }, { first: 90, last: 99 }]
 * parseRange('bytes=100-', 100)      // 'unsatisfiable'
 * parseRange('items=0-9', 100)       // 'none'
 */
export function parseRange(value: string, size: number): readonly ByteRange[] | 'unsatisfiable' | 'none' {
  if (value.slice(0, bytesUnit.length).toLowerCase() !== bytesUnit) return 'none'
  const specs = value.slice(bytesUnit.length).split(',', mostRanges + 1)
  if (specs.length > mostRanges) return 'none'
  const ranges: ByteRange[] = []
  let isEmpty = true
  for (const spec of specs) {
    if (/^[ \t]*$/.test(spec)) continue // an empty element of a list (§5.6.1.2)
    const range = rangeOf(spec, size)
    if (range === 'invalid') return 'none'
    if (range !== undefined) ranges.push(range)
    isEmpty = false
  }
  if (isEmpty) return 'none'
  return ranges.length === 0 ? 'unsatisfiable' : ranges
}

/**
 * `Content-Range` of a 206, or with an asterisk for the range of a 416 (§14.4).
 *
 * @example
 * contentRange({ first: 0, last: 9 }, 100)  // 'bytes 0-9/100'
 */
export function contentRange(range: ByteRange | 'unsatisfiable', size: number): string {
  return range === 'unsatisfiable' ? `bytes */${size}` : `bytes ${range.first}-${range.last}/${size}`
}

/** Content as a source of ranges; text becomes its UTF-8 octets first, since ranges count octets. */
export function rangeSource(content: string | Uint8Array<ArrayBuffer> | RangeSource): RangeSource {
  if (typeof content === 'string') return rangeSource(new TextEncoder().encode(content))
  if (!(content instanceof Uint8Array)) return content
  return { size: content.byteLength, slice: (start, end) => content.subarray(start, end) }
}

const bytesUnit = 'bytes='

/** Undefined for a range that is valid, but holds no octet of the representation. */
function rangeOf(spec: string, size: number): ByteRange | 'invalid' | undefined {
  const [, from = '', to = ''] = /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(spec) ?? []
  if (from === '' && to === '') return 'invalid'
  if (from === '') return suffixOf(Number(to), size)
  const first = Number(from)
  const last = to === '' ? Number.POSITIVE_INFINITY : Number(to)
  if (last < first) return 'invalid'
  return first < size ? { first, last: Math.min(last, size - 1) } : undefined
}

function suffixOf(length: number, size: number): ByteRange | undefined {
  // Of nothing, a suffix is satisfiable (§14.1.2), though no Content-Range can say so: `first` above `last` is dropped by `joined`.
  return length === 0 ? undefined : { first: Math.max(0, size - length), last: size - 1 }
}

/** Ranges in ascending order, those that overlap or touch made one (§15.3.7.2). */
function joined(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const result: ByteRange[] = []
  for (const range of ranges.filter(({ first, last }) => first <= last).toSorted((a, b) => a.first - b.first)) {
    const before = result.at(-1)
    if (before === undefined || range.first > before.last + 1) result.push(range)
    else result[result.length - 1] = { first: before.first, last: Math.max(before.last, range.last) }
  }
  return result
}

/** Whether what the client has a part of is what it would get the rest of (§13.1.5). A value that is neither form is no match. */
function ifRangeHolds(value: string | null, validators: Validators, now: Date = new Date()): boolean {
  if (value === null) return true
  const tag = parseEntityTag(value)
  if (tag !== undefined) return validators.entityTag !== undefined && strongMatch(tag, validators.entityTag)
  const modified = secondsOf(validators.lastModified)
  if (modified === undefined || secondsOf(parseHttpDate(value, now)) !== modified) return false
  // Strong if at least a second old: within its own second the state could have changed once more (§8.8.2.2).
  return (secondsOf(now) ?? 0) - modified >= 1
}
