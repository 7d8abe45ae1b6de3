// The open connections of a server and the newest answer on each: what is needed to refuse in order, and to close.

import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isSafe } from '../http/index.ts'
import { linger } from './linger.ts'
import { formatRefusal, writeRefusal, type Refusal } from './refusal.ts'

interface Connection {
  /** The answer to the newest request. Answers go out in the order of requests, so all are out when this one is. */
  newest: ServerResponse | undefined
  /** The newest to a request that is not safe. */
  newestUnsafe: ServerResponse | undefined
  /** Requests that are there, but may not run yet. */
  waiting: number
  isRefused: boolean
}

/** So many requests may wait on one connection; who sends more at once is cut off, for each of them takes memory. */
const mostWaiting = 100

export class Connections {
  readonly #connections = new Map<Socket, Connection>()
  #isRetired = false

  add(socket: Socket): void {
    this.#connections.set(socket, { newest: undefined, newestUnsafe: undefined, waiting: 0, isRefused: false })
    socket.once('close', () => this.#connections.delete(socket))
  }

  /**
   * To be told of each request when it is there. Gives the answer that it has to wait for, if any: requests that are sent at once
   * run side by side only where all of them are safe (RFC 9112 §9.3.2), so that a GET behind a PATCH sees what that has done.
   */
  begin(outgoing: ServerResponse): ServerResponse | undefined {
    const connection = this.#connections.get(outgoing.req.socket)
    if (this.#isRetired) outgoing.shouldKeepAlive = false
    const before = connection === undefined ? undefined : mustBeOut(connection, outgoing)
    return before?.writableFinished === true ? undefined : before
  }

  /** Runs a request behind the answer that it has to wait for. */
  runBehind(before: ServerResponse, outgoing: ServerResponse, run: () => void): void {
    const { socket } = outgoing.req
    const connection = this.#connections.get(socket)
    if (connection === undefined) return
    connection.waiting += 1
    if (connection.waiting > mostWaiting) return void socket.destroy()
    before.setMaxListeners(0).once('close', () => {
      connection.waiting -= 1
      const isOver = outgoing.headersSent || socket.destroyed // refused meanwhile, or nobody is there any more
      if (!isOver) run()
    })
  }

  /**
   * Refuses what came on a connection and was no request, and ends the connection. A fault in the content of the newest request
   * is the answer to that one; any other waits for the answers before it, lest it be taken for one of them (RFC 9112 §9.3).
   */
  refuse(socket: Socket, refusal: Refusal): void {
    const connection = this.#connections.get(socket)
    if (connection === undefined || connection.isRefused || socket.writableEnded) return
    connection.isRefused = true
    const { newest } = connection
    if (newest === undefined || (newest.req.complete && newest.writableFinished)) end(socket, formatRefusal(refusal))
    else if (newest.req.complete) newest.once('close', () => end(socket, formatRefusal(refusal)))
    else if (!newest.headersSent) writeRefusal({ ...refusal, closes: true }, newest.req, newest)
    else if (newest.writableFinished) end(socket)
    else if (newest.writableEnded) newest.once('close', () => end(socket))
    else socket.destroy() // an answer is under way to a request that will never be whole
  }

  /** The running answers, and those to come, become the last on their connections; connections that never carried a request are cut. */
  retire(): void {
    this.#isRetired = true
    for (const [socket, { newest }] of this.#connections) {
      if (newest === undefined && socket.bytesRead === 0) socket.destroy()
      else if (newest !== undefined && !newest.headersSent) newest.shouldKeepAlive = false
    }
  }

  destroy(): void {
    for (const socket of this.#connections.keys()) socket.destroy()
  }
}

/** The answer before which a request may not run. Those before that one are out then, too. */
function mustBeOut(connection: Connection, outgoing: ServerResponse): ServerResponse | undefined {
  const isUnsafe = !isSafe(outgoing.req.method ?? '')
  const before = isUnsafe ? connection.newest : connection.newestUnsafe
  connection.newest = outgoing
  if (isUnsafe) connection.newestUnsafe = outgoing
  return before
}

function end(socket: Socket, lastWords?: string): void {
  if (socket.writable && lastWords !== undefined) socket.write(lastWords)
  linger(socket)
}
