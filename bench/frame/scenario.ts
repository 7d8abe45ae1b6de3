// What a contest is made of: contestants, and the requests that each of them answers.

/** What a bench folder's contest.ts exports. A contestant is the name of a module beside it, see `Contestant`. */
export interface Contest {
  readonly ours: string
  readonly references: readonly string[]
  /** What the whole contest is held over, one after the other: databases, say. Each contestant is told which. */
  readonly variants?: readonly string[]
  /** Why a variant cannot be held on this machine, nothing where it can: what it needs is not there. */
  readonly missing?: (variant: string) => Promise<string | undefined>
  /** Why a contestant has no part in a variant, by contestant and variant. */
  readonly absent?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Removes what the contestants of a variant have made outside the folder in which each of them has its own. */
  readonly clearUp?: (variant: string, folder: string) => Promise<void>
  readonly scenarios: readonly Scenario[]
}

/** What a contestant's module exports: a server on a free port of 127.0.0.1. `folder` is its own, and empty. */
export interface Contestant {
  readonly start: (folder: string, variant: string) => Promise<{ readonly port: number }>
}

/** One kind of request, sent in turn to each of the paths. */
export interface Scenario extends Exchange {
  readonly name: string
  /** GET unless given. */
  readonly method?: string
  readonly content?: string
  /** Requests in one run at most, where one costs much; a tenth of them, at least one, before each run. */
  readonly requests?: number
  /** Each path is asked for once before, and the entity tag that came back is sent as If-None-Match. */
  readonly revalidate?: boolean
  /** The content must be the same octet for octet, not in its meaning alone. */
  readonly sameBytes?: boolean
  /** Those of the contestants who can do it, ours among them; all unless given. */
  readonly among?: readonly string[]
  /** What is asked and answered otherwise by a contestant; as many paths, if any. */
  readonly differs?: Readonly<Record<string, Partial<Exchange>>>
  /** Smallest ratio, per reference, that we want to reach; null or nothing where it is only shown. */
  readonly targets: Readonly<Record<string, number | null>>
  /** Where the memory of the processes is shown: how much ours may have had at most, in MB. */
  readonly memory?: number
}

/** What goes to a contestant and comes back. */
interface Exchange {
  readonly paths: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** What every answer has to be. */
  readonly status: number
  /** Header fields that must be the same on all contestants, and those that must only be there. */
  readonly sameHeaders: readonly string[]
  readonly bothHave: readonly string[]
  /** True where the content is another document than ours, and so not compared. */
  readonly ownContent?: boolean
  /** How many lines the content has to have; it is not looked at otherwise, nor kept. */
  readonly lines?: number
}

/** The scenario as it is for one contestant. */
export const scenarioOf = (scenario: Scenario, contestant: string): Scenario => ({
  ...scenario,
  ...scenario.differs?.[contestant],
})
