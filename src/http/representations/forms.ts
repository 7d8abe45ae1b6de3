// What HTML forms send, as content to read: fields by name, flat.

import { parseMultipart, parseUrlEncoded } from '../content/form.ts'
import type { Representation } from './representation.ts'

/** `application/x-www-form-urlencoded`: a name given once is a text, given again an array of them. */
export const form: Representation = {
  name: 'form',
  mediaType: 'application/x-www-form-urlencoded',
  showsLinks: false,
  read: (octets) => parseUrlEncoded(octets),
}

/** `multipart/form-data`: as above, and files as `File`. */
export const multipart: Representation = {
  name: 'multipart',
  mediaType: 'multipart/form-data',
  showsLinks: false,
  read: (octets, { contentType }) => parseMultipart(octets, contentType),
}
