// A model of a service, found by its path of names when it is first used: get, create, lists, and operations of the model.

import type { ModelDocument } from '../wire/index.ts'
import { assertFields, encodeContent, encodeFilter, nothing, parametersOf, withParameters } from './encode.ts'
import { UnexpectedAnswer, UnknownName } from './errors.ts'
import type { InstanceClient } from './instance.ts'
import { ListClient, type Page } from './list.ts'
import { onlyOnce } from './only-once.ts'
import { hrefOf, ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { selectionParameters, type Selection } from './selection.ts'
import type { Session } from './session.ts'

export class ModelPath {
  readonly #session: Session
  readonly #path: readonly string[]

  constructor(session: Session, path: readonly string[]) {
    this.#session = session
    this.#path = path
  }

  get #list(): ListClient {
    const find = async (): Promise<{ model: ModelDocument; url: string }> => {
      const model = await this.#model()
      return { model, url: urlOf(model, 'instances') }
    }
    return new ListClient(this.#session, { label: this.#path.join('.'), find })
  }

  filter(filter: object): ListClient {
    return this.#list.filter(filter)
  }

  sort(...fields: readonly string[]): ListClient {
    return this.#list.sort(...fields)
  }

  limit(rows: number): ListClient {
    return this.#list.limit(rows)
  }

  expand(...what: readonly (string | object)[]): ListClient {
    return this.#list.expand(...what)
  }

  fields(...names: readonly string[]): ListClient {
    return this.#list.fields(...names)
  }

  count(): Promise<number> {
    return this.#list.count()
  }

  page(): Promise<Page> {
    return this.#list.page()
  }

  all(options: { readonly max: number }): Promise<readonly InstanceClient[]> {
    return this.#list.all(options)
  }

  [Symbol.asyncIterator](): AsyncIterator<InstanceClient> {
    return this.#list[Symbol.asyncIterator]()
  }

  async #model(): Promise<ModelDocument> {
    const { model, rest } = await this.#session.network.resolve(this.#path)
    if (rest.length > 0) throw new UnknownName(`${model.app}.${model.name} has no member "${rest.join('.')}".`)
    return model
  }

  /** The one instance that has the key, or the unique set of fields. */
  async get(key: object, selection: Selection = {}): Promise<InstanceClient> {
    if (key !== undefined) assertFields('get', key)
    const model = await this.#model()
    const { network } = this.#session
    const parameters = await parametersOf(model, await encodeFilter(model, key ?? {}, network), network)
    if (parameters === nothing || parameters.length === 0) {
      const sets = [...new Set(['pk', ...[model.key, ...model.unique].map((set) => set.join(' with '))])]
      throw new TypeError(`get() needs to know which ${model.app}.${model.name}: by ${sets.join(', or ')}.`)
    }
    const url = withParameters(urlOf(model, 'get'), [
      ...parameters,
      ...(await selectionParameters(model, selection, network)),
    ])
    return this.#session.instanceOf(model, await this.#session.ask(model, url))
  }

  async create(content: object): Promise<InstanceClient> {
    assertFields('create', content)
    const model = await this.#model()
    const body = await encodeContent(model, content, this.#session.network)
    const headers = { prefer: 'return=representation', ...onlyOnce() }
    const reply = await this.#session.sender.send({
      method: 'POST',
      url: urlOf(model, 'create'),
      body,
      headers,
      isKeyed: model.idempotency === true,
    })
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

  /** The method that proxies add to this model under a name; its `this` has what the model has, operations included. */
  #added(
    model: ModelDocument,
    [name = '', ...more]: readonly string[],
  ): ((...input: unknown[]) => unknown) | undefined {
    const own = mixedIn(ModelPath, this.#session.network.proxiesOf(model), 'model')
    if (more.length > 0 || name in ModelPath.prototype || !(name in own.prototype)) return undefined
    const made = new own(this.#session, this.#path.slice(0, -1))
    for (const [operation, document] of ownOperations(model, 'model')) {
      const value = (input?: unknown): unknown => this.#session.operate(document, hrefOf(document), input)
      Object.defineProperty(made, operation, { value })
    }
    const member = (made as unknown as Record<string, (...input: unknown[]) => unknown>)[name] // it is there
    return member?.bind(made)
  }

  /** Calls the operation that the end of the path names: `client.pizzas.menu.Pizza.topSellers(input)`. */
  async operate(...input: readonly unknown[]): Promise<unknown> {
    const { model, rest } = await this.#session.network.resolve(this.#path)
    const added = this.#added(model, rest)
    if (added !== undefined) return await added(...input)
    const own = ownOperations(model, 'model')
    const operation = rest.length === 1 ? own.get(rest.join()) : undefined
    if (operation === undefined) {
      const there = `there are: ${[...own.keys()].join(', ') || 'none'}.`
      const what = rest.length === 0 ? 'is a model, not an operation' : `has no operation "${rest.join('.')}"`
      throw new UnknownName(`${model.app}.${model.name} ${what}; ${there}`)
    }
    return await this.#session.operate(operation, hrefOf(operation), input[0])
  }
}

/** The URL of a built-in operation of a model, from its template. */
function urlOf(model: ModelDocument, operation: string): string {
  const document = model.operations.model[operation]
  if (document === undefined) throw new UnknownName(`${model.app}.${model.name} has no operation "${operation}".`)
  return hrefOf(document)
}
