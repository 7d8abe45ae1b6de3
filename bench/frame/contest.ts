// A contest: the same requests to several servers that must give the same answers, compared by what each request
// costs the server. Every server is a process of its own, the client is another, and the runs alternate, so that
// what disturbs the machine disturbs all alike. CPU time per request spreads far less than throughput does.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareRequests, type Server } from './compare.ts'
import { ask } from './message.ts'
import { quartiles, round, type Quartiles } from './quartiles.ts'

/** What a bench folder's contest.ts exports. A contestant is the name of a module beside it, see `Contestant`. */
export interface Contest {
  readonly ours: string
  readonly references: readonly string[]
  /** What the whole contest is held over, one after the other: databases, say. Each contestant is told which. */
  readonly variants?: readonly string[]
  readonly scenarios: readonly Scenario[]
}

/** What a contestant's module exports: a server on a free port of 127.0.0.1. `folder` is its own, and empty. */
export interface Contestant {
  readonly start: (folder: string, variant: string) => Promise<{ readonly port: number }>
}

/** One kind of request, sent in turn to each of the paths. */
export interface Scenario {
  readonly name: string
  readonly paths: readonly string[]
  /** GET unless given. */
  readonly method?: string
  readonly content?: string
  /** Requests in one run, where one costs much; a tenth of them, at least one, before each run. */
  readonly requests?: number
  readonly headers: Readonly<Record<string, string>>
  /** Each path is asked for once before, and the entity tag that came back is sent as If-None-Match. */
  readonly revalidate?: boolean
  /** What every answer has to be. */
  readonly status: number
  /** Header fields that must be the same on all contestants, and those that must only be there. */
  readonly sameHeaders: readonly string[]
  readonly bothHave: readonly string[]
  /** The content must be the same octet for octet, not in its meaning alone. */
  readonly sameBytes?: boolean
  /** Smallest ratio, per reference, that we want to reach; null where it is only shown. */
  readonly targets: Readonly<Record<string, number | null>>
}

/** One line of bench/results/<name>.json. A ratio is the reference's cost over ours: above 1, ours is cheaper. */
export interface Result {
  readonly scenario: string
  readonly reference: string
  readonly unit: 'server CPU µs/request'
  readonly ratio: Quartiles
  readonly target: number | null
  /** True where the lower quartile reaches the target; null without one. */
  readonly met: boolean | null
}

/** A scenario's results, and the median cost of each contestant in µs per request. */
export interface Outcome {
  readonly scenario: string
  readonly cost: Readonly<Record<string, number>>
  readonly results: readonly Result[]
}

/** How long to measure: runs per contestant and scenario, and requests in each. */
export interface Effort {
  readonly rounds: number
  readonly requests: number
}

/** Starts all contestants, sees that they answer alike, measures, and stops them. Throws where an answer differs. */
export const runContest = async (contest: Contest, folder: URL, effort: Effort): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const variant of contest.variants ?? ['']) outcomes.push(...(await runVariant(contest, variant, folder, effort)))
  return outcomes
}

const runVariant = async (
  contest: Contest,
  variant: string,
  folder: URL,
  effort: Effort,
): Promise<readonly Outcome[]> => {
  const scratch = mkdtempSync(join(tmpdir(), 'slumberjs-bench-'))
  const children: ChildProcess[] = []
  const child = (file: string, ...options: string[]) => {
    const started = fork(fileURLToPath(new URL(file, import.meta.url)), options, { execArgv: ['--expose-gc'] })
    children.push(started)
    return started
  }
  try {
    const client = child('./load.js')
    const servers: Server[] = []
    for (const name of [contest.ours, ...contest.references]) {
      const process = child(
        './serve.js',
        new URL(`${name}.js`, folder).href,
        mkdtempSync(join(scratch, `${name}-`)),
        variant,
      )
      const { port } = await ask<{ port: number }>(process, { do: 'start' })
      servers.push({ name, port, process })
    }
    const prepared: Prepared[] = []
    for (const each of contest.scenarios) {
      const scenario = variant === '' ? each : { ...each, name: `${each.name}, ${variant}` }
      prepared.push({ scenario, requests: await prepareRequests(scenario, servers) })
    }
    await warmUp(prepared, servers, client)
    const outcomes: Outcome[] = []
    for (const each of prepared) outcomes.push(await measure(each, servers, client, effort))
    return outcomes
  } finally {
    for (const each of children) each.kill()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A scenario, and its requests as they go over the wire to each server. */
interface Prepared {
  readonly scenario: Scenario
  readonly requests: ReadonlyMap<string, readonly string[]>
}

/** Requests to each server and scenario before anything is measured, in two turns: the engine compiles what it has seen of all of them. */
const WARM_UP = 20_000

const warmUp = async (prepared: readonly Prepared[], servers: readonly Server[], client: ChildProcess) => {
  for (let turn = 0; turn < 2; turn++) {
    for (const each of prepared) {
      for (const server of servers) await load(each, server, client, each.scenario.requests ?? WARM_UP / 2)
    }
  }
}

const load = ({ scenario, requests }: Prepared, { name, port }: Server, client: ChildProcess, count: number) =>
  ask(client, { do: 'load', port, requests: requests.get(name) ?? [], status: scenario.status, count })

const measure = async (
  prepared: Prepared,
  servers: readonly Server[],
  client: ChildProcess,
  effort: Effort,
): Promise<Outcome> => {
  const { scenario } = prepared
  const run = (server: Server) => cost(prepared, server, client, scenario.requests ?? effort.requests)
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
  return { scenario: scenario.name, cost: Object.fromEntries(medians), results }
}

/** Requests before each run: the processor's caches hold what another server has just used. */
const RUN_UP = 1000

/** CPU time of the server's whole process, in µs per request, over one run of the client. */
const cost = async (prepared: Prepared, server: Server, client: ChildProcess, count: number): Promise<number> => {
  await ask(server.process, { do: 'tidy' })
  const { requests } = prepared.scenario
  await load(prepared, server, client, requests === undefined ? RUN_UP : Math.ceil(requests / 10))
  const before = await ask<{ cpu: number }>(server.process, { do: 'cpu' })
  await load(prepared, server, client, count)
  const after = await ask<{ cpu: number }>(server.process, { do: 'cpu' })
  return (after.cpu - before.cpu) / count
}
