// What the client knows of the services: the directory, and the contract of each service once it is needed.

import { Addresses, UnknownService, type ModelDocument } from '../wire/index.ts'
import { Contract, isContract, isDirectory, type Found } from './contract.ts'
import { UnexpectedAnswer, UnknownName } from './errors.ts'
import type { Sender } from './send.ts'

/** Where to begin: the directory (its URL, or the services by name), or a single service without one. */
export interface Start {
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

  /** @throws TypeError where there is no start, or two, or a URL is not absolute. */
  constructor({ directory, service }: Start, sender: Sender) {
    if ((directory === undefined) === (service === undefined)) {
      throw new TypeError('connect() needs a directory or a service, one of both.')
    }
    this.#sender = sender
    this.#isAlone = service !== undefined
    if (typeof directory === 'string') this.#directory = directoryUrl(directory)
    else this.#known = new Addresses(directory ?? { [alone]: service ?? '' })
  }

  /** Whether a URL is the directory or lies below one of the services that are known by now; credentials go nowhere else. */
  trusts(url: string): boolean {
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
    const { content, request, status } = await this.#sender.send({ url: `${serviceUrl}-/contract`, headers: json })
    if (!isContract(content)) throw new UnexpectedAnswer(request, status, 'is no contract of a service')
    return new Contract(content)
  }
}

function directoryUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`The URL of the directory is not absolute: "${text}".`)
  }
  return url.href
}
