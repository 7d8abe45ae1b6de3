// A model of a service, found by its path of names when it is first used: get, create, lists, and operations of the model.

import { parseTemplate } from 'url-template'
import type { ModelDocument } from '../wire/index.ts'
import { assertFields, encodeContent, encodeFilter, nothing, withParameters } from './encode.ts'
import { UnexpectedAnswer, UnknownName } from './errors.ts'
import type { InstanceClient } from './instance.ts'
import { ListClient } from './list.ts'
import { ownOperations } from './operations.ts'
import type { Session } from './session.ts'

export class ModelPath {
  readonly #session: Session
  readonly #path: readonly string[]

  constructor(session: Session, path: readonly string[]) {
    this.#session = session
    this.#path = path
  }

  async #model(): Promise<ModelDocument> {
    const { model, rest } = await this.#session.network.resolve(this.#path)
    if (rest.length > 0) throw new UnknownName(`${model.app}.${model.name} has no member "${rest.join('.')}".`)
    return model
  }

  get list(): ListClient {
    const find = async (): Promise<{ model: ModelDocument; url: string }> => {
      const model = await this.#model()
      return { model, url: urlOf(model, 'instances') }
    }
    return new ListClient(this.#session, { label: this.#path.join('.'), find })
  }

  /** The one instance that has the key, or the unique set of fields. */
  async get(key: object): Promise<InstanceClient> {
    if (key !== undefined) assertFields('get', key)
    const model = await this.#model()
    const parameters = await encodeFilter(model, key ?? {}, this.#session.network)
    if (parameters === nothing || parameters.length === 0) {
      const sets = [...new Set(['pk', ...[model.key, ...model.unique].map((set) => set.join(' with '))])]
      throw new TypeError(`get() needs to know which ${model.app}.${model.name}: by ${sets.join(', or ')}.`)
    }
    return this.#session.instanceOf(
      model,
      await this.#session.sender.send({ url: withParameters(urlOf(model, 'get'), parameters) }),
    )
  }

  async create(content: object): Promise<InstanceClient> {
    assertFields('create', content)
    const model = await this.#model()
    const body = await encodeContent(model, content, this.#session.network)
    const headers = { prefer: 'return=representation' }
    const reply = await this.#session.sender.send({ method: 'POST', url: urlOf(model, 'create'), body, headers })
    if (reply.content === undefined) {
      const place = reply.headers.get('location') ?? 'an unknown place'
      throw new UnexpectedAnswer(
        reply.request,
        reply.status,
        `created at ${place}, but not shown: this user may not read it`,
      )
    }
    return this.#session.instanceOf(model, reply)
  }

  /** Calls the operation that the end of the path names: `client.pizzas.menu.Pizza.topSellers(input)`. */
  async operate(input?: unknown): Promise<unknown> {
    const { model, rest } = await this.#session.network.resolve(this.#path)
    const own = ownOperations(model, 'model')
    const operation = rest.length === 1 ? own.get(rest.join()) : undefined
    if (operation === undefined) {
      const there = `there are: ${[...own.keys()].join(', ') || 'none'}.`
      const what = rest.length === 0 ? 'is a model, not an operation' : `has no operation "${rest.join('.')}"`
      throw new UnknownName(`${model.app}.${model.name} ${what}; ${there}`)
    }
    return await this.#session.operate(operation, parseTemplate(operation.href).expand({}), input)
  }
}

/** The URL of a built-in operation of a model, from its template. */
function urlOf(model: ModelDocument, operation: string): string {
  const document = model.operations.model[operation]
  if (document === undefined) throw new UnknownName(`${model.app}.${model.name} has no operation "${operation}".`)
  return parseTemplate(document.href).expand({})
}
