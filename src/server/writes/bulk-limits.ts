// How many rows one request may write.

import { Problem } from '../../http/index.ts'
import type { Model } from '../models/model.ts'

const defaults = { items: 1_000, octets: 1_048_576, octetsPerItem: 1_024 } as const

/** What the model takes in one request; undefined where it takes no lists. */
export function bulkLimits({
  options: { bulk },
}: Model): { readonly items: number; readonly octets: number } | undefined {
  if (bulk === undefined || bulk === false) return undefined
  const { items = defaults.items, octets } = bulk === true ? {} : bulk
  return { items, octets: octets ?? Math.max(defaults.octets, items * defaults.octetsPerItem) }
}

export function tooManyItems(items: number): Problem {
  return new Problem(422, `One request may write at most ${items} rows here.`, { code: 'too-many-items' })
}
