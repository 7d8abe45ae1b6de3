// A hand-written resource that has a service: who asks, what they may do, and the transaction of a write.

import {
  hal,
  isSafe,
  json,
  permissionMissing,
  requireUser,
  Resource,
  type Answer,
  type Awaitable,
  type Exchange,
  type ParamsRecord,
  type Principal,
  type Representation,
  type Verdict,
} from '../../http/index.ts'
import { Calls } from '../access/calls.ts'
import type { Model } from '../models/model.ts'
import { nobody } from '../nobody.ts'
import { Rules } from '../query/rules.ts'
import type { Store } from '../store/store.ts'
import { inTransaction, readsInTransaction } from '../transaction.ts'
import { withoutUnsent } from '../writes/without-unsent.ts'
import type { Binding, Declaration, DeclaredClass } from './binding.ts'
import type { ModelRows } from './model-rows.ts'

const produces: readonly Representation[] = [json, hal]

const knownUser = requireUser()

export abstract class BoundResource<Params extends ParamsRecord = ParamsRecord> extends Resource<Params> {
  static readonly declaration: Declaration | undefined = undefined

  static {
    // Not as fields: a mount sets others, and a class that extends this one may.
    Object.defineProperty(this.prototype, 'produces', { value: produces, writable: true, configurable: true })
    Object.defineProperty(this.prototype, 'permissions', { value: {}, writable: true, configurable: true })
  }

  /**
   * What the caller needs for a method, all of it: `{ POST: ['blog.publish_post'] }`. Unless given, POST needs `add` of the model,
   * PUT and PATCH `change`, DELETE `delete`, and reading `view` where the model asks for it; `[]` lets every known caller in.
   */
  declare readonly permissions: Readonly<Record<string, readonly string[]>>
  /** Set on the class that is mounted. */
  declare protected readonly binding: Binding
  /** The transaction, while one is open. */
  store: Store
  #calls: Calls
  #rules: Rules | undefined

  constructor(exchange: Exchange, params: Params) {
    super(exchange, params)
    const binding: Binding | undefined = this.binding
    if (binding === undefined) throw new TypeError('it has a model: mount it with modelRouter(service, […])')
    this.store = binding.service.store
    this.#calls = new Calls(exchange.logger)
  }

  get model(): Model {
    return this.binding.model
  }

  /** Drizzle: in a write its transaction. Under no rule. */
  get tx(): Store['database'] {
    return this.store.database
  }

  /** Who asks; nobody in particular where those without credentials are let in. */
  get caller(): Principal {
    return this.exchange.principal ?? nobody
  }

  get rules(): Rules {
    this.#rules ??= new Rules(this.caller, this.binding.service)
    return this.#rules
  }

  get isWrite(): boolean {
    return !isSafe(this.exchange.method)
  }

  /** Whether this handler, taken in as GET, is what will answer: a GET of its own may show anything. */
  protected isGet(handler: () => unknown): boolean {
    const { GET } = this as { readonly GET?: unknown } // if it has one
    return GET === handler && (this.exchange.method === 'GET' || this.exchange.method === 'HEAD')
  }

  override isAllowed(): Awaitable<Verdict> {
    const missing = this.#neededPermissions().filter((permission) => !this.caller.can(permission))
    if (missing.length === 0) return true
    if (this.exchange.principal === undefined) return knownUser.request?.(this) as Answer // 401, without a caller
    throw permissionMissing(this.caller, missing)
  }

  #neededPermissions(): readonly string[] {
    const { method } = this.exchange
    const { model, permissions } = this
    if (method === 'OPTIONS') return []
    const given = permissions[method === 'HEAD' ? 'GET' : method]
    if (given !== undefined) return given
    if (!this.isWrite) return model.options.viewPermission === true ? [model.permission('view')] : []
    if (method === 'POST') return [model.permission('add')]
    return [model.permission(method === 'DELETE' ? 'delete' : 'change')]
  }

  /** A write looks, decides and writes in one transaction; an answer that is an error rolls it back. */
  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    const { service } = this.binding
    if (!this.isWrite && !readsInTransaction(service)) return this.#awaited(rest)
    const caller = { store: service.store, exchange: this.exchange, user: this.caller }
    return inTransaction(service, caller, async (transaction, calls) => {
      this.store = transaction
      this.#calls = calls
      const answer = await rest()
      // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
      if (answer.isError) throw answer
      return answer
    })
  }

  async #awaited(rest: () => Promise<Answer>): Promise<Answer> {
    const answer = await rest()
    this.#calls.mustBeAwaited()
    return answer
  }

  /** Another resource for the same request, in the same transaction and under the same rules. */
  protected beside(bound: DeclaredClass, params: Params | object): ModelRows {
    const resource = new bound(this.exchange, params)
    resource.store = this.store
    resource.#rules = this.rules
    resource.#calls = this.#calls
    return resource
  }

  /** What a handler asks for, which has to be awaited in a transaction. */
  protected call<T>(name: string, run: () => Promise<T>): Promise<T> {
    return this.#calls.make(`${this.constructor.name}: ${name}(…)`, () =>
      run().catch((error: unknown) => {
        throw withoutUnsent(error, this.exchange)
      }),
    )
  }

  protected fault(message: string): TypeError {
    return new TypeError(`${this.constructor.name}: ${message}.`)
  }
}
