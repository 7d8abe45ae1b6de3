// Tries again what may be tried again: later each time, at random, and never sooner than the server asks for.

import { CircuitOpen, ConnectionFailed, TimedOut } from '../errors.ts'
import { unlessAborted } from './in-time.ts'
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
      const isLast = attempt >= retries
      let isRunning = false
      let answer: Answer | undefined
      let failure: unknown
      try {
        answer = await next(message)
        isRunning = retries > 0 && isUnderWay(answer) && isRepeatable(message, true)
        if (!isRunning && (isLast || !mayPass(answer) || !isRepeatable(message, isUnknown(answer)))) return answer
      } catch (error) {
        const isLost = error instanceof ConnectionFailed && !(error instanceof CircuitOpen)
        if (isLast || !isLost || !isRepeatable(message, true)) throw error
        failure = error
      }
      const asked = retryAfter(answer?.fields.get('retry-after')) ?? 0
      // Full jitter: clients that failed together do not come back together.
      const pause = asked * 1_000 + Math.random() * backoff * 2 ** attempt
      // The timer of the last try may have been a millisecond early.
      if (performance.now() + pause + 2 > message.deadline) {
        if (isRunning) throw new TimedOut(message, 'an earlier try is still being done, and may succeed', undefined)
        if (answer === undefined) throw failure
        return answer
      }
      await sleep(pause, message.signal)
      if (!isRunning) attempt++ // to be told so is no try: it was not begun again
    }
  }
}

async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const time = new Promise((resolve) => (timer = setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1))))
  await unlessAborted(signal, time).finally(() => clearTimeout(timer))
}

/** Too many requests, nobody there to answer, or (with a time to come back at) the first request with this key is still being done. */
function mayPass({ status, fields }: Answer): boolean {
  return (
    [429, 502, 503, 504].includes(status) || (status === 409 && retryAfter(fields.get('retry-after')) !== undefined)
  )
}

/** What another try with the same key is told, until the first one is done: what that comes to is still to be had. */
function isUnderWay({ status, text }: Answer): boolean {
  return status === 409 && text.includes('"idempotency-in-progress"')
}

/** What became of the request: a proxy does not know. */
function isUnknown({ status }: Answer): boolean {
  return status === 502 || status === 504
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
