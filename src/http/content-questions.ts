// The questions about the content of a request, as decisions.ts asks them: its coding, its media type, its size.

import { essence, parseMediaType } from '../wire/index.ts'
import { refusal, type Answer } from './answer.ts'
import { receive } from './content.ts'
import { Problem } from './problem.ts'
import type { Resource, Verdict } from './resource.ts'

/** The content of any other method has no meaning (RFC 9110 §9.3.1, §9.3.5) and is left unread. */
const methodsWithContent: readonly string[] = ['POST', 'PUT', 'PATCH', 'QUERY']

function takesContent({ exchange }: Resource): boolean {
  return methodsWithContent.includes(exchange.method)
}

export function isContentEncodingKnown({ exchange }: Resource): boolean {
  const coding = exchange.headers.get('content-encoding')
  return coding === null || coding.toLowerCase() === 'identity'
}

/** §12.5.3: a 415 because of the coding says which codings would do. */
export function unsupportedCoding(): Answer {
  const headers = { 'accept-encoding': 'identity' }
  return refusal(415, 'Send the content without a content coding.', { code: 'unsupported-coding', headers })
}

/** JSON is UTF-8 (RFC 8259 §8.1), so that is the only charset; other parameters change nothing. Without content no type is needed. */
export function isContentTypeKnown(resource: Resource): boolean {
  if (!takesContent(resource)) return true
  const given = resource.exchange.headers.get('content-type')
  if (given === null) return !declaresContent(resource)
  const mediaType = parseMediaType(given)
  if (mediaType === undefined) throw new Problem(400, 'The Content-Type is malformed.', { code: 'malformed-header' })
  const charset = mediaType.parameters.get('charset')?.toLowerCase()
  return (charset === undefined || charset === 'utf-8') && typesFor(resource).includes(essence(mediaType))
}

/** What HTTP/1.1 says of it; a request of HTTP/2, or of this process, may say nothing and have content all the same. */
function declaresContent({ exchange }: Resource): boolean {
  const length = exchange.headers.get('content-length')
  return length === null ? exchange.headers.has('transfer-encoding') : length !== '0'
}

/** Names the types that would do in the field that is for this method (RFC 9110 §15.5.16, RFC 5789 §2.2). */
export function unsupportedMediaType(resource: Resource): Answer {
  const types = typesFor(resource).join(', ')
  const field = resource.exchange.method === 'PATCH' ? 'accept-patch' : 'accept'
  return refusal(415, `Understood here: ${types}.`, { code: 'unsupported-media-type', headers: { [field]: types } })
}

/** False where it is too large; the octets are kept for the handler. */
export async function receiveContent(resource: Resource): Promise<Verdict> {
  if (!takesContent(resource)) return true
  const { exchange, contentLimits } = resource
  exchange.content = await receive(exchange.request, contentLimits.size)
  if (exchange.content === undefined) return false
  const isTypeMissing = exchange.content.byteLength > 0 && !exchange.headers.has('content-type')
  return isTypeMissing ? unsupportedMediaType(resource) : true
}

function typesFor(resource: Resource): readonly string[] {
  return resource.exchange.method === 'PATCH' ? resource.acceptsPatch : resource.accepts
}
