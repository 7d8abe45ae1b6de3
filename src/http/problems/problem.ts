// The one error the layer throws and answers: a status, a stable code and the faults, written as a problem document (RFC 9457).

import { reasonPhrase, type Fault, type ProblemDocument } from '../../wire/index.ts'
import type { AnswerHeaders } from '../answer.ts'

export interface ProblemOptions {
  readonly code?: string
  readonly errors?: readonly Fault[]
  readonly headers?: AnswerHeaders
  /** Further members of the document. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * Throw one anywhere below a resource to answer with it; the transaction around the request is rolled back.
 *
 * @example
 * throw new Problem(409, 'The shop is closed.', { code: 'shop-closed' })
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string | undefined
  readonly errors: readonly Fault[]
  readonly headers: AnswerHeaders
  readonly members: Readonly<Record<string, unknown>>

  constructor(status: number, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? reasonPhrase(status), options.cause === undefined ? {} : { cause: options.cause })
    // Any other would be sent as what it is not; 1xx would not even be final.
    if (!(status >= 400 && status <= 599)) throw new RangeError(`A problem has a status of 400 to 599, not ${status}.`)
    this.status = status
    this.code = options.code
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
    this.members = options.members ?? {}
  }

  /**
   * The document of RFC 9457. Further members may replace its words, but not the status and the id of the request.
   *
   * @param types the URL below which types are explained, with a slash at its end; without one there is no `type`: about:blank
   */
  toDocument(requestId?: string, types?: string): ProblemDocument {
    const title = reasonPhrase(this.status)
    const { status } = this
    const document: ProblemDocument = {
      ...(types === undefined || this.code === undefined ? {} : { type: types + encodeURIComponent(this.code) }),
      title,
      status,
      ...(this.message === title ? {} : { detail: this.message }),
      ...(this.code === undefined ? {} : { code: this.code }),
      ...(this.errors.length === 0 ? {} : { errors: this.errors }),
      ...this.members,
    }
    return { ...document, status, ...(requestId === undefined ? {} : { requestId }) }
  }
}
