// What HTML forms send, read into a plain object: application/x-www-form-urlencoded and multipart/form-data, without nesting.

import { decodeUtf8, forbiddenNames } from './content.ts'
import { Problem } from '../problems/problem.ts'

/** Limits of a form, besides those of any content. */
export interface FormLimits {
  /** Values, those of equal names counted one by one. */
  readonly fields: number
}

const defaultFormLimits: FormLimits = { fields: 1000 }

/** A name given once has its value, a name given again an array of them. */
export type FormFields<Value> = Readonly<Record<string, Value | readonly Value[]>>

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1), but refuses what that algorithm repairs: octets that are not
 * UTF-8, and `%` without two digits. Names mean nothing but themselves: `a[b]=1` is the value of `a[b]`. Empty content has no fields.
 *
 * @throws Problem 400 `malformed-content`, also for more fields than the limit and for names that reach a prototype.
 * @example
 * parseUrlEncoded(new TextEncoder().encode('name=Mar+y&tag=a&tag=%C3%A9'))  // { name: 'Mar y', tag: ['a', 'é'] }
 */
export function parseUrlEncoded(octets: Uint8Array, limits: FormLimits = defaultFormLimits): FormFields<string> {
  const pairs = decodeUtf8(octets)
    .split('&')
    .filter((pair) => pair !== '')
  if (pairs.length > limits.fields) throw tooMany(limits)
  return toFields(pairs.map(readPair))
}

/**
 * Reads `multipart/form-data` (RFC 7578). Parts with a file name are `File`s, the others are texts in UTF-8. Of a path that a
 * sender gives for a file name only its last part is told (§4.2): nothing that is written under it can land elsewhere.
 *
 * @param contentType the field value of the request, with its `boundary`
 * @throws Problem 400 `malformed-content`: broken parts, no boundary, names and limits as in `parseUrlEncoded`.
 * @example
 * const { title, photo } = await parseMultipart(octets, request.headers.get('content-type') ?? '')
 */
export async function parseMultipart(
  octets: Uint8Array<ArrayBuffer>,
  contentType: string,
  limits: FormLimits = defaultFormLimits,
): Promise<FormFields<string | File>> {
  const entries = [...(await readParts(octets, contentType))]
  if (entries.length > limits.fields) throw tooMany(limits)
  const isRepaired = entries.some(([name, value]) => hasReplacement(name) || hasReplacement(value))
  if (isRepaired && !holdsReplacement(octets)) throw malformed('A name or a text of the form is not valid UTF-8.')
  return toFields(entries.map(([name, value]) => [name, typeof value === 'string' ? value : withoutPath(value)]))
}

function withoutPath(file: File): File {
  const name = file.name.split(/[/\\]/).at(-1) ?? ''
  if (name === file.name && !/^\.{1,2}$/.test(name)) return file
  return new File([file], name.replace(/^\.{1,2}$/, ''), { type: file.type, lastModified: file.lastModified })
}

function readPair(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=')
  return equals === -1 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw malformed('The percent-encoding is malformed, or is not of UTF-8.', cause)
  }
}

async function readParts(octets: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(octets, { headers: { 'content-type': contentType } }).formData()
  } catch (cause) {
    throw malformed('The content is not valid multipart/form-data.', cause)
  }
}

/** `formData()` puts U+FFFD where octets are not UTF-8. */
function hasReplacement(value: string | File): boolean {
  return typeof value === 'string' && value.includes('\ufffd')
}

/** Whether U+FFFD was sent as such: then it may stand in a text. */
function holdsReplacement(octets: Uint8Array): boolean {
  return octets.some((octet, at) => octet === 0xef && octets[at + 1] === 0xbf && octets[at + 2] === 0xbd)
}

function toFields<Value>(entries: Iterable<readonly [name: string, value: Value]>): FormFields<Value> {
  const fields = new Map<string, Value[]>()
  for (const [name, value] of entries) {
    if (forbiddenNames.has(name)) throw malformed(`The field name "${name}" is not allowed.`)
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [value])
    else values.push(value)
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, single(values)]))
}

function single<Value>(values: readonly Value[]): Value | readonly Value[] {
  const [first, ...others] = values
  return first === undefined || others.length > 0 ? values : first
}

function tooMany({ fields }: FormLimits): Problem {
  return malformed(`The form has more than ${fields} fields.`)
}

function malformed(detail: string, cause?: unknown): Problem {
  return new Problem(400, detail, { code: 'malformed-content', cause })
}
