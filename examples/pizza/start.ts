// `npm start`: databases, services, tour; then it stays up until Ctrl-C. `npm start -- --exit` ends after the tour.

import { parseArgs, styleText } from 'node:util'
import { takeFolder } from './lock.ts'
import { prepareDatabases } from './prepare.ts'
import { refuseTakenPorts, startServices, type RunningSystem } from './processes.ts'
import { demoUsers, directoryUrl, pageUrl, serviceNames, serviceUrl, systemOf, type System } from './system.ts'
import { tour } from './tour.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const usage = `Usage: npm start -- [options]

  --exit                         end after the tour; the exit code is 0 where every step was right
  --ports=8000,8001,8002,8003    the ports of ${serviceNames.join(', ')}
  --data=folder                  where databases and logs are kept (examples/pizza/data)
  --help                         print this`

function readOptions() {
  return parseArgs({
    options: {
      exit: { type: 'boolean' },
      ports: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
  }).values
}

/** @returns the exit code. */
async function main(): Promise<number> {
  const values = readOptions()
  if (values.help === true) {
    say(usage)
    return 0
  }
  const system = systemOf(values)
  const releaseFolder = takeFolder(system)
  let running: RunningSystem | undefined
  try {
    await refuseTakenPorts(system)
    await prepareDatabases(system, say)
    // Before this, Ctrl-C simply ends the program; the next start throws away what was half made.
    const interruption = untilInterrupted()
    running = await startServices(system)
    const allRight = await Promise.race([tour(directoryUrl(system), say), interruption, running.failure])
    if (typeof allRight === 'string') return sayWhyEnded(allRight)
    say(
      allRight
        ? styleText('green', '\nEvery step gave what it should.')
        : styleText('red', '\nA step did not give what it should.'),
    )
    if (values.exit === true) return allRight ? 0 : 1
    showWhereToLook(system)
    return sayWhyEnded(await Promise.race([running.failure, interruption]))
  } finally {
    await running?.stop()
    releaseFolder()
  }
}

const interrupted = 'Stopped.'

/** @returns the exit code: being stopped is what it is there for, a service that ends by itself is not. */
function sayWhyEnded(reason: string): number {
  say(`\n${reason}`)
  return reason === interrupted ? 0 : 1
}

function untilInterrupted(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(interrupted))
  })
}

function showWhereToLook(system: System): void {
  say('\nThe services are up. Demo users, for this demo only:')
  for (const [name, { password, may }] of Object.entries(demoUsers)) say(`  ${name} / ${password.padEnd(12)} ${may}`)
  say('\nA page in the browser, which lists and edits through the client:')
  say(`  ${pageUrl(system)}`)
  say('\nThe directory and the services:')
  say(`  ${directoryUrl(system)}`)
  for (const name of serviceNames) say(`  ${serviceUrl(system, name)}`)
  say('\nTry:')
  say(`  curl -u admin:admin-demo ${serviceUrl(system, 'pizzas')}menu/Pizza/1`)
  say(`  curl -u admin:admin-demo -H 'Accept: application/hal+json' ${serviceUrl(system, 'pizzas')}menu/Pizza/1`)
  say(`\nLogs and databases are in ${system.folder}. Ctrl-C ends everything.`)
}

/** Whether `parseArgs` refused the command line. */
function isMisspelt(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${styleText('red', error instanceof Error ? error.message : String(error))}\n`)
  if (isMisspelt(error)) process.stderr.write(`\n${usage}\n`)
  process.exitCode = 1
}
