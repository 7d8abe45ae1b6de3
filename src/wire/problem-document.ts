// The shape of an error on the wire: a problem document (RFC 9457) with this system's members `code`, `errors` and `requestId`.

/** One fault of the content or of a parameter. `pointer` is a JSON pointer into the content as a URI fragment (RFC 6901 §6, as RFC 9457 §3 has it): `#/title`; `parameter` is a query name. */
export interface Fault {
  readonly pointer?: string
  readonly parameter?: string
  readonly detail: string
}

/** What every answer with a status of 400 or more carries as its content. */
export interface ProblemDocument {
  readonly type?: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  /** A stable word for programs, such as `unknown-parameter`; `detail` is for people and may change. */
  readonly code?: string
  readonly errors?: readonly Fault[]
  readonly requestId?: string
  readonly [extension: string]: unknown
}

/**
 * The JSON pointer of a path, as validators of Standard Schema give it too, as a URI fragment (RFC 6901 §6). Where it would be longer than `maxLength` in UTF-16 units it points
 * at the nearest thing around.
 *
 * @example
 * pointerTo(['lines', 0, 'a/b'])  // '#/lines/0/a~1b'
 */
export function pointerTo(path: Iterable<PropertyKey | { readonly key: PropertyKey }>, maxLength = 300): string {
  let pointer = '#'
  // Iterated, not mapped: arktype's paths are of a class whose `map` makes ['0'] of the empty one.
  for (const segment of path) {
    const token = String(typeof segment === 'object' ? segment.key : segment)
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
    const next = `${pointer}/${encodeURIComponent(token.toWellFormed())}`
    if (next.length > maxLength) break
    pointer = next
  }
  return pointer
}

/** Whether a parsed JSON value is a problem document. */
export function isProblemDocument(value: unknown): value is ProblemDocument {
  const { title, status } = (value ?? {}) as Partial<ProblemDocument>
  return typeof title === 'string' && typeof status === 'number'
}
