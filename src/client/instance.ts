// One instance: its values, its references and data arrays, its operations, and what can be done with it.

import type { ModelDocument } from '../wire/index.ts'
import { nameOf } from './contract.ts'
import { assertFields, encodeContent } from './encode.ts'
import { NotFound, PreconditionFailed, unknownName } from './errors.ts'
import { decodeRow, halObjectOf, type HalObject, type HalPage } from './hal.ts'
import { labelOf, printAs } from './inspect.ts'
import { ListClient } from './list.ts'
import { onlyOnce } from './only-once.ts'
import { ownOperations } from './operations.ts'
import { mixedIn } from './proxies.ts'
import { ReferenceClient } from './reference.ts'
import type { Reply } from './sending/send.ts'
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
    for (let attempt = 1; ; attempt++) {
      const changes: unknown = typeof change === 'function' ? await change(this) : change
      assertFields('update', changes)
      try {
        return this.#take(await this.#write('PATCH', changes, 'application/merge-patch+json'))
      } catch (error) {
        const current = error instanceof PreconditionFailed ? error.current : undefined
        if (typeof change !== 'function' || attempt >= attempts || current === undefined) throw error
        const instance = current as unknown as InstanceClient // which it is
        this.#show(instance.#hal, instance.#tag)
      }
    }
  }

  async replace(content: object): Promise<void> {
    assertFields('replace', content)
    this.#take(await this.#write('PUT', content))
  }

  async delete(): Promise<void> {
    try {
      await this.#write('DELETE')
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
    }
  }

  async refresh(): Promise<boolean> {
    const headers = this.#tag === undefined ? {} : { 'if-none-match': this.#tag }
    const reply = await this.#session.sender.send({ url: this.url, headers })
    if (reply.status === 304) return false
    const before = JSON.stringify(this.#hal)
    this.#take(reply)
    return before !== JSON.stringify(this.#hal)
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

  async #write(method: string, content?: object, contentType = 'application/json'): Promise<Reply> {
    const { url } = this
    const { network, sender } = this.#session
    const body = content && (await encodeContent(this.#model, content, network))
    const headers = {
      'if-match': this.#hal._etag,
      ...(body === undefined ? {} : { prefer: 'return=representation' }),
      ...(method === 'PATCH' ? onlyOnce() : {}),
    }
    try {
      return await sender.send({
        method,
        url,
        headers,
        body,
        contentType,
        isKeyed: this.#model.idempotency === true,
      })
    } catch (error) {
      if (error instanceof PreconditionFailed) {
        const current = await this.#session.instance(url).catch(() => undefined)
        error.current = current as UntypedInstance | undefined // its fields are members, which its class does not say
      }
      throw error
    }
  }

  /** Without content the write was done, but the row is no longer one that the caller may read: what was seen last stays. */
  #take(reply: Reply): void {
    if (reply.status !== 204) this.#show(halObjectOf(reply), reply.headers.get('etag') ?? undefined)
  }

  #show(hal: HalObject, tag: string | undefined): void {
    const { fields, references } = this.#model
    this.#data = decodeRow(this.#model, hal)
    this.#hal = hal
    this.#tag = tag
    for (const name of Object.keys({ ...fields, ...references })) {
      const value = Object.hasOwn(references, name) ? this.#reference(name) : this.#data[name]
      // Not writable: an assignment would not reach the server, so it is an error.
      if (isFree(name)) Object.defineProperty(this, name, { value, enumerable: true, configurable: true })
    }
  }

  #reference(name: string): ReferenceClient | null {
    const { _links: links, _embedded: embedded, _problems: problems } = this.#hal
    const link = links[name]
    if (link === undefined) return null
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

/** A field called like a member of every instance is found in `data` only; services refuse such names at start. */
function isFree(name: string): boolean {
  return name !== 'then' && !(name in InstanceClient.prototype)
}
