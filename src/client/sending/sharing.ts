// Requests for the same thing at the same time are one request.

import type { Answer, Step } from './message.ts'

/** Only those that nobody can end for themselves: who goes away must not take the answer from the others. */
export function sharing(next: Step): Step {
  const underWay = new Map<string, { readonly answer: Promise<Answer>; readonly deadline: number }>()
  const send: Step = (message) => {
    // What was asked for before a write was done may be answered as it was before.
    if (!message.isSafe) return next(message).finally(() => underWay.clear())
    if (message.method !== 'GET' || message.isHurried || message.signal !== undefined) return next(message)
    const key = JSON.stringify([message.user, message.url, message.headers])
    const known = underWay.get(key)
    if (known !== undefined) {
      return known.answer.catch((error: unknown) => {
        const soon = performance.now() + 2 // a timer may be a millisecond early
        // The time of the first may be over while there is some left for who came later.
        if (soon < known.deadline || soon > message.deadline) throw error
        return send(message)
      })
    }
    const answer = next(message)
    const forget = (): void => {
      if (underWay.get(key)?.answer === answer) underWay.delete(key)
    }
    answer.then(forget, forget)
    underWay.set(key, { answer, deadline: message.deadline })
    return answer
  }
  return send
}
