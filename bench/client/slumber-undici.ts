// Ours, over a pool of undici.
import { undiciTransport } from 'slumberjs/node'
import { Agent } from 'undici'
import type { Caller } from '../frame/callers.ts'
import { getOne } from './connected.ts'

export const prepare: Caller['prepare'] = (origin) =>
  getOne(origin, { transport: undiciTransport(new Agent({ connections: 8 })) })
