// Asks the questions of a table in order until one of them is the last.

import { after, type Awaitable } from '../../wire/index.ts'
import { asAnswer, type Answer } from '../answer.ts'
import { knownMethods } from '../methods.ts'
import type { Resource, Verdict } from '../resource.ts'
import type { Decision } from './decision.ts'

/** Undefined where all questions are passed. At once, unless a question has to be waited for. */
export function decide(resource: Resource, table: readonly Decision[]): Awaitable<Answer | undefined> {
  return decideFrom(resource, questionsFor(resource.exchange.method, table), 0)
}

function decideFrom(resource: Resource, questions: readonly Decision[], start: number): Awaitable<Answer | undefined> {
  for (let index = start; ; index++) {
    const decision = questions[index]
    if (decision === undefined) return undefined
    resource.exchange.trace?.push(`${decision.name};own`) // which it stays where the question throws
    const asked = decision.ask(resource)
    if (typeof asked !== 'boolean') {
      const goOn = (verdict: Verdict): Awaitable<Answer | undefined> =>
        follow(resource, decision, verdict) ?? decideFrom(resource, questions, index + 1)
      return after(asked, goOn)
    }
    const answer = follow(resource, decision, asked)
    if (answer !== undefined) return answer
  }
}

/** The answer that a verdict leads to; undefined where it leads on. */
function follow(resource: Resource, { name, yes, no }: Decision, verdict: Verdict): Awaitable<Answer> | undefined {
  // Only `true` is a yes: what else a program without types may return opens no door.
  const own = typeof verdict === 'boolean' ? undefined : asAnswer(verdict)
  if (own !== undefined) return own
  resource.exchange.trace?.splice(-1, 1, verdict === true ? name : `${name};no`)
  const outcome = verdict === true ? yes : no
  return outcome === 'next' ? undefined : outcome.answer(resource)
}

/** What of each table is asked for a method, found out once. */
const known = new WeakMap<readonly Decision[], ReadonlyMap<string, readonly Decision[]>>()

function questionsFor(method: string, table: readonly Decision[]): readonly Decision[] {
  let byMethod = known.get(table)
  if (byMethod === undefined) {
    byMethod = new Map(knownMethods.map((each) => [each, questionsOf(each, table)]))
    known.set(table, byMethod)
  }
  return byMethod.get(method) ?? questionsOf(method, table)
}

function questionsOf(method: string, table: readonly Decision[]): readonly Decision[] {
  return table.filter(({ methods }) => methods === undefined || methods.includes(method))
}
