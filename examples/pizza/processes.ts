// The four services as child processes: started, waited for until each is ready, and ended together.

import { fork, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serviceNames, serviceUrl, systemArguments, type ServiceName, type System } from './system.ts'

const readyWithin = 30_000
const endsWithin = 5_000

export interface RunningSystem {
  /** Settles when a service ends by itself, with a message. */
  readonly failure: Promise<string>
  /** Asks every service to end, and kills those that have not after 5 s. */
  stop(): Promise<void>
}

/** @throws Error naming the first port that something else listens on. */
export async function refuseTakenPorts({ ports }: System): Promise<void> {
  for (const name of serviceNames) {
    if (!(await isFree(ports[name]))) {
      throw new Error(
        `Port ${ports[name]}, which ${name} needs, is taken. Stop what listens there, or give four others: npm start -- --ports=9000,9001,9002,9003`,
      )
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

export async function startServices(system: System): Promise<RunningSystem> {
  const children = serviceNames.map((name) => startService(system, name))
  const failure = Promise.race(children.map(({ ended }) => ended))
  const stop = async (): Promise<void> => {
    for (const { child } of children) child.kill('SIGTERM')
    const impatience = setTimeout(() => {
      for (const { child } of children) child.kill('SIGKILL')
    }, endsWithin)
    await Promise.all(children.map(({ ended }) => ended))
    clearTimeout(impatience)
  }
  const outcome = await Promise.race([failure, Promise.all(serviceNames.map((name) => untilReady(system, name)))])
  const problem = typeof outcome === 'string' ? outcome : outcome.find((line) => line !== undefined)
  if (problem === undefined) return { failure, stop }
  await stop()
  throw new Error(problem)
}

function startService(system: System, name: ServiceName): { child: ChildProcess; ended: Promise<string> } {
  const path = join(system.folder, `${name}.log`)
  const log = openSync(path, 'a')
  const child = fork(fileURLToPath(new URL('serve.js', import.meta.url)), [name, ...systemArguments(system)], {
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(`${name} ended (${signal ?? `exit code ${code}`}); its log is ${path}`),
    )
  })
  return { child, ended }
}

/** Asks `/-/ready` until it says yes; gives what is wrong where it does not in time. */
async function untilReady(system: System, name: ServiceName): Promise<string | undefined> {
  const url = `${serviceUrl(system, name)}-/ready`
  const deadline = performance.now() + readyWithin
  while (performance.now() < deadline) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
      await response.arrayBuffer()
      if (response.ok) return undefined
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return `${name} is not ready after ${readyWithin / 1_000} s; its log is ${join(system.folder, `${name}.log`)}`
}
