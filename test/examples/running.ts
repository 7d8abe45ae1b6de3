// Runs the compiled pizza example as a user would: a process on free ports with a data folder of its own.

import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const startFile = fileURLToPath(new URL('../../examples/.build/pizza/start.js', import.meta.url))

export interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  /** Resolves with the exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Resolves once the output holds the text; rejects where the program ends before. */
  readonly says: (text: string) => Promise<void>
}

export function runExample(...options: readonly string[]): Run {
  const child = spawn(process.execPath, [startFile, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const waiting = new Set<() => void>()
  const take = (text: string): void => {
    output += text
    for (const look of waiting) look()
  }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take)
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      void ended.then((code) => reject(new Error(`ended (${code}) without saying "${text}":\n${output}`)))
      look()
    })
  return { child, output: () => output, ended, says }
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

export function listen(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
