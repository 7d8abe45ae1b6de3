// The words of a description: what was written by hand, else sentences made of what the class says about itself.

import type { MethodDescription } from './describe.ts'
import type { Resource } from '../resource.ts'

type Facts = Omit<MethodDescription, 'description'>

/** Of the resource as a whole. */
export function wordsOfResource(resource: Resource): string {
  const { description, methods, produces, languages, deprecation } = resource
  const written = typeof description === 'string' ? description : description?.['resource']
  if (written !== undefined) return written
  return sentences([
    `Has ${listed(methods, 'and')}`,
    `Answers come as ${listed(
      produces.map(({ mediaType }) => mediaType),
      'or',
    )}`,
    languages.length > 0 && `They come in these languages: ${languages.join(', ')}`,
    deprecation !== undefined && wordsOfDeprecation(deprecation),
  ])
}

/** Of one method. A text for the whole resource says nothing about its methods. */
export function wordsOfMethod({ description, exchange, idempotency }: Resource, facts: Facts): string {
  const written = typeof description === 'object' ? description[exchange.method] : undefined
  if (written !== undefined) return written
  const kept = idempotency?.seconds ?? 86_400
  return sentences([
    wordsOfSafety(facts),
    facts.createsByPut && 'Creates what does not exist',
    facts.isSafe &&
      (facts.hasEntityTag || facts.hasLastModified) &&
      'Conditional requests spare the content of what has not changed',
    facts.needsCondition && 'Needs a condition: send `If-Match` with the entity tag of the state you have seen',
    facts.idempotencyKey === 'needed' && 'Needs an `Idempotency-Key`',
    facts.idempotencyKey !== 'none' &&
      `What is sent again with the same \`Idempotency-Key\` within ${kept} s is answered as the first time`,
    facts.hasRanges && 'Parts can be asked for with `Range`',
    ...facts.rateLimits.map(({ count, window }) => `At most ${count} requests in ${window} s`),
  ])
}

function wordsOfSafety({ isSafe, isIdempotent }: Facts): string {
  if (isSafe) return 'Safe: changes nothing'
  return isIdempotent ? 'Idempotent: sent twice, it has the effect of once' : 'Neither safe nor idempotent'
}

function wordsOfDeprecation({ since, sunset, documentation }: NonNullable<Resource['deprecation']>): string {
  const end = sunset === undefined ? '' : `, there until ${dayOf(sunset)}`
  return `Deprecated since ${dayOf(since)}${end}${documentation === undefined ? '' : `: see ${documentation}`}`
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function listed(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${String(words.at(-1))}`
}

function sentences(all: readonly (string | false)[]): string {
  return all.flatMap((sentence) => (sentence === false ? [] : [`${sentence}.`])).join(' ')
}
