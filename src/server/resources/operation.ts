// An operation of a model or an instance: a handler per method, in one transaction, its input checked by its schema.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { Problem, type Answer, type Exchange } from '../../http/index.ts'
import { pointerTo, type Fault } from '../../wire/index.ts'
import type { OperationDefinition, OperationHandler } from '../define.ts'
import { invalidContent, maxFaults, shorten } from '../invalid-content.ts'
import type { Model, Row } from '../model.ts'
import { permissionsFor } from '../operation-permissions.ts'
import { rowTag } from '../represent.ts'
import type { ServiceState } from '../service-state.ts'
import { RowsResource } from './rows-resource.ts'

export class OperationResource extends RowsResource {
  readonly #definition: OperationDefinition
  readonly #key: Row | undefined
  #row: Row | undefined

  /** @param key the key of the instance, for an operation of instances. */
  constructor(exchange: Exchange, service: ServiceState, model: Model, definition: OperationDefinition, key?: Row) {
    super(exchange, service, model)
    this.#definition = definition
    this.#key = key
  }

  override get isPublic(): boolean {
    return this.#definition.isPublic
  }

  override get methods(): readonly string[] {
    const own = Object.keys(this.#definition.handlers)
    return [...(own.includes('GET') ? ['GET', 'HEAD'] : []), ...own.filter((method) => method !== 'GET'), 'OPTIONS']
  }

  get #handler(): OperationHandler | undefined {
    const { method } = this.exchange
    const { handlers } = this.#definition
    return handlers[(method === 'HEAD' ? 'GET' : method) as keyof typeof handlers] // `isMethodAllowed` comes first
  }

  override isWellFormed(): boolean {
    this.allowParameters('format')
    return true
  }

  override isAllowed(): boolean {
    const permissions = permissionsFor(this.model, this.#definition, this.exchange.method)
    if (permissions.length > 0 && this.exchange.method !== 'OPTIONS') this.requirePermissions(permissions)
    return true
  }

  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    return this.#handler?.transaction === false ? rest() : super.transact(rest)
  }

  /** Of an instance: its state, so that If-Match guards an operation too; what a GET answers is something else. */
  override entityTag(): string | undefined {
    return this.#row && this.isWrite ? rowTag(this.model, this.#row) : undefined
  }

  override async exists(): Promise<boolean> {
    if (this.#key === undefined) return true
    this.#row = await this.store.find(this.model, this.#key, await this.rules.readable(this.model))
    return this.#row !== undefined
  }

  GET(): unknown {
    return this.#run()
  }
  POST(): unknown {
    return this.#run()
  }
  PUT(): unknown {
    return this.#run()
  }
  DELETE(): unknown {
    return this.#run()
  }

  async #run(): Promise<unknown> {
    const handler = this.#handler
    if (handler === undefined) throw new Problem(405)
    const input = await this.#input(handler)
    const user = this.exchange.principal ?? nobody
    return await handler.run({
      instance: this.#row ?? {},
      input,
      user,
      tx: this.store.database,
      exchange: this.exchange,
    })
  }

  /** What is sent to an operation without an input schema would be lost: it is refused. `{}` holds nothing to lose. */
  async #input({ input }: OperationHandler): Promise<unknown> {
    if (input !== undefined) return await validate(input, this.data())
    if ((this.exchange.content?.byteLength ?? 0) === 0 || JSON.stringify(this.data()) === '{}') return undefined
    throw new Problem(422, 'This operation takes no content.', { code: 'invalid-content' })
  }
}

/** The caller of a public operation that came without credentials. */
const nobody = { name: '', superuser: false, can: () => false } as const

/** @throws Problem 422 with a pointer for each of the first faults. */
async function validate(schema: StandardSchemaV1, json: unknown): Promise<unknown> {
  const result = await schema['~standard'].validate(json)
  if (result.issues === undefined) return result.value
  throw invalidContent(result.issues.slice(0, maxFaults + 1).map(faultOf))
}

/** A schema may repeat in its message what was sent, the names of all unknown members say. */
function faultOf({ path = [], message }: StandardSchemaV1.Issue): Fault {
  return { pointer: pointerTo(path), detail: shorten(message, maxMessageLength) }
}

const maxMessageLength = 200
