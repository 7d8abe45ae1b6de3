// Requests as an attacker sends them, through a router that says nothing.
import { router, type BaseClass, type Mount, type Principal, type Router } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'

export interface Sent extends RequestInit {
  /** Needed where the body is a stream; the DOM library does not know it. */
  readonly duplex?: 'half'
}

export function appOf(...resources: readonly (BaseClass | Mount)[]): Router {
  return router(resources, { logger: silentLogger })
}

export async function send(app: Router, path: string, sent: Sent = {}): Promise<Response> {
  return await app.fetch(new Request(`http://h${path}`, sent))
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

export const named = (name: string): Principal => ({ name, superuser: false, can: () => name === 'root' })
