// Octets as they are: files, images, anything that no other representation understands.

import type { Body, Representation } from './representation.ts'

/**
 * `application/octet-stream`. Written are `Uint8Array`, `ArrayBuffer`, `Blob` and streams of octets; read are all
 * octets.
 *
 * @throws TypeError for any other content
 * @example
 * octets.write(new Blob([image]))
 */
export const octets: Representation = {
  name: 'octets',
  mediaType: 'application/octet-stream',
  showsLinks: false,
  write: writeOctets,
  read: (content) => content,
}

function writeOctets(content: unknown): Body {
  if (content instanceof Uint8Array) return unshared(content)
  if (content instanceof ArrayBuffer) return new Uint8Array(content)
  if (content instanceof Blob) return content.stream()
  // What the stream gives is up to the program: whoever reads it refuses chunks that are no octets.
  if (content instanceof ReadableStream) return content as ReadableStream<Uint8Array>
  throw new TypeError('Octets are written from a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream only.')
}

/** A Response takes no view of shared memory, which may change while it is sent: it gets a copy. */
function unshared(view: Uint8Array): Uint8Array<ArrayBuffer> {
  // The check says so, but not to the compiler.
  return view.buffer instanceof ArrayBuffer ? (view as Uint8Array<ArrayBuffer>) : new Uint8Array(view)
}
