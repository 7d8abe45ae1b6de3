// What is fetched twice while one incoming request is answered is fetched once, and is one object.

import { currentRequest, followRequests } from '../../wire/index.ts'
import type { Cache } from '../connect.ts'
import type { Answer, Message, Share, Step } from '../sending/message.ts'

/** What was asked for while one request is answered, since the last write. */
class Held {
  readonly answers = new Map<string, Answer>()
  /** Each user of each client shares instances with itself. */
  readonly shares = new Map<string, Share>()
}

/** Of every request that is being answered, for all clients: a write of one of them makes all of them ask again. */
const byRequest = new WeakMap<object, Held>()

let steps = 0

/**
 * In a service: while it answers one request, the same question is asked once, and answered for all who ask; an instance that is
 * asked for in several ways, by its key and by references, is one object. A write is seen by everybody after it. Where no request is being answered, and on platforms that cannot tell, it does nothing.
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
  if (!message.isSafe) {
    try {
      return await next(message)
    } finally {
      byRequest.delete(request) // what is still under way goes into the old one
    }
  }
  const { answers, shares } = heldFor(request)
  const who = JSON.stringify([name, message.user])
  const share = shares.get(who) ?? sharing()
  shares.set(who, share)
  if (!isKeepable(message)) return { ...(await next(message)), share }
  const key = JSON.stringify([who, message.url, message.headers])
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = { ...(await next(message)), share }
  if (answer.status < 500) answers.set(key, answer)
  return answer
}

/** What clients with the same options make is one object under each name. */
function sharing(): Share {
  const made = new WeakMap<object, Map<string, object>>()
  return <Made extends object>(by: object, name: string, make: () => Made): Made => {
    const own = made.get(by) ?? new Map<string, object>()
    made.set(by, own)
    const one = own.get(name) ?? make()
    own.set(name, one)
    return one as Made // under a name, one maker makes what it made before
  }
}

function heldFor(request: object): Held {
  const held = byRequest.get(request) ?? new Held()
  byRequest.set(request, held)
  return held
}

/** Who says how an answer may be kept, or what they have of it, asks. */
function isKeepable({ method, headers }: Message): boolean {
  return (
    method === 'GET' && !('cache-control' in headers || 'if-none-match' in headers || 'if-modified-since' in headers)
  )
}
