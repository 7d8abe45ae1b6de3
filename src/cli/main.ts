#!/usr/bin/env node
// The command `slumber`: reads its arguments, does what they say, and ends with 0 (done), 1 (failed) or 2 (wrong usage).

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { basic, SlumberError, Unauthenticated } from '../client/index.ts'
import { declarations } from './declarations.ts'
import { readContracts } from './read-contracts.ts'
import { modelsOf } from './type-names.ts'

const help = `slumber: types for programs that use Slumber services

Usage
  slumber types <URL> [-o <file>] [--contracts <file>] [--user <name:password>]

  Writes TypeScript for every model of every service, for connect<Services>().

  <URL>                    a directory, or a service that stands alone
  -o, --output <file>      where to write; the standard output unless given
      --contracts <file>   where to write what the services say of themselves, as JSON,
                           for connect({ contracts }) and mockServices({ contracts })
      --user <name:password>
                           who to ask as. SLUMBER_USER in the environment does the same
                           and keeps the password out of the list of processes.
  -h, --help               this text
  -v, --version            the version of slumberjs

Example
  SLUMBER_USER=admin:admin-demo slumber types http://localhost:8000/slumber/ -o src/slumber.d.ts
`

/** What was asked for cannot be done as it was written. */
class UsageError extends Error {}

async function run(): Promise<void> {
  const { values, positionals } = readArguments()
  if (values.version === true) return console.log(await version())
  const [command, url, ...rest] = positionals
  if (values.help === true) return console.log(help)
  if (command === undefined) throw new UsageError('a command is missing; there is: types')
  if (command !== 'types') throw new UsageError(`there is no command "${command}"; there is: types`)
  if (url === undefined) throw new UsageError('types takes the URL of a directory or a service')
  if (rest.length > 0) throw new UsageError(`types takes one URL; "${rest.join(' ')}" is too much`)
  await types(checkedUrl(url), values, values.user ?? process.env['SLUMBER_USER'])
}

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
      user: { type: 'string' },
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
}

async function types(url: string, { output, contracts }: Files, user: string | undefined): Promise<void> {
  const services = await readContracts(url, user === undefined ? {} : { authenticate: credentials(user) })
  const documents = services.map(({ contract }) => contract)
  const text = declarations(services)
  if (output === undefined) {
    process.stdout.write(text)
  } else {
    await write(output, text)
    const models = documents.flatMap(modelsOf)
    console.log(`${output}: ${count(services.length, 'service')}, ${count(models.length, 'model')}`)
  }
  if (contracts === undefined) return
  await write(contracts, `${JSON.stringify(documents, null, 2)}\n`)
  // The standard output has the types, and nothing else, where they go nowhere else.
  if (output !== undefined) console.log(`${contracts}: ${count(documents.length, 'contract')}`)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw new SlumberError(`${file} cannot be written: ${String(error)}`, { cause: error })
  }
}

function credentials(user: string): ReturnType<typeof basic> {
  const colon = user.indexOf(':')
  if (colon < 1) throw new UsageError('the user is written name:password')
  return basic(user.slice(0, colon), user.slice(colon + 1))
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
    const hint = error instanceof Unauthenticated ? '\nSay who asks: --user <name:password>, or SLUMBER_USER.' : ''
    // What is no SlumberError is a fault of this program, and shows its stack.
    console.error(error instanceof SlumberError ? `slumber: ${error.message}${hint}` : error)
    process.exitCode = 1
  }
}
