// Waiting for SQLite's locks outside the driver: its own busy handler sleeps in the thread that should answer everybody else.

import { rescued, type Awaitable } from '../../../wire/index.ts'
import { busyProblem } from '../refusal.ts'
import { isBusy } from './sqlite-refusals.ts'

/** Milliseconds for which a lock may be held by somebody else before the answer is 503. */
export const lockTimeout = 5_000

/**
 * Repeats what a lock refuses until it is let in.
 *
 * @param attempt may throw "busy" only where it has not done anything yet.
 * @param deadline in the time of `performance.now()`.
 * @throws Problem 503 when the lock is still held at the deadline.
 */
export function patiently<T>(attempt: () => Awaitable<T>, deadline: number): Awaitable<T> {
  return rescued(attempt, async (error) => {
    if (!isBusy(error)) throw error
    if (performance.now() > deadline) throw busyProblem(error)
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 45))
    return await patiently(attempt, deadline)
  })
}
