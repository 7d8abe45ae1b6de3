// One running system per data folder: a file names the process that has it, and a file of a process that is gone is no obstacle.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { System } from './system.ts'

/** @throws Error where another start has the folder and is alive. */
export function takeFolder({ folder }: System): () => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'running.pid')
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
      const pid = readPid(path)
      if (pid !== undefined && isAlive(pid)) {
        throw new Error(
          `The system is already running on ${folder} (process ${pid}). Stop it with Ctrl-C there, or give another folder: --data=…`,
          { cause: error },
        )
      }
      rmSync(path, { force: true })
    }
  }
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
