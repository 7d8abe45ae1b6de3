// The head of an answer, written at once with its text. Node's `writeHead` and `end` reach the socket in two pieces and look at
// every field name anew: together a quarter of what a small answer costs. Where anything is out of the ordinary, they do it.

import { IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import { Writable } from 'node:stream'
import { reasonPhrase } from '../wire/index.ts'

/** What Node keeps in an answer beside what it documents: the head as it will be sent, and what goes into `Keep-Alive`. */
interface Internals {
  _header: string | null
  readonly _keepAliveTimeout?: number
  readonly _maxRequestsPerSocket?: number | null
}

// oxlint-disable-next-line typescript/unbound-method -- to be compared, not called
const { writeHead, end } = ServerResponse.prototype

/**
 * Writes an answer and ends it; `content` has one character for each octet. False, with nothing done, where that is not possible:
 * for a field that frames the message or is not one, for a connection that ends, where someone else looks at the answer.
 */
export function writeAtOnce(
  outgoing: ServerResponse,
  status: number,
  fields: readonly string[],
  content: string,
): boolean {
  if (!isOrdinary(outgoing)) return false
  if (STATUS_CODES[status] === undefined || status < 200) return false
  const reason = phraseOf(status)
  let head = `HTTP/1.1 ${status} ${reason}\r\n`
  for (let index = 0; index < fields.length; index += 2) {
    const line = lineOf(fields[index] ?? '', fields[index + 1] ?? '')
    if (line === undefined) return false
    head += line
  }
  const internals = outgoing as unknown as Internals // their presence is known from the sample below
  outgoing.statusCode = status
  outgoing.statusMessage = reason
  internals._header = head + lastFields(internals._keepAliveTimeout ?? 0) + content
  outgoing.end()
  return true
}

/** As RFC 9110 has them: Node's are of its predecessors, `Unprocessable Entity`. */
export function phraseOf(status: number): string {
  const phrase = reasonPhrase(status)
  return phrase === String(status) ? (STATUS_CODES[status] ?? '') : phrase
}

/** Nobody has replaced a method or set a field, the connection stays, and the client does not wait for `100 Continue`. */
function isOrdinary(outgoing: ServerResponse): boolean {
  const { req } = outgoing
  return (
    outgoing.shouldKeepAlive &&
    req.httpVersionMinor === 1 &&
    req.httpVersionMajor === 1 &&
    req.headers.expect === undefined &&
    outgoing.writeHead === writeHead &&
    outgoing.end === end &&
    outgoing.sendDate &&
    !((outgoing as unknown as Internals)._maxRequestsPerSocket ?? 0) && // as above
    outgoing.getHeaderNames().length === 0 &&
    (isUnderstood ??= understandsSample())
  )
}

/** RFC 9110 §5.5; the same characters as Node takes. */
const notInValue = /[^\t\x20-\x7e\x80-\xff]/
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Fields that Node acts on. */
const acted: ReadonlySet<string> = new Set([
  'connection',
  'date',
  'expect',
  'keep-alive',
  'trailer',
  'transfer-encoding',
])

/** What was last written of each name: most fields say the same on every answer. */
interface Line {
  readonly start: string
  value: string
  whole: string
}

/** Names come from programs and are few, but one might take them from data: so many are kept. */
const mostNames = 512
const lines = new Map<string, Line>()

/** The line of a field; undefined for one that is not plain. */
function lineOf(name: string, value: string): string | undefined {
  const last = lines.get(name)
  if (last?.value === value) return last.whole
  if (notInValue.test(value)) return undefined
  if (last === undefined) return firstLineOf(name, value)
  last.value = value
  last.whole = `${last.start}${value}\r\n`
  return last.whole
}

function firstLineOf(name: string, value: string): string | undefined {
  if (!token.test(name) || acted.has(name.toLowerCase())) return undefined
  const start = `${name}: `
  const whole = `${start}${value}\r\n`
  if (lines.size < mostNames) lines.set(name, { start, value, whole })
  return whole
}

let lastSecond = 0
let lastTimeout = 0
let last = ''

/** `Date`, made once a second, what keeps the connection, and the empty line. `timeout` is in milliseconds. */
function lastFields(timeout: number): string {
  const second = Math.floor(Date.now() / 1000)
  if (second === lastSecond && timeout === lastTimeout) return last
  lastSecond = second
  lastTimeout = timeout
  const keepAlive = timeout > 0 ? `Keep-Alive: timeout=${Math.floor(timeout / 1000)}\r\n` : ''
  last = `Date: ${new Date(second * 1000).toUTCString()}\r\nConnection: keep-alive\r\n${keepAlive}\r\n`
  return last
}

let isUnderstood: boolean | undefined

/** Whether this Node sends as head what is put where it keeps it: tried on an answer that goes nowhere. */
function understandsSample(): boolean {
  const sent: string[] = []
  const sink = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      sent.push(String(chunk))
      done()
    },
  })
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()))
  outgoing.assignSocket(sink as unknown as Socket) // as far as an answer knows its socket
  const internals = outgoing as unknown as Internals // what is tried
  if (internals._header !== null) return false
  internals._header = 'sample'
  outgoing.end()
  return outgoing.headersSent && sent.join('') === 'sample'
}
