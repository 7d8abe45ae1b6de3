// What is thrown while a request is answered, as an answer.

import { Answer, answerOf, asAnswer, isResponse } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import { Problem } from './problem.ts'

/** A thrown answer, a problem, or a fault of the program: the last is logged whole and answered without a word of it. */
export function answerToError(exchange: Exchange, error: unknown): Answer {
  if (error instanceof Problem && error.status >= 500) {
    exchange.logger.warn({ requestId: exchange.requestId, error }, error.message)
  }
  const thrown = isResponse(error) ? answerOf(error) : asAnswer(error)
  if (thrown !== undefined) return thrown
  exchange.logger.error({ requestId: exchange.requestId, error }, 'a handler failed')
  return new Answer(500, new Problem(500, undefined, { code: 'internal' }))
}
