// Keeps the content of an answer while it is sent, as far as it may be kept: what is longer stays the stream that it was.

/** `content` is undefined where there is more than was allowed, it came too slowly, or reading failed; `response` is to be sent either way. */
export interface KeptContent {
  readonly content: Uint8Array<ArrayBuffer> | undefined
  readonly response: Response
}

/** Milliseconds for the whole: what takes longer is a stream, for which its reader must not wait. */
const patience = 1_000

/**
 * Reads at most `limit` octets of a response and a chunk more, for a second at most. Never throws: a stream that breaks will
 * break for its reader, too.
 *
 * @example
 * const { content, response } = await keepContent(answer, 65_536)
 */
export async function keepContent(answer: Response, limit: number): Promise<KeptContent> {
  if (answer.body === null) return { content: new Uint8Array(), response: answer }
  const { status, statusText, headers } = answer
  const reader = answer.body.getReader()
  const chunks: Chunk[] = []
  let begun: Promise<ReadableStreamReadResult<Chunk>> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, patience, 'late')))
  try {
    for (let size = 0; size <= limit;) {
      begun = reader.read()
      const read = await Promise.race([begun, late])
      if (read === 'late') break
      begun = undefined
      const { done, value } = read
      if (done) {
        const content = new Uint8Array(await new Blob(chunks).arrayBuffer())
        return { content, response: new Response(content, { status, statusText, headers }) }
      }
      chunks.push(value)
      size += value.byteLength
    }
  } catch {
    // Whoever reads what follows meets the fault again.
  } finally {
    clearTimeout(timer)
  }
  return { content: undefined, response: new Response(resumed(chunks, begun, reader), { status, statusText, headers }) }
}

type Chunk = Uint8Array<ArrayBuffer>

/** What has been read, what is being read, and then the rest. */
function resumed(
  chunks: readonly Chunk[],
  begun: Promise<ReadableStreamReadResult<Chunk>> | undefined,
  reader: ReadableStreamDefaultReader<Chunk>,
): ReadableStream<Chunk> {
  const waiting = [...chunks]
  let next = begun
  const following = async (): Promise<Chunk | undefined> => {
    const read = next ?? reader.read()
    next = undefined
    return (await read).value
  }
  return new ReadableStream({
    async pull(controller) {
      const chunk = waiting.shift() ?? (await following())
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
    cancel: async (reason) => await reader.cancel(reason),
  })
}
