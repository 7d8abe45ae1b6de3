// What becomes of content that has not arrived when the answer to its request goes out (RFC 9112 §9.3, §9.6).

import type { IncomingMessage, ServerResponse } from 'node:http'
import { awaitsContinue } from './expectation.ts'
import { closeAfter, lingerOnClose } from './linger.ts'

/** Octets of declared content that are worth reading to keep the connection. */
const drained = 64 * 1024

/**
 * To be called before the head of an answer is written. A little content is dropped when the answer is out, and the
 * connection goes on. Much or unmeasured content, or one that waits to be called for, ends the connection, gently:
 * the client that is still sending gets to read the answer.
 */
export function settleUnread(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.complete) return
  const { headers } = incoming
  const isChunked = headers['transfer-encoding'] !== undefined
  const length = Number(headers['content-length'] ?? 0)
  if (!isChunked && length === 0) return // while its header section is handled, no request is `complete`
  if (isChunked || length > drained || awaitsContinue(incoming)) closeAfter(incoming, outgoing)
  else lingerOnClose(incoming.socket)
  outgoing.once('close', () => drop(incoming))
}

/**
 * Nobody waits for the rest once the answer is out. Left to itself, the web stream around half-read content would hold
 * the socket back. A reader that is still there gets an error, never an end that looks like the end of the content.
 */
function drop(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  const isRead = incoming.listenerCount('error') > 0
  if (isRead) incoming.emit('error', new Error('The request was answered before all of it was read.'))
  incoming.removeAllListeners('data')
  incoming.resume()
}
