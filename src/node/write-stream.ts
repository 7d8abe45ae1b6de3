// A body that is a web stream, written with regard to what the socket takes and to a client that goes away.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { hasField } from './fields.ts'
import { phraseOf } from './write-head.ts'

export interface ResponseHead {
  readonly status: number
  readonly fields: string[]
}

/**
 * Writes head and body. A body that is there at once, such as the text of a native Response, gets a `Content-Length`; any
 * other is sent as it comes, its head first. Throws what the stream throws: before the head where that is still possible.
 */
export async function writeStream(
  body: ReadableStream<Uint8Array>,
  { status, fields }: ResponseHead,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (incoming.method === 'HEAD') {
    stop(body)
    outgoing.writeHead(status, phraseOf(status), fields)
    outgoing.end()
    return
  }
  const reader = body.getReader()
  // Ends a read that waits for a chunk nobody will take, and tells the source to stop.
  outgoing.once('close', () => stop(reader))
  const chunks: Uint8Array[] = []
  let reading = reader.read()
  let result = await soon(reading)
  while (result?.done === false && chunks.length < 2) {
    chunks.push(result.value)
    reading = reader.read()
    result = await soon(reading)
  }
  if (result?.done === true) {
    const content = Buffer.concat(chunks)
    if (!hasField(fields, 'content-length')) fields.push('Content-Length', String(content.length))
    outgoing.writeHead(status, phraseOf(status), fields)
    outgoing.end(content)
    return
  }
  outgoing.writeHead(status, phraseOf(status), fields)
  outgoing.flushHeaders()
  for (const chunk of chunks) await write(outgoing, chunk)
  for (let next = await reading; !next.done; next = await reader.read()) await write(outgoing, next.value)
  outgoing.end()
}

/** Tells the source that nobody reads on. Not awaited: one branch of a cloned body waits for the other for ever. */
export function stop(body: { cancel(): Promise<void> }): void {
  body.cancel().catch(() => undefined)
}

/** What a promise gives within this turn of the event loop, else undefined. */
function soon<T>(promise: Promise<T>): Promise<T | undefined> {
  return Promise.race([promise, setImmediate(undefined)])
}

/** Writes, and waits where the socket has enough. */
async function write(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  if (outgoing.write(chunk) || outgoing.destroyed) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      outgoing.off('drain', go)
      outgoing.off('close', go)
      resolve()
    }
    outgoing.on('drain', go)
    outgoing.on('close', go)
  })
}
