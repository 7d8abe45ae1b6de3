// What the client knows of the services: the directory, and the contract of each service once it is needed.

import { Addresses, UnknownService, type ContractDocument, type ModelDocument } from '../wire/index.ts'
import { Contract, isContract, isDirectory, type Found } from './contract.ts'
import { UnexpectedAnswer, UnknownName } from './errors.ts'
import { proxiesOf, type AnyProxy, type Proxies } from './proxies.ts'
import { unlessAborted } from './sending/in-time.ts'
import type { Sender } from './sending/send.ts'

/** Where to begin: the directory (its URL, or the services by name), or a single service without one. */
export interface Start {
  /** Contracts that need not be asked for, of services at the URLs they name: as `slumber types --contracts` saves them. */
  readonly contracts?: readonly object[]
  /** Members that models and instances get besides their own, or what loads them when the client is first used. */
  readonly proxies?: Proxies
  readonly directory?: string | Readonly<Record<string, string>>
  readonly service?: string
}

/** The name that a service without a directory has here; paths of names do not begin with it. */
const alone = 'service'

const json = { accept: 'application/json' }

export class Network {
  readonly #sender: Sender
  /** The directory's URL, where it has to be asked. */
  readonly #directory: string | undefined
  readonly #isAlone: boolean
  #known: Addresses | undefined
  #loading: Promise<Addresses> | undefined
  readonly #contracts = new Map<string, Promise<Contract>>()
  readonly #given = new Map<string, ContractDocument>()
  readonly #loadProxies: () => Promise<readonly AnyProxy[]>
  #proxies: readonly AnyProxy[] = []

  /** @throws TypeError where there is no start, or two, a URL is not absolute, or a contract is none. */
  constructor({ directory, service, contracts = [], proxies = [] }: Start, sender: Sender) {
    if ((directory === undefined) === (service === undefined)) {
      throw new TypeError('connect() needs a directory or a service, one of both.')
    }
    this.#sender = sender
    this.#isAlone = service !== undefined
    if (typeof directory === 'string') this.#directory = directoryUrl(directory)
    else this.#known = new Addresses(directory ?? { [alone]: service ?? '' })
    const load = typeof proxies === 'function' ? proxies : (): readonly AnyProxy[] => proxies
    let loading: Promise<readonly AnyProxy[]> | undefined
    this.#loadProxies = () => (loading ??= Promise.resolve().then(load))
    for (const each of contracts) {
      if (!isContract(each)) {
        throw new TypeError('connect({ contracts }) takes what services say of themselves, in a list.')
      }
      this.#given.set(each.url, each)
    }
  }

  /** The same, whose promises reject when a signal is aborted; what has been asked for goes on, for others. */
  until(signal: AbortSignal | undefined): Network {
    if (signal === undefined) return this
    return new Proxy<Network>(this, {
      get: (network, name: keyof Network) => {
        const member = network[name] as (...input: never[]) => unknown // all of them are methods
        return (...input: never[]) => {
          const result = member.apply(network, input)
          return result instanceof Promise ? unlessAborted(signal, result) : result
        }
      },
    })
  }

  /** Whether a URL is the directory or lies below one of the services that are known by now; credentials go nowhere else. */
  trusts(url: string): boolean {
    if (this.#known !== undefined && isPlainlyBelow(url, this.#known.services.values())) return true
    if (!URL.canParse(url)) return false
    const { href, origin, pathname } = new URL(url)
    return href === this.#directory || this.#known?.locate(origin + pathname) !== undefined
  }

  /** Asked for once, when first needed; a failure is not remembered. */
  async addresses(): Promise<Addresses> {
    if (this.#known !== undefined) return this.#known
    this.#loading ??= this.#loadAddresses(this.#directory ?? '').finally(() => (this.#loading = undefined))
    this.#known = await this.#loading
    return this.#known
  }

  async #loadAddresses(url: string): Promise<Addresses> {
    const { content, request, status } = await this.#sender.send({ url, headers: json })
    const fault = (message: string): UnexpectedAnswer => new UnexpectedAnswer(request, status, message)
    if (!isDirectory(content)) throw fault('is no directory: it has no "services"')
    if (Object.keys(content.services).length === 0) {
      throw fault(
        'apps' in content
          ? 'is a service that stands alone: connect({ service })'
          : 'is a directory that lists no services',
      )
    }
    try {
      return new Addresses(content.services)
    } catch (error) {
      throw fault(error instanceof Error ? error.message : String(error))
    }
  }

  /**
   * The absolute form of a `slumber:` or absolute URL.
   *
   * @throws UnknownName where it names a service that the directory does not list, TypeError where it is neither.
   */
  async absolute(url: string): Promise<string> {
    try {
      return (await this.addresses()).toAbsolute(url)
    } catch (error) {
      throw error instanceof UnknownService ? new UnknownName(error.message) : error
    }
  }

  /** The model that a path of names means, and what is left of the path: `['pizzas', 'menu', 'Pizza', 'topSellers']`. */
  async resolve(path: readonly string[]): Promise<Found> {
    const { services } = await this.addresses()
    const [name = '', ...below] = path
    const url = services.get(this.#isAlone ? alone : name)
    if (url === undefined) {
      throw new UnknownName(`There is no service "${name}"; there are: ${[...services.keys()].join(', ')}.`)
    }
    const contract = await this.#contract(url)
    return this.#isAlone ? contract.byName('the service', path) : contract.byName(`service ${name}`, below)
  }

  /** The model below whose URL an absolute URL lies, itself included. */
  async modelOf(url: string): Promise<ModelDocument> {
    const addresses = await this.addresses()
    const serviceUrl = addresses.services.get(addresses.locate(url)?.service ?? 'none')
    if (serviceUrl === undefined) throw new UnknownName(`${url} lies below no service that this client knows.`)
    const model = (await this.#contract(serviceUrl)).byUrl(url)
    if (model === undefined) throw new UnknownName(`${url} lies below no model of ${serviceUrl}.`)
    return model
  }

  /** What a program adds to a model, whose contract is there. */
  proxiesOf(model: ModelDocument): readonly AnyProxy[] {
    return proxiesOf(model, this.#proxies)
  }

  #contract(serviceUrl: string): Promise<Contract> {
    const known = this.#contracts.get(serviceUrl)
    if (known !== undefined) return known
    const contract = this.#loadContract(serviceUrl)
    this.#contracts.set(serviceUrl, contract)
    // A failure is not remembered.
    contract.catch(() => this.#contracts.delete(serviceUrl))
    return contract
  }

  async #loadContract(serviceUrl: string): Promise<Contract> {
    this.#proxies = await this.#loadProxies()
    const given = this.#given.get(serviceUrl)
    // A copy: another client may have been given the same, and what belongs to a model is kept by its document.
    if (given !== undefined) return new Contract(structuredClone(given))
    const { content, request, status } = await this.#sender.send({ url: `${serviceUrl}-/contract`, headers: json })
    if (!isContract(content)) throw new UnexpectedAnswer(request, status, 'is no contract of a service')
    return new Contract(content)
  }
}

/** Whether nothing in a URL that begins like one of a service can lead out of it; others are parsed, which costs more. */
function isPlainlyBelow(url: string, services: Iterable<string>): boolean {
  if (/[^\w:/?=&,.~*+-]|\/\.|[^:]\/\//.test(url)) return false
  for (const service of services) if (url.startsWith(service)) return true
  return false
}

function directoryUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`The URL of the directory is not absolute: "${text}".`)
  }
  return url.href
}
