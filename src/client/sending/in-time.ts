// Waiting that ends: with what is waited for, when the time is up, or when the caller aborts.

import { TimedOut } from '../errors.ts'
import type { Message, Waiting } from './message.ts'

/** Tells those who work when nobody waits any longer. The platform's signals cost more than all else here: one is made where it is asked for. */
class Ending implements Waiting {
  #controller: AbortController | undefined
  #listener = (_reason: unknown): void => undefined
  #over: { readonly reason: unknown } | undefined

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController()
      this.#controller = controller
      this.whenOver((reason) => controller.abort(reason))
    }
    return this.#controller.signal
  }

  whenOver(listener: (reason: unknown) => void): void {
    this.#listener = listener
    if (this.#over !== undefined) listener(this.#over.reason)
  }

  end(reason: unknown): void {
    if (this.#over !== undefined) return
    this.#over = { reason }
    this.#listener(reason)
  }
}

/**
 * What `work` comes to, waited for no longer than `patience` milliseconds and the message's deadline, whatever the work does.
 *
 * @throws TimedOut, or the reason of the message's signal.
 */
export function inTime<T>(message: Message, patience: number, work: (waiting: Waiting) => Promise<T>): Promise<T> {
  const { signal } = message
  const time = Math.max(Math.min(patience, message.deadline - performance.now()), 0)
  // One promise: a race of promises would make several more for each try.
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error)
    const ending = new Ending()
    const fail = (error: Error): void => {
      stop()
      ending.end(error)
      reject(error)
    }
    const succeed = (value: T): void => {
      stop()
      resolve(value)
    }
    const abort = (): void => fail(signal?.reason as Error)
    const expire = (): void => fail(new TimedOut(message, `no answer in ${Math.round(time)} ms`, undefined))
    const timer = setTimeout(expire, Math.min(time, 2 ** 31 - 1))
    const forget = signal && whenAborted(signal, abort)
    const stop = (): void => {
      clearTimeout(timer)
      forget?.()
    }
    work(ending).then(succeed).catch(fail)
  })
}

interface Listeners {
  readonly all: Set<() => void>
  readonly tell: () => void
}

const listening = new WeakMap<AbortSignal, Listeners>()

/** Calls a function when a signal is aborted, until what it gives is called. A signal has one listener of ours: Node warns of more than ten. */
function whenAborted(signal: AbortSignal, listener: () => void): () => undefined {
  const known = listening.get(signal)
  const all = known?.all ?? new Set()
  const tellAll = (): void => {
    for (const each of all) each()
  }
  const tell = known?.tell ?? tellAll
  if (known === undefined) {
    listening.set(signal, { all, tell })
    signal.addEventListener('abort', tell)
  }
  all.add(listener)
  return () => {
    all.delete(listener)
    if (all.size > 0) return
    listening.delete(signal)
    signal.removeEventListener('abort', tell)
  }
}

/** What a promise comes to, or the reason of a signal that is aborted before; what the promise is about goes on. */
export function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error)
    if (signal.aborted) abort()
    stop = whenAborted(signal, abort)
  })
  return Promise.race([promise, aborted]).finally(stop)
}
