// A request beside the one that was expected: what differs, and both as text.

import type { Expected } from './mock-transport.ts'

export interface Got {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
}

/** What differs, in words; undefined where nothing does. */
export function differences({ method = 'GET', url, headers = {}, body }: Expected, got: Got): string | undefined {
  const wrong = [
    ...(method.toUpperCase() === got.method ? [] : ['method']),
    ...(fits(got.url, url) ? [] : ['url']),
    ...Object.entries(headers).flatMap(([name, value]) =>
      fits(got.headers.get(name), value) ? [] : [`field "${name}"`],
    ),
    ...(body === undefined || isSame(body, got.body) ? [] : ['body']),
  ]
  return wrong.length === 0 ? undefined : `has another ${wrong.join(' and ')} than expected`
}

function fits(got: string | null, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? got === wanted : got !== null && got.search(wanted) !== -1
}

function isSame(wanted: unknown, got: string): boolean {
  if (wanted === null) return got === ''
  return typeof wanted === 'string' ? wanted === got : canonical(jsonOf(wanted)) === canonical(parsed(got))
}

/** As the client writes it. */
function jsonOf(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
  return JSON.parse(text) as unknown
}

/** Undefined for what is no JSON, which is like nothing that can be expected. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** JSON objects are the same whatever the order of their members. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** A request: the line, the fields that are expected, the content, each below the one before. */
export function printed({ method = 'GET', url, headers = {}, body }: Omit<Expected, 'answer'>): string {
  const line = `${method.toUpperCase()} ${String(url)}`
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
  const content = body === undefined ? [] : [body === null || body === '' ? 'no content' : textOf(body)]
  return [line, ...fields, ...content].join('\n            ')
}

/** What was sent, with as much as was expected of it. */
export function printedBeside(got: Got, expected: Expected | undefined): string {
  const names = Object.keys(expected?.headers ?? {})
  const headers = Object.fromEntries(names.map((name) => [name, got.headers.get(name) ?? 'not there']))
  const isOpen = expected !== undefined && expected.body === undefined
  return printed({ method: got.method, url: got.url, headers, ...(isOpen ? {} : { body: got.body }) })
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(jsonOf(body))
}
