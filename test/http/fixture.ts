// The fixture of the HTTP checklist, as far as the resource layer alone can serve it, and the way tests ask: Request in, Response out.

import { expect } from 'vitest'
import {
  CREATED,
  handler,
  json,
  jsonPatchJson,
  mergePatchJson,
  NO_CONTENT,
  Resource,
  type Answer,
  type Representation,
  type RequestInfo,
  type ResourceClass,
} from 'slumberjs/http'
import { silentLogger, type Logger } from '../../src/wire/index.ts'

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  /** Path and query. */
  readonly path?: string
  readonly info?: RequestInfo
  readonly logger?: Logger
}

/** Sends one request to a resource. A text as body is JSON unless the headers say otherwise. */
export async function ask(resource: ResourceClass, method: string, asked: Asked = {}): Promise<Response> {
  const { headers = {}, body, path = '/', info, logger } = asked
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
  const request = new Request(`http://h${path}`, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  })
  return await handler(resource, { logger: logger ?? silentLogger })(request, {}, info)
}

/** The problem document of an answer, once it is sure that it is one: media type and `status` are as they must be. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const document = await response.json()
  expect(document.status).toBe(response.status)
  return document
}

/** How an answer of 4xx or 5xx is told in one line: the status and the code. */
export async function outcomeOf(response: Response): Promise<string> {
  if (response.status < 400) return String(response.status)
  return `${response.status} ${String((await problemOf(response))['code'])}`
}

/** A logger that keeps what it is given, as `level`, the fields and the message. */
export function recorder(): { readonly logger: Logger; readonly entries: (readonly [string, object, string])[] } {
  const entries: (readonly [string, object, string])[] = []
  const at = (level: string) => (fields: object, message: string) => void entries.push([level, fields, message])
  return { entries, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
}

export const lastModified: Date = new Date(Date.UTC(1994, 10, 6, 8, 49, 37))

const written = (name: string, mediaType: string): Representation => ({
  name,
  mediaType,
  showsLinks: false,
  write: (content) => `${name}: ${JSON.stringify(content)}`,
})

export const html: Representation = written('html', 'text/html; charset=utf-8')
export const xml: Representation = written('xml', 'application/xml')

/** `/articles/1/`: all methods, `"v1"`, three representations. */
export class Article extends Resource {
  override get produces(): readonly Representation[] {
    return [json, html, xml]
  }
  override get acceptsPatch(): readonly Representation[] {
    return [mergePatchJson, jsonPatchJson]
  }
  override entityTag(): string | undefined {
    return 'v1'
  }
  override lastModified(): Date | undefined {
    return lastModified
  }
  GET(): unknown {
    return { id: 1, title: 'One' }
  }
  PUT(): unknown {
    this.data()
    return this.exchange.targetExists ? NO_CONTENT : CREATED(undefined, { location: this.exchange.url.pathname })
  }
  PATCH(): unknown {
    return this.data()
  }
  DELETE(): Answer {
    return NO_CONTENT()
  }
}

/** `/articles/999/`. */
export class Missing extends Article {
  override exists(): boolean {
    return false
  }
}

/** `/articles/77/`: not there, but a PUT may create it. */
export class Creatable extends Missing {
  override get createsByPut(): boolean {
    return true
  }
}

/** `/articles/`: takes what is posted. */
export class Articles extends Resource {
  GET(): unknown {
    return []
  }
  POST(): unknown {
    return CREATED(this.data(), { location: '/articles/78/' })
  }
}
