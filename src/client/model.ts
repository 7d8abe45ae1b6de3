// A model of a service, found by its path of names when it is first used: get, create, lists, and operations of the model.

import type { ModelDocument } from '../wire/index.ts'
import { nameOf } from './contract.ts'
import { assertFields, encodeContent, encodeFilter, parametersOf, withParameters } from './encode.ts'
import { UnexpectedAnswer, unknownName, UnknownName } from './errors.ts'
import { shownBy } from './hal.ts'
import type { InstanceClient } from './instance.ts'
import { ListClient } from './list.ts'
import type { Network } from './network.ts'
import { onlyOnce } from './only-once.ts'
import { filled, ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { selectionParameters, type Selection } from './selection.ts'
import type { Session } from './session.ts'
import type { Tree } from './values.ts'

/** One instance that is asked for. */
interface Asked {
  readonly model: ModelDocument
  readonly url: string
  readonly asked: Tree
  /** Nothing is left out, nothing comes with it. */
  readonly isWhole: boolean
}

export class ModelPath extends ListClient {
  readonly #session: Session
  readonly #path: readonly string[]

  constructor(session: Session, path: readonly string[]) {
    super(session, {
      label: path.join('.'),
      find: (network) => {
        const model = modelAt(network, path)
        return { model, url: urlOf(model, 'instances') }
      },
    })
    this.#session = session
    this.#path = path
  }

  /** The one instance that has the key, or the unique set of fields. */
  async get(key: object, selection: Selection = {}): Promise<InstanceClient> {
    assertFields('get', key)
    const session = this.#session
    const { model, url, asked, isWhole } = await session.knowing((network) => this.#asked(network, key, selection))
    return await session.ask(model, url, asked, isWhole)
  }

  #asked(network: Network, key: object, selection: Selection): Asked {
    const model = modelAt(network, this.#path)
    const asked = encodeFilter(model, [key], network)
    const others = selectionParameters(model, selection, network)
    const url = withParameters(urlOf(model, 'get'), [...parametersOf(model, asked, network), ...others])
    return { model, url, asked, isWhole: others.length === 0 }
  }

  async create(content: object): Promise<InstanceClient> {
    assertFields('create', content)
    const [model, body] = await this.#session.knowing((network) => {
      const found = modelAt(network, this.#path)
      return [found, encodeContent(found, content, network)] as const
    })
    const url = urlOf(model, 'create')
    const headers = { prefer: 'return=representation', ...onlyOnce() }
    const isKeyed = model.idempotency === true
    const reply = await this.#session.sender.send({ method: 'POST', url, body, headers, isKeyed })
    if (reply.content !== undefined) return this.#session.shared(model, shownBy(reply, model), reply.share)
    const place = reply.headers.get('location') ?? 'an unknown place'
    throw new UnexpectedAnswer(reply, `created at ${place}, but not shown: this user may not read it`)
  }
}

/** Calls what the end of a path names, an operation or a method of a proxy: `client.pizzas.menu.Pizza.topSellers(input)`. */
export async function callAt(session: Session, path: readonly string[], input: readonly unknown[]): Promise<unknown> {
  const { model, rest } = await session.knowing((network) => network.resolve(path))
  const [name = '', ...more] = rest
  const members = withMembers(session, model, path.slice(0, -1))
  const isThere = more.length === 0 && name in members && !(name in ModelPath.prototype)
  if (isThere) return await members[name]?.(...input)
  const own = ownOperations(model, 'model').keys()
  throw unknownName('operation', rest.length === 0 ? undefined : rest.join('.'), nameOf(model), own)
}

/** A model with its operations, and what proxies add to it. */
function withMembers(
  session: Session,
  model: ModelDocument,
  path: readonly string[],
): Readonly<Record<string, (...input: readonly unknown[]) => unknown>> {
  const made = new (mixedIn(ModelPath, session.network.proxiesOf(model), 'model'))(session, path)
  for (const [name, operation] of ownOperations(model, 'model')) {
    const value = (input?: unknown): unknown => session.operate(operation, input)
    Object.defineProperty(made, name, { value })
  }
  return made as never // its class does not say what it has
}

/** The model that a whole path of names means. */
function modelAt(network: Network, path: readonly string[]): ModelDocument {
  const { model, rest } = network.resolve(path)
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
