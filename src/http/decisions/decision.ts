// The shape of a line of the protocol's table: a question, and what follows its yes and its no.

import type { Awaitable } from '../../wire/index.ts'
import { refusal, type Answer } from '../answer.ts'
import type { Resource, Verdict } from '../resource.ts'

export interface Decision {
  readonly name: string
  readonly question: string
  /** Where it is written. */
  readonly section: string
  /** The methods for which it is asked; absent: all. */
  readonly methods?: readonly string[]
  readonly ask: (resource: Resource) => Awaitable<Verdict>
  readonly yes: Outcome
  readonly no: Outcome
}

/** On to the next question, or the end: an answer with one of these statuses. */
export type Outcome = 'next' | Ending

export interface Ending {
  /** All that the layer itself ends with here, also where the question throws. What a resource answers of its own comes on top. */
  readonly statuses: readonly number[]
  /** In words, where the answer is somebody else's. */
  readonly others?: string
  readonly answer: (resource: Resource) => Awaitable<Answer>
}

/** An ending that is always the same problem. */
export function refuse(status: number, detail: string, code: string): Ending {
  return { statuses: [status], answer: () => refusal(status, detail, { code }) }
}

/** An ending for answers that the question itself gives; it is never made by the table. */
export function given(statuses: readonly number[], others?: string): Ending {
  const answer = (): never => {
    throw new TypeError('This question answers by itself.')
  }
  return { statuses, answer, ...(others === undefined ? {} : { others }) }
}
