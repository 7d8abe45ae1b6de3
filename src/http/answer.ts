// What a handler may return, brought into one shape: a status, headers and content that is not written yet.

import { Problem, type ProblemOptions } from './problems/problem.ts'

/**
 * Header fields of an answer; a list is written as several lines, which only `Set-Cookie` needs. What a field cannot hold,
 * a line break say, is percent-encoded when it is written.
 */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>

/** What `Answer.with` replaces. */
export interface AnswerChange {
  readonly status?: number
  readonly content?: unknown
  /** Added to the fields there are, or in their place. */
  readonly headers?: AnswerHeaders
}

/** An answer before it is written: `content` is still a value; a representation turns it into octets. */
export class Answer {
  readonly status: number
  readonly content: unknown
  readonly headers: AnswerHeaders

  constructor(status: number, content?: unknown, headers: AnswerHeaders = {}) {
    this.status = content instanceof Problem ? content.status : status // RFC 9457 §3.1.2: the two must agree
    this.content = content
    this.headers = headers
  }

  get isError(): boolean {
    return this.status >= 400
  }

  /** A copy with something else in it. */
  with(change: AnswerChange): Answer {
    const { status = this.status, headers } = change
    const content = 'content' in change ? change.content : this.content
    return new Answer(status, content, headers === undefined ? this.headers : { ...this.headers, ...headers })
  }
}

/**
 * A status as a value: return it, throw it, or call it with content and headers.
 *
 * @example
 * return NO_CONTENT
 * return CREATED(body, { location: '/blog/3' })
 * return [CONFLICT, errors]
 */
export interface StatusConstant {
  (content?: unknown, headers?: AnswerHeaders): Answer
  readonly status: number
}

/** The answer with a problem as its content. */
export function refusal(status: number, detail: string, options: ProblemOptions): Answer {
  return new Answer(status, new Problem(status, detail, options))
}

function isStatusConstant(value: unknown): value is StatusConstant {
  return typeof value === 'function' && 'status' in value && typeof value.status === 'number'
}

/** Reads what a handler returned (or threw) as an answer; undefined for anything that is neither. */
export function asAnswer(result: unknown): Answer | undefined {
  if (result instanceof Answer) return result
  if (result instanceof Problem) return new Answer(result.status, result)
  if (isStatusConstant(result)) return new Answer(result.status)
  if (Array.isArray(result) && result.length === 2 && isStatusConstant(result[0])) {
    return new Answer(result[0].status, result[1])
  }
  return undefined
}

/**
 * A `Response` of this platform or of a server's: servers put a class of their own in the place of the global one, and what
 * `fetch` gives is no instance of that.
 */
export function isResponse(value: unknown): value is Response {
  if (typeof value !== 'object' || value === null) return false
  return value instanceof Response || Object.prototype.toString.call(value) === '[object Response]'
}

/** Any other value is the content of a 200, a finished Response has its own status; nothing is a 204. */
export function answerOf(result: unknown): Answer {
  const answer = asAnswer(result)
  if (answer !== undefined) return answer
  if (isResponse(result)) return new Answer(result.status, result)
  return result === undefined ? new Answer(204) : new Answer(200, result)
}
