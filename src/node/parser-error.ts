// What Node's parser refuses before there is a request (`clientError`), as the answer it should have: Node's own has no content
// and no Date, and says 400 to methods and versions it does not know.

import { otherVersion, refusal, tooLongTarget, unclearFraming, unknownMethod, type Refusal } from './refusal.ts'

/** The error of a `clientError` event, as far as Node documents it. */
export interface ClientError extends Error {
  readonly code?: string
  readonly reason?: string
  readonly bytesParsed?: number
  readonly rawPacket?: Uint8Array
}

const closes = { closes: true } as const
const malformed = refusal(400, 'malformed-request', 'The request is not well-formed HTTP/1.1.', closes)
const timeout = refusal(408, 'request-timeout', 'The request did not arrive in time.', closes)
const tooLongChunkExtensions = refusal(413, 'content-too-large', 'The chunk extensions are too long.', closes)
const tooLargeFields = refusal(431, 'fields-too-large', 'The header section is too large.', closes)

const answers: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: timeout,
  HPE_INVALID_CONTENT_LENGTH: unclearFraming,
  HPE_UNEXPECTED_CONTENT_LENGTH: unclearFraming,
  HPE_INVALID_TRANSFER_ENCODING: unclearFraming,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: tooLongChunkExtensions,
  HPE_PAUSED_H2_UPGRADE: otherVersion,
}

/** The answer to what the parser refused; undefined where the connection itself failed and nobody is there to be answered. */
export function refusalOf(error: ClientError): Refusal | undefined {
  const { code = '' } = error
  const answer = answers[code]
  if (answer !== undefined) return answer
  if (code === 'HPE_INVALID_METHOD') return hasMethodToken(error) ? unknownMethod : malformed
  if (code === 'HPE_INVALID_CONSTANT' && error.reason?.startsWith('Invalid method')) return unknownMethod // of RTSP
  if (code === 'HPE_INVALID_VERSION') return error.reason === 'Invalid HTTP version' ? otherVersion : malformed
  if (code === 'HPE_HEADER_OVERFLOW') return isInRequestLine(error) ? tooLongTarget : tooLargeFields
  return code.startsWith('HPE_') ? malformed : undefined
}

/** Whether a token and a space stand where the parser stopped: an unknown method, not noise (RFC 9110 §9.1). */
function hasMethodToken({ rawPacket, bytesParsed = 0 }: ClientError): boolean {
  if (rawPacket === undefined) return false
  let start = bytesParsed
  while (start > 0 && isTokenOctet(rawPacket[start - 1])) start--
  let end = bytesParsed
  while (isTokenOctet(rawPacket[end])) end++
  return end > start && rawPacket[end] === 0x20
}

/** Whether the packet begins with a request line that had not ended at the limit: the target is too long, not the fields. */
function isInRequestLine({ rawPacket, bytesParsed = 0 }: ClientError): boolean {
  if (rawPacket === undefined) return false
  let end = 0
  while (isTokenOctet(rawPacket[end])) end++
  if (end === 0 || rawPacket[end] !== 0x20 || rawPacket[end + 1] === 0x20) return false
  const newline = rawPacket.indexOf(0x0a)
  return newline === -1 || newline >= bytesParsed
}

/** RFC 9110 §5.6.2, as far as methods go: letters, digits, `-`, `_`. */
function isTokenOctet(octet: number | undefined): boolean {
  if (octet === undefined) return false
  const lower = octet | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (octet >= 0x30 && octet <= 0x39) || octet === 0x2d || octet === 0x5f
}
