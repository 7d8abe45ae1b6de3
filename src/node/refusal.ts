// What the front answers by itself: a status, a problem document (RFC 9457) made once, and whether the connection ends.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { reasonPhrase, type ProblemDocument } from '../wire/index.ts'
import { settleUnread } from './unread.ts'

export interface Refusal {
  readonly status: number
  /** The problem document as JSON text, ASCII only, so that its length is its octets. */
  readonly content: string
  /** The connection cannot or should not be used again: its framing is in doubt or the sender speaks another protocol. */
  readonly closes: boolean
}

/** A refusal to be kept in a constant. `detail` must not repeat anything of the request; codes are those of `http/problems`. */
export function refusal(
  status: number,
  code: string,
  detail?: string,
  options: { readonly closes?: boolean } = {},
): Refusal {
  const title = reasonPhrase(status)
  const problem: ProblemDocument = { title, status, ...(detail === undefined ? {} : { detail }), code }
  return { status, content: JSON.stringify(problem), closes: options.closes ?? false }
}

const closes = { closes: true } as const

// Given by the parser's errors and by our own reading of what it lets through.
export const unclearFraming: Refusal = refusal(
  400,
  'malformed-request',
  'The length of the content is not stated in one clear way.',
  closes,
)
export const tooLongTarget: Refusal = refusal(414, 'uri-too-long', 'The request target is too long.', closes)
export const unknownMethod: Refusal = refusal(
  501,
  'method-not-implemented',
  'No resource of this server implements the method.',
  closes,
)
export const otherVersion: Refusal = refusal(
  505,
  'http-version-not-supported',
  'This server speaks HTTP/1.1 and HTTP/1.0.',
  closes,
)

/** The header fields of a refusal, but for `Date` and `Connection`. */
export function headersOf({ content }: Refusal): Record<string, string> {
  return {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(content.length),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** Answers a request that was parsed. */
export function writeRefusal(answer: Refusal, incoming: IncomingMessage, outgoing: ServerResponse): void {
  settleUnread(incoming, outgoing, answer.closes)
  outgoing.writeHead(answer.status, reasonPhrase(answer.status), headersOf(answer))
  outgoing.end(answer.content)
}

/** A whole response as octets on the wire, for where Node has no response object: the parser failed, or CONNECT. */
export function formatRefusal(answer: Refusal): string {
  const fields = { ...headersOf(answer), Date: new Date().toUTCString(), Connection: 'close' }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${answer.status} ${reasonPhrase(answer.status)}\r\n${lines.join('')}\r\n${answer.content}`
}
