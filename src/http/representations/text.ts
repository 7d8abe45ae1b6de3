// Plain text: texts as they are, iterables of texts streamed, anything else as JSON.

import { jsonText } from '../../wire/index.ts'
import { decodeUtf8 } from '../content/content.ts'
import { Page } from './hypermedia.ts'
import type { Body, Representation } from './representation.ts'
import { dataOf } from './rows.ts'
import { isStreamable, streamText } from './stream.ts'

/**
 * `text/plain` in UTF-8, read as a text.
 *
 * @throws TypeError for what JSON cannot hold; as the error of the stream, for an iterable that gives anything but
 *   texts
 * @example
 * text.write('Hello')    // Hello
 * text.write({ id: 1 })  // {"id":1}
 */
export const text: Representation = {
  name: 'text',
  mediaType: 'text/plain; charset=utf-8',
  showsLinks: false,
  write: writeText,
  read: decodeUtf8,
}

function writeText(content: unknown): Body {
  if (typeof content === 'string') return content
  // What the iterable gives is looked at as it comes.
  if (isStreamable(content)) return streamText(content as Iterable<string>)
  // `stringify` gives undefined for functions and symbols, though its type does not say so.
  const json = jsonText(content instanceof Page ? content.items.map(dataOf) : dataOf(content)) as string | undefined
  return json ?? ''
}
