// Parts of a file: 206, 416 and If-Range, from content whose size is known.

import { createHash } from 'node:crypto'
import { octets, resource, router } from 'slumberjs/http'

const film = new TextEncoder().encode('0123456789'.repeat(100))

export class Film extends resource('/film') {
  override produces = [octets]
  override ranges = true

  override entityTag(): string {
    return createHash('sha256').update(film).digest('base64url')
  }
  GET(): Uint8Array {
    return film // or a Blob: `openAsBlob` of node:fs reads only the part that is asked for
  }
}

export const cinema = router([Film])
