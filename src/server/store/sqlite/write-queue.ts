// One writer at a time per database and process: SQLite has one write lock, and waiting for it in the driver would block the event loop.

import { busyProblem } from '../refusal.ts'

const queues = new WeakMap<object, WriteQueue>()

export class WriteQueue {
  /** Ends when the last task has ended; never rejects. */
  #last: Promise<unknown> = Promise.resolve()

  /** The queue of a database, the same for every store on it. */
  static of(database: object): WriteQueue {
    const existing = queues.get(database)
    if (existing !== undefined) return existing
    const queue = new WriteQueue()
    queues.set(database, queue)
    return queue
  }

  /**
   * Runs a task when those before it have ended, however they ended.
   *
   * @param patience milliseconds to wait for its turn: a task that waits for one queued behind it would wait for ever.
   * @throws Problem 503 when its turn does not come in time; it is then never run.
   */
  run<T>(task: () => Promise<T>, patience: number): Promise<T> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        reject(busyProblem())
      }, patience)
      this.#last = this.#last.then(() => {
        clearTimeout(timer)
        if (isLate) return undefined
        const running = task()
        resolve(running)
        return running.catch(() => undefined)
      })
    })
  }
}
