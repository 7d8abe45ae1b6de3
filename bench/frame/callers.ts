// A contest of callers: what a call costs the process that makes it, with the server in another one. Every caller is a process of its
// own, and the runs alternate, as between servers.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ChildProcess } from 'node:child_process'
import type { Effort, Outcome, Report, Result } from './contest.ts'
import { ask } from './message.ts'
import { childProcesses } from './processes.ts'
import { quartiles, round } from './quartiles.ts'

/** What a bench folder's contest.ts exports where callers are compared. */
export interface CallersContest {
  /** The module that starts the server, see `Contestant`. */
  readonly server: string
  readonly comparisons: readonly Comparison[]
}

/** Two ways to the same. */
export interface Comparison {
  readonly name: string
  /** Modules beside contest.ts, see `Caller`. */
  readonly ours: string
  readonly reference: string
  /** Smallest ratio that we want to reach: the reference's cost over ours. */
  readonly target: number
  /** CPU time of the caller's process, or how long it takes. */
  readonly unit: 'client CPU µs/call' | 'µs/call'
  /** At the same time. */
  readonly lanes: number
  /** Of ours in one run, at most; the reference makes a tenth of them where one takes much longer. */
  readonly calls?: number
  readonly isLonger?: boolean
}

/** What a caller's module exports. */
export interface Caller {
  /** Gives what makes the call of a number, and answers with what must be the same for both. `folder` is the caller's own, and empty. */
  readonly prepare: (origin: string, folder: string) => Promise<(index: number) => Promise<unknown>>
}

/** Starts a server, and for each comparison both callers; sees that they come to the same, measures, and stops them. */
export const runCallers = async (contest: CallersContest, folder: URL, effort: Effort): Promise<Report> => {
  const scratch = mkdtempSync(join(tmpdir(), 'slumberjs-bench-'))
  const processes = childProcesses()
  const fork = (file: string, name: string) =>
    processes.start(file, new URL(`${name}.js`, folder).href, mkdtempSync(join(scratch, `${name}-`)), '')
  try {
    const server = fork('./serve.js', contest.server)
    const { port } = await ask<{ port: number }>(server, { do: 'start' })
    const outcomes: Outcome[] = []
    for (const comparison of contest.comparisons) {
      const callers = [comparison.ours, comparison.reference].map((name) => fork('./call.js', name))
      for (const caller of callers) await ask(caller, { do: 'prepare', origin: `http://127.0.0.1:${port}` })
      outcomes.push(await compare(comparison, callers, effort))
      for (const caller of callers) caller.kill()
    }
    return { outcomes, skipped: [], absent: [] }
  } finally {
    await processes.end()
    rmSync(scratch, { recursive: true, force: true })
    processes.exitIfInterrupted()
  }
}

const compare = async (comparison: Comparison, callers: readonly ChildProcess[], effort: Effort): Promise<Outcome> => {
  const { name, ours, reference, target, unit, lanes } = comparison
  const answers = await Promise.all(callers.map((caller) => ask(caller, { do: 'call' })))
  if (!isDeepStrictEqual(answers[0], answers[1])) {
    throw new Error(`${name}: ${JSON.stringify(answers[0])} of ${ours}, ${JSON.stringify(answers[1])} of ${reference}`)
  }
  const calls = Math.min(comparison.calls ?? effort.requests, effort.requests)
  const counts = [calls, comparison.isLonger ? Math.max(1, Math.ceil(calls / 10)) : calls]
  const costs: [number[], number[]] = [[], []]
  const run = async (which: 0 | 1) => {
    const caller = callers[which]! // there are two
    const { cpu, time } = await ask<{ cpu: number; time: number }>(caller, { do: 'run', count: counts[which], lanes })
    return unit === 'µs/call' ? time : cpu
  }
  for (let turn = 0; turn < 3; turn++) for (const which of [0, 1] as const) await run(which) // to warm up
  for (let done = 0; done < effort.rounds; done++) {
    const order = done % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)
    for (const which of order) costs[which].push(await run(which))
  }
  const ratio = quartiles(costs[1].map((value, at) => value / (costs[0][at] ?? Number.NaN)))
  const result: Result = { scenario: name, reference, unit, ratio, target, met: ratio.q1 >= target }
  const cost = { [ours]: round(quartiles(costs[0]).median, 1), [reference]: round(quartiles(costs[1]).median, 1) }
  return { scenario: name, cost, results: [result], peaks: [] }
}
