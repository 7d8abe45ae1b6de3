// Ours, where every pizza is kept in memory for an hour.
import { httpCache } from 'slumberjs'
import type { Caller } from '../frame/callers.ts'
import { connected, getOneOf } from './connected.ts'
import { PIZZAS } from './services.ts'

export const prepare: Caller['prepare'] = async (origin) => {
  const client = await connected(origin, { cache: httpCache() })
  const call = getOneOf(client.with({ ttl: 3_600 }))
  for (let index = 0; index < PIZZAS; index++) await call(index)
  return call
}
