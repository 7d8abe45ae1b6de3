// The shape of an error on the wire: a problem document (RFC 9457) with this system's members `code`, `errors` and `requestId`.

/** One fault of the content or of a parameter. `pointer` is a JSON pointer into the content (RFC 6901), `parameter` a query name. */
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

/** Whether a parsed JSON value is a problem document. */
export function isProblemDocument(value: unknown): value is ProblemDocument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    typeof value.title === 'string' &&
    'status' in value &&
    typeof value.status === 'number'
  )
}
