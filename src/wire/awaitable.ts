// Values that may be there at once or later: what is there is not waited for, which costs a request more than its decisions do.

export type Awaitable<T> = T | Promise<T>

/** The next step, taken at once where the value is there. What is `then`-able without being a Promise is waited for, too. */
export function after<T, U>(value: T | PromiseLike<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return isLater(value) ? later(value, next) : next(value)
}

async function later<T, U>(value: PromiseLike<T>, next: (value: T) => Awaitable<U>): Promise<U> {
  return await next(await value)
}

/** What `ask` gives, or what is made of its failure, at once or later. */
export function rescued<T, U>(
  ask: () => T | PromiseLike<T>,
  rescue: (error: unknown) => Awaitable<U>,
): Awaitable<T | U> {
  try {
    const value = ask()
    return isLater(value) ? rescuedLater(value, rescue) : value
  } catch (error) {
    return rescue(error)
  }
}

async function rescuedLater<T, U>(value: PromiseLike<T>, rescue: (error: unknown) => Awaitable<U>): Promise<T | U> {
  try {
    return await value
  } catch (error) {
    return await rescue(error)
  }
}

function isLater<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function' // of anything
}
