// Asks a directory, or a single service, for what `slumber types` writes down: the contract of each service.

import {
  connect,
  ConnectionFailed,
  SlumberError,
  Unauthenticated,
  type ClientMembers,
  type Credentials,
  type Transport,
} from '../client/index.ts'
import type { ContractDocument } from '../wire/index.ts'
import type { DescribedService } from './type-names.ts'

export interface ReadOptions {
  readonly authenticate?: Credentials
  readonly transport?: Transport
}

/**
 * Every service that the URL leads to: those a directory lists, or the one service that stands alone there.
 *
 * @throws SlumberError where the URL is neither, or a service has no absolute URL or does not answer; the message names it.
 */
export async function readContracts(given: string, options: ReadOptions): Promise<readonly DescribedService[]> {
  const { url, content } = await readRoot(given, options)
  const services = servicesOf(content)
  if (services === undefined) {
    throw new SlumberError(`${url} is neither a directory nor a service: its answer has no "services".`)
  }
  if (Object.keys(services).length > 0) return await readAll(services, options)
  if (!isObject(content) || !('apps' in content)) throw new SlumberError(`The directory ${url} lists no services.`)
  return [{ names: [], contract: await readContract(connect({ ...options, service: url }), url, 'the service') }]
}

/** Directories and services are at URLs that end with a slash, and say so (308) where it is left out. */
async function readRoot(
  given: string,
  options: ReadOptions,
): Promise<{ readonly url: string; readonly content: unknown }> {
  const read = async (url: string): Promise<{ readonly url: string; readonly content: unknown }> => {
    const { content } = await connect({ ...options, directory: url }).send({ url, headers: json })
    return { url, content }
  }
  try {
    return await read(given)
  } catch (error) {
    // It was followed there, but without credentials: those went to the URL that was given.
    const isLedOn = error instanceof Unauthenticated && error.request.url === withSlash(given)
    if (!isLedOn || given.endsWith('/')) throw error
    return await read(withSlash(given))
  }
}

const json = { accept: 'application/json' }

/** One contract for each location, however many names it has; the name that the service itself uses comes first. */
async function readAll(
  services: Readonly<Record<string, string>>,
  options: ReadOptions,
): Promise<readonly DescribedService[]> {
  const client = clientOf(services, options)
  const namesByUrl = new Map<string, string[]>()
  for (const [name, url] of Object.entries(services)) namesByUrl.set(url, [...(namesByUrl.get(url) ?? []), name])
  return await Promise.all(
    [...namesByUrl].map(async ([url, names]) => {
      const contract = await readContract(client, url, `service "${names.join('", "')}"`)
      return {
        names: names.toSorted((a, b) => Number(b === contract.service) - Number(a === contract.service)),
        contract,
      }
    }),
  )
}

/** @throws SlumberError where the directory lists a service without an absolute URL. */
function clientOf(directory: Readonly<Record<string, string>>, options: ReadOptions): ClientMembers {
  try {
    return connect({ ...options, directory })
  } catch (error) {
    throw new SlumberError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

async function readContract(client: ClientMembers, serviceUrl: string, what: string): Promise<ContractDocument> {
  const url = `${withSlash(serviceUrl)}-/contract`
  try {
    const { content } = await client.send({ url, headers: json })
    if (isContract(content, serviceUrl)) return content
  } catch (error) {
    if (!(error instanceof ConnectionFailed)) throw error
    throw new SlumberError(`${what} cannot be reached: ${error.message}`, { cause: error })
  }
  throw new SlumberError(`${what} has no contract at ${url}.`)
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

function servicesOf(content: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(content) || !('services' in content) || !isObject(content.services)) return undefined
  return Object.values(content.services).every((url) => typeof url === 'string')
    ? (content.services as Record<string, string>)
    : undefined // just checked
}

/** A client looks at the contracts that it is given. */
function isContract(content: unknown, service: string): content is ContractDocument {
  try {
    if (isObject(content)) connect({ service, contracts: [content] })
    return isObject(content) && 'url' in content
  } catch {
    return false
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
