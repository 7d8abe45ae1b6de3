// What a program asks for while it answers a request: all of it has to be awaited, or it would be done after the answer, or never.

import type { Logger } from '../../wire/index.ts'

/** A promise that knows whether anybody has asked for its outcome. Its rejection ends no process: `Calls` tells of it. */
class Call<T> extends Promise<T> {
  /** What is made of it by `then` is a promise like any. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  isAwaited = false

  static of<T>(outcome: Promise<T>): Call<T> {
    const call = new Call<T>((resolve, reject) => void outcome.then(resolve, reject))
    void Promise.prototype.then.call(call, undefined, () => undefined)
    return call
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise
  override then<A = T, B = never>(
    done?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isAwaited = true
    // oxlint-disable-next-line promise/no-callback-in-promise -- it is the same `then`
    return super.then(done, failed)
  }
}

/** The calls of one attempt to answer a request. */
export class Calls {
  readonly #logger: Logger
  readonly #made: { readonly what: string; readonly call: Call<unknown> }[] = []
  readonly #underWay = new Map<Promise<unknown>, string>()
  #isOver = false

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /**
   * Makes one, unless it comes too late.
   *
   * @param what it is, for messages: `"work" of menu.Pizza: models(menu.Pizza).create(…)`.
   */
  make<T>(what: string, run: () => Promise<T>): Promise<T> {
    const outcome = this.#isOver ? this.#tooLate(what) : run()
    this.#underWay.set(outcome, what)
    const settled = (): void => void this.#underWay.delete(outcome)
    void outcome.then(settled, settled)
    const call = Call.of(outcome)
    this.#made.push({ what, call })
    return call
  }

  /**
   * Runs what makes the calls, in a transaction that ends behind it: those that are under way by then are settled first.
   *
   * @throws Error where one was not awaited: nothing of the request may be kept.
   */
  async within<T>(run: () => Promise<T>): Promise<T> {
    try {
      const result = await run()
      this.mustBeAwaited()
      const [underWay] = this.#underWay.values() // awaited by what nobody awaits
      if (underWay !== undefined) throw forgotten(underWay)
      return result
    } finally {
      await this.#settle()
      this.#isOver = true
    }
  }

  /** @throws Error for a call whose outcome nobody has asked for. */
  mustBeAwaited(): void {
    const lost = this.#made.find(({ call }) => !call.isAwaited)
    if (lost !== undefined) throw forgotten(lost.what)
  }

  /** Who waits for one may then make the next, which is let in, too. */
  async #settle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay.keys())
      await new Promise((resolve) => setTimeout(resolve))
    }
  }

  #tooLate(what: string): Promise<never> {
    const error = new Error(`${what} came after its transaction has ended: await it.`)
    this.#logger.error({ error }, 'a call was not awaited')
    return Promise.reject(error)
  }
}

function forgotten(what: string): Error {
  return new Error(`${what} was not awaited, and nothing of the request is kept: await it.`)
}
