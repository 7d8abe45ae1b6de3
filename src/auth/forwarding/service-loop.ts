// `Service-Loop`: through which services a request has come, as CDN-Loop (RFC 8586) says it of CDNs, so that loops end.

import { DisplayString, isAscii, parseList, serializeList, type Item } from 'structured-headers'
import { Problem } from '../../http/index.ts'

export const loopField = 'service-loop'

/** The services of a field, the first one first; undefined where it is none. */
export function parseServiceLoop(field: string | null): readonly string[] | undefined {
  if (field === null) return []
  try {
    const members = parseList(field).map(([name]) => name)
    const isName = (name: unknown): boolean => typeof name === 'string' || name instanceof DisplayString
    return members.every(isName) ? members.map(String) : undefined
  } catch {
    return undefined
  }
}

export function formatServiceLoop(services: readonly string[]): string {
  return serializeList(services.map((name): Item => [isAscii(name) ? name : new DisplayString(name), new Map()]))
}

/** @throws Problem 508 (RFC 5842 §7.2) where a request has come through more services than it may. */
export function refuseLoop(field: string | null, maxHops: number): void {
  const services = parseServiceLoop(field)
  if (services === undefined) {
    const detail = 'Service-Loop is a list of the services that the request has come through: "shop", "kitchen".'
    throw new Problem(400, detail, { code: 'malformed-header' })
  }
  if (services.length <= maxHops) return
  const way = services.slice(0, maxHops + 1).join(' → ')
  throw new Problem(508, `A request comes through at most ${maxHops} services; this one: ${way}.`, {
    code: 'loop-detected',
  })
}
