// A contest: the same requests to several servers that must give the same answers, compared by what each request
// costs the server. Every server is a process of its own, the client is another, and the runs alternate, so that
// what disturbs the machine disturbs all alike. CPU time per request spreads far less than throughput does.
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareRequests, type Server } from './compare.ts'
import { ask } from './message.ts'
import { childProcesses } from './processes.ts'
import { quartiles, round, type Quartiles } from './quartiles.ts'
import { scenarioOf, type Contest, type Scenario } from './scenario.ts'

/** One line of bench/results/<name>.json. A ratio is the reference's cost over ours: above 1, ours is cheaper. */
export interface Result {
  readonly scenario: string
  readonly reference: string
  readonly unit: 'server CPU µs/request' | 'client CPU µs/call' | 'µs/call'
  readonly ratio: Quartiles
  readonly target: number | null
  /** True where the lower quartile reaches the target; null without one. */
  readonly met: boolean | null
}

/** Another kind of line: the most memory that a contestant's process has ever had, its start and its data included. */
export interface Peak {
  readonly scenario: string
  readonly contestant: string
  readonly unit: 'MB, peak resident set size'
  readonly value: number
  /** Of ours alone. */
  readonly limit: number | null
  readonly met: boolean | null
}

/** A scenario's results, and the median cost of each contestant in µs per request. */
export interface Outcome {
  readonly scenario: string
  readonly cost: Readonly<Record<string, number>>
  readonly results: readonly Result[]
  readonly peaks: readonly Peak[]
}

/** How long to measure: runs per contestant and scenario, and requests in each. */
export interface Effort {
  readonly rounds: number
  readonly requests: number
}

/** What was measured, and a sentence for everything that was not. */
export interface Report {
  readonly outcomes: readonly Outcome[]
  /** Variants that this machine cannot hold. */
  readonly skipped: readonly string[]
  /** Contestants that have no part in a variant. */
  readonly absent: readonly string[]
}

/** Starts all contestants, sees that they answer alike, measures, and stops them. Throws where an answer differs. */
export const runContest = async (contest: Contest, folder: URL, effort: Effort): Promise<Report> => {
  const outcomes: Outcome[] = []
  const skipped: string[] = []
  const absent: string[] = []
  for (const variant of contest.variants ?? ['']) {
    const missing = await contest.missing?.(variant)
    if (missing !== undefined) {
      skipped.push(`${variant} is skipped: ${missing}`)
      console.error(skipped.at(-1))
      continue
    }
    const contestants: string[] = []
    for (const name of [contest.ours, ...contest.references]) {
      const reason = contest.absent?.[name]?.[variant]
      if (reason === undefined) contestants.push(name)
      else absent.push(`${variant} without ${name}: ${reason}`)
    }
    if (contestants[0] === contest.ours) {
      outcomes.push(...(await runVariant(contest, variant, contestants, { folder, effort })))
    }
  }
  return { outcomes, skipped, absent }
}

const runVariant = async (
  contest: Contest,
  variant: string,
  contestants: readonly string[],
  { folder, effort }: { readonly folder: URL; readonly effort: Effort },
): Promise<readonly Outcome[]> => {
  const scratch = mkdtempSync(join(tmpdir(), 'slumberjs-bench-'))
  const processes = childProcesses()
  try {
    const client = processes.start('./load.js')
    const servers: Server[] = []
    for (const name of contestants) {
      const module = new URL(`${name}.js`, folder).href
      const process = processes.start('./serve.js', module, mkdtempSync(join(scratch, `${name}-`)), variant)
      const { port } = await ask<{ port: number }>(process, { do: 'start' })
      servers.push({ name, port, process })
    }
    const prepared: Prepared[] = []
    for (const each of contest.scenarios) {
      const scenario = variant === '' ? each : { ...each, name: `${each.name}, ${variant}` }
      const among = servers.filter(({ name }) => each.among?.includes(name) ?? true)
      if (among[0]?.name !== contest.ours) continue // without it there is nothing to compare with
      prepared.push({ scenario, servers: among, requests: await prepareRequests(scenario, among) })
    }
    await warmUp(prepared, client, effort)
    const outcomes: Outcome[] = []
    for (const each of prepared) outcomes.push(await measure(each, client, effort))
    return outcomes
  } finally {
    await processes.end()
    rmSync(scratch, { recursive: true, force: true })
    await contest.clearUp?.(variant, scratch)
    processes.exitIfInterrupted()
  }
}

/** A scenario, and its requests as they go over the wire to each server. */
interface Prepared {
  readonly scenario: Scenario
  readonly servers: readonly Server[]
  readonly requests: ReadonlyMap<string, readonly string[]>
}

/** Requests to each server and scenario before anything is measured, in two turns: the engine compiles what it has seen of all of them. */
const warmUp = async (prepared: readonly Prepared[], client: ChildProcess, effort: Effort) => {
  for (let turn = 0; turn < 2; turn++) {
    for (const each of prepared) {
      const count = each.scenario.requests === undefined ? 2 * effort.requests : requestsIn(each, effort)
      for (const server of each.servers) await load(each, server, client, count)
    }
  }
}

/** In one run. */
const requestsIn = ({ scenario }: Prepared, { requests }: Effort): number =>
  Math.min(scenario.requests ?? requests, requests)

const load = ({ scenario, requests }: Prepared, { name, port }: Server, client: ChildProcess, count: number) =>
  ask(client, {
    do: 'load',
    port,
    requests: requests.get(name) ?? [],
    status: scenarioOf(scenario, name).status,
    count,
  })

const measure = async (prepared: Prepared, client: ChildProcess, effort: Effort): Promise<Outcome> => {
  const { scenario, servers } = prepared
  const run = (server: Server) => cost(prepared, server, client, requestsIn(prepared, effort))
  const costs = new Map(servers.map(({ name }) => [name, [] as number[]]))
  for (let done = 0; done < effort.rounds; done++) {
    const order = done % 2 === 0 ? servers : servers.toReversed()
    for (const server of order) costs.get(server.name)?.push(await run(server))
  }

  const [ours = [], ...references] = costs.values()
  const results = references.map((costsOfReference, index): Result => {
    const reference = servers[index + 1]?.name ?? ''
    const ratio = quartiles(costsOfReference.map((value, at) => value / (ours[at] ?? Number.NaN)))
    const target = scenario.targets[reference] ?? null
    const met = target === null ? null : ratio.q1 >= target
    return { scenario: scenario.name, reference, unit: 'server CPU µs/request', ratio, target, met }
  })
  const medians = [...costs].map(([name, values]) => [name, round(quartiles(values).median, 1)] as const)
  return { scenario: scenario.name, cost: Object.fromEntries(medians), results, peaks: await peaks(prepared) }
}

/** In the order of the contestants, ours first. */
const peaks = async ({ scenario, servers }: Prepared): Promise<readonly Peak[]> => {
  if (scenario.memory === undefined) return []
  const found: Peak[] = []
  for (const { name, process } of servers) {
    const { peak } = await ask<{ peak: number }>(process, { do: 'peak' })
    const limit = found.length === 0 ? scenario.memory : null
    const [value, met] = [Math.ceil(peak), limit === null ? null : peak < limit]
    found.push({ scenario: scenario.name, contestant: name, unit: 'MB, peak resident set size', value, limit, met })
  }
  return found
}

/** The share of the requests that come before each run: the processor's caches hold what another server has just used. */
const RUN_UP = { of: 1 / 5, ofExpensive: 1 / 10 }

/** CPU time of the server's whole process, in µs per request, over one run of the client. */
const cost = async (prepared: Prepared, server: Server, client: ChildProcess, count: number): Promise<number> => {
  await ask(server.process, { do: 'tidy' })
  const share = prepared.scenario.requests === undefined ? RUN_UP.of : RUN_UP.ofExpensive
  await load(prepared, server, client, Math.ceil(count * share))
  const before = await ask<{ cpu: number }>(server.process, { do: 'cpu' })
  await load(prepared, server, client, count)
  const after = await ask<{ cpu: number }>(server.process, { do: 'cpu' })
  return (after.cpu - before.cpu) / count
}
