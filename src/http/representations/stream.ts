// Lists as streams: one item at a time is asked for, written and sent, as fast as the reader takes it.

/**
 * Whether content is a list that is written while it comes: a generator, a Set, a cursor of a database. Arrays are not,
 * they are there already; nor are texts and octets, which JavaScript can iterate as well.
 *
 * @example
 * isStreamable(rows())      // true, for `async function* rows()`
 * isStreamable([1, 2, 3])   // false
 */
export function isStreamable(content: unknown): content is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof content !== 'object' || content === null) return false
  if (Array.isArray(content) || ArrayBuffer.isView(content)) return false
  return Symbol.asyncIterator in content || Symbol.iterator in content
}

/** What stands around the items of a stream. */
export interface Frame {
  readonly before?: string
  readonly between?: string
  readonly after?: string
}

/** UTF-16 code units gathered before octets go out: 16 to 48 KiB of most texts. */
const chunkLength = 16_384

/** Milliseconds that a written item waits for further ones where the items come slowly. */
const patience = 50

/**
 * The text that `write` makes of each item, in UTF-8. Items are asked for only when the reader asks; `cancel` ends the
 * iterator by `return()`; what the iterator or `write` throws is the error of the stream, and ends the iterator as
 * well. A lone surrogate becomes U+FFFD, a pair may stand in two items.
 *
 * @example
 * streamItems([1, 2], String, { before: '(', between: ' ', after: ')' })  // (1 2)
 */
export function streamItems<T>(
  items: Iterable<T> | AsyncIterable<T>,
  write: (item: T) => string,
  { before = '', between = '', after = '' }: Frame = {},
): ReadableStream<Uint8Array> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const encoder = new TextEncoder()
  let text = before
  let isFirst = true
  let isCancelled = false
  let timer: ReturnType<typeof setInterval> | undefined

  /** Sends what is there, but for half a pair of surrogates; true if that was anything. */
  function send(controller: ReadableStreamDefaultController<Uint8Array>): boolean {
    const length = text.length - (isHighSurrogate(text.charCodeAt(text.length - 1)) ? 1 : 0)
    if (length === 0 || isCancelled) return false
    controller.enqueue(encoder.encode(text.slice(0, length)))
    text = text.slice(length)
    return true
  }

  /** Ends with true after the last item, with false once there is enough. */
  async function gather(isEnough: () => boolean): Promise<boolean> {
    while (text.length < chunkLength && !isEnough()) {
      const next = await iterator.next()
      if (next.done === true) return true
      text += isFirst ? write(next.value) : between + write(next.value)
      isFirst = false
    }
    return false
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let isSent = false
    timer = setInterval(() => {
      // The pull is over with the item after this: a slow reader of a slow source must not make a long queue.
      isSent = send(controller) || isSent
    }, patience)
    try {
      const isEnd = await gather(() => isSent || isCancelled)
      if (isCancelled) return
      if (isEnd) {
        if (text + after !== '') controller.enqueue(encoder.encode(text + after))
        controller.close()
      } else if (!isSent) {
        send(controller)
      }
    } catch (error) {
      await abandon(iterator)
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  async function cancel(): Promise<void> {
    isCancelled = true
    clearInterval(timer) // the pull may wait for its next item for ever
    await iterator.return?.()
  }

  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 })
}

/**
 * Texts as a stream of UTF-8, gathered to chunks of some 16 KiB.
 *
 * @throws TypeError as the error of the stream, for a chunk that is no text
 * @example
 * new Response(streamText(lines()), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
 */
export function streamText(chunks: AsyncIterable<string> | Iterable<string>): ReadableStream<Uint8Array> {
  return streamItems(chunks, (chunk: unknown) => {
    if (typeof chunk === 'string') return chunk
    throw new TypeError(`A stream of text holds texts only, not ${chunk === null ? 'null' : typeof chunk}.`)
  })
}

/**
 * A JSON array whose elements are written by `write`; where that gives undefined, as `JSON.stringify` does for a
 * function, there is `null`, as in any array.
 *
 * @example
 * streamJsonArray(new Set([1, 2]), JSON.stringify)  // [1,2]
 */
export function streamJsonArray(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  write: (item: unknown) => string | undefined,
): ReadableStream<Uint8Array> {
  return streamItems(items, (item) => write(item) ?? 'null', { before: '[', between: ',', after: ']' })
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Ends an iterator that has failed or whose items cannot be written. */
async function abandon(iterator: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.()
  } catch {
    // The first error is told.
  }
}
