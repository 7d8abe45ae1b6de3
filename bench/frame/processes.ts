// The processes of a contest: each contestant is one, and the client.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The processes of a variant. Ctrl-C ends them: what waits for an answer of theirs fails then, and the frame clears up as after any failure. */
export const childProcesses = () => {
  const children: ChildProcess[] = []
  let isInterrupted = false
  const kill = () => {
    for (const each of children) each.kill()
  }
  const interrupt = () => {
    isInterrupted = true
    kill()
  }
  for (const signal of SIGNALS) process.once(signal, interrupt)
  return {
    start: (file: string, ...options: string[]): ChildProcess => {
      // What frameworks tell their users to set where it matters how quick they are.
      const env = { ...process.env, NODE_ENV: 'production' }
      const child = fork(fileURLToPath(new URL(file, import.meta.url)), options, { execArgv: ['--expose-gc'], env })
      children.push(child)
      return child
    },
    end: async () => {
      const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      const ended = running.map((each) => once(each, 'exit'))
      kill()
      await Promise.all(ended)
    },
    exitIfInterrupted: () => {
      for (const signal of SIGNALS) process.off(signal, interrupt)
      if (isInterrupted) process.exit(130)
    },
  }
}
