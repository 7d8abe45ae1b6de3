// Tries again what may be tried again: later each time, at random, and never sooner than the server asks for.

import { CircuitOpen, ConnectionFailed, TimedOut } from '../errors.ts'
import { pause } from './in-time.ts'
import { retryAfter } from './retry-after.ts'
import type { Answer, Message, Step } from './message.ts'

export interface RetryOptions {
  /** Tries after the first. */
  readonly retries: number
  /** Milliseconds before the second try, at most; twice as many before each further one. */
  readonly backoff: number
}

export function retrying(next: Step, { retries, backoff }: RetryOptions): Step {
  return async (message) => {
    for (let attempt = 0; ;) {
      let answer: Answer | undefined
      let failure: unknown
      try {
        answer = await next(message)
      } catch (error) {
        failure = error
      }
      const isRunning = retries > 0 && isUnderWay(answer) && isRepeatable(message, true)
      const isTriedAgain = isRunning || (attempt < retries && mayPass(message, answer, failure))
      const asked = isTriedAgain ? (retryAfter(answer?.fields.get('retry-after')) ?? 0) : 0
      // Full jitter: clients that failed together do not come back together.
      const time = asked * 1_000 + Math.random() * backoff * 2 ** attempt
      // The timer of the last try may have been a millisecond early.
      if (!isTriedAgain || performance.now() + time + 2 > message.deadline) {
        if (isRunning) throw new TimedOut(message, 'an earlier try is still being done, and may succeed')
        if (answer === undefined) throw failure
        return answer
      }
      await pause(message, time)
      if (!isRunning) attempt++ // to be told so is no try: it was not begun again
    }
  }
}

/** What another try with the same key is told, until the first one is done: what that comes to is still to be had. */
function isUnderWay(answer: Answer | undefined): boolean {
  return answer?.status === 409 && answer.text.includes('"idempotency-in-progress"')
}

/** Whether another try does no harm, and may come to something else. */
function mayPass(message: Message, answer: Answer | undefined, failure: unknown): boolean {
  if (answer === undefined) {
    return failure instanceof ConnectionFailed && !(failure instanceof CircuitOpen) && isRepeatable(message, true)
  }
  const { status, fields } = answer
  const isUnknown = status === 502 || status === 504 // a proxy does not know what became of it
  // Too many requests, nobody there, or (with a time to come back at) the first request with this key is still being done.
  const isForNow =
    status === 429 || status === 503 || (status === 409 && retryAfter(fields.get('retry-after')) !== undefined)
  return (isUnknown || isForNow) && isRepeatable(message, isUnknown)
}

/**
 * RFC 9110 §9.2.2; a key makes a retried POST or PATCH one request (draft-ietf-httpapi-idempotency-key-header).
 * @param mayBeDone whether it is unknown what became of the last try: a conditional PUT that was done would fail its own condition.
 */
function isRepeatable({ method, headers, isSafe, isKeyed }: Message, mayBeDone: boolean): boolean {
  if (isSafe || method === 'DELETE') return true
  if (method === 'PUT') return !mayBeDone || !('if-match' in headers)
  return isKeyed && 'idempotency-key' in headers
}
