// The validators of a request's target, and the two parts of our entity tags, `"<state>.<variant>"`: strong tags must differ
// between representations (RFC 9110 §8.8.1), while If-Match asks about the state alone.

import { type Awaitable, type EntityTag, hashText, isOpaqueTag } from '../../wire/index.ts'
import type { Resource } from '../resource.ts'

/** Asks the resource for its validators and keeps them. Without a target there are none. */
export function settleValidators(resource: Resource): Promise<void> | undefined {
  if (!resource.exchange.targetExists) return undefined
  const given = resource.entityTag()
  if (!isThere(given)) return keepLater(resource, given)
  const modified = resource.lastModified()
  return isThere(modified) ? keepValidators(resource, given, modified) : keepLater(resource, given, modified)
}

/** Not a promise, nor anything else that has to be waited for. */
function isThere<T>(value: Awaitable<T>): value is T {
  return typeof value !== 'object' || value === null || !('then' in value)
}

/** Both are waited for together: when both fail, nobody would hear of the second. */
async function keepLater(
  resource: Resource,
  given: Awaitable<EntityTag | string | undefined>,
  modified: Awaitable<Date | undefined> = askLater(() => resource.lastModified()),
): Promise<void> {
  const [tag, date] = await Promise.all([given, modified])
  keepValidators(resource, tag, date)
}

async function askLater<T>(ask: () => Awaitable<T>): Promise<T> {
  return await ask()
}

function keepValidators(
  resource: Resource,
  given: EntityTag | string | undefined,
  modified: Date | undefined,
): undefined {
  const { exchange } = resource
  exchange.lastModified = modified
  if (given === undefined) return undefined
  const state = stateTagOf(resource, given)
  exchange.stateTag = state
  exchange.entityTag = { opaque: withVariant(state.opaque, resource), weak: state.weak }
  return undefined
}

/**
 * The tag that a resource gives its state.
 *
 * @throws TypeError naming class and tag where no entity tag can hold it. It is not encoded in silence: then two states could
 * come to have one tag.
 */
function stateTagOf(resource: Resource, given: EntityTag | string): EntityTag {
  const tag = typeof given === 'string' ? { opaque: given, weak: false } : given
  if (!isOpaqueTag(tag.opaque)) {
    throw new TypeError(
      `${nameOf(resource)}.entityTag() gave ${JSON.stringify(tag.opaque)}, but a tag has no quotes, blanks, controls or ` +
        'characters above U+00FF in it: give a version or a hash of the state.',
    )
  }
  return tag
}

/**
 * The opaque part of the tag of a state in the representation that was negotiated. Nothing is added for the default one,
 * except that a state which has a dot itself always gets one more, so that the last dot is ours.
 *
 * @throws TypeError where the variant, or the name of the representation, cannot stand behind that dot.
 * @example
 * withVariant('v1', resource)  // 'v1'; as HAL 'v1.hal'; with a variant 'v1.-2fx' or 'v1.hal-2fx'; in German, in gzip 'v1.~de+gzip'
 */
export function withVariant(state: string, resource: Resource): string {
  const { representation } = resource.exchange
  const name = representation === resource.produces[0] ? '' : representation.name
  const rest = name + variantOf(resource)
  if (rest === '') return state.includes('.') ? `${state}.` : state
  if (rest.includes('.') || !isOpaqueTag(rest)) {
    throw new TypeError(
      `${nameOf(resource)}: ${JSON.stringify(rest)} cannot end an entity tag: no dots, quotes, blanks or controls.`,
    )
  }
  return `${state}.${rest}`
}

/** Whatever else makes representations differ, each behind a mark of its own: the content of a QUERY says what is selected (RFC 10008 §2). */
function variantOf(resource: Resource): string {
  const { exchange, languages } = resource
  const { language, coding, method, content, headers } = exchange
  const own = resource.variant()
  if (/[~+?]/.test(own)) throw new TypeError(`${nameOf(resource)}.variant() has ~, + or ? in it: these part a tag.`)
  let variant = own === '' ? '' : `-${own}`
  if (language !== undefined && language !== languages[0]) variant += `~${language}`
  if (coding !== undefined) variant += `+${coding}`
  if (method === 'QUERY') {
    const sent = `${headers.get('content-type') ?? ''}\n${new TextDecoder('latin1').decode(content)}`
    variant += `?${hashText(sent).slice(0, 11)}`
  }
  return variant
}

/** Whether a tag that a client presents was given to this state, in whichever representation. Weak ones never match (§13.1.1). */
export function isTagOfState(presented: EntityTag, state: EntityTag): boolean {
  if (presented.weak || state.weak) return false
  const dot = presented.opaque.lastIndexOf('.')
  return (dot === -1 ? presented.opaque : presented.opaque.slice(0, dot)) === state.opaque
}

function nameOf(resource: Resource): string {
  return resource.constructor.name
}
