// The answers of the first half of the table that say more than a sentence: 401, 405 and what OPTIONS gives.

import { after, type Awaitable } from '../../wire/index.ts'
import { Answer, refusal } from '../answer.ts'
import { challengesOf } from '../principal.ts'
import type { Resource } from '../resource.ts'
import { acceptQuery, listTypes } from './content-questions.ts'

export function methodNotAllowed(resource: Resource): Awaitable<Answer> {
  return after(resource.allowed(), (methods) => {
    const allow = methods.join(', ')
    return refusal(405, `Allowed here: ${allow}.`, { code: 'method-not-allowed', headers: { allow } })
  })
}

/** Where there is no way to authenticate, nobody is let in: 403. */
export function unauthorized({ schemes, exchange }: Resource): Answer {
  if (schemes.length === 0) return refusal(403, 'Nobody can authenticate here.', { code: 'forbidden' })
  const headers = challengesOf(schemes, exchange)
  const isRefused = exchange.headers.has('authorization')
  const detail = isRefused ? 'These credentials are not accepted.' : 'Say who you are.'
  return refusal(401, detail, { code: 'unauthenticated', headers })
}

/** What is possible here (RFC 9110 §9.3.7): methods, and the media types of what they take. */
export function options(resource: Resource): Awaitable<Answer> {
  return after(resource.allowed(), (methods) => optionsOf(resource, methods))
}

function optionsOf(resource: Resource, methods: readonly string[]): Answer {
  const { ranges } = resource
  const takes = (method: string): boolean => methods.includes(method)
  return new Answer(204, undefined, {
    allow: methods.join(', '),
    ...(takes('POST') ? { 'accept-post': listTypes(resource.accepts) } : {}),
    ...(takes('PATCH') ? { 'accept-patch': listTypes(resource.acceptsPatch) } : {}),
    ...(takes('QUERY') ? { 'accept-query': acceptQuery(resource) } : {}),
    ...(takes('GET') ? { 'accept-ranges': ranges ? 'bytes' : 'none' } : {}),
    'cache-control': 'no-store',
  })
}
