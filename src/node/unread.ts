// What becomes of content that has not arrived when the answer to its request goes out (RFC 9112 §9.3, §9.6).

import type { IncomingMessage, ServerResponse } from 'node:http'
import { awaitsContinue } from './expectation.ts'
import { closeAfter, lingerOnClose } from './linger.ts'

/** Octets of declared content that are worth reading to keep the connection. */
const drained = 64 * 1024

/** Whether its header section says that no content follows (RFC 9112 §6.3). */
export function isWithoutContent({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return false
  const length = headers['content-length']
  return length === undefined || Number(length) === 0
}

/**
 * To be called before the head of an answer is written. A little content is dropped when the answer is out, and the
 * connection goes on. Much or unmeasured content, or one that waits to be called for, ends the connection, gently:
 * the client that is still sending gets to read the answer. So does an answer that `closes`, whatever was sent.
 */
export function settleUnread(incoming: IncomingMessage, outgoing: ServerResponse, closes = false): void {
  if (closes) closeAfter(incoming, outgoing)
  if (incoming.complete || isWithoutContent(incoming)) return // while its header section is handled, no request is `complete`
  if (!closes) {
    const { headers } = incoming
    const isLong = headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > drained
    if (isLong || awaitsContinue(incoming)) closeAfter(incoming, outgoing)
    else lingerOnClose(incoming.socket)
  }
  outgoing.once('close', () => drop(incoming))
}

/**
 * To be called for a request with content. When its reader stops early, Node's streams take the socket from the message and destroy
 * it: the answer could not be framed any more. Instead, what is left waits for the answer, like all that is unread.
 */
export function surviveCancel(incoming: Watched, outgoing: ServerResponse): void {
  incoming[answerTo] = outgoing
  incoming[ownSocket] = incoming.socket
  // One function for all: a closure for each would make them as many shapes, and keep them alive until the whole heap is collected.
  incoming.destroy = destroyOrPause
}

const answerTo: unique symbol = Symbol('answer')
const ownSocket: unique symbol = Symbol('socket')

interface Watched extends IncomingMessage {
  [answerTo]?: ServerResponse
  [ownSocket]?: IncomingMessage['socket']
}

function destroyOrPause(this: Watched, error?: Error): IncomingMessage {
  const { [answerTo]: outgoing, [ownSocket]: socket } = this
  const isCancelled = (this.socket as IncomingMessage['socket'] | null) === null && socket?.destroyed === false // see above
  if (socket !== undefined) this.socket = socket
  if (!isCancelled) return (Reflect.getPrototypeOf(this) as IncomingMessage).destroy.call(this, error)
  release(this)
  this.pause()
  if (outgoing === undefined || outgoing.closed) this.resume()
  else outgoing.once('close', () => this.resume())
  return this
}

/**
 * Nobody waits for the rest once the answer is out. Left to itself, the web stream around half-read content would hold
 * the socket back. A reader that is still there gets an error, never an end that looks like the end of the content.
 */
function drop(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  release(incoming)
  incoming.resume()
}

/** From its reader. */
function release(incoming: IncomingMessage): void {
  if (incoming.listenerCount('error') > 0) incoming.emit('error', abandoned())
  incoming.removeAllListeners('data')
}

/** An abort, not a fault of the reader: `fail` in front.ts tells nobody. */
function abandoned(): DOMException {
  return new DOMException('The request was answered before all of it was read.', 'AbortError')
}
