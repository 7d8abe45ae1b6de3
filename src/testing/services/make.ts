// Makes mock services: apps from contracts, from tables or from rows, each over a database of its own, and all behind one transport.

import { SlumberError, type Transport } from '../../client/index.ts'
import { service, sqliteTables, type AppDefinition, type Service } from '../../server/index.ts'
import { Addresses, defaultLogger } from '../../wire/index.ts'
import { memoryDatabase, type MemoryDatabase } from '../database/memory.ts'
import { createStatements, referredTables } from '../database/statements.ts'
import type { MockClientOptions, MockServices, MockServicesOptions } from '../mock-services.ts'
import { branchesOf, type Branch } from './branches.ts'
import { definitionsOf, type Defined } from './definitions.ts'
import { fill } from './fill.ts'
import { refuseUnknownModels } from './tree.ts'
import { Users, type MockUser } from './users.ts'

interface Made {
  readonly name: string
  readonly service: Service
  readonly memory: MemoryDatabase
}

export async function makeServices(options: MockServicesOptions): Promise<MockServices> {
  const { branches, isAlone, contracts } = branchesOf(options)
  const urls = Object.fromEntries(branches.map(({ name, url }) => [name, url]))
  const aliases = Object.entries(options.aliases ?? {}).map((each) => aliased(each, urls))
  const directory = { ...urls, ...Object.fromEntries(aliases) }
  const users = new Users()
  const made: Made[] = []
  try {
    for (const branch of branches) made.push(await makeService(branch, isAlone ? undefined : directory, users))
  } catch (error) {
    for (const { memory } of made) memory.close()
    throw error
  }
  const services = Object.fromEntries(made.map(({ name, service: each }) => [name, each] as const))
  const start = isAlone ? { service: branches[0]?.url ?? '' } : { directory }
  const transport = transportTo(Object.values(services))
  // Of the types that SQLite has not, the service's own contract tells more.
  const own = contracts.filter((each) => branches.some(({ contract }) => contract === each))
  const as = (user: MockUser): MockClientOptions => ({
    ...start,
    contracts: own,
    transport,
    authenticate: users.credentials(user),
  })
  return {
    services,
    as,
    options: as({ name: 'tester', superuser: true }),
    close: () => {
      for (const { memory } of made) memory.close()
    },
  }
}

function aliased(
  [alias, name]: readonly [string, string],
  urls: Readonly<Record<string, string>>,
): readonly [string, string] {
  const url = urls[name]
  if (url === undefined) throw new TypeError(`"${alias}" is an alias of "${name}", which is no mock service.`)
  return [alias, url]
}

async function makeService(
  branch: Branch,
  directory: Readonly<Record<string, string>> | undefined,
  users: Users,
): Promise<Made> {
  const { name, url, rows, operations, display } = branch
  const { apps, joins } = definedBy(branch, directory ?? {})
  const memory = memoryDatabase()
  try {
    await memory.run(createStatements([...sourcesOf(apps), sqliteTables.shared]))
    const made = service(directory === undefined ? null : name, {
      url,
      database: memory.database,
      apps,
      authenticate: [users.scheme],
      idempotency: knowsKeys(branch),
      logger: defaultLogger, // without one it would tell the console what it serves
      ...(directory === undefined ? {} : { directory }),
    })
    await made.ready() // what it looks for at its start it has found, before anything is refused and the database closed
    for (const [what, leaves] of Object.entries({ rows, operations, display })) {
      refuseUnknownModels(leaves, `${what}.${name}`, made.state.models.keys())
    }
    await fill(made, memory, rows, `rows.${name}`, joins)
    return { name, service: made, memory }
  } catch (error) {
    memory.close()
    throw error
  }
}

/** Whether a request with an `Idempotency-Key` is done once. */
function knowsKeys({ contract, apps }: Branch): boolean {
  const models = Object.values(contract?.apps ?? {}).flatMap((each) => Object.values(each.models))
  return apps === undefined && models.some(({ idempotency }) => idempotency === true)
}

function definedBy(
  { name, apps, contract, operations, display }: Branch,
  directory: Readonly<Record<string, string>>,
): Defined {
  if (contract !== undefined) {
    const addresses = new Addresses(directory)
    return definitionsOf(contract, { operations, display }, (url) => addresses.toSlumber(url) ?? url)
  }
  if (operations.size > 0 || display.size > 0) {
    throw new TypeError(`The apps of ${name} say what its operations do and what its instances are called.`)
  }
  return { apps: apps ?? [], joins: new Map() }
}

/** The tables of all models, and those that lie between or behind them. */
function sourcesOf(apps: readonly AppDefinition[]): readonly Source[] {
  const found = new Set<Source>()
  const add = (source: Source): void => {
    if (found.has(source)) return
    found.add(source)
    for (const table of referredTables(source)) add(table)
  }
  for (const { table, options } of apps.flatMap(({ models }) => Object.values(models))) {
    add(table as Source) // nothing else is a model's
    for (const through of Object.values(options.through ?? {})) add(through)
  }
  return [...found]
}

type Source = Parameters<typeof createStatements>[0][number]

function transportTo(services: readonly Service[]): Transport {
  return async (request) => {
    const byLength = services.toSorted((a, b) => b.url.length - a.url.length)
    const found = byLength.find(({ url }) => request.url.startsWith(url))
    if (found !== undefined) return await found.fetch(request)
    const there = services.map(({ url }) => url).join(', ')
    throw new SlumberError(`${request.method} ${request.url}: there is no mock service; there are: ${there}.`)
  }
}
