// Closing a connection whose other end may still be sending. A plain close would reset it, and a reset can destroy the answer
// before it is read (RFC 9112 §9.6): so the writing side ends, and what still comes is read and dropped, within limits.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const limits = { milliseconds: 5_000, octets: 64 * 1024 * 1024, interval: 100 } as const

const lingering = new WeakSet<Socket>()
const closing = new WeakSet<Socket>()

/** Ends the writing side now and the connection when the other end closes, or at the limits. */
export function linger(socket: Socket): void {
  if (socket.destroyed || lingering.has(socket)) return
  lingering.add(socket)
  socket.end()
  const lastOctet = socket.bytesRead + limits.octets
  const deadline = performance.now() + limits.milliseconds
  const watch = setInterval(() => {
    if (socket.bytesRead > lastOctet || performance.now() > deadline) socket.destroy()
  }, limits.interval)
  watch.unref()
  socket.once('close', () => clearInterval(watch))
}

/** Lets every later close by Node linger. Node closes by `destroySoon()`, which destroys as soon as the answer is written. */
export function lingerOnClose(socket: Socket): void {
  socket.destroySoon = () => linger(socket)
}

/** Makes the answer to come say `Connection: close`, and the connection end after it without a reset. */
export function closeAfter(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.shouldKeepAlive = false
  closing.add(incoming.socket)
  lingerOnClose(incoming.socket)
}

/** Whether a request came behind one whose answer ends the connection: it must not be processed (RFC 9112 §9.6). */
export function isClosing(socket: Socket): boolean {
  return closing.has(socket) || socket.writableEnded
}
