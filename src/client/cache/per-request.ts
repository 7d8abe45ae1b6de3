// What is fetched twice while one incoming request is answered is fetched once.

import { currentRequest, followRequests } from '../../wire/index.ts'
import type { Cache } from '../connect.ts'
import type { Answer, Message, Step } from '../sending/message.ts'

/** Answers to what was asked for while one request is answered. */
type Answers = Map<string, Answer>

/** Of every request that is being answered, for all clients: a write of one of them makes all of them ask again. */
const byRequest = new WeakMap<object, { answers: Answers }>()

let steps = 0

/**
 * In a service: while it answers one request, the same question is asked once, and answered for all who ask. A write is seen by
 * everybody after it. Where no request is being answered, and on platforms that cannot tell, it does nothing.
 *
 * @param cache keeps answers for longer.
 * @example
 * const client = connect<Services>({ directory, authenticate, cache: perRequest(httpCache()) })
 */
export function perRequest(cache?: Cache): Cache {
  followRequests()
  return {
    step: (next) => {
      const asked = cache === undefined ? next : cache.step(next)
      const name = String((steps += 1)) // another client may reach other services at the same URL
      return (message) => {
        const request = currentRequest()
        return request === undefined ? asked(message) : send(message, asked, name, request)
      }
    },
  }
}

async function send(message: Message, next: Step, name: string, request: object): Promise<Answer> {
  const held = byRequest.get(request) ?? { answers: new Map<string, Answer>() }
  byRequest.set(request, held)
  if (!message.isSafe) {
    try {
      return await next(message)
    } finally {
      held.answers = new Map() // what is still under way goes into the old one
    }
  }
  if (!isKeepable(message)) return await next(message)
  const { answers } = held
  const key = JSON.stringify([name, message.user, message.url, message.headers])
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = await next(message)
  if (answer.status < 500) answers.set(key, answer)
  return answer
}

/** Who says how an answer may be kept, or what they have of it, asks. */
function isKeepable({ method, headers }: Message): boolean {
  return (
    method === 'GET' && !('cache-control' in headers || 'if-none-match' in headers || 'if-modified-since' in headers)
  )
}
