// Asking whether what is kept still stands, and what a 304 makes of it (RFC 9111 §4.3).

import { parseEntityTag } from '../../wire/index.ts'
import type { Answer } from '../sending/message.ts'
import { KeptFields, keptFields, valueOf } from './kept-fields.ts'
import type { Kept } from './kept.ts'

/** What is asked with, so that the answer may be 304 (§4.3.1): the tags of all that is kept, the date of the one that fits. */
export function conditionsOf(all: readonly Kept[], fitting: Kept | undefined): Readonly<Record<string, string>> {
  const tags = [...new Set(all.flatMap((each) => valueOf(each.fields, 'etag') ?? []))]
  const listed = tags.length > 1 ? tags.filter((tag) => parseEntityTag(tag) !== undefined) : tags
  const date = fitting && valueOf(fitting.fields, 'last-modified')
  return {
    ...(listed.length === 0 ? {} : { 'if-none-match': listed.join(', ') }),
    ...(date === undefined ? {} : { 'if-modified-since': date }),
  }
}

/** Which of those that were asked about a 304 means (§4.3.4); undefined where it names none. */
export function confirmed(all: readonly Kept[], fitting: Kept | undefined, { fields }: Answer): Kept | undefined {
  const tag = bare(fields.get('etag'))
  const named = tag === undefined ? undefined : all.find((each) => bare(valueOf(each.fields, 'etag')) === tag)
  if (named !== undefined) return named
  // One that was asked about alone is the one that is meant, even by a server that names it otherwise then.
  return all.length === 1 || tag === undefined ? (fitting ?? all[0]) : undefined
}

/** What belongs to the content that is kept, whatever a 304 says (§3.2). */
const ofContent: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-md5',
  'content-range',
  'etag',
])

/** The answer that is kept, with the fields of the 304 that says that it still stands (§3.2). */
export function updated(kept: Kept, { fields }: Answer): Answer {
  const fresh = keptFields(fields).filter(([name]) => !ofContent.has(name))
  const replaced = new Set([...fresh.map(([name]) => name), 'age'])
  const all = [...kept.fields.filter(([name]) => !replaced.has(name)), ...fresh]
  return { status: kept.status, fields: new KeptFields(all), text: kept.text, isRedirect: kept.isRedirect }
}

/** A tag without its weakness, which proxies add. */
function bare(tag: string | null | undefined): string | undefined {
  return tag?.replace(/^W\//, '')
}
