// A Response becomes the answer on the socket. Written here and not by @hono/node-server, which puts the message of a failing
// stream or header into the answer, sends an empty body in chunks, and rejects unheard where a header cannot be written.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { fieldsOf, hasField } from './fields.ts'
import type { ResponseParts } from './light-response.ts'
import { settleUnread } from './unread.ts'
import { stop, writeStream } from './write-stream.ts'

/**
 * Writes a Response with `Content-Length` wherever the length is known. Throws, before anything is sent, for what cannot be
 * written (a header with a line break, say), and later when a streamed body fails.
 */
export async function writeResponse(
  response: Response,
  partsOf: (response: Response) => ResponseParts | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (isAnswered(outgoing)) {
    if (response.body !== null) stop(response.body)
    return
  }
  settleUnread(incoming, outgoing)
  const parts = partsOf(response)
  const [status, body, headers] = parts !== undefined && isPlain(parts[1]) ? parts : nativeParts(response)
  const fields = fieldsOf(headers)
  if (isPlain(body)) {
    const isWithoutLength = status === 204 || status === 304 || (body === null && incoming.method === 'HEAD')
    completeFields(fields, body, isWithoutLength)
    outgoing.writeHead(status, fields)
    outgoing.end(body ?? undefined)
  } else {
    await writeStream(body as ReadableStream<Uint8Array>, { status, fields }, incoming, outgoing) // what a native body is
  }
}

/** Whether nothing more can be sent: the client has gone, or the front has answered in the meantime (408, a faulty chunk). */
export function isAnswered({ destroyed, writableEnded }: ServerResponse): boolean {
  return destroyed || writableEnded
}

type PlainBody = string | Uint8Array | null

function isPlain(body: unknown): body is PlainBody {
  return typeof body === 'string' || body === null || body instanceof Uint8Array
}

/** The body comes first: asking for it makes a light Response native, with the headers that the fetch standard gives it. */
function nativeParts(response: Response): ResponseParts {
  const { body } = response
  return [response.status, body, response.headers]
}

/** Adds the length, where there is one to state (RFC 9110 §8.6), and the media type that the fetch standard gives to text. */
function completeFields(fields: string[], body: PlainBody, isWithoutLength: boolean): void {
  if (!isWithoutLength && !hasField(fields, 'content-length')) {
    fields.push('Content-Length', body === null ? '0' : String(Buffer.byteLength(body)))
  }
  if (typeof body === 'string' && !hasField(fields, 'content-type')) {
    fields.push('Content-Type', 'text/plain;charset=UTF-8')
  }
}
