// The questions about the content of a request: its coding, its media type, its size, and what it says.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { after, type Awaitable, essence, parseMediaType } from '../../wire/index.ts'
import { refusal, type Answer } from '../answer.ts'
import { receive } from '../content/content.ts'
import { decode, readCoding, type ContentCoding } from '../content/content-coding.ts'
import { verifyContentDigest } from '../content/digest.ts'
import { Problem } from '../problems/problem.ts'
import type { Representation } from '../representations/representation.ts'
import type { Resource, Verdict } from '../resource.ts'
import { validate } from '../content/standard-schema.ts'

/** The content of any other method has no meaning (RFC 9110 §9.3.1, §9.3.5) and is left unread. */
export const methodsWithContent: readonly string[] = ['POST', 'PUT', 'PATCH', 'QUERY']

export function isContentEncodingKnown(resource: Resource): boolean {
  const coding = codingOf(resource)
  return coding === 'identity' || (coding !== undefined && resource.acceptsEncodings.includes(coding))
}

function codingOf({ exchange }: Resource): ContentCoding | 'identity' | undefined {
  const given = exchange.headers.get('content-encoding')
  return given === null ? 'identity' : readCoding(given)
}

/** §12.5.3: a 415 because of the coding says which codings would do. */
export function unsupportedCoding({ acceptsEncodings }: Resource): Answer {
  const codings = [...acceptsEncodings, 'identity'].join(', ')
  const headers = { 'accept-encoding': codings }
  return refusal(415, `Content codings understood here: ${codings}.`, { code: 'unsupported-coding', headers })
}

export function isWhole({ exchange }: Resource): boolean {
  return !exchange.headers.has('content-range')
}

/** UTF-8 is the only charset; other parameters are the reader's. Without content no type is needed, except by QUERY. */
export function isContentTypeKnown(resource: Resource): boolean {
  const { exchange } = resource
  const given = exchange.headers.get('content-type')
  if (given === null) {
    if (exchange.method !== 'QUERY') return !declaresContent(resource)
    // RFC 10008 §2
    throw new Problem(400, 'A QUERY needs a Content-Type.', {
      code: 'malformed-header',
      headers: acceptFields(resource),
    })
  }
  const mediaType = parseMediaType(given)
  if (mediaType === undefined) throw new Problem(400, 'The Content-Type is malformed.', { code: 'malformed-header' })
  const charset = mediaType.parameters.get('charset')?.toLowerCase()
  return (charset === undefined || charset === 'utf-8') && readerFor(resource, essence(mediaType)) !== undefined
}

function readerFor(resource: Resource, type: string): Representation | undefined {
  return readersOf(resource).find(({ mediaType }) => includes(typeOf(mediaType), type))
}

/** Whether a type is the one, or one of those, that a reader is for: `image/*`. */
function includes(range: string, type: string): boolean {
  return range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
}

/** What can be read here with this method. */
export function readersOf(resource: Resource): readonly Representation[] {
  const { method } = resource.exchange
  if (method === 'QUERY') return resource.acceptsQuery
  return method === 'PATCH' ? resource.acceptsPatch : resource.accepts
}

/** Without its parameters. */
function typeOf(mediaType: string): string {
  const semicolon = mediaType.indexOf(';')
  return semicolon === -1 ? mediaType : mediaType.slice(0, semicolon).trimEnd()
}

/** What HTTP/1.1 says of it; a request of HTTP/2, or of this process, may say nothing and have content all the same. */
function declaresContent({ exchange }: Resource): boolean {
  const length = exchange.headers.get('content-length')
  return length === null ? exchange.headers.has('transfer-encoding') : length !== '0'
}

export function unsupportedMediaType(resource: Resource): Answer {
  const given = parseMediaType(resource.exchange.headers.get('content-type') ?? '')
  const charset = given?.parameters.get('charset')
  const isOther = charset !== undefined && charset.toLowerCase() !== 'utf-8'
  const about = isOther ? `The charset ${JSON.stringify(charset.slice(0, 40))} is not: text is UTF-8. ` : ''
  const detail = `${about}Understood here: ${listTypes(readersOf(resource))}.`
  return refusal(415, detail, { code: 'unsupported-media-type', headers: acceptFields(resource) })
}

/** Names the types that would do in the field that is for this method (RFC 9110 §15.5.16, RFC 5789 §2.2, RFC 10008 §3). */
function acceptFields(resource: Resource): Readonly<Record<string, string>> {
  const { method } = resource.exchange
  if (method === 'QUERY') return { 'accept-query': acceptQuery(resource) }
  return { [method === 'PATCH' ? 'accept-patch' : 'accept']: listTypes(readersOf(resource)) }
}

export function listTypes(readers: readonly Representation[]): string {
  return [...new Set(readers.map(({ mediaType }) => typeOf(mediaType)))].join(', ')
}

/** A Structured Field List of Strings, unlike `Accept` (RFC 10008 §3). */
export function acceptQuery({ acceptsQuery }: Resource): string {
  return [...new Set(acceptsQuery.map(({ mediaType }) => `"${typeOf(mediaType)}"`))].join(', ')
}

export function isLengthGiven(resource: Resource): boolean {
  const { headers } = resource.exchange
  return !resource.needsLength || headers.has('content-length') || !headers.has('transfer-encoding')
}

/** False where it is too large, before or after decoding; the octets are kept. */
export async function receiveContent(resource: Resource): Promise<Verdict> {
  const { exchange, contentLimits } = resource
  const received = await receive(exchange.request, contentLimits.size)
  if (received === undefined) return false
  exchange.received = received
  const coding = codingOf(resource)
  const isCoded = coding !== undefined && coding !== 'identity' && received.byteLength > 0
  exchange.content = isCoded ? await decode(received, coding, contentLimits.size) : received
  if (exchange.content === undefined) return false
  const isTypeMissing = exchange.content.byteLength > 0 && !exchange.headers.has('content-type')
  return isTypeMissing ? unsupportedMediaType(resource) : true
}

/** The digest is of the octets as they were sent (RFC 9530 §2), so that coded content has to be checked before it is decoded. */
export function isContentIntact({ exchange }: Resource): Awaitable<Verdict> {
  const digest = exchange.headers.get('content-digest')
  return digest === null || verifyContentDigest(digest, exchange.received ?? new Uint8Array())
}

/** Reads it. Without content there is nothing to read, unless it was said what the content must be. */
export function isContentReadable(resource: Resource): Awaitable<Verdict> {
  const { exchange, contentLimits } = resource
  const { content } = exchange
  if (content === undefined || content.byteLength === 0) return inputOf(resource) === undefined
  const contentType = exchange.headers.get('content-type') ?? ''
  const mediaType = parseMediaType(contentType)
  const reader = mediaType && readerFor(resource, essence(mediaType))
  return after(reader?.read?.(content, { limits: contentLimits, contentType }), (data) => {
    exchange.data = data
    return true
  })
}

export function isContentValid(resource: Resource): Awaitable<Verdict> {
  const schema = inputOf(resource)
  return schema === undefined ? resource.isContentValid() : isValidBy(schema, resource)
}

async function isValidBy(schema: StandardSchemaV1, resource: Resource): Promise<Verdict> {
  resource.exchange.validated = { schema, value: await validate(schema, resource.exchange.data) }
  return await resource.isContentValid()
}

function inputOf({ exchange, input }: Resource): Resource['input'][keyof Resource['input']] {
  return input[exchange.method as keyof Resource['input']] // any other method has none
}
