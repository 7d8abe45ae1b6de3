// One request on its way to an answer: what was asked, by whom, and what was settled so far.

import { defaultLogger, type EntityTag, type Logger } from '../wire/index.ts'
import type { Principal } from './principal.ts'
import { json, type Representation } from './representation.ts'

/** What the caller of `fetch` knows besides the request. */
export interface RequestInfo {
  /** The address of the socket's other end; absent means unknown, never local. */
  readonly peer?: string
  /** Already authenticated by the program itself (an in-process call). */
  readonly principal?: Principal
}

/** Made once per request; the decisions settle what is not `readonly`. */
export class Exchange {
  readonly request: Request
  readonly method: string
  readonly headers: Headers
  readonly url: URL
  readonly peer: string | undefined
  readonly requestId: string
  readonly logger: Logger
  principal: Principal | undefined
  /** Settled by negotiation; until then the default, so that early problems can be written. */
  representation: Representation = json
  /** Request headers that the answer depends on (RFC 9110 §12.5.5). */
  readonly vary: Set<string> = new Set()
  /** Settled by the decisions about the target. */
  targetExists = true
  entityTag: EntityTag | undefined
  lastModified: Date | undefined
  /** The content's octets, once received. */
  content: Uint8Array<ArrayBuffer> | undefined

  constructor(request: Request, info: RequestInfo = {}, logger: Logger = defaultLogger) {
    this.request = request
    this.method = request.method
    this.headers = request.headers
    this.url = new URL(request.url)
    this.peer = info.peer
    this.principal = info.principal
    this.requestId = requestIdOf(request.headers.get('request-id'))
    this.logger = logger
  }
}

/** A caller's id is kept if it can be nothing but an id, so that one id joins the logs of all services. */
function requestIdOf(given: string | null): string {
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}
