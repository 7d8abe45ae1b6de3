// What a handler may return, brought into one shape: a status, headers and content that is not written yet.

import { Problem, type ProblemOptions } from './problem.ts'

/** Header fields of an answer. What a field cannot hold, a line break say, is percent-encoded when it is written. */
export type AnswerHeaders = Readonly<Record<string, string>>

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

function statusConstant(status: number): StatusConstant {
  return Object.assign((content?: unknown, headers?: AnswerHeaders) => new Answer(status, content, headers), { status })
}

export const OK: StatusConstant = statusConstant(200)
export const CREATED: StatusConstant = statusConstant(201)
export const ACCEPTED: StatusConstant = statusConstant(202)
export const NO_CONTENT: StatusConstant = statusConstant(204)
export const SEE_OTHER: StatusConstant = statusConstant(303)
export const FOUND: StatusConstant = statusConstant(302)
export const NOT_MODIFIED: StatusConstant = statusConstant(304)
export const TEMPORARY_REDIRECT: StatusConstant = statusConstant(307)
export const PERMANENT_REDIRECT: StatusConstant = statusConstant(308)
export const BAD_REQUEST: StatusConstant = statusConstant(400)
export const FORBIDDEN: StatusConstant = statusConstant(403)
export const NOT_FOUND: StatusConstant = statusConstant(404)
export const CONFLICT: StatusConstant = statusConstant(409)
export const GONE: StatusConstant = statusConstant(410)
export const UNPROCESSABLE_CONTENT: StatusConstant = statusConstant(422)
export const SERVICE_UNAVAILABLE: StatusConstant = statusConstant(503)

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

/** Any other value is the content of a 200; nothing is a 204. */
export function answerOf(result: unknown): Answer {
  return asAnswer(result) ?? (result === undefined ? new Answer(204) : new Answer(200, result))
}
