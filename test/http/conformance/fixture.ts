// The fixture of the HTTP checklist as one program, and the way its tests ask: a request in, a response out.
import { memoryStore, router, type RequestInfo, type Router } from 'slumberjs/http'
import type { Logger } from '../../../src/wire/index.ts'
import { Article, Articles } from './articles.ts'
import { special } from './special.ts'
import { resetRows } from './store.ts'
import { surrounded } from './surroundings.ts'

export { dump, rows } from './store.ts'

/** What was logged since the last reset. */
export const logged: (readonly [level: string, fields: object, message: string])[] = []

const at = (level: string) => (fields: object, message: string) => void logged.push([level, fields, message])
const logger: Logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }

let current = make()

function make(): Router {
  return router([Articles, Article, ...special, ...surrounded], { logger, defaults: { sharedStore: memoryStore() } })
}

/** The program that is there now: it can be served. */
export const app: Pick<Router, 'fetch' | 'answer'> = {
  fetch: (request, info) => current.fetch(request, info),
  answer: (request, info) => current.answer(request, info),
}

/** Before each test: rows, limits, keys and the log as at first. */
export function reset(): void {
  resetRows()
  logged.length = 0
  current = make()
}

export interface Asked {
  readonly method?: string
  /** A list is sent as several lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** A text is JSON unless the headers say otherwise. */
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  readonly info?: RequestInfo
}

/** Sends one request, to `http://h` unless the URL is whole. */
export async function ask(path: string, asked: Asked = {}): Promise<Response> {
  return await app.fetch(requestOf(path, asked), asked.info)
}

function requestOf(path: string, { method = 'GET', headers = {}, body }: Asked): Request {
  const fields = new Headers(typeof body === 'string' ? { 'content-type': 'application/json' } : {})
  for (const [name, value] of Object.entries(headers)) {
    fields.delete(name)
    for (const line of typeof value === 'string' ? [value] : value) fields.append(name, line)
  }
  const url = path.startsWith('http') ? path : `http://h${path}`
  // A text would bring a Content-Type of its own; octets bring none.
  const octets = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return new Request(url, {
    method,
    headers: fields,
    ...(octets === undefined ? {} : { body: octets, duplex: 'half' }),
  })
}
