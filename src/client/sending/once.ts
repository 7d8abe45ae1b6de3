// One try: what a transport answers, with a limit of time and of size, and everything that goes wrong there as an error of ours.

import { ConnectionFailed, SlumberError, UnexpectedAnswer } from '../errors.ts'
import { ask } from './ask.ts'
import { inTime } from './in-time.ts'
import type { Step, Transport } from './message.ts'

export interface OnceOptions {
  /** The platform's `fetch` where it is undefined. */
  readonly transport: Transport | undefined
  /** Milliseconds for one try, its answer read to the end. */
  readonly tryTimeout: number
  /** The most octets of one answer, after decoding. */
  readonly maxAnswerSize: number
}

/** The last step. A transport need not know of signals: the answer is waited for no longer than the timeout, whatever it does. */
export function once({ transport, tryTimeout, maxAnswerSize }: OnceOptions): Step {
  return (message) => {
    const tooLong = (status: number): Error =>
      new UnexpectedAnswer({ request: message, status }, `the content is longer than ${maxAnswerSize} octets`)
    return inTime(message, message.tryTimeout ?? tryTimeout, async (waiting) => {
      const signature = message.sign === undefined ? undefined : await message.sign(message)
      const final = signature === undefined ? message : { ...message, headers: { ...message.headers, ...signature } }
      try {
        return await ask(transport, final, { waiting, maxSize: maxAnswerSize, tooLong })
      } catch (cause) {
        if (cause instanceof SlumberError) throw cause
        throw new ConnectionFailed(message, `no connection${reasonOf(cause)}`, cause)
      }
    })
  }
}

/** The innermost cause says most: Node's fetch hides `ECONNREFUSED` below "fetch failed". */
function reasonOf(error: unknown): string {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  if (!(cause instanceof Error)) return ''
  return ` (${'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message})`
}
