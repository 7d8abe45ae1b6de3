// One writer at a time per database and process: SQLite has one write lock, and waiting for it in the driver would block the event loop.

import { after, rescued, type Awaitable } from '../../../wire/index.ts'
import { busyProblem } from '../refusal.ts'

const queues = new WeakMap<object, WriteQueue>()

export class WriteQueue {
  readonly #waiting: (() => void)[] = []
  #isTaken = false

  /** The queue of a database, the same for every store on it. */
  static of(database: object): WriteQueue {
    const existing = queues.get(database)
    if (existing !== undefined) return existing
    const queue = new WriteQueue()
    queues.set(database, queue)
    return queue
  }

  /**
   * Runs a task when those before it have ended, however they ended; at once where there is none.
   *
   * @param patience milliseconds to wait for its turn: a task that waits for one queued behind it would wait for ever.
   * @throws Problem 503 when its turn does not come in time; it is then never run.
   */
  run<T>(task: () => Awaitable<T>, patience: number): Awaitable<T> {
    return this.#isTaken ? this.#turn(patience).then(() => this.#take(task)) : this.#take(task)
  }

  #take<T>(task: () => Awaitable<T>): Awaitable<T> {
    this.#isTaken = true
    const ended = rescued(task, (error) => {
      this.#pass()
      throw error
    })
    return after(ended, (result) => {
      this.#pass()
      return result
    })
  }

  #pass(): void {
    this.#isTaken = false
    this.#waiting.shift()?.()
  }

  #turn(patience: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer)
        this.#isTaken = true // before anybody else asks
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1)
        reject(busyProblem())
      }, patience)
      this.#waiting.push(begin)
    })
  }
}
