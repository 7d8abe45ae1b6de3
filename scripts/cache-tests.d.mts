// The types of cache-tests.mjs, for the test that imports it.

import type { ConnectionFailed, Step } from '../src/client/index.ts'

export interface Outcome {
  readonly id: string
  readonly outcome: string
  readonly reason: string
}

export interface Results {
  readonly required: number
  readonly failed: readonly Outcome[]
  readonly open: readonly Outcome[]
  readonly optional: number
  readonly passed: number
  readonly missed: readonly Outcome[]
}

/** Starts the suite's own server on a port that is free. */
export function startServer(): Promise<{ readonly url: string; readonly close: () => Promise<void> }>

/** Runs the suite, once in a process. Each test is a user of its own. */
export function runSuite(url: string, send: Step): Promise<Results>

/** The last step of sending, over the platform's `fetch`. */
export function overFetch(error: typeof ConnectionFailed): Step
