// What all resources of a service have in common: the service, its chain of schemes, and 401 without a caller.

import {
  json,
  permissionMissing,
  Problem,
  Resource,
  type Answer,
  type Exchange,
  type Middleware,
  type Principal,
  type Representation,
  type Scheme,
} from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import { nobody } from '../nobody.ts'
import { Rules } from '../query/rules.ts'
import type { ServiceState } from '../service-state.ts'

export abstract class ServiceResource extends Resource {
  readonly service: ServiceState
  /** When it was known who asks, where somebody wants to know how long the stages take. */
  startedAt: number | undefined
  #rules: Rules | undefined

  constructor(exchange: Exchange, service: ServiceState) {
    super(exchange, {})
    this.service = service
  }

  /** Answered without credentials. */
  get isPublic(): boolean {
    return false
  }

  override get schemes(): readonly Scheme[] {
    return this.service.schemes
  }

  override get middleware(): readonly Middleware[] {
    return this.service.middleware
  }

  override get serverTiming(): boolean {
    return this.service.serverTiming
  }

  override isAuthenticated(): boolean {
    return this.isPublic || this.allowsAnonymous || this.exchange.principal !== undefined
  }

  /** Who asks; nobody in particular where those without credentials are let in. */
  get caller(): Principal {
    const { principal } = this.exchange
    if (principal !== undefined) return principal
    if (this.isPublic || this.allowsAnonymous) return nobody
    throw new Problem(401)
  }

  get rules(): Rules {
    this.#rules ??= new Rules(this.caller, this.service)
    return this.#rules
  }

  /** Refuses, naming the permission that is missing. */
  requirePermissions(permissions: readonly string[]): void {
    const missing = permissions.filter((permission) => !this.caller.can(permission))
    if (missing.length > 0) throw permissionMissing(this.caller, missing)
  }

  /** Query parameters other than these, each once, are 400. */
  allowParameters(...allowed: readonly string[]): void {
    if (this.exchange.search === '') return
    const seen = new Set<string>()
    for (const name of this.exchange.parameters.keys()) {
      const isTwice = seen.has(name)
      seen.add(name)
      if (allowed.includes(name) && !isTwice) continue
      const detail = isTwice ? 'is given more than once' : `is not known; there are: ${allowed.join(', ')}`
      throw new Problem(400, `"${name}" ${detail}.`, {
        code: 'invalid-parameter',
        errors: [{ parameter: name, detail }],
      })
    }
  }
}

/** A document: content that is made, tagged by its hash, and read only. */
export abstract class DocumentResource extends ServiceResource {
  #document: unknown

  abstract document(): unknown

  override get produces(): readonly Representation[] {
    return [json]
  }

  override isWellFormed(): boolean {
    this.allowParameters('format')
    return true
  }

  override exists(): boolean | Answer {
    this.#document = this.document()
    return true
  }

  override entityTag(): string {
    return hashText(JSON.stringify(this.#document))
  }

  GET(): unknown {
    return this.#document
  }
}
