// What the client knows of the services: the directory, and the contract of each service once it is needed.

import { absoluteUrl, Places, type ModelDocument } from '../wire/index.ts'
import { Contract, isContract, isDirectory, type Found } from './contract.ts'
import { UnexpectedAnswer, unknownName, UnknownName } from './errors.ts'
import { proxiesOf, type AnyProxy, type Proxies } from './proxies.ts'
import type { Reply, Sender } from './sending/send.ts'

/** Where to begin: the directory (its URL, or the services by name), or a single service without one. */
export interface Start {
  /** Contracts that need not be asked for, of services at the URLs they name: as `slumber types --contracts` saves them. */
  readonly contracts?: readonly object[] | undefined
  /** Members that models and instances get besides their own, or what loads them when the client is first used. */
  readonly proxies?: Proxies | undefined
  readonly directory?: string | URL | Readonly<Record<string, string>> | undefined
  readonly service?: string | URL | undefined
}

/** The name that a service without a directory has here; paths of names do not begin with it. */
const alone = 'service'

const json = { accept: 'application/json' }

/** Thrown where something needs what is not there yet. */
class Lacking extends Error {
  readonly load: (sender: Sender) => Promise<unknown>
  constructor(load: (sender: Sender) => Promise<unknown>) {
    super()
    this.load = load
  }
}

export class Network {
  readonly #sender: Sender
  /** The URL of the directory, or of a service where that need not be asked. */
  readonly #start: string
  readonly #isAlone: boolean
  #known: Places | undefined
  readonly #contracts = new Map<string, Contract>()
  /** What is being asked for, by user and URL: what one is refused, others may be given. */
  readonly #loading = new Map<string, Promise<unknown>>()
  #proxies: Proxies

  /** @throws TypeError where there is no start, or two, a URL is not absolute, or a contract is none. */
  constructor({ directory, service, contracts = [], proxies = [] }: Start, sender: Sender) {
    if ((directory === undefined) === (service === undefined)) {
      throw new TypeError('connect() needs a directory or a service, one of both.')
    }
    this.#sender = sender
    this.#isAlone = service !== undefined
    if (typeof directory === 'string' || directory instanceof URL) this.#start = directoryUrl(String(directory))
    else {
      this.#known = new Places(directory ?? { [alone]: String(service) })
      this.#start = [...this.#known.services.values()][0] ?? ''
    }
    this.#proxies = proxies
    for (const each of contracts) {
      if (!isContract(each)) throw new TypeError('connect({ contracts }) takes contracts of services.')
      // A copy: another client may have been given the same, and what belongs to a model is kept by its document.
      this.#contracts.set(each.url, new Contract(structuredClone(each)))
    }
  }

  /**
   * What some work comes to that asks the members below: it is begun again whenever something that it lacked has been loaded.
   * That is waited for no longer than a call of the sender; what has been asked for goes on, for others.
   */
  async knowing<T>(sender: Sender, work: () => T): Promise<T> {
    for (;;) {
      try {
        return work()
      } catch (error) {
        if (!(error instanceof Lacking)) throw error
        await error.load(sender)
      }
    }
  }

  /** The model that a path of names means, and what is left of the path: `['pizzas', 'menu', 'Pizza', 'topSellers']`. */
  resolve(path: readonly string[]): Found {
    if (this.#isAlone) return this.#contract(this.#service(alone)).byName('the service', path)
    const [name = '', ...below] = path
    return this.#contract(this.#service(name)).byName(`service ${name}`, below)
  }

  /**
   * The absolute form of a `slumber:` or absolute URL, and the model below whose URL it lies, itself included.
   *
   * @throws UnknownName where there is none.
   */
  at(link: string): { readonly url: string; readonly model: ModelDocument } {
    const place = this.#places().locate(link)
    if (place === undefined) throw new UnknownName(`${link} lies below no service that this client knows.`)
    const service = this.#service(place.service)
    const url = service + place.path
    const model = this.#contract(service).byUrl(url)
    if (model === undefined) throw new UnknownName(`${url} lies below no model of ${service}.`)
    return { url, model }
  }

  modelOf(url: string): ModelDocument {
    return this.at(url).model
  }

  /** What a program adds to a model. */
  proxiesOf(model: ModelDocument): readonly AnyProxy[] {
    return proxiesOf(model, this.#added())
  }

  #added(): readonly AnyProxy[] {
    const proxies = this.#proxies
    if (typeof proxies !== 'function') return proxies
    return this.#lack(`${this.#start}#proxies`, async () => (this.#proxies = await proxies()))
  }

  /** Whether a URL is the directory or lies below one of the services that are known by now; credentials go nowhere else. */
  trusts(url: string): boolean {
    if (url.startsWith('slumber:')) return false
    const start = this.#start
    const isStart = url === start || url === `${start}/` || `${url}/` === start // where one redirects to the other
    return isStart || this.#known?.locate(url.replace(/[?#].*/s, '')) !== undefined
  }

  /** Asked for once, when first needed. */
  async places(): Promise<Places> {
    return await this.knowing(this.#sender, () => this.#places())
  }

  #places(): Places {
    return (
      this.#known ??
      this.#lack(this.#start, async () => {
        const reply = await this.#sender.send({ url: this.#start, headers: json })
        this.#known ??= placesIn(reply)
      })
    )
  }

  /** The URL of a service. */
  #service(name: string): string {
    const { services } = this.#places()
    const url = services.get(name)
    if (url === undefined) throw unknownName('service', name, 'the directory', services.keys())
    return url
  }

  #contract(service: string): Contract {
    const url = `${service}-/contract`
    this.#added() // from now on they are there
    return (
      this.#contracts.get(service) ??
      this.#lack(url, async () => {
        const reply = await this.#sender.send({ url, headers: json })
        if (!isContract(reply.content)) throw new UnexpectedAnswer(reply, 'is no contract of a service')
        // Another user's may be there by now; what belongs to a model is kept by its document.
        if (!this.#contracts.has(service)) this.#contracts.set(service, new Contract(reply.content))
      })
    )
  }

  /** Those who ask as one user at one moment share what comes of it; a failure is not remembered. */
  #lack(url: string, load: () => Promise<unknown>): never {
    throw new Lacking((sender) =>
      sender.inTime({ url }, async () => {
        const name = `${url} ${await this.#sender.userAt(url)}`
        const known = this.#loading.get(name)
        const loading = known ?? this.#sender.inTime({ url }, load).finally(() => this.#loading.delete(name))
        this.#loading.set(name, loading)
        await loading
      }),
    )
  }
}

/** @throws UnexpectedAnswer where it is no directory. */
function placesIn(reply: Reply): Places {
  const { content } = reply
  if (!isDirectory(content)) throw new UnexpectedAnswer(reply, 'is no directory: it has no "services"')
  try {
    const places = new Places(content.services)
    if (places.services.size > 0) return places
  } catch (error) {
    throw new UnexpectedAnswer(reply, (error as TypeError).message)
  }
  throw new UnexpectedAnswer(reply, 'lists no services; one that stands alone is connect({ service })')
}

function directoryUrl(text: string): string {
  const url = absoluteUrl(text)
  // Without the URL itself, which may hold a password.
  if (url === undefined) {
    throw new TypeError('The URL of the directory must be an absolute http or https URL without user.')
  }
  return url
}
