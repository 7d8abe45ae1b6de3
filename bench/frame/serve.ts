// The process of one contestant: starts its server when told to, and tells what CPU time and memory it has used.
import type { Contestant } from './scenario.ts'
import { answerWith } from './message.ts'

const [module = '', folder = '', variant = ''] = process.argv.slice(2)

answerWith({
  start: async () => {
    const { start } = (await import(module)) as Contestant // a module named in a contest.ts
    return start(folder, variant)
  },
  /**
   * Before a run: the young garbage of the run before is not charged to it. A whole collection in this quiet moment would find no
   * request alive, and the engine would drop the compiled code that knows how they look: servers never do that between two requests.
   */
  tidy: () => globalThis.gc?.({ type: 'minor' }),
  /** µs of CPU time so far, all threads, user and system. */
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return { cpu: user + system }
  },
  /** MB of memory at most since the process began. */
  peak: () => ({ peak: process.resourceUsage().maxRSS / 1024 }),
})
