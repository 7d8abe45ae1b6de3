// What the client knows of the services: the directory, and the contract of each service once it is needed.

import { absoluteUrl, parseUrl, Places, type Place, type ContractDocument, type ModelDocument } from '../wire/index.ts'
import { Contract, isContract, isDirectory, type Found } from './contract.ts'
import { UnexpectedAnswer, unknownName, UnknownName } from './errors.ts'
import { proxiesOf, type AnyProxy, type Proxies } from './proxies.ts'
import type { Sender } from './sending/send.ts'

/** Where to begin: the directory (its URL, or the services by name), or a single service without one. */
export interface Start {
  /** Contracts that need not be asked for, of services at the URLs they name: as `slumber types --contracts` saves them. */
  readonly contracts?: readonly object[] | undefined
  /** Members that models and instances get besides their own, or what loads them when the client is first used. */
  readonly proxies?: Proxies | undefined
  readonly directory?: string | Readonly<Record<string, string>> | undefined
  readonly service?: string | undefined
}

/** The name that a service without a directory has here; paths of names do not begin with it. */
const alone = 'service'

const json = { accept: 'application/json' }

export class Network {
  readonly #sender: Sender
  /** The URL of the directory, or of a service where that need not be asked. */
  readonly #start: string
  readonly #isAlone: boolean
  #known: Places | undefined
  readonly #contracts = new Map<string, Contract>()
  readonly #given = new Map<string, ContractDocument>()
  /** What is being asked for, by user and URL: what one is refused, others may be given. */
  readonly #loading = new Map<string, Promise<unknown>>()
  readonly #loadProxies: () => Promise<readonly AnyProxy[]>
  #proxies: readonly AnyProxy[] | undefined

  /** @throws TypeError where there is no start, or two, a URL is not absolute, or a contract is none. */
  constructor({ directory, service, contracts = [], proxies = [] }: Start, sender: Sender) {
    if ((directory === undefined) === (service === undefined)) {
      throw new TypeError('connect() needs a directory or a service, one of both.')
    }
    this.#sender = sender
    this.#isAlone = service !== undefined
    if (typeof directory === 'string') this.#start = directoryUrl(directory)
    else {
      this.#known = new Places(directory ?? { [alone]: service ?? '' })
      this.#start = [...this.#known.services.values()][0] ?? ''
    }
    this.#loadProxies = async () => (typeof proxies === 'function' ? await proxies() : proxies)
    for (const each of contracts) {
      if (!isContract(each)) {
        throw new TypeError('connect({ contracts }) takes contracts of services.')
      }
      this.#given.set(each.url, each)
    }
  }

  /** The same, whose promises reject when a call of a sender would; what has been asked for goes on, for others. */
  until(sender: Sender): Network {
    const { signal, timeout } = sender.defaults
    if (signal === undefined && timeout === undefined) return this
    return new Proxy<Network>(this, {
      get: (network, name: keyof Network) => {
        const member = network[name] as (...input: never[]) => unknown // all of them are methods
        return (...input: never[]) => {
          const result = member.apply(network, input)
          if (!(result instanceof Promise)) return result
          result.catch(() => undefined) // an aborted call does not hear of it
          return sender.inTime({ url: network.#start }, () => result)
        }
      },
    })
  }

  /** Whether a URL is the directory or lies below one of the services that are known by now; credentials go nowhere else. */
  trusts(url: string): boolean {
    if (this.#known !== undefined && isPlainlyBelow(url, this.#known.services.values())) return true
    const parsed = parseUrl(url)
    if (parsed === undefined) return false
    const { href, origin, pathname } = parsed
    return href === this.#start || this.#known?.locate(origin + pathname) !== undefined
  }

  /** Asked for once, when first needed. */
  async places(): Promise<Places> {
    return (this.#known ??= await this.#asOneUser(this.#start, (url) => this.#loadPlaces(url)))
  }

  /** Those who ask as one user share what comes of it; what another is refused, they may be given. */
  async #asOneUser<T>(url: string, load: (url: string) => Promise<T>): Promise<T> {
    return await this.#together(`${url} ${await this.#sender.userAt(url)}`, () => load(url))
  }

  /** What is under way is not begun again; a failure is not remembered. */
  #together<T>(name: string, load: () => Promise<T>): Promise<T> {
    const known = this.#loading.get(name) as Promise<T> | undefined // of the same name
    const loading = known ?? load().finally(() => this.#loading.delete(name))
    this.#loading.set(name, loading)
    return loading
  }

  async #loadPlaces(url: string): Promise<Places> {
    const reply = await this.#sender.send({ url, headers: json })
    const { content } = reply
    if (!isDirectory(content)) throw new UnexpectedAnswer(reply, 'is no directory: it has no "services"')
    if (Object.keys(content.services).length === 0) {
      const isService = 'apps' in content
      throw new UnexpectedAnswer(
        reply,
        isService ? 'is a service that stands alone: connect({ service })' : 'is a directory that lists no services',
      )
    }
    try {
      return new Places(content.services)
    } catch (error) {
      throw new UnexpectedAnswer(reply, (error as TypeError).message)
    }
  }

  /**
   * The absolute form of a `slumber:` or absolute URL.
   *
   * @throws UnknownName where it lies below no service of the directory.
   */
  async absolute(url: string): Promise<string> {
    const { service, path } = await this.#locate(url)
    return service + path
  }

  /** The model that a path of names means, and what is left of the path: `['pizzas', 'menu', 'Pizza', 'topSellers']`. */
  async resolve(path: readonly string[]): Promise<Found> {
    const { services } = await this.places()
    const [name = '', ...below] = path
    const url = services.get(this.#isAlone ? alone : name)
    if (url === undefined) throw unknownName('service', name, 'the directory', services.keys())
    const contract = await this.#contract(url)
    return this.#isAlone ? contract.byName('the service', path) : contract.byName(`service ${name}`, below)
  }

  /** The model below whose URL an absolute URL lies, itself included. */
  async modelOf(url: string): Promise<ModelDocument> {
    const { service } = await this.#locate(url)
    const model = (await this.#contract(service)).byUrl(url)
    if (model === undefined) throw new UnknownName(`${url} lies below no model of ${service}.`)
    return model
  }

  /** The URL of the service that a URL belongs to, and what follows it. */
  async #locate(url: string): Promise<Place> {
    const places = await this.places()
    const place = places.locate(url)
    if (place === undefined) throw new UnknownName(`${url} lies below no service that this client knows.`)
    const service = places.services.get(place.service)
    if (service === undefined) throw unknownName('service', place.service, 'the directory', places.services.keys())
    return { ...place, service }
  }

  /** What a program adds to a model, whose contract is there. */
  proxiesOf(model: ModelDocument): readonly AnyProxy[] {
    return proxiesOf(model, this.#proxies ?? [])
  }

  async #contract(serviceUrl: string): Promise<Contract> {
    const known = this.#contracts.get(serviceUrl)
    if (known !== undefined) return known
    this.#proxies ??= await this.#together('proxies', () => this.#sender.inTime({ url: serviceUrl }, this.#loadProxies))
    const loaded = await this.#asOneUser(serviceUrl, (url) => this.#loadContract(url))
    // Another user's may be there by now; what belongs to a model is kept by its document.
    const contract = this.#contracts.get(serviceUrl) ?? loaded
    this.#contracts.set(serviceUrl, contract)
    return contract
  }

  async #loadContract(serviceUrl: string): Promise<Contract> {
    const given = this.#given.get(serviceUrl)
    // A copy: another client may have been given the same, and what belongs to a model is kept by its document.
    if (given !== undefined) return new Contract(structuredClone(given))
    const reply = await this.#sender.send({ url: `${serviceUrl}-/contract`, headers: json })
    if (!isContract(reply.content)) throw new UnexpectedAnswer(reply, 'is no contract of a service')
    return new Contract(reply.content)
  }
}

/** Whether nothing in a URL that begins like one of a service can lead out of it; others are parsed, which costs more. */
function isPlainlyBelow(url: string, services: Iterable<string>): boolean {
  if (/[^\w:/?=&,.~*+-]|\/\.|[^:]\/\//.test(url)) return false
  for (const service of services) if (url.startsWith(service)) return true
  return false
}

function directoryUrl(text: string): string {
  const url = absoluteUrl(text)
  // Without the URL itself, which may hold a password.
  if (url === undefined) {
    throw new TypeError('The URL of the directory must be an absolute http or https URL without user.')
  }
  return url
}
