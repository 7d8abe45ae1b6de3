// One try: what a transport answers, with a limit of time and of size, and everything that goes wrong there as an error of ours.

import { ConnectionFailed, SlumberError, UnexpectedAnswer } from '../errors.ts'
import { ask } from './ask.ts'
import { inTime } from './in-time.ts'
import type { Message, Step, Transport } from './message.ts'

export interface OnceOptions {
  /** The platform's `fetch` where it is undefined. */
  readonly transport: Transport | undefined
  /** Milliseconds for one try, its answer read to the end. */
  readonly tryTimeout: number
  /** The most octets of one answer, after decoding. */
  readonly maxAnswerSize: number
}

/** The last step. A transport need not know of signals: the answer is waited for no longer than the timeout, whatever it does. */
export function once({ transport, tryTimeout, maxAnswerSize: maxSize }: OnceOptions): Step {
  return (message) => {
    const tooLong = (status: number): Error =>
      new UnexpectedAnswer({ request: message, status }, `the content is longer than ${maxSize} octets`)
    return inTime(message, message.tryTimeout ?? tryTimeout, async (whenOver) => {
      const { sign, headers } = message
      const final = sign === undefined ? message : { ...message, headers: { ...headers, ...(await sign(message)) } }
      try {
        return await ask(transport, final, { whenOver, maxSize, tooLong })
      } catch (cause) {
        throw cause instanceof SlumberError ? cause : failure(final, cause)
      }
    })
  }
}

function failure(message: Message, cause: unknown): SlumberError {
  const { method, url, headers } = message
  try {
    new Request(url, { method, headers }) // oxlint-disable-line no-new -- it is the platform that knows
  } catch {
    // Without what it says: of a field that is its value, which may be a token.
    return new SlumberError(`${method} ${url}: such a method, URL or field cannot be sent.`)
  }
  // Node's fetch hides `ECONNREFUSED` below "fetch failed".
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause
  const { code, message: text } = Object(inner) as { readonly code?: unknown; readonly message?: unknown } // of anything
  return new ConnectionFailed(message, `no connection (${String(code ?? text ?? inner)})`, cause)
}
