// Problem documents as XML (RFC 9457 appendix B).

import type { ProblemDocument } from '../../wire/index.ts'
import { escapeText } from './escape-markup.ts'
import { isList, isObject, toJsonValue, type JsonValue } from './json-value.ts'
import { tagOf, type Tag } from './xml-name.ts'

/** The schema of appendix B wants these before all extensions. */
const standardMembers = ['type', 'title', 'status', 'detail', 'instance']

/**
 * A document of `application/problem+xml`: elements of the namespace `urn:ietf:rfc:7807`, lists as `<i>` elements.
 * The format has no word for null: such members are left out, such items are empty. A name that is no XML name, and an
 * object's member `i`, which would make it a list, are `<member name="…">`.
 *
 * @throws TypeError for extension members that JSON cannot hold, or with more than 64 levels
 * @example
 * writeProblemXml({ title: 'Not Found', status: 404 })
 * // <?xml version="1.0" encoding="UTF-8"?>
 * // <problem xmlns="urn:ietf:rfc:7807"><title>Not Found</title><status>404</status></problem>
 */
export function writeProblemXml(document: ProblemDocument): string {
  const members = Object.entries(toJsonValue(document) ?? {})
  const children = membersOf(members.toSorted(([a], [b]) => Number(isStandard(b)) - Number(isStandard(a))))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807">${children}</problem>`
}

const listItem: Tag = { start: 'i', end: 'i' }

/** Element names that are not for members. */
const taken = ['i', 'member']

function membersOf(members: readonly (readonly [string, JsonValue])[]): string {
  return members
    .filter(([, value]) => value !== null)
    .map(([name, value]) => element(tagOf(name, taken), value))
    .join('')
}

function element({ start, end }: Tag, value: JsonValue): string {
  return `<${start}>${childrenOf(value)}</${end}>`
}

function childrenOf(value: JsonValue): string {
  if (value === null) return ''
  if (isList(value)) return value.map((inner) => element(listItem, inner)).join('')
  return isObject(value) ? membersOf(Object.entries(value)) : escapeText(String(value))
}

function isStandard(name: string): boolean {
  return standardMembers.includes(name)
}
