// The process of one caller: makes calls when told to, and tells what they have cost.
import type { Caller } from './callers.ts'
import { answerWith } from './message.ts'

const [module = '', folder = ''] = process.argv.slice(2)

let call: (index: number) => Promise<unknown> = () => Promise.reject(new Error('not prepared'))
let next = 0

/** µs of CPU time, all threads, user and system; and µs that went by. */
const run = async ({ count, lanes }: { readonly count: number; readonly lanes: number }) => {
  globalThis.gc?.({ type: 'minor' })
  const [cpu, time] = [process.cpuUsage(), performance.now()]
  let left = count
  const lane = async () => {
    while (left-- > 0) await call(next++)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / count, time: ((performance.now() - time) * 1_000) / count }
}

answerWith({
  prepare: async ({ origin }: { readonly origin: string }) => {
    const { prepare } = (await import(module)) as Caller // a module named in a contest.ts
    call = await prepare(origin, folder)
  },
  call: () => call(0),
  run,
})
