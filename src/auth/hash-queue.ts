// Lets few password hashes run at a time and few wait: logins cost CPU time before anybody is known, and may not take all of it.

import { Problem } from '../http/index.ts'

export interface HashQueueOptions {
  /** Hashes that run at a time. Node has four threads for them, for files and for names of hosts. */
  readonly atOnce?: number
  readonly waiting?: number
  /** Of those waiting, how many may be for one name: a single name cannot fill the queue. */
  readonly waitingPerName?: number
}

/** Runs some work when its turn has come, or throws Problem 429 (RFC 6585 §4) at once, without doing any of it. */
export type HashQueue = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

/** About the time in which a full queue is done, in seconds. */
const retryAfter = '5'

/**
 * A queue, first come, first served.
 *
 * @throws RangeError for less than one hash at a time: nobody's turn would ever come.
 * @example
 * const verify = localUsers(database, hashQueue({ atOnce: 1 }))
 */
export function hashQueue({ atOnce = 2, waiting = 32, waitingPerName = 4 }: HashQueueOptions = {}): HashQueue {
  if (!(atOnce >= 1)) throw new RangeError('hashQueue() takes a number of hashes at once of at least one.')
  const line: { readonly name: string; readonly start: () => void }[] = []
  let running = 0

  const turn = (name: string): Promise<void> | undefined => {
    if (running < atOnce) {
      running += 1
      return undefined
    }
    const ofName = line.filter((place) => place.name === name).length
    if (line.length >= waiting || ofName >= waitingPerName) throw tooManyLogins()
    return new Promise((start) => line.push({ name, start }))
  }

  /** The place goes to the next in line, so that nobody can step in between. */
  const leave = (): void => {
    const next = line.shift()
    if (next === undefined) running -= 1
    else next.start()
  }

  return async (name, work) => {
    await turn(name)
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

/** That of the process, whose threads all hashes share. */
export const processQueue: HashQueue = hashQueue()

/** It says the same of every name, known or not. */
function tooManyLogins(): Problem {
  return new Problem(429, 'Too many logins are being checked.', {
    code: 'too-many-logins',
    headers: { 'retry-after': retryAfter },
  })
}
