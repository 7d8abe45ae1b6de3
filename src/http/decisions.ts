// The protocol as a table: every question a request meets, in order, with what follows a yes and a no.

import { Answer, asAnswer, refusal } from './answer.ts'
import {
  isContentEncodingKnown,
  isContentTypeKnown,
  receiveContent,
  unsupportedCoding,
  unsupportedMediaType,
} from './content-questions.ts'
import { negotiate } from './negotiate.ts'
import { evaluatePreconditions, hasCondition } from './preconditions.ts'
import { Problem } from './problem.ts'
import { knownMethods, type Awaitable, type Resource, type Verdict } from './resource.ts'
import { isTagOfState, stateTagOf, withVariant } from './state-tag.ts'

type Step = (resource: Resource) => Answer | 'next'

export interface Decision {
  readonly name: string
  readonly question: string
  readonly section: string
  readonly ask: (resource: Resource) => Awaitable<Verdict>
  readonly yes: Step
  readonly no: Step
}

const next = (): 'next' => 'next'
const refuse = (status: number, detail: string, code: string) => (): Answer => refusal(status, detail, { code })
const undecodable = refuse(400, 'The query is not percent-encoded UTF-8 (RFC 3986 §2.1, §2.5).', 'malformed-query')

/** Asked about the request alone; nothing has been looked up yet. */
export const aboutTheRequest: readonly Decision[] = [
  {
    name: 'isAvailable',
    question: 'Is the service available?',
    section: 'RFC 9110 §15.6.4',
    ask: (resource) => resource.isAvailable(),
    yes: next,
    no: refuse(503, 'The service is not available.', 'unavailable'),
  },
  {
    name: 'isKnownMethod',
    question: 'Is the method implemented anywhere?',
    section: 'RFC 9110 §15.6.2',
    ask: ({ exchange }) => (knownMethods as readonly string[]).includes(exchange.method),
    yes: next,
    no: refuse(501, 'No resource here implements this method.', 'method-not-implemented'),
  },
  {
    name: 'isUriShort',
    question: 'Is the URI short enough?',
    section: 'RFC 9110 §15.5.15',
    ask: (resource) => resource.isUriShort(),
    yes: next,
    no: refuse(414, 'The URI is too long.', 'uri-too-long'),
  },
  {
    name: 'isMethodAllowed',
    question: 'Does this resource support the method?',
    section: 'RFC 9110 §15.5.6',
    ask: (resource) => resource.methods.includes(resource.exchange.method),
    yes: next,
    no: (resource) => methodNotAllowed(resource),
  },
  {
    name: 'isWellFormed',
    question: 'Are header fields and parameters well formed?',
    section: 'RFC 9110 §15.5.1',
    ask: (resource) => (isQueryDecodable(resource) ? resource.isWellFormed() : undecodable()),
    yes: next,
    no: refuse(400, 'The request is malformed.', 'malformed-request'),
  },
  {
    name: 'isAuthenticated',
    question: 'Is it known who asks?',
    section: 'RFC 9110 §15.5.2',
    ask: (resource) => resource.isAuthenticated(),
    yes: next,
    no: unauthorized,
  },
  {
    name: 'isAllowed',
    question: 'May they do this here?',
    section: 'RFC 9110 §15.5.4',
    ask: (resource) => resource.isAllowed(),
    yes: next,
    no: refuse(403, 'You may not do this.', 'forbidden'),
  },
  {
    name: 'isContentEncodingKnown',
    question: 'Is the content coding understood?',
    section: 'RFC 9110 §8.4, §15.5.16',
    ask: isContentEncodingKnown,
    yes: next,
    no: unsupportedCoding,
  },
  {
    name: 'isContentTypeKnown',
    question: 'Is the media type of the content understood?',
    section: 'RFC 9110 §15.5.16, RFC 5789 §2.2',
    ask: isContentTypeKnown,
    yes: next,
    no: unsupportedMediaType,
  },
  {
    // Before the transaction of a write begins, which must not wait for a slow sender; it is parsed by the handler.
    name: 'isContentReceived',
    question: 'Is the content within the limit, and all there?',
    section: 'RFC 9110 §15.5.14',
    ask: receiveContent,
    yes: next,
    no: refuse(413, 'The content is too large.', 'content-too-large'),
  },
  {
    name: 'isOptions',
    question: 'Does it ask what is possible?',
    section: 'RFC 9110 §9.3.7',
    ask: ({ exchange }) => exchange.method === 'OPTIONS',
    yes: options,
    no: next,
  },
  {
    name: 'isAcceptable',
    question: 'Is there a representation that is wanted?',
    section: 'RFC 9110 §12.5.1, §15.5.7',
    ask: isAcceptable,
    yes: next,
    no: notAcceptable,
  },
]

/** Asked about the state of the target; for a write, inside its transaction. */
export const aboutTheTarget: readonly Decision[] = [
  {
    name: 'exists',
    question: 'Does the target exist, or may this PUT create it?',
    section: 'RFC 9110 §15.5.5',
    ask: exists,
    yes: next,
    no: refuse(404, 'There is nothing here.', 'not-found'),
  },
  {
    name: 'isConditionGiven',
    question: 'Does a write that needs a condition have one?',
    section: 'RFC 6585 §3',
    ask: (resource) => isSafe(resource) || !resource.requiresCondition() || hasCondition(resource.exchange.headers),
    yes: next,
    no: refuse(428, 'Send If-Match with the entity tag of the state you have seen.', 'condition-required'),
  },
  {
    name: 'doConditionsHold',
    question: 'Do the preconditions hold?',
    section: 'RFC 9110 §13.2.2',
    ask: doConditionsHold,
    yes: next,
    no: preconditionFailed,
  },
]

/** Asks the questions of a table until one is answered; undefined where all are passed. */
export async function decide(resource: Resource, table: readonly Decision[]): Promise<Answer | undefined> {
  for (const decision of table) {
    const asked = decision.ask(resource)
    const verdict = typeof asked === 'boolean' ? asked : await asked
    // Only `true` is a yes: what else a program without types may return opens no door.
    const step = verdict === true ? decision.yes(resource) : (asAnswer(verdict) ?? decision.no(resource))
    if (step !== 'next') return step
  }
  return undefined
}

/** The decoder of URLSearchParams is lenient: what it cannot read would be looked for as something else. */
function isQueryDecodable({ exchange }: Resource): boolean {
  const { search } = exchange.url
  if (!search.includes('%')) return true
  try {
    decodeURIComponent(search)
    return true
  } catch {
    return false
  }
}

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'QUERY']

function isSafe({ exchange }: Resource): boolean {
  return safeMethods.includes(exchange.method)
}

function methodNotAllowed(resource: Resource): Answer {
  const allow = resource.methods.join(', ')
  return refusal(405, `Allowed here: ${allow}.`, { code: 'method-not-allowed', headers: { allow } })
}

/** A 401 must name a way to authenticate (§11.6.1); where there is none, nobody is let in: 403. */
function preconditionFailed({ exchange }: Resource): Answer {
  const isCreateOnly = exchange.headers.get('if-none-match')?.trim() === '*' && !exchange.headers.has('if-match')
  const detail = isCreateOnly ? 'There is something here already.' : 'The state has changed since.'
  return refusal(412, detail, { code: 'precondition-failed' })
}

function unauthorized({ schemes, exchange }: Resource): Answer {
  if (schemes.length === 0) return refusal(403, 'Nobody can authenticate here.', { code: 'forbidden' })
  const headers = { 'www-authenticate': schemes.map((scheme) => scheme.challenge).join(', ') }
  const isRefused = exchange.headers.has('authorization')
  const detail = isRefused ? 'These credentials are not accepted.' : 'Say who you are.'
  return refusal(401, detail, { code: 'unauthenticated', headers })
}

function options(resource: Resource): Answer {
  const { methods } = resource
  return new Answer(204, undefined, {
    allow: methods.join(', '),
    ...(methods.includes('PATCH') ? { 'accept-patch': resource.acceptsPatch.join(', ') } : {}),
    'cache-control': 'no-store',
  })
}

/** `?format=` wins where `Accept` cannot be set; the answer then depends on the URL alone. */
function isAcceptable(resource: Resource): boolean {
  const { exchange, produces } = resource
  const format = exchange.url.search === '' ? null : exchange.url.searchParams.get('format')
  if (format === null && produces.length > 1) exchange.vary.add('accept')
  const chosen =
    format === null
      ? negotiate(exchange.headers.get('accept'), produces)
      : produces.find((representation) => representation.name === format)
  if (chosen === undefined) return false
  exchange.representation = chosen
  return true
}

function notAcceptable({ produces }: Resource): Answer {
  const available = produces.map((representation) => representation.mediaType)
  return refusal(406, `Available here: ${available.join(', ')}.`, { code: 'not-acceptable', members: { available } })
}

async function exists(resource: Resource): Promise<Verdict> {
  const verdict = await resource.exists()
  resource.exchange.targetExists = verdict === true
  return verdict === false ? resource.exchange.method === 'PUT' && resource.createsByPut : verdict
}

async function doConditionsHold(resource: Resource): Promise<Verdict> {
  const { exchange } = resource
  const state = exchange.targetExists ? await stateTagOf(resource) : undefined
  exchange.entityTag = state && { opaque: withVariant(state.opaque, resource), weak: state.weak }
  exchange.lastModified = exchange.targetExists ? await resource.lastModified() : undefined
  const outcome = evaluatePreconditions({
    method: exchange.method,
    headers: exchange.headers,
    exists: exchange.targetExists,
    validators: { entityTag: exchange.entityTag, lastModified: exchange.lastModified },
    matchesIfMatch: (presented) => state !== undefined && isTagOfState(presented, state),
  })
  if (outcome === 'malformed') throw new Problem(400, 'An entity tag is malformed.', { code: 'malformed-header' })
  return outcome === 'not-modified' ? new Answer(304) : outcome === 'proceed'
}
