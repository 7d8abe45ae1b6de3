// What is given of each mock service: its part of everything that a test gives by the names that the client has.

import type { AppDefinition } from '../../server/index.ts'
import { refuseUnknownOptions, type ContractDocument, type KnownOptions } from '../../wire/index.ts'
import type { MockServicesOptions } from '../mock-services.ts'
import { inferredContract, type GivenRow } from './inferred.ts'
import type { MockHandlers } from './operations.ts'
import { leavesOf, type Leaves } from './tree.ts'

export interface Branch {
  readonly name: string
  readonly url: string
  /** As it was given, or told from the rows; undefined where there are apps. */
  readonly contract: ContractDocument | undefined
  readonly apps: readonly AppDefinition[] | undefined
  readonly rows: Leaves<readonly GivenRow[]>
  readonly operations: Leaves<MockHandlers>
  readonly display: Leaves<string>
}

export interface Branches {
  readonly branches: readonly Branch[]
  /** One service without a name: names of its client do not begin with one. */
  readonly isAlone: boolean
  /** The contracts that were given. */
  readonly contracts: readonly ContractDocument[]
}

const known: KnownOptions<MockServicesOptions> = {
  contracts: true,
  apps: true,
  rows: true,
  operations: true,
  display: true,
  aliases: true,
}

/** What a service without a name is called here. */
const alone = 'service'

/** @throws TypeError for what is given of a service that is not there. */
export function branchesOf(options: MockServicesOptions): Branches {
  refuseUnknownOptions(options, known, 'mockServices(…)')
  const contracts = (options.contracts ?? []).map(asContract)
  const isAlone = contracts.length === 1 && contracts[0]?.service === null
  if (isAlone) return { isAlone, contracts, branches: [branchAlone(options, contracts[0])] }
  const names = namesOf(options, contracts)
  for (const what of ['operations', 'display'] as const) {
    const unknown = Object.keys(options[what] ?? {}).find((name) => !names.includes(name))
    if (unknown === undefined) continue
    throw new TypeError(`${what} names no mock service by "${unknown}"; there are: ${names.join(', ')}.`)
  }
  return { isAlone, contracts, branches: names.map((name) => branchNamed(name, options, contracts)) }
}

/** A program may have them from a JSON file, of whatever version. */
function asContract(given: object): ContractDocument {
  if ('service' in given && 'url' in given && 'apps' in given) return given as ContractDocument // the rest is followed as it is
  throw new TypeError(
    '"contracts" must be a list of what services say of themselves: slumber types … --contracts <file>.',
  )
}

function namesOf(
  { apps = {}, rows = {} }: MockServicesOptions,
  contracts: readonly ContractDocument[],
): readonly string[] {
  const nameless = contracts.find(({ service }) => service === null)
  if (nameless !== undefined) {
    throw new TypeError(`The service at ${nameless.url} has no name: it can only be mocked alone.`)
  }
  return [...new Set([...contracts.map(({ service }) => service ?? ''), ...Object.keys(apps), ...Object.keys(rows)])]
}

function branchNamed(name: string, options: MockServicesOptions, contracts: readonly ContractDocument[]): Branch {
  const given = contracts.find(({ service }) => service === name)
  const rows = leavesOf(options.rows?.[name], `rows.${name}`, isRows)
  const apps = options.apps?.[name]
  const url = given?.url ?? `http://${name}.test/slumber/${name}/`
  const contract = apps === undefined ? (given ?? inferredContract(name, url, rows)) : undefined
  return {
    name,
    url,
    contract,
    apps,
    rows,
    operations: leavesOf(options.operations?.[name], `operations.${name}`, isHandlers),
    display: leavesOf(options.display?.[name], `display.${name}`, isText),
  }
}

function branchAlone(options: MockServicesOptions, contract: ContractDocument | undefined): Branch {
  if (options.apps !== undefined || options.aliases !== undefined) {
    throw new TypeError(
      'A service without a name is mocked alone, by its contract: it has neither "apps" nor "aliases" beside it.',
    )
  }
  return {
    name: alone,
    url: contract?.url ?? '',
    contract,
    apps: undefined,
    rows: leavesOf(options.rows, 'rows', isRows),
    operations: leavesOf(options.operations, 'operations', isHandlers),
    display: leavesOf(options.display, 'display', isText),
  }
}

function isRows(value: unknown): value is readonly GivenRow[] {
  return Array.isArray(value)
}

function isHandlers(value: unknown): value is MockHandlers {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'function')
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
