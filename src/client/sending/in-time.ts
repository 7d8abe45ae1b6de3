// Waiting that ends: with what is waited for, when the time is up, or when the caller aborts.

import { TimedOut } from '../errors.ts'
import type { Message, WhenOver } from './message.ts'

/**
 * What `work` comes to, waited for no longer than `patience` milliseconds and the message's deadline, whatever the work does.
 *
 * @throws TimedOut, or the reason of the message's signal.
 */
export function inTime<T>(message: Message, patience: number, work: (whenOver: WhenOver) => Promise<T>): Promise<T> {
  const { signal } = message
  const time = Math.max(Math.min(patience, message.deadline - performance.now()), 0)
  // One promise: a race of promises would make several more for each try.
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error)
    const listeners: ((reason: unknown) => void)[] = []
    let whenOver = (listener: (reason: unknown) => void): void => void listeners.push(listener)
    const stop = (): void => {
      clearTimeout(timer)
      forget?.()
    }
    const fail = (error: Error): void => {
      stop()
      whenOver = (listener) => listener(error)
      for (const listener of listeners.splice(0)) listener(error)
      reject(error)
    }
    const expire = (): void => fail(new TimedOut(message, `no answer in ${Math.round(time)} ms`))
    const forget = signal && whenAborted(signal, () => fail(signal.reason as Error))
    const timer = setTimeout(expire, Math.min(time, 2 ** 31 - 1)) // last, for what throws before it leaves nothing behind
    const succeed = (value: T): void => {
      stop()
      resolve(value)
    }
    work((listener) => whenOver(listener)).then(succeed, fail)
  })
}

/** A signal for those who need one: the platform's cost more than all else here. */
export function signalOf(whenOver: WhenOver): AbortSignal {
  const controller = new AbortController()
  whenOver((reason) => controller.abort(reason))
  return controller.signal
}

/** Nothing comes for so many milliseconds. */
export async function pause(message: Message, milliseconds: number): Promise<void> {
  await inTime(message, milliseconds, () => new Promise<never>(() => {})).catch((error: unknown) => {
    if (!(error instanceof TimedOut)) throw error
  })
}

class Listeners extends Set<() => void> {
  handleEvent(): void {
    for (const listener of this) listener()
  }
}

const known = new WeakMap<AbortSignal, Listeners>()

/** Calls a function when a signal is aborted, until what it gives is called. A signal has one listener of ours: Node warns of more than ten. */
function whenAborted(signal: AbortSignal, listener: () => void): () => void {
  const all = known.get(signal) ?? new Listeners()
  known.set(signal, all)
  if (all.size === 0) signal.addEventListener('abort', all)
  all.add(listener)
  return () => {
    all.delete(listener)
    if (all.size === 0) signal.removeEventListener('abort', all)
  }
}
