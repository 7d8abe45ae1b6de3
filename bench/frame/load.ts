// The process that asks: a fixed number of requests over a few connections that are kept, one at a time on each.
// Written on bare sockets so that every request is counted. It never sleeps: to wake it would be work of the server's kernel,
// paid only by a server that is slower than this client, and up to half as much again as all the rest.
import { connect } from 'node:net'
import { answerWith } from './message.ts'
import { ResponseReader } from './response.ts'

const CONNECTIONS = 8

interface Load {
  readonly port: number
  /** Requests as they go over the wire, taken in turn. */
  readonly requests: readonly string[]
  readonly count: number
  readonly status: number
}

/** Sends `count` requests; throws at the first answer with another status. */
const load = async ({ port, requests, count, status }: Load): Promise<void> => {
  const messages = requests.map((request) => Buffer.from(request))
  let sent = 0
  const next = (): Buffer | undefined => (sent < count ? messages[sent++ % messages.length] : undefined)
  let isRunning = true
  const stayAwake = () => {
    if (isRunning) setImmediate(stayAwake)
  }
  stayAwake()
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => connection(port, next, status)))
  } finally {
    isRunning = false
  }
}

/** One connection, until `next` has nothing more to send. */
const connection = (port: number, next: () => Buffer | undefined, status: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const reader = new ResponseReader()
    const send = () => {
      const message = next()
      if (message !== undefined) socket.write(message)
      else socket.end(resolve)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a connection'))) // after `resolve` it changes nothing
    socket.on('data', (chunk) => {
      try {
        const answered = reader.read(chunk)
        if (answered === undefined) return
        if (answered === status) send()
        else socket.destroy(new Error(`unexpected answer: ${chunk.toString()}`))
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
  })

answerWith({ load })
