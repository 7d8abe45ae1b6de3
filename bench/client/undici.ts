// The same request by undici.request.
import { Agent, request } from 'undici'
import type { Caller } from '../frame/callers.ts'
import { requestFor } from './connected.ts'

export const prepare: Caller['prepare'] = async (origin) => {
  const { url, headers } = requestFor(origin)
  const dispatcher = new Agent({ connections: 8 })
  return async (index) => {
    const { body } = await request(url(index), { headers, dispatcher })
    const { id, name } = JSON.parse(await body.text()) as { id: number; name: string } // as the service shows it
    return { id, name }
  }
}
