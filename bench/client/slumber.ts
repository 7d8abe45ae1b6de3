// Ours, over the platform's fetch.
import type { Caller } from '../frame/callers.ts'
import { getOne } from './connected.ts'

export const prepare: Caller['prepare'] = (origin) => getOne(origin)
