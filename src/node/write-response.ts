// A Response becomes the answer on the socket. Written here and not by @hono/node-server, which puts the message of a failing
// stream or header into the answer, sends an empty body in chunks, and rejects unheard where a header cannot be written.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { fieldsOf, hasField } from './fields.ts'
import type { ResponseParts } from './light-response.ts'
import { settleUnread } from './unread.ts'
import { phraseOf, writeAtOnce } from './write-head.ts'
import { stop, writeStream } from './write-stream.ts'

/**
 * Writes a Response with `Content-Length` wherever the length is known. Throws, before anything is sent, for what cannot be
 * written (a header with a line break, say); the promise is there for a streamed body alone, and rejects when that fails.
 */
export function writeResponse(
  response: Response,
  partsOf: (response: Response) => ResponseParts | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> | undefined {
  if (isAnswered(outgoing)) {
    if (response.body !== null) stop(response.body)
    return undefined
  }
  settleUnread(incoming, outgoing)
  const parts = partsOf(response)
  const [status, body, headers] = parts !== undefined && isPlain(parts[1]) ? parts : nativeParts(response)
  return write(status, body, fieldsOf(headers), incoming, outgoing)
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

function write(
  status: number,
  body: unknown,
  fields: string[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> | undefined {
  if (!isPlain(body)) {
    return writeStream(body as ReadableStream<Uint8Array>, { status, fields }, incoming, outgoing) // what a native body is
  }
  const isWithoutContent = status === 204 || status === 304
  const isHead = incoming.method === 'HEAD'
  const octets = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  if (!isWithoutContent && !(body === null && isHead)) completeFields(fields, body, octets)
  const content = isHead || isWithoutContent ? null : body
  const isText = !(content instanceof Uint8Array)
  if (isText && writeAtOnce(outgoing, status, fields, octetString(content, octets))) return undefined
  outgoing.writeHead(status, phraseOf(status), fields)
  outgoing.end(body ?? undefined)
  return undefined
}

/** Text as one character for each of its octets in UTF-8; ASCII is that already. */
function octetString(text: string | null, octets: number): string {
  if (text === null || text.length === octets) return text ?? ''
  return Buffer.from(text).toString('latin1')
}

/** Adds the length (RFC 9110 §8.6) and the media type that the fetch standard gives to text. */
function completeFields(fields: string[], body: PlainBody, octets: number): void {
  if (!hasField(fields, 'content-length')) fields.push('Content-Length', String(octets))
  if (typeof body === 'string' && !hasField(fields, 'content-type')) {
    fields.push('Content-Type', 'text/plain;charset=UTF-8')
  }
}
