#!/usr/bin/env node
// The command `slumber`: reads its arguments, does what they say, and ends with 0 (done), 1 (failed) or 2 (wrong usage).

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { basic, bearer, SlumberError, Unauthenticated, type Credentials } from '../client/index.ts'
import { declarations } from './declarations.ts'
import { readContracts } from './read-contracts.ts'
import { modelsOf } from './type-names.ts'
import { UsageError } from './usage-error.ts'

const help = `slumber: for programs that use Slumber services, or are some

Usage
  slumber types <URL> [-o <file>] [--contracts <file>] [--check] [--user <name:password>]
  slumber createsuperuser <module> [--name <name>]

slumber types

  Writes TypeScript for every model of every service, for connect<Services>().

  <URL>                    a directory, or a service that stands alone
  -o, --output <file>      where to write; the standard output unless given
      --contracts <file>   where to write what the services say of themselves, as JSON,
                           for connect({ contracts }) and mockServices({ contracts })
      --check              writes nothing: fails (1) where a file is not what would be written
      --user <name:password>
                           who to ask as. SLUMBER_USER in the environment does the same
                           and keeps the password out of the list of processes;
                           SLUMBER_TOKEN asks with a bearer token.

slumber createsuperuser
  Makes a user who may do everything, in the database of a service that keeps users.

  <module>                 a file that exports the service and does not serve it: JavaScript, or TypeScript
                           where Node takes that
      --name <name>        asked for at a terminal unless given
                           The password is asked for without showing it, or read from the
                           standard input where that is no terminal.

  -h, --help               this text
  -v, --version            the version of slumberjs

Examples
  slumber createsuperuser dist/accounting.js --name admin
  SLUMBER_USER=admin:admin-demo slumber types http://localhost:8000/slumber/ -o src/slumber.d.ts
`

async function run(): Promise<void> {
  const { values, positionals } = readArguments()
  if (values.version === true) return console.log(await version())
  const [command, ...rest] = positionals
  if (values.help === true) return console.log(help)
  const [given, ...more] = rest
  switch (command) {
    case undefined:
      throw new UsageError('a command is missing; there are: types, createsuperuser')
    case 'types':
      return await runTypes(given, more, values)
    case 'createsuperuser':
      return await runCreatesuperuser(given, more, values)
    default:
      throw new UsageError(`there is no command "${command}"; there are: types, createsuperuser`)
  }
}

type Values = ReturnType<typeof parse>['values']

async function runTypes(url: string | undefined, rest: readonly string[], values: Values): Promise<void> {
  if (url === undefined) throw new UsageError('types takes the URL of a directory or a service')
  if (rest.length > 0) throw new UsageError(`types takes one URL; "${rest.join(' ')}" is too much`)
  if (values.name !== undefined) throw new UsageError('types takes no --name')
  if (values.check === true && values.output === undefined && values.contracts === undefined) {
    throw new UsageError('--check needs to know of which file: --output <file>, --contracts <file>')
  }
  await types(checkedUrl(url), values, credentials(values.user, process.env))
}

async function runCreatesuperuser(
  file: string | undefined,
  rest: readonly string[],
  { name, ...others }: Values,
): Promise<void> {
  if (file === undefined) throw new UsageError('createsuperuser takes a module that exports a service')
  if (rest.length > 0) throw new UsageError(`createsuperuser takes one module; "${rest.join(' ')}" is too much`)
  const [wrong] = Object.keys(others)
  if (wrong !== undefined) throw new UsageError(`createsuperuser takes no --${wrong}; a password is asked for, or read`)
  hasLoaded = true
  const { createsuperuser } = await import('./create-superuser.ts') // with what serves: `types` needs no other package
  console.log(await createsuperuser(file, name))
}

/** Whether a module was: what it has opened would keep this program waiting. */
let hasLoaded = false

function readArguments(): ReturnType<typeof parse> {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Its type follows from the options. */
const parse = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      contracts: { type: 'string' },
      check: { type: 'boolean' },
      user: { type: 'string' },
      name: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  })

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`"${text}" is no absolute URL, such as http://localhost:8000/slumber/`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('the user is given with --user or SLUMBER_USER, not in the URL')
  }
  return url.href
}

/** Where to write; the standard output has the types unless they go elsewhere. */
interface Files {
  readonly output?: string | undefined
  readonly contracts?: string | undefined
  readonly check?: boolean | undefined
}

async function types(
  url: string,
  { output, contracts, check }: Files,
  authenticate: Credentials | undefined,
): Promise<void> {
  const services = await readContracts(url, authenticate === undefined ? {} : { authenticate })
  const documents = services.map(({ contract }) => contract)
  const put = check === true ? compare : write
  const text = declarations(services)
  if (output !== undefined) {
    await put(output, text)
    const models = documents.flatMap(modelsOf)
    console.log(`${output}: ${count(services.length, 'service')}, ${count(models.length, 'model')}`)
  } else if (check !== true) {
    process.stdout.write(text)
  }
  if (contracts === undefined) return
  await put(contracts, `${JSON.stringify(documents, null, 2)}\n`)
  // The standard output has the types, and nothing else, where they go nowhere else.
  if (output !== undefined || check === true) console.log(`${contracts}: ${count(documents.length, 'contract')}`)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw new SlumberError(`${file} cannot be written: ${String(error)}`, { cause: error })
  }
}

/** @throws SlumberError that says from which line on the file is another. */
async function compare(file: string, text: string): Promise<void> {
  const there = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SlumberError(`${file} cannot be read: ${String(error)}`, { cause: error })
  })
  if (there === text) return
  const [old, now] = [there, text].map((each) => each.split('\n')) as [string[], string[]]
  const first = now.findIndex((line, index) => line !== old[index])
  const at = first === -1 ? now.length : first
  const lines = `\n  there  ${old[at] ?? '(the end)'}\n  now    ${now[at] ?? '(the end)'}`
  throw new SlumberError(`${file} is out of date, from line ${at + 1} on:${lines}`)
}

/** What stands in the command goes before what stands in the environment. */
function credentials(
  user: string | undefined,
  { SLUMBER_USER: userThere, SLUMBER_TOKEN: token }: NodeJS.ProcessEnv,
): Credentials | undefined {
  if (user === undefined && token !== undefined) return bearer(token)
  const given = user ?? userThere
  if (given === undefined) return undefined
  const colon = given.indexOf(':')
  if (colon < 1) throw new UsageError('the user is written name:password')
  return basic(given.slice(0, colon), given.slice(colon + 1))
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

try {
  await run()
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`slumber: ${error.message}\nslumber --help tells what there is.`)
    process.exitCode = 2
  } else {
    const hint =
      error instanceof Unauthenticated
        ? '\nSay who asks: --user <name:password>, or SLUMBER_USER or SLUMBER_TOKEN.'
        : ''
    // What is no SlumberError is a fault of this program, and shows its stack.
    console.error(error instanceof SlumberError ? `slumber: ${error.message}${hint}` : error)
    process.exitCode = 1
  }
} finally {
  if (hasLoaded) process.exit()
}
