// `slumber createsuperuser`: a user who may do everything, in the database of a service that keeps users.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createSuperuser } from '../auth/index.ts'
import { SlumberError } from '../client/index.ts'
import type { Service } from '../server/index.ts'
import { askName, askSecret, readInput } from './ask-terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * @param file a module that exports the service.
 * @param given the name; asked for at a terminal unless given.
 * @returns what has been done.
 */
export async function createsuperuser(file: string, given: string | undefined): Promise<string> {
  const isTerminal = process.stdin.isTTY
  if (given === undefined && !isTerminal) throw new UsageError('--name says who it is, where nobody can be asked')
  const { state } = await serviceOf(file)
  const name = given ?? (await askName('Name: '))
  const password = isTerminal ? await askPassword() : await readInput()
  try {
    await createSuperuser(state.store.database, { name, password })
  } catch (error) {
    throw new SlumberError(error instanceof Error ? reasonOf(error) : String(error), { cause: error })
  }
  return `${name} is a superuser now.`
}

/** Twice: nobody sees what they type. */
async function askPassword(): Promise<string> {
  const password = await askSecret('Password: ')
  if ((await askSecret('Again: ')) !== password) throw new SlumberError('the two passwords are not the same.')
  return password
}

/** Drizzle wraps what a driver says. */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message.split('\n', 1)[0] ?? ''}: ${cause.message}` : message
}

async function serviceOf(file: string): Promise<Service> {
  const url = pathToFileURL(resolve(file)).href
  const module = (await import(url).catch((error: unknown) => {
    throw new SlumberError(`${file} cannot be loaded: ${String(error)}`, { cause: error })
  })) as Readonly<Record<string, unknown>>
  const found = Object.values(module).filter(isService)
  const [service, another] = new Set(found)
  if (service === undefined) throw new SlumberError(`${file} exports no service, as service(…) makes it.`)
  if (another !== undefined) throw new SlumberError(`${file} exports several services; export one from a module.`)
  return service
}

function isService(value: unknown): value is Service {
  return typeof value === 'object' && value !== null && 'state' in value && 'fetch' in value && 'permissions' in value
}
