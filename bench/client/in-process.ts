// Ours, of services in the same process: what they do is part of what is measured.
import { inProcess } from 'slumberjs'
import type { Caller } from '../frame/callers.ts'
import { getOne } from './connected.ts'
import { makeServices } from './services.ts'

export const prepare: Caller['prepare'] = async (origin, folder) =>
  getOne(origin, { transport: inProcess(await makeServices(origin, folder)) })
