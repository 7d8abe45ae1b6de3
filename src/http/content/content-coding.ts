// Content codings (RFC 9110 §8.4.1) over the web's own compression streams: content out as a stream, content in within a limit.

import { codingName } from '../negotiation/negotiate-coding.ts'
import { Problem } from '../problems/problem.ts'

/** `deflate` is the zlib format (RFC 1950), as §8.4.1.2 has it. */
export type ContentCoding = 'gzip' | 'deflate'

/** What content can be written in, in the order of preference; every platform with `fetch` has these two. */
export const encodableCodings: readonly ContentCoding[] = ['gzip', 'deflate']

/** What content can be read in, for the `Accept-Encoding` of a 415 (§12.5.3). */
export const decodableCodings: readonly ContentCoding[] = ['gzip', 'deflate']

/**
 * The coding that a `Content-Encoding` names; undefined for one that cannot be decoded, and for more than one.
 *
 * @example
 * readCoding('GZIP')      // 'gzip'
 * readCoding('identity')  // 'identity'
 * readCoding('br')        // undefined
 */
export function readCoding(contentEncoding: string): ContentCoding | 'identity' | undefined {
  const name = codingName(contentEncoding)
  return name === 'identity' ? name : decodableCodings.find((coding) => coding === name)
}

/**
 * The body in a content coding. Octets come out when the compressor has enough of them, not one by one with those that
 * go in: events must not be encoded. To cancel the stream cancels a body that is one, whose errors come through in turn.
 *
 * @param body text is written in UTF-8
 * @example
 * new Response(encode('{}', 'gzip'), { headers: { 'content-encoding': 'gzip' } })
 */
export function encode(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>,
  coding: ContentCoding,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const octets = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const source = octets instanceof Uint8Array ? streamOf(octets) : octets
  const { readable, writable } = new CompressionStream(coding)
  return source.pipeThrough({ readable, writable: oneByOne(writable) })
}

/**
 * A writable that takes the next chunk when the one before is through. Node's compressor on its own takes thousands
 * (it counts chunks where it means octets), so that all of a large body would wait in memory for a slow reader.
 */
function oneByOne(writable: WritableStream<BufferSource>): WritableStream<BufferSource> {
  const writer = writable.getWriter()
  return new WritableStream({
    start: (controller) => {
      // What has been cancelled takes nothing more: the source hears of it even while it has nothing to give.
      writer.closed.catch((reason: unknown) => controller.error(reason))
    },
    write: (chunk) => writer.write(chunk),
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  })
}

/**
 * The content without its coding; undefined as soon as that is larger than `limit` octets. Nothing is decompressed beyond
 * the limit but what the decompressor holds: a gigabyte of zeros, a thousandth of that on the wire, is never in memory.
 *
 * @throws Problem 400 `malformed-content` where the octets are not in the coding, or end too early.
 * @example
 * await decode(await request.bytes(), 'gzip', 1_048_576)
 */
export async function decode(
  octets: Uint8Array<ArrayBuffer>,
  coding: ContentCoding,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  try {
    for await (const piece of streamOf(octets).pipeThrough(new DecompressionStream(coding))) {
      size += piece.byteLength
      if (size > limit) return undefined // which cancels the stream
      pieces.push(piece)
    }
  } catch (cause) {
    throw new Problem(400, `The content is not in the coding ${coding}.`, { code: 'malformed-content', cause })
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

function streamOf(octets: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(octets)
      controller.close()
    },
  })
}
