// The same request by the platform's fetch.
import type { Caller } from '../frame/callers.ts'
import { requestFor } from './connected.ts'

export const prepare: Caller['prepare'] = async (origin) => {
  const { url, headers } = requestFor(origin)
  return async (index) => {
    const response = await fetch(url(index), { headers })
    const { id, name } = JSON.parse(await response.text()) as { id: number; name: string } // as the service shows it
    return { id, name }
  }
}
