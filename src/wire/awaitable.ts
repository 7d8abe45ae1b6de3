// A value that may be there at once.

export type Awaitable<T> = T | Promise<T>
