// Octets that come in pieces.

/**
 * The pieces as one, in memory of its own.
 *
 * @example
 * joinOctets([Uint8Array.of(1), Uint8Array.of(2, 3)], 3)  // Uint8Array [1, 2, 3]
 */
export function joinOctets(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(size)
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.byteLength
  }
  return joined
}
