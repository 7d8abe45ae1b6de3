// What a Response of @hono/node-server was made of. Its class replaces the global one (`overrideGlobalObjects`) and keeps status,
// body and headers as given: a string body never becomes a web stream, which costs 80 times the rest of making a Response.

import { getRequestListener } from '@hono/node-server'
import { alreadySent } from './already-sent.ts'

/** Status, body and headers as the maker of the Response gave them. */
export type ResponseParts = readonly [status: number, body: unknown, headers: HeadersInit | undefined]

/**
 * A function that gives the parts of a light Response, and undefined for any other; from then on every Response of this process is
 * one. The library keeps the parts under a symbol that it does not export; it is found once, on a Response made for that. Were it
 * not found, every Response would go the way of streams: slower, but right.
 */
export function partsReader(): (response: Response) => ResponseParts | undefined {
  getRequestListener(() => alreadySent) // which puts the class in place
  const body = 'sample'
  const sample = new Response(body) as unknown as Record<symbol, unknown> // to look for what its type does not show
  const key = Object.getOwnPropertySymbols(sample).find((symbol) => holdsParts(sample[symbol], body))
  if (key === undefined) return () => undefined
  return (response) => (response as unknown as Record<symbol, ResponseParts | undefined>)[key] // as found on the sample
}

function holdsParts(value: unknown, body: string): boolean {
  return Array.isArray(value) && value.length === 3 && value[0] === 200 && value[1] === body
}
