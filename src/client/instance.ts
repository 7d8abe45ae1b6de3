// One instance: its values, its references and data arrays, its operations, and what can be done with it.

import type { ModelDocument } from '../wire/index.ts'
import { memberOf, nameOf } from './contract.ts'
import { assertFields, encodeContent } from './encode.ts'
import { Invalid, NotFound, PreconditionFailed, refusal, unknownName, type Refused } from './errors.ts'
import { decodeRow, linkIn, shownBy, type Shown } from './hal.ts'
import { keyAt } from './identity.ts'
import { labelOf, printAs } from './inspect.ts'
import { ListClient } from './list.ts'
import { onlyOnce } from './only-once.ts'
import { ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { ReferenceClient } from './reference.ts'
import { withoutProblem, type Reply } from './sending/send.ts'
import type { Session } from './session.ts'
import type { UntypedInstance } from './untyped.ts'
import type { Tree } from './values.ts'

/** What the instances of a model have in common. */
interface Kind {
  readonly model: ModelDocument
  /** With their data arrays, operations, and what proxies add. */
  readonly type: typeof InstanceClient
  /** Of their fields and references, as far as they are members. */
  readonly names: readonly string[]
}

const kinds = new WeakMap<ModelDocument, Kind>()

/** Fields are own and enumerable members, so that the console and the differences of a test show them. */
export class InstanceClient {
  readonly #session: Session
  readonly #kind: Kind
  #shown: Shown
  #data: Tree = {}
  /** Whether it has been seen without a choice of fields, so that what is not there may not be read. */
  #isWhole = false
  /** What was asked for last: the next write waits for the tag that comes with it. */
  #turn: Promise<unknown> | undefined

  constructor(session: Session, kind: Kind, shown: Shown) {
    this.#session = session
    this.#kind = kind
    this.#shown = shown
    this.#show(shown)
  }

  static of(session: Session, model: ModelDocument, shown: Shown): InstanceClient {
    let kind = kinds.get(model)
    if (kind === undefined) {
      const names = Object.keys({ ...model.fields, ...model.references }).filter(isFree)
      kinds.set(model, (kind = { model, type: InstanceClient.#typeOf(model, session), names }))
    }
    return new kind.type(session, kind, shown)
  }

  static #typeOf(model: ModelDocument, { network }: Session): typeof InstanceClient {
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
    return this.#shown.self.href
  }

  get display(): string {
    return this.#shown.self.title ?? this.url
  }

  get data(): Tree {
    return this.#data
  }

  /** @param change the changes, or a function of the instance as it is: it is asked again where someone else was quicker. */
  async update(
    change: object | ((current: this) => object | Promise<object>),
    { attempts = 5 }: { readonly attempts?: number } = {},
  ): Promise<void> {
    await this.#inTurn(async () => {
      for (let attempt = 1; ; attempt++) {
        const changes: unknown = typeof change === 'function' ? await change(await this.#whole()) : change
        assertFields('update', changes)
        try {
          return await this.#write('PATCH', changes)
        } catch (error) {
          const current = error instanceof PreconditionFailed ? error.current : undefined
          if (typeof change !== 'function' || !(attempt < attempts) || current === undefined) throw error
          this.#show((current as unknown as InstanceClient).#shown) // which it is
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
    const before = this.#shown
    const reply = await this.#session.sender.send({ url: this.url, headers: { 'if-none-match': before.tag } })
    this.#isWhole = true
    if (before !== this.#shown) return true // a write was quicker, and its answer is the later one
    if (reply.status === 304) return false
    this.#take(reply, {})
    return isOther(before.hal, this.#shown.hal)
  }

  /** With all fields that may be read. */
  async #whole(): Promise<this> {
    const fields = Object.keys(this.#kind.model.fields)
    if (!this.#isWhole && Object.keys(this.#data).length < fields.length) await this.refresh()
    return this
  }

  /** Waits no longer than a call: a function that is given to `update` may await a write of the same instance, which waits for it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn
    const call = { method: 'PATCH', url: this.url }
    const over = before && this.#session.sender.inTime(call, () => Promise.allSettled([before]))
    const turn = over ? over.then(work) : work()
    this.#turn = turn
    return turn
  }

  toString(): string {
    return this.display
  }

  /** URL, display, and the values in their JSON form. */
  toJSON(): object {
    const { hal } = this.#shown
    const values = Object.keys(this.#data).map((name) => [name, hal[name]] as const)
    return { url: this.url, display: this.display, ...Object.fromEntries(values) }
  }

  static {
    printAs(this, (instance, part) => {
      const { href, title } = instance.#shown.self
      return `${nameOf(instance.#kind.model)} ${labelOf(href, title)} ${part(Object.fromEntries(Object.entries(instance)))}`
    })
  }

  async #write(method: string, content?: object): Promise<void> {
    const { url } = this
    const { model } = this.#kind
    if (content !== undefined && Object.isFrozen(this)) {
      throw new TypeError(`${this.display} is frozen, so that it cannot show what is written: ask for it anew.`)
    }
    const tree = content && (await this.#session.knowing((network) => encodeContent(model, content, network)))
    const patch = method === 'PATCH' && tree ? patchOf(model, tree) : undefined
    const headers = {
      'if-match': this.#shown.hal._etag ?? '',
      prefer: tree && 'return=representation',
      ...(patch && onlyOnce()),
    }
    const isKeyed = model.idempotency === true
    try {
      const reply = await this.#session.sender.send({ method, url, headers, body: tree, ...patch, isKeyed })
      if (tree !== undefined) this.#take(reply, tree)
    } catch (error) {
      if (error instanceof Invalid && Array.isArray(patch?.body)) throw withMembers(error, patch.body as JsonPatch)
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
    const { model } = this.#kind
    const asked = { ...keyAt(model, this.url), ...written }
    this.#show(shownBy(reply, model, asked))
  }

  #show(shown: Shown): void {
    const { model, names } = this.#kind
    const data = decodeRow(model, shown)
    const members = names.map((name) => (name in model.references ? this.#reference(shown, name) : data[name]))
    this.#data = data
    this.#shown = shown
    for (const [index, name] of names.entries()) {
      const value = members[index]
      // Not writable: an assignment would not reach the server, so it is an error.
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true, configurable: true })
      else delete this[name as never] // which is left out now
    }
  }

  /** Null where the column is; undefined where that was left out. */
  #reference({ origin, hal }: Shown, name: string): ReferenceClient | null | undefined {
    const row = hal._embedded?.[name]
    // By another column than the key there is no link, but what came with it says where it is.
    const link = linkIn(origin, hal, name) ?? (row ? linkIn(origin, row, 'self') : undefined)
    if (link === undefined) return hal[this.#kind.model.references[name]?.field ?? ''] === null ? null : undefined
    const expanded = { origin, row, problem: hal._problems?.[name] ?? undefined }
    return new ReferenceClient(this.#session, link.href, link.title, expanded)
  }

  #dataArray(name: string, source: string): ListClient {
    const { origin, hal } = this.#shown
    const content = hal._embedded?.[name]
    // What came is as it was asked for: its own link says how.
    const own = (): string | undefined => (content ? linkIn(origin, content, 'self')?.href : undefined)
    return new ListClient(this.#session, {
      label: `${nameOf(this.#kind.model)} ${JSON.stringify(this.display)} ${name}`,
      find: (network) => ({ model: network.modelOf(source), url: own() ?? this.#link(name) }),
      first: { ...origin, content },
    })
  }

  #link(name: string): string {
    const { origin, hal } = this.#shown
    const link = linkIn(origin, hal, name)
    if (link === undefined) throw unknownName('link', name, this.url, Object.keys(hal._links ?? {}))
    return link.href
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
function withMembers({ request, problem, headers, faults }: Invalid, patch: JsonPatch): Refused {
  const errors = faults.map((fault) => {
    const path = patch[Number(fault.pointer?.slice('#/'.length))]?.path
    return path === undefined ? fault : { ...fault, pointer: `#${encodeURI(path)}` }
  })
  return refusal(request, { ...problem, errors }, headers)
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
