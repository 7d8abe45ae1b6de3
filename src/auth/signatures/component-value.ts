// What a component of a signature stands for in a message: a field, or what is derived from the request line or the status (RFC 9421 §2).

import {
  isInnerList,
  parseDictionary,
  parseItem,
  parseList,
  serializeByteSequence,
  serializeDictionary,
  serializeInnerList,
  serializeItem,
  serializeList,
  type Parameters,
} from 'structured-headers'
import { SignatureFault } from './signature-fault.ts'

interface Fields {
  get(name: string): string | null | undefined
}

/** What can be signed. A `Request` is one, and so is a `Response`; a response that answers to a request names that, too. */
export interface Signable {
  readonly headers: Fields
  readonly trailers?: Fields
  /** Of a request, as is the absolute URL. */
  readonly method?: string
  readonly url?: string | URL
  /** Of a response. */
  readonly status?: number
  /** What a response answers, for components with `req`. */
  readonly request?: Signable
}

/** Undefined where the message has no such component; empty is a value. */
export function componentValue(message: Signable, name: string, parameters: Parameters): string | undefined {
  if (parameters.has('req')) {
    if (message.request === undefined) throw unsupported(`"${name}";req is for responses to a request`)
    const others = new Map([...parameters].filter(([parameter]) => parameter !== 'req'))
    return componentValue(message.request, name, others)
  }
  return name.startsWith('@') ? derivedValue(message, name, parameters) : fieldValue(message, name, parameters)
}

/** §2.2 */
function derivedValue(message: Signable, name: string, parameters: Parameters): string | undefined {
  const isResponse = message.status !== undefined
  if (name === '@status') return isResponse && parameters.size === 0 ? String(message.status) : undefined
  const derive = isResponse ? undefined : derived.get(name)
  const isPlain = parameters.size === (name === '@query-param' ? 1 : 0)
  if (derive === undefined || !isPlain) throw unsupported(`${name} with these parameters is not known`)
  return derive(message, parameters)
}

type Derive = (message: Signable, parameters: Parameters) => string | undefined

const derived: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['@method', ({ method }) => method],
  ['@target-uri', (message) => urlOf(message).origin + targetOf(message)],
  ['@authority', (message) => urlOf(message).host],
  ['@scheme', (message) => urlOf(message).protocol.slice(0, -1)],
  ['@request-target', targetOf],
  ['@path', (message) => urlOf(message).pathname],
  ['@query', (message) => urlOf(message).search || '?'],
  ['@query-param', (message, parameters) => queryParameter(urlOf(message), parameters.get('name'))],
])

function urlOf({ url = '' }: Signable): URL {
  return typeof url === 'string' ? new URL(url) : url
}

function targetOf(message: Signable): string {
  const { pathname, search } = urlOf(message)
  return pathname + search
}

/** §2.2.8: one that occurs more than once is not signed. */
function queryParameter({ searchParams }: URL, name: unknown): string | undefined {
  const found = [...searchParams].filter(([each]) => formEncoded(each) === name)
  if (found.length > 1) throw unsupported('@query-param is for parameters that occur once')
  const [, value] = found[0] ?? []
  return value === undefined ? undefined : formEncoded(value)
}

/** The percent-encoding of forms (URL standard), with `%20` for a blank. */
function formEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** §2.1: lines of one field are joined, and each without the whitespace around it. */
function fieldValue(message: Signable, name: string, parameters: Parameters): string | undefined {
  const { tr, ...form } = Object.fromEntries(parameters)
  const [kind, ...more] = Object.keys(form)
  const value = (tr === undefined ? message.headers : message.trailers)?.get(name) ?? undefined
  if (value === undefined) return undefined
  const trimmed = withoutBlanks(value)
  if (kind === undefined) return trimmed
  const write = more.length === 0 ? forms.get(kind) : undefined
  if (write === undefined) throw unsupported(`"${name}" with these parameters is not known`)
  try {
    return write(trimmed, name, form[kind])
  } catch (cause) {
    if (cause instanceof SignatureFault) throw cause
    throw new SignatureFault('malformed-signature', `"${name}" is not a Structured Field.`, cause)
  }
}

/** Around it. A pattern would take a time that grows with the square of a run of them. */
function withoutBlanks(value: string): string {
  let [start, end] = [0, value.length]
  while (isBlank(value[start])) start++
  while (end > start && isBlank(value[end - 1])) end--
  return value.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

type Form = (value: string, name: string, parameter: unknown) => string | undefined

/** §2.1.1 to §2.1.3. `bs` wraps one line: those that were several cannot be told apart in `Headers`. */
const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['bs', (value) => serializeByteSequence(Buffer.from(value, 'latin1'))],
  ['key', (value, _, key) => dictionaryMember(value, key)],
  ['sf', strictly],
])

function dictionaryMember(value: string, key: unknown): string | undefined {
  const member = typeof key === 'string' ? parseDictionary(value).get(key) : undefined
  if (member === undefined) return undefined
  return isInnerList(member) ? serializeInnerList(member) : serializeItem(member)
}

/** Nothing in a field says which of the three types it is (§2.1.1): these are known. */
function strictly(value: string, name: string): string {
  if (dictionaries.has(name)) return serializeDictionary(parseDictionary(value))
  if (lists.has(name)) return serializeList(parseList(value))
  if (items.has(name)) return serializeItem(parseItem(value))
  throw unsupported(`"${name}";sf: it is not known which Structured Field that is`)
}

const dictionaries = new Set([
  'accept-signature',
  'content-digest',
  'priority',
  'repr-digest',
  'signature',
  'signature-input',
])
const lists = new Set(['accept-query', 'cache-groups', 'cache-status', 'proxy-status', 'ratelimit', 'ratelimit-policy'])
const items = new Set(['forwarded-user', 'idempotency-key', 'idempotency-replayed'])

function unsupported(what: string): SignatureFault {
  return new SignatureFault('unsupported-component', `${what}.`)
}
