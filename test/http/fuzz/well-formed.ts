// What is true of every answer, whatever was asked.
import { STATUS_CODES } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'
import { DOMParser } from '@xmldom/xmldom'
import { parseDictionary, parseList } from 'structured-headers'
import { expect } from 'vitest'
import { parseEntityTag, parseHttpDate, parseLinks, parseMediaType, reasonPhrase } from '../../../src/wire/index.ts'
import type { Sent } from './targets.ts'

const imfDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
const dates = ['date', 'last-modified', 'expires', 'sunset']
const lists = [
  'ratelimit',
  'ratelimit-policy',
  'cache-groups',
  'cache-group-invalidation',
  'accept-query',
  'x-slumber-trace',
]
const hopByHop = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection']
const tellsWhatWouldDo = ['accept', 'accept-patch', 'accept-query', 'accept-encoding']
const withoutContent = [204, 205, 304]

export function expectWellFormed(
  { method, headers: asked }: Sent,
  { status, headers }: Response,
  octets: Buffer,
): void {
  expect(STATUS_CODES[status], `${status} is registered`).toBeDefined()
  expect(reasonPhrase(status)).toMatch(/^[A-Z]/)
  expectFields(headers)
  expect(headers.get('request-id')).toMatch(/^[\w-]{8,64}$/)
  if (/^[\w-]{8,64}$/.test(asked['request-id'] ?? '')) expect(headers.get('request-id')).toBe(asked['request-id'])
  if (method === 'HEAD' || withoutContent.includes(status)) expect(octets.length).toBe(0)
  const type = headers.get('content-type')
  if (octets.length > 0) expectContent(type, decoded(headers, octets))
  if (withoutContent.includes(status)) expect(type).toBeNull()
  // Only an asterisk is no question about a validator.
  const isCompared = status === 206 || (status === 304 && asked['if-none-match'] !== '*')
  if (isCompared) expect(headers.has('etag') || headers.has('last-modified')).toBe(true)
  if (status >= 400) expectRefusal(method, status, headers, octets)
  expectStatusFields(status, headers)
}

/** Each field by its grammar. */
function expectFields(headers: Headers): void {
  expect(headers.get('cache-control')).toMatch(/^[a-z-]+(?:=\d+)?(?:, [a-z-]+(?:=\d+)?)*$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  for (const name of hopByHop) expect(headers.has(name)).toBe(false)
  for (const name of dates) {
    const date = headers.get(name)
    if (date !== null) expect(date).toMatch(imfDate)
  }
  for (const name of lists) {
    const list = headers.get(name)
    if (list !== null) expect(parseList(list).length).toBeGreaterThan(0)
  }
  const [modified, now] = ['last-modified', 'date'].map((name) => parseHttpDate(headers.get(name) ?? ''))
  if (modified !== undefined) expect(now!.getTime()).toBeGreaterThanOrEqual(modified.getTime())
  const tag = headers.get('etag')
  if (tag !== null) expect(parseEntityTag(tag)).toBeDefined()
  const type = headers.get('content-type')
  if (type !== null) expect(parseMediaType(type)).toBeDefined()
  if (type?.startsWith('text/')) expect(type).toMatch(/;\s?charset=utf-8/)
  if (type?.startsWith('text/html')) expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  const links = headers.get('link')
  if (links !== null) expect(parseLinks(links).length).toBeGreaterThan(0)
  const location = headers.get('location')
  if (location !== null) expect(location).toMatch(/^\/(?!\/)[!-~]*$/)
  const timing = headers.get('server-timing')
  if (timing !== null) expect(() => parseDictionary(timing.replaceAll(';dur=', '='))).not.toThrow()
  expect(headers.get('access-control-allow-origin') ?? 'https://a.example').toBe('https://a.example')
}

/** What a status must not be without. */
function expectStatusFields(status: number, headers: Headers): void {
  const needed: Readonly<Record<number, string>> = {
    201: 'location',
    206: 'content-range',
    303: 'location',
    307: 'location',
    308: 'location',
    401: 'www-authenticate',
    405: 'allow',
    416: 'content-range',
    429: 'retry-after',
  }
  const name = needed[status]
  if (name !== undefined) expect(headers.get(name)).toMatch(/./)
  const after = headers.get('retry-after')
  if (after !== null) expect(after).toMatch(/^\d+$/)
}

function expectRefusal(method: string, status: number, headers: Headers, octets: Buffer): void {
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.has('etag')).toBe(false)
  const type = headers.get('content-type')
  expect(type).toMatch(/^(?:application\/problem\+(?:json|xml)|text\/html; charset=utf-8)$/)
  if (status === 415) expect(tellsWhatWouldDo.some((name) => headers.has(name))).toBe(true)
  if (method === 'HEAD') return
  const text = decoded(headers, octets).toString()
  if (type !== 'application/problem+json') {
    expect(text).toContain(reasonPhrase(status))
    return
  }
  const document = JSON.parse(text)
  expect(document).toMatchObject({ status, title: reasonPhrase(status), requestId: headers.get('request-id') })
  for (const name of ['detail', 'code', 'type']) expect(['string', 'undefined']).toContain(typeof document[name])
  for (const fault of document.errors ?? []) expect(typeof fault.detail).toBe('string')
  expect(text).not.toMatch(/\bat .*\.ts:\d|node_modules/)
}

function decoded(headers: Headers, octets: Buffer): Buffer {
  const coding = headers.get('content-encoding')
  if (coding === null) return octets
  expect(['gzip', 'deflate']).toContain(coding)
  return coding === 'gzip' ? gunzipSync(octets) : inflateSync(octets)
}

function expectContent(type: string | null, octets: Buffer): void {
  expect(type, 'content has a type').not.toBeNull()
  const text = octets.toString()
  const [, format] = /^application\/(?:[a-z.]+[+-])?(json|xml|ndjson)$/.exec(type ?? '') ?? []
  if (format === 'json') JSON.parse(text)
  if (format === 'xml') new DOMParser({ onError: failing }).parseFromString(text, 'application/xml')
  if (format === 'ndjson') for (const line of text.trimEnd().split('\n')) JSON.parse(line)
  if (type?.includes('charset=utf-8')) new TextDecoder('utf-8', { fatal: true }).decode(octets)
}

function failing(level: string, message: string): never {
  throw new Error(`${level}: ${message}`)
}
