// An operation of a model or an instance: a handler per method, in one transaction, its input checked by its schema.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import {
  json,
  mergePatchJson,
  type Page,
  Problem,
  readQuery,
  type Answer,
  type Awaitable,
  type Caching,
  type Exchange,
  type Representation,
} from '../../http/index.ts'
import { hashText, jsonText, pointerTo, type Fault } from '../../wire/index.ts'
import type { Reach } from '../access/model-access.ts'
import { eachUndone, modelsOf, type Models } from '../access/models.ts'
import type { OperationDefinition, OperationHandler } from '../definition/define-operation.ts'
import { givenBy } from '../definition/giving.ts'
import { invalidContent, maxFaults, shorten } from '../writes/invalid-content.ts'
import { withoutUnsent } from '../writes/without-unsent.ts'
import type { Model, Row } from '../models/model.ts'
import { operationDocument } from '../documents/operation-document.ts'
import { showRows } from '../rows/show-rows.ts'
import { wholeRow } from '../query/selection.ts'
import { operationPage, type PageRequest } from '../rows/operation-page.ts'
import { permissionsFor } from '../models/operation-permissions.ts'
import type { BuiltIn } from '../models/operations.ts'
import type { Columns } from '../query/field-rules.ts'
import { rowTag } from '../rows/represent.ts'
import type { ServiceState } from '../service-state.ts'
import { inTransaction } from '../transaction.ts'
import { isOpenOperation } from './open-methods.ts'
import { RowsResource } from './rows-resource.ts'

/** An operation, and how it was found. */
export interface OperationTarget {
  readonly definition: OperationDefinition
  readonly name: string
  /** The key of the instance, for an operation of instances. */
  readonly key?: Row | undefined
  /** The further parts of the path. */
  readonly params?: Readonly<Record<string, string>>
  /** The built-in operation that it replaces, and the methods of that one's resource. */
  readonly replaces?: { readonly name: BuiltIn; readonly methods: readonly string[] }
}

const noCaching: Caching = {}
const noParameters = new URLSearchParams()

const patches: readonly Representation[] = [mergePatchJson, json]

export class OperationResource extends RowsResource {
  readonly #definition: OperationDefinition
  readonly #target: OperationTarget
  #row: Row | undefined
  #columns: Columns = new Map()
  #query: Readonly<Record<string, unknown>> = {}
  /** What a GET that may be kept has given, before its conditions are looked at. */
  #content: unknown

  constructor(exchange: Exchange, service: ServiceState, model: Model, target: OperationTarget) {
    super(exchange, service, model)
    this.#definition = target.definition
    this.#target = target
  }

  override get isPublic(): boolean {
    return this.#definition.isPublic
  }

  /** The model's rows may be read by everybody: that is no word on its operations. */
  override get allowsAnonymous(): boolean {
    return false
  }

  override get acceptsPatch(): readonly Representation[] {
    return patches
  }

  /** A GET of its own, or a description for those who are known. */
  override get methods(): readonly string[] {
    if (this.#target.replaces !== undefined) return this.#target.replaces.methods
    const own = Object.keys(this.#definition.handlers)
    const hasGet = own.includes('GET') || !this.isPublic
    return [...(hasGet ? ['GET', 'HEAD'] : []), ...own.filter((method) => method !== 'GET'), 'OPTIONS']
  }

  override async allowed(): Promise<readonly string[]> {
    if (this.#target.replaces !== undefined) return await super.allowed()
    const allowance = await this.allowance()
    return this.methods.filter(
      (method) => method === 'OPTIONS' || isOpenOperation(this.model, this.#definition, method, allowance),
    )
  }

  get #handler(): OperationHandler | undefined {
    const { method } = this.exchange
    const { handlers } = this.#definition
    return handlers[(method === 'HEAD' ? 'GET' : method) as keyof typeof handlers] // `isMethodAllowed` comes first
  }

  override isWellFormed(): boolean {
    const { exchange } = this
    const given = exchange.search === '' ? noParameters : exchange.parameters
    this.#query = readQuery(this.#handler?.query ?? {}, given, ['format'])
    return true
  }

  override isAllowed(): Awaitable<boolean> {
    const { method } = this.exchange
    if (method === 'OPTIONS') return true
    this.requirePermissions(permissionsFor(this.model, this.#definition, method, this.#target.replaces?.name))
    if (this.#target.key !== undefined) this.requireView()
    return true
  }

  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    return this.#handler?.transaction === false ? rest() : super.transact(rest)
  }

  override get caching(): Caching {
    return this.#handler?.caching ?? noCaching
  }

  /**
   * Of an instance: its state, so that If-Match guards an operation too; what a GET answers is something else, and has a tag where it
   * may be kept.
   */
  override entityTag(): string | undefined {
    if (this.isWrite) return this.#row && rowTag(this.model, this.#row, this.#columns)
    return isData(this.#content) ? hashText(jsonText(this.#content)) : undefined
  }

  override async exists(): Promise<boolean> {
    const isThere = this.#target.key === undefined || (await this.#find(this.#target.key))
    if (isThere && this.#handler?.caching !== undefined) this.#content = await this.#run()
    return isThere
  }

  async #find(key: Row): Promise<boolean> {
    const { model } = this
    this.#row = await this.store.find(model, key, await this.rules.readable(model), this.isWrite)
    this.#columns = await this.rules.columns(model, 'read')
    const action = writeActions[this.#target.replaces?.name ?? '']
    if (this.#row !== undefined && action !== undefined) await this.writer.mustBeUnderRule(model, action, this.#row)
    return this.#row !== undefined
  }

  /** What was answered about a row is for those who may still see it. */
  override async replayed(answer: Answer): Promise<Answer> {
    if (this.#target.key !== undefined) await this.mustNotBeHidden(this.#target.key)
    return answer
  }

  GET(): unknown {
    return this.#handler?.caching === undefined ? this.#run() : this.#content
  }
  POST(): unknown {
    return this.#run()
  }
  PUT(): unknown {
    return this.#run()
  }
  PATCH(): unknown {
    return this.#run()
  }
  DELETE(): unknown {
    return this.#run()
  }

  async #run(): Promise<unknown> {
    const handler = this.#handler
    const { service, model } = this
    const { name } = this.#target
    // `isMethodAllowed` has come first: it is the GET that nobody wrote.
    if (handler === undefined) return operationDocument(model, name, this.#definition, service.models)
    const content = await handler.run({
      instance: this.#row ?? {},
      input: await this.#input(handler),
      params: this.#target.params ?? {},
      query: this.#query,
      user: this.caller,
      page: (request = {}) => this.#call('page(…)', () => this.#page(request)),
      models: this.#models(handler),
      tx: this.store.database,
      exchange: this.exchange,
    })
    this.calls.mustBeAwaited()
    const given = givenBy(handler.output)
    return given === undefined || given.isPage || !isPlain(content) ? content : await this.#shown(given.model, content)
  }

  /** An instance as it is now, of a row with its key; nothing where the caller may not read it. */
  async #shown(name: string, row: Row): Promise<unknown> {
    const model = this.service.models.get(name) ?? this.model // it is there: `checkGiven`
    const lost = model.table.key.find((column) => row[column] === undefined)
    if (lost !== undefined) throw this.model.fault(`"${this.#target.name}" gives a ${name} without its key "${lost}"`)
    const key = Object.fromEntries(model.table.key.map((column) => [column, row[column]] as const))
    const stored = await this.store.find(model, key, await this.rules.readable(model), false)
    if (stored === undefined) return undefined
    return (await showRows(model, [stored], wholeRow, this.audience)).entities[0]
  }

  #call<T>(what: string, run: () => Promise<T>): Promise<T> {
    return this.calls.make(`"${this.#target.name}" of ${this.model.fullName}: ${what}`, () =>
      run().catch((error: unknown) => {
        throw withoutUnsent(error, this.exchange)
      }),
    )
  }

  #models({ transaction }: OperationHandler): Models {
    const { service, exchange, isWrite, store, rules, caller } = this
    const hasOwn = transaction !== false
    const alone: Reach['write'] = (run) => inTransaction(service, { store: service.store, exchange, user: caller }, run)
    const none: Reach['write'] = () =>
      Promise.reject(this.model.fault(`an operation writes nothing by ${exchange.method}`))
    const write = !isWrite ? none : hasOwn ? eachUndone(store) : alone
    return modelsOf(service.apps, {
      store,
      rules,
      caller,
      locks: isWrite && hasOwn,
      write,
      call: (what, run) => this.#call(what, run),
    })
  }

  async #page(request: PageRequest): Promise<Page> {
    const { service, exchange, model } = this
    const asked = request.model === undefined ? model : service.models.get(request.model)
    if (asked === undefined) throw model.fault(`there is no model "${request.model ?? ''}" to give a page of`)
    const url = new URL(exchange.url.pathname + exchange.url.search, service.url) // below the service's own host
    return await operationPage(asked, request, this.audience, url)
  }

  /** What is sent to an operation without an input schema would be lost: it is refused. `{}` holds nothing to lose. */
  async #input({ input }: OperationHandler): Promise<unknown> {
    if (input !== undefined) return await validate(input, this.data())
    if ((this.exchange.content?.byteLength ?? 0) === 0 || JSON.stringify(this.data()) === '{}') return undefined
    throw new Problem(422, 'This operation takes no content.', { code: 'invalid-content' })
  }
}

/** A row, and no answer that a program has made itself. */
function isPlain(content: unknown): content is Row {
  return typeof content === 'object' && content !== null && Object.getPrototypeOf(content) === Object.prototype
}

/** Nothing that the program has made an answer of by itself. */
function isData(content: unknown): boolean {
  if (typeof content !== 'object' || content === null) return false
  return Array.isArray(content) || Object.getPrototypeOf(content) === Object.prototype
}

/** Whose rule must hold for the row, where the built-in operation would have asked it. */
const writeActions: Readonly<Record<string, 'update' | 'delete'>> = {
  update: 'update',
  replace: 'update',
  delete: 'delete',
}

/** @throws Problem 422 with a pointer for each of the first faults. */
async function validate(schema: StandardSchemaV1, data: unknown): Promise<unknown> {
  const result = await schema['~standard'].validate(data)
  if (result.issues === undefined) return result.value
  throw invalidContent(result.issues.slice(0, maxFaults + 1).map(faultOf))
}

/** A schema may repeat in its message what was sent, the names of all unknown members say. */
function faultOf({ path = [], message }: StandardSchemaV1.Issue): Fault {
  return { pointer: pointerTo(path), detail: shorten(message, maxMessageLength) }
}

const maxMessageLength = 200
