// A list that comes one by one, with its first item already there: what fails before it is an error with a status, not a broken 200.

/**
 * The same items, once the first of them has come. A client that leaves before ends the list.
 *
 * @throws what the list throws before its first item.
 */
export async function primed(
  items: Iterable<unknown> | AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const first = await untilGone(iterator, signal)
  return {
    [Symbol.asyncIterator]: () => {
      let isFirst = true
      return {
        next: async () => {
          if (!isFirst) return await iterator.next()
          isFirst = false
          return first
        },
        return: async (value?: unknown) => (await iterator.return?.(value)) ?? { done: true, value },
      }
    },
  }
}

async function untilGone(
  iterator: Iterator<unknown> | AsyncIterator<unknown>,
  signal: AbortSignal,
): Promise<IteratorResult<unknown>> {
  const end = (): void => void iterator.return?.()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await iterator.next()
  } finally {
    signal.removeEventListener('abort', end)
  }
}
