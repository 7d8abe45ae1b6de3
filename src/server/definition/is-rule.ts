// Tells a rule from what is none: a function that forgets to return, most likely, which must not open everything.

import type { Rule } from './define.ts'

export function isRule(given: unknown): given is Rule {
  return typeof given === 'boolean' || (typeof given === 'object' && given !== null && !Array.isArray(given))
}

/** What to say of one that is none: `the read rule must give true, false or a filter, not undefined`. */
export function noRule(what: string, given: unknown): string {
  return `${what} must give true, false or a filter, not ${kindOf(given)}`
}

function kindOf(given: unknown): string {
  if (given === undefined || given === null) return String(given)
  return Array.isArray(given) ? 'a list' : `a ${typeof given}`
}
