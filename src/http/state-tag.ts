// The two parts of our entity tags, `"<state>.<variant>"`: strong tags must differ between representations
// (RFC 9110 §8.8.1), while If-Match asks about the state alone.

import { isOpaqueTag, type EntityTag } from '../wire/index.ts'
import type { Resource } from './resource.ts'

/**
 * The tag that a resource gives its state.
 *
 * @throws TypeError naming class and tag where no entity tag can hold it. It is not encoded in silence: then two states could
 * come to have one tag.
 */
export async function stateTagOf(resource: Resource): Promise<EntityTag | undefined> {
  const given = await resource.entityTag()
  const tag = typeof given === 'string' ? { opaque: given, weak: false } : given
  if (tag !== undefined && !isOpaqueTag(tag.opaque)) {
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
 * withVariant('v1', resource)  // 'v1'; as HAL 'v1.hal'; with a variant 'v1.-2fx' or 'v1.hal-2fx'
 */
export function withVariant(state: string, resource: Resource): string {
  const { representation } = resource.exchange
  const name = representation === resource.produces[0] ? '' : representation.name
  const variant = resource.variant()
  const rest = variant === '' ? name : `${name}-${variant}`
  if (rest === '') return state.includes('.') ? `${state}.` : state
  if (rest.includes('.') || !isOpaqueTag(rest)) {
    throw new TypeError(
      `${nameOf(resource)}: ${JSON.stringify(rest)} cannot end an entity tag: no dots, quotes, blanks or controls.`,
    )
  }
  return `${state}.${rest}`
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
