// Preferences of the client (RFC 7240): `Prefer` read with patience, since none of it has to be honoured, and `Preference-Applied`.

import { endOfElement } from '../../wire/index.ts'

/** The preferences this package knows; what is not there was not asked for. */
export interface KnownPreferences {
  /** What the answer to a write should hold (§4.2). */
  readonly return?: 'minimal' | 'representation'
  /** 202 and a status monitor rather than a long wait (§4.1). */
  readonly respondAsync?: boolean
  /** Seconds the client is ready to wait (§4.3). */
  readonly wait?: number
  /** Whether unknown members are refused or ignored (§4.4). */
  readonly handling?: 'strict' | 'lenient'
  /** The total of a list. Not of the RFC. */
  readonly count?: 'exact'
}

export interface Preferences extends KnownPreferences {
  /** All other preferences: names in lower case, values as given, empty where there is none. */
  readonly others: ReadonlyMap<string, string>
}

/**
 * Reads the value of `Prefer`, several lines joined by commas. Names are compared without regard to case, of a preference given twice
 * the first counts (§2), and parameters are left out, as nothing defines one. What is malformed, and values that are unknown, is ignored.
 *
 * @example
 * parsePreferences('Return=minimal; foo="a, b", wait=10, return=representation, x')
 * // { return: 'minimal', wait: 10, others: Map { 'x' => '' } }
 */
export function parsePreferences(header: string | null): Preferences {
  const given = readPreferences(header ?? '')
  const take = (name: string): string | undefined => {
    const value = given.get(name)
    given.delete(name)
    return value?.toLowerCase()
  }
  const [returned, wait, handling] = [take('return'), take('wait'), take('handling')]
  return {
    ...(returned === 'minimal' || returned === 'representation' ? { return: returned } : {}),
    ...(take('respond-async') === '' ? { respondAsync: true } : {}),
    ...(wait !== undefined && /^\d+$/.test(wait) ? { wait: Math.min(Number(wait), longest) } : {}),
    ...(handling === 'strict' || handling === 'lenient' ? { handling } : {}),
    ...(take('count') === 'exact' ? { count: 'exact' as const } : {}),
    others: given,
  }
}

/**
 * Writes the value of `Preference-Applied` (§3): the preferences that were honoured. The empty text where none was: then there is no such field.
 *
 * @example
 * formatPreferenceApplied({ return: 'minimal', respondAsync: true })  // 'return=minimal, respond-async'
 */
export function formatPreferenceApplied(applied: KnownPreferences): string {
  const words: string[] = []
  if (applied.return !== undefined) words.push(`return=${applied.return}`)
  if (applied.respondAsync === true) words.push('respond-async')
  if (applied.wait !== undefined) words.push(`wait=${applied.wait}`)
  if (applied.handling !== undefined) words.push(`handling=${applied.handling}`)
  if (applied.count !== undefined) words.push(`count=${applied.count}`)
  return words.join(', ')
}

/** What a recipient takes for any larger number of seconds (RFC 9111 §1.2.2). */
const longest = 2 ** 31

/** `token [ BWS "=" BWS word ]` up to the first parameter: no two parts of this can match the same characters. */
const preference =
  /^[ \t]*([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)"))?[ \t]*(?:;|$)/

function readPreferences(header: string): Map<string, string> {
  const preferences = new Map<string, string>()
  for (let at = 0, end = 0; at < header.length; at = end + 1) {
    end = endOfElement(header, at)
    const [, name, token, quoted] = preference.exec(header.slice(at, end)) ?? []
    const key = name?.toLowerCase()
    if (key !== undefined && !preferences.has(key)) {
      preferences.set(key, token ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '')
    }
  }
  return preferences
}
