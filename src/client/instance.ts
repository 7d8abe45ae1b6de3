// One instance: its values, its references and data arrays, its operations, and what can be done with it.

import type { ModelDocument, ProblemDocument } from '../wire/index.ts'
import { memberOf, nameOf } from './contract.ts'
import { assertFields, encodeContent, type Tree } from './encode.ts'
import { Invalid, NotFound, PreconditionFailed, refusal, unknownName } from './errors.ts'
import { decodeRow, halObjectOf, type HalObject, type HalPage } from './hal.ts'
import { assertIsOf, assertKey, keyIn } from './identity.ts'
import { labelOf, printAs } from './inspect.ts'
import { ListClient } from './list.ts'
import { onlyOnce } from './only-once.ts'
import { ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { ReferenceClient } from './reference.ts'
import { withoutProblem, type Reply } from './sending/send.ts'
import type { Session } from './session.ts'
import type { UntypedInstance } from './untyped.ts'

/** A class for each model, with the data arrays and operations of its instances. */
const classes = new WeakMap<ModelDocument, typeof InstanceClient>()

/** Fields are own and enumerable members, so that the console and the differences of a test show them. */
export class InstanceClient {
  readonly #session: Session
  readonly #model: ModelDocument
  #hal: HalObject
  #data: Readonly<Record<string, unknown>> = {}
  /** The tag of the whole representation, for a conditional GET. */
  #tag: string | undefined
  /** What was asked for last: the next write waits for the tag that comes with it. */
  #turn: Promise<unknown> | undefined

  constructor(session: Session, model: ModelDocument, hal: HalObject, tag?: string) {
    this.#session = session
    this.#model = model
    this.#hal = hal
    this.#show(hal, tag)
  }

  static of(session: Session, model: ModelDocument, hal: HalObject, tag?: string): InstanceClient {
    let own = classes.get(model)
    if (own === undefined) classes.set(model, (own = InstanceClient.#classOf(model, session)))
    return new own(session, model, hal, tag)
  }

  static #classOf(model: ModelDocument, { network }: Session): typeof InstanceClient {
    const own = class extends InstanceClient {}
    const define = (name: string, member: PropertyDescriptor): void => {
      if (isFree(name)) Object.defineProperty(own.prototype, name, { ...member, configurable: true })
    }
    for (const [name, { model: source }] of Object.entries(model.dataArrays)) {
      define(name, {
        get(this: InstanceClient) {
          return this.#dataArray(name, source)
        },
      })
    }
    for (const [name, operation] of ownOperations(model, 'instance')) {
      define(name, {
        async value(this: InstanceClient, input?: unknown) {
          this.#link(operation.name) // it is there
          return await this.#session.operate(operation, input, this.url.slice(model.url.length + 1))
        },
      })
    }
    const mixed = mixedIn(own, network.proxiesOf(model), 'instance')
    return Object.defineProperty(mixed, 'name', { value: model.name })
  }

  get url(): string {
    return this.#hal._links.self.href
  }

  get display(): string {
    return this.#hal._links.self.title ?? this.url
  }

  get data(): Readonly<Record<string, unknown>> {
    return this.#data
  }

  /** @param change the changes, or a function of the instance as it is: it is asked again where someone else was quicker. */
  async update(
    change: object | ((current: this) => object | Promise<object>),
    { attempts = 5 }: { readonly attempts?: number } = {},
  ): Promise<void> {
    await this.#inTurn(async () => {
      for (let attempt = 1; ; attempt++) {
        const changes: unknown = typeof change === 'function' ? await change(this) : change
        assertFields('update', changes)
        try {
          return await this.#write('PATCH', changes)
        } catch (error) {
          const current = error instanceof PreconditionFailed ? error.current : undefined
          if (typeof change !== 'function' || attempt >= attempts || current === undefined) throw error
          const instance = current as unknown as InstanceClient // which it is
          this.#show(instance.#hal, instance.#tag)
        }
      }
    })
  }

  async replace(content: object): Promise<void> {
    assertFields('replace', content)
    await this.#inTurn(() => this.#write('PUT', content))
  }

  async delete(): Promise<void> {
    try {
      await this.#inTurn(() => this.#write('DELETE'))
    } catch (error) {
      // What only a gateway says of a path says nothing of the row.
      if (!(error instanceof NotFound) || error.problem.code === withoutProblem) throw error
    }
  }

  async refresh(): Promise<boolean> {
    const before = this.#hal
    const headers = this.#tag === undefined ? {} : { 'if-none-match': this.#tag }
    const reply = await this.#session.sender.send({ url: this.url, headers })
    if (before !== this.#hal) return true // a write was quicker, and its answer is the later one
    if (reply.status === 304) return false
    this.#take(reply, {})
    return isOther(before, this.#hal)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn === undefined ? work() : this.#turn.then(work, work)
    this.#turn = turn
    return turn
  }

  toString(): string {
    return this.display
  }

  /** URL, display, and the values in their JSON form. */
  toJSON(): object {
    const { fields } = this.#model
    const values = Object.entries(this.#hal).filter(([name]) => Object.hasOwn(fields, name))
    return { url: this.url, display: this.display, ...Object.fromEntries(values) }
  }

  static {
    printAs(this, (instance, part) => {
      const { href, title } = instance.#hal._links.self
      return `${nameOf(instance.#model)} ${labelOf(href, title)} ${part(Object.fromEntries(Object.entries(instance)))}`
    })
  }

  async #write(method: string, content?: object): Promise<void> {
    const { url } = this
    const { network, sender } = this.#session
    const model = this.#model
    const tree = content && (await encodeContent(model, content, network))
    const { body, contentType } =
      method === 'PATCH' ? patchOf(model, tree ?? {}) : { body: tree, contentType: 'application/json' }
    const headers = {
      'if-match': this.#hal._etag,
      ...(body === undefined ? {} : { prefer: 'return=representation' }),
      ...(method === 'PATCH' ? onlyOnce() : {}),
    }
    try {
      const reply = await sender.send({
        method,
        url,
        headers,
        body,
        contentType,
        isKeyed: model.idempotency === true,
      })
      if (tree !== undefined) this.#take(reply, tree)
    } catch (error) {
      if (error instanceof Invalid && Array.isArray(body)) {
        throw refusal(error.request, withMembers(error.problem, body as JsonPatch), error.headers)
      }
      if (error instanceof PreconditionFailed) {
        const current = await this.#session.instance(url).catch(() => undefined)
        error.current = current as UntypedInstance | undefined // its fields are members, which its class does not say
      }
      throw error
    }
  }

  /**
   * Without content the write was done, but the row is no longer one that the caller may read: what was seen last stays.
   *
   * @param written may have changed its key.
   */
  #take(reply: Reply, written: Tree): void {
    if (reply.status === 204) return
    const hal = halObjectOf(reply)
    assertKey(this.#model, hal, { ...keyIn(this.#model, this.url), ...written })
    this.#show(hal, reply.headers.get('etag') ?? undefined)
  }

  #show(hal: HalObject, tag: string | undefined): void {
    const { fields, references } = this.#model
    assertIsOf(this.#model, hal)
    this.#data = decodeRow(this.#model, hal)
    this.#hal = hal
    this.#tag = tag
    for (const name of Object.keys({ ...fields, ...references })) {
      const value = Object.hasOwn(references, name) ? this.#reference(name) : this.#data[name]
      if (!isFree(name)) continue
      // Not writable: an assignment would not reach the server, so it is an error.
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true, configurable: true })
      else delete this[name as never] // which is left out now
    }
  }

  /** Null where the column is; undefined where that was left out. */
  #reference(name: string): ReferenceClient | null | undefined {
    const { _links: links, _embedded: embedded, _problems: problems } = this.#hal
    const link = links[name]
    if (link === undefined) return this.#hal[this.#model.references[name]?.field ?? ''] === null ? null : undefined
    const row = embedded?.[name] as HalObject | undefined // of a reference
    return new ReferenceClient(this.#session, link.href, link.title, { row, problem: problems?.[name] })
  }

  #dataArray(name: string, source: string): ListClient {
    const { network } = this.#session
    return new ListClient(this.#session, {
      label: `${nameOf(this.#model)} ${JSON.stringify(this.display)} ${name}`,
      find: async () => ({ model: await network.modelOf(source), url: this.#link(name) }),
      first: this.#hal._embedded?.[name] as HalPage | undefined, // of a data array
    })
  }

  #link(name: string): string {
    const links = this.#hal._links
    const href = links[name]?.href
    if (href === undefined) throw unknownName('link', name, this.url, Object.keys(links))
    return href
  }
}

type JsonPatch = readonly { readonly path: string }[]

/** A merge patch (RFC 7396), which would merge objects and drop their nulls: with any, a JSON Patch (RFC 6902) sets the columns. */
function patchOf({ fields }: ModelDocument, changes: Tree): { readonly body: unknown; readonly contentType: string } {
  const entries = Object.entries(changes)
  const isSet = entries.some(([name, value]) => memberOf(fields, name)?.type === 'json' && typeof value === 'object')
  if (!isSet) return { body: changes, contentType: 'application/merge-patch+json' }
  const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
  const body = entries.map(([name, value]) => ({ op: 'add', path: `/${escaped(name)}`, value }))
  return { body, contentType: 'application/json-patch+json' }
}

/** The faults of a JSON Patch are those of its operations: they point at the members which these set, as those of any update. */
function withMembers(problem: ProblemDocument, patch: JsonPatch): ProblemDocument {
  const named = problem.errors?.map((fault) => {
    const path = patch[Number(fault.pointer?.slice('#/'.length))]?.path
    return path === undefined ? fault : { ...fault, pointer: `#${encodeURI(path)}` }
  })
  return { ...problem, errors: named ?? [] }
}

/** Whether something that was shown is another now; what came with it tells nothing. */
function isOther(before: object, now: object): boolean {
  return Object.entries(before).some(([name, was]: [string, unknown]) => {
    const is = now[name as never] as unknown
    if (name === '_links') return isOther(was as object, is as object)
    return !/^_(?:embedded|problems)$/.test(name) && JSON.stringify(was) !== JSON.stringify(is)
  })
}

/** A field called like a member of every instance is found in `data` only; services refuse such names at start. */
function isFree(name: string): boolean {
  return name !== 'then' && !(name in InstanceClient.prototype)
}
