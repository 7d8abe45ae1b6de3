// Values that may be there at once or later: what is there is not waited for, which costs a request more than its decisions do.

import type { Awaitable } from '../wire/index.ts'

export type { Awaitable }

/** The next step, taken at once where the value is there. What is `then`-able without being a Promise is waited for, too. */
export function after<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return isLater(value) ? later(value, next) : next(value)
}

async function later<T, U>(value: Promise<T>, next: (value: T) => Awaitable<U>): Promise<U> {
  return await next(await value)
}

function isLater<T>(value: Awaitable<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function' // of anything
}
