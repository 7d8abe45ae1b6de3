// Proactive negotiation (RFC 9110 §12): media type, language and content coding are settled together.

import { refusal, type Answer } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import { negotiate } from '../negotiation/negotiate.ts'
import { negotiateCoding } from '../negotiation/negotiate-coding.ts'
import { negotiateLanguage } from '../negotiation/negotiate-language.ts'
import type { Representation } from '../representations/representation.ts'
import type { Resource } from '../resource.ts'

/** There is always a default language (§12.5.4), and identity unless it is refused (§12.5.3). */
export function isAcceptable(resource: Resource): boolean {
  const { exchange, languages, encodings } = resource
  const chosen = representationOf(resource)
  if (languages.length > 0) exchange.language = negotiateLanguage(exchange.headers.get('accept-language'), languages)
  if (encodings.length > 0) {
    const coding = negotiateCoding(exchange.headers.get('accept-encoding'), encodings)
    if (coding === undefined) return false // not even identity (§12.5.3)
    exchange.coding = encodings.find((each) => each === coding)
  }
  if (chosen === undefined) return false
  exchange.representation = chosen
  return true
}

/** `?format=` wins where `Accept` cannot be set; the answer then depends on the URL alone. */
function representationOf(resource: Resource): Representation | undefined {
  const { exchange, produces, acceptFallback } = resource
  const offers = produces.every(canWrite) ? produces : produces.filter(canWrite)
  const format = formatOf(exchange)
  if (format !== undefined) return offers.find(({ name }) => name === format)
  return negotiate(exchange.headers.get('accept'), offers) ?? (acceptFallback ? offers[0] : undefined)
}

function canWrite({ write }: Representation): boolean {
  return write !== undefined
}

/** The format that the URL asks for. */
export function formatOf(exchange: Exchange): string | undefined {
  if (!exchange.request.url.includes('format=')) return undefined
  return exchange.parameters.get('format') ?? undefined
}

/** With what there is: names where the URL asked by a name, else media types. */
export function notAcceptable({ exchange, produces }: Resource): Answer {
  const offers = produces.filter(canWrite)
  const format = formatOf(exchange)
  const isUnknown = format !== undefined && !offers.some(({ name }) => name === format)
  const available = offers.map(({ name, mediaType }) => (isUnknown ? name : mediaType))
  const there = `${isUnknown ? 'Formats here' : 'Available here'}: ${available.join(', ')}.`
  return refusal(406, there, { code: 'not-acceptable', members: { available } })
}
