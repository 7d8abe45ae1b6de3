// Which answers `cachePage` may keep, and how they are made into something that can be kept.

import { Answer, isResponse, type AnswerHeaders } from '../answer.ts'
import { cacheFields } from '../response/caching.ts'
import { isStreamable } from '../representations/stream.ts'
import type { Resource } from '../resource.ts'
import { writeContent } from '../response/write-content.ts'

/** Whether an answer is whole, and for nobody but those it would be shown to again (RFC 9111 §3). */
export function mayBeKept(resource: Resource, answer: Answer): boolean {
  const { principal, headers } = resource.exchange
  if (answer.status !== 200 || isStreamable(answer.content) || isResponse(answer.content)) return false
  if (hasDirective(headers.get('cache-control'), 'no-store')) return false
  if (fieldOf(answer, 'set-cookie') !== undefined || varyOf(resource, answer).includes('*')) return false
  const control = fieldOf(answer, 'cache-control') ?? controlOf(resource)
  return !hasDirective(control, 'no-store') && (principal !== undefined || !hasDirective(control, 'private'))
}

/** Besides what negotiation has settled: which fields of the request an answer depends on, in lower case. */
export function varyOf({ exchange, middleware, vary }: Resource, answer: Answer): readonly string[] {
  const given = fieldOf(answer, 'vary')?.split(',') ?? []
  const names = [...exchange.vary, ...vary, ...middleware.flatMap((each) => each.vary ?? []), ...given]
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
}

/**
 * The answer with its content written and every field in its headers, so that no later change of a value changes it.
 *
 * @throws whatever the representation throws.
 */
export function writeAnswer(resource: Resource, answer: Answer): Answer {
  const fields: Record<string, string> = {}
  const content = writeContent(resource, answer, fields)
  const headers: Record<string, AnswerHeaders[string]> = { ...fields }
  for (const [name, value] of Object.entries(answer.headers)) {
    const key = name.toLowerCase()
    const links = key === 'link' && fields['link'] !== undefined ? [fields['link'], value].flat().join(', ') : undefined
    headers[key] = links ?? value
  }
  return new Answer(answer.status, content instanceof Uint8Array ? content.slice() : content, headers)
}

/** Octets, or UTF-16 units of text; undefined for what has no end yet. */
export function sizeOf(content: unknown): number | undefined {
  if (content === undefined) return 0
  if (typeof content === 'string') return content.length
  if (content instanceof Uint8Array) return content.byteLength
  return content instanceof Blob ? content.size : undefined
}

function fieldOf({ headers }: Answer, wanted: string): string | undefined {
  const values = Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === wanted ? value : []))
  return values.length === 0 ? undefined : values.join(', ')
}

/** What the resource's own setting will say. */
function controlOf({ caching, exchange }: Resource): string {
  const isAuthenticated = exchange.principal !== undefined
  const fields = cacheFields(caching, { isAuthenticated, setsCookie: false, now: new Date() })
  return [fields['cache-control'] ?? []].flat().join(', ')
}

function hasDirective(control: string | null, directive: string): boolean {
  return (control ?? '').split(',').some((each) => each.split('=')[0]?.trim().toLowerCase() === directive)
}
