// A model of a service, found by its path of names when it is first used: get, create, lists, and operations of the model.

import type { ModelDocument } from '../wire/index.ts'
import { nameOf } from './contract.ts'
import { assertFields, encodeContent, encodeFilter, parametersOf, withParameters } from './encode.ts'
import { UnexpectedAnswer, unknownName, UnknownName } from './errors.ts'
import type { InstanceClient } from './instance.ts'
import { ListClient } from './list.ts'
import { onlyOnce } from './only-once.ts'
import { filled, ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { selectionParameters, type Selection } from './selection.ts'
import type { Session } from './session.ts'

export class ModelPath extends ListClient {
  readonly #session: Session
  readonly #path: readonly string[]

  constructor(session: Session, path: readonly string[]) {
    const find = async (): Promise<{ model: ModelDocument; url: string }> => {
      const model = await modelAt(session, path)
      return { model, url: urlOf(model, 'instances') }
    }
    super(session, { label: path.join('.'), find })
    this.#session = session
    this.#path = path
  }

  /** The one instance that has the key, or the unique set of fields. */
  async get(key: object, selection: Selection = {}): Promise<InstanceClient> {
    if (key !== undefined) assertFields('get', key)
    const model = await modelAt(this.#session, this.#path)
    const { network } = this.#session
    const asked = await encodeFilter(model, key ?? {}, network)
    const parameters = await parametersOf(model, [asked], network)
    if (parameters === undefined || parameters.length === 0) {
      const sets = [...new Set(['pk', ...[model.key, ...model.unique].map((set) => set.join(' with '))])]
      throw new TypeError(`get() needs to know which ${nameOf(model)}: by ${sets.join(', or ')}.`)
    }
    const others = await selectionParameters(model, selection, network)
    const url = withParameters(urlOf(model, 'get'), [...parameters, ...others])
    return this.#session.instanceOf(model, await this.#session.ask(model, url), asked, others.length === 0)
  }

  async create(content: object): Promise<InstanceClient> {
    assertFields('create', content)
    const model = await modelAt(this.#session, this.#path)
    const reply = await this.#session.sender.send({
      method: 'POST',
      url: urlOf(model, 'create'),
      body: await encodeContent(model, content, this.#session.network),
      headers: { prefer: 'return=representation', ...onlyOnce() },
      isKeyed: model.idempotency === true,
    })
    if (reply.content !== undefined) return this.#session.instanceOf(model, reply, {})
    const place = reply.headers.get('location') ?? 'an unknown place'
    throw new UnexpectedAnswer(reply, `created at ${place}, but not shown: this user may not read it`)
  }

  /** Calls what the end of the path names, an operation or a method of a proxy: `client.pizzas.menu.Pizza.topSellers(input)`. */
  async operate(...input: readonly unknown[]): Promise<unknown> {
    const { model, rest } = await this.#session.network.resolve(this.#path)
    const [name = '', ...more] = rest
    const members = this.#membersOf(model)
    const isThere =
      more.length === 0 && (Object.hasOwn(members, name) || (name in members && !(name in ModelPath.prototype)))
    if (isThere) return await members[name]?.(...input)
    const own = ownOperations(model, 'model').keys()
    throw unknownName('operation', rest.length === 0 ? undefined : rest.join('.'), nameOf(model), own)
  }

  /** This model with its operations, and what proxies add to it. */
  #membersOf(model: ModelDocument): Readonly<Record<string, (...input: readonly unknown[]) => unknown>> {
    const own = mixedIn(ModelPath, this.#session.network.proxiesOf(model), 'model')
    const made = new own(this.#session, this.#path.slice(0, -1))
    for (const [name, operation] of ownOperations(model, 'model')) {
      const value = (input?: unknown): unknown => this.#session.operate(operation, input)
      Object.defineProperty(made, name, { value })
    }
    return made as never // its class does not say what it has
  }
}

/** The model that a whole path of names means. */
async function modelAt(session: Session, path: readonly string[]): Promise<ModelDocument> {
  const { model, rest } = await session.network.resolve(path)
  if (rest.length > 0) throw new UnknownName(`${nameOf(model)} has no member "${rest.join('.')}".`)
  return model
}

/** The URL of a built-in operation of a model, from its template. */
function urlOf(model: ModelDocument, name: string): string {
  const { model: operations } = model.operations
  const operation = operations[name]
  if (operation === undefined) throw unknownName('operation', name, nameOf(model), Object.keys(operations))
  return filled(operation).url
}
