// What a trace says was decided, counted; and whether the table says the same.
import { aboutTheRequest, aboutTheTarget, type Decision, type Outcome } from 'slumberjs/http'

const table = [...aboutTheRequest, ...aboutTheTarget]
const byName = new Map(table.map((decision) => [decision.name, decision]))

/** What the router's own resource, for paths where nothing is, answers to `isAllowed`. */
const whereNothingIs = [308, 400, 404]

/** What the handlers of the fuzz test come to, or the layer behind them. */
const ofHandlers = [200, 201, 202, 204, 205, 206, 300, 303, 409, 416, 422, 451]
/** Rarer ones. */
const alsoOfHandlers = [400]

/** All there is to be reached: each question both ways, each end with each of its statuses. */
export const reachable: readonly string[] = [
  ...table.flatMap(({ name, yes, no }) => [...waysOf(name, 'yes', yes), ...waysOf(name, 'no', no)]),
  ...whereNothingIs.map((status) => `isAllowed → ${status}`),
  ...ofHandlers.map((status) => `handler → ${status}`),
]

function waysOf(name: string, verdict: string, outcome: Outcome): readonly string[] {
  if (outcome === 'next') return [`${name} ${verdict}`]
  const others = outcome.others === undefined ? [] : [`${name} → ${outcome.others}`]
  return [...outcome.statuses.map((status) => `${name} → ${status}`), ...others]
}

/**
 * The outcomes on the way that a trace tells.
 *
 * @throws Error where it ended with a status that the table does not have there.
 */
export function outcomesOf(trace: string, status: number): readonly string[] {
  const entries = trace.split(', ')
  const passed = entries.slice(0, -1).map((entry) => passage(entry))
  return [...passed, ...end(entries.at(-1) ?? '', status)]
}

function passage(entry: string): string {
  const [name = '', verdict = 'yes'] = entry.split(';')
  if (sideOf(decisionOf(name), verdict) !== 'next') throw new Error(`${entry} is no end, though the table says so`)
  return `${name} ${verdict}`
}

function end(entry: string, status: number): readonly string[] {
  const [name = '', verdict = 'yes'] = entry.split(';')
  const decision = decisionOf(name)
  const { yes, no } = decision
  if (verdict !== 'own' && sideOf(decision, verdict) === 'next') {
    if (![...ofHandlers, ...alsoOfHandlers].includes(status)) throw new Error(`a handler came to ${status}`)
    return [`${name} ${verdict}`, `handler → ${status}`]
  }
  const ends = (verdict === 'own' ? [yes, no] : [sideOf(decision, verdict)]).filter((outcome) => outcome !== 'next')
  if (ends.some(({ statuses }) => statuses.includes(status))) return [`${name} → ${status}`]
  if (name === 'isAllowed' && whereNothingIs.includes(status)) return [`${name} → ${status}`]
  const others = ends.find((outcome) => outcome.others !== undefined)?.others
  if (verdict === 'own' && others !== undefined && status < 500) return [`${name} → ${others}`]
  throw new Error(`${entry} ended with ${status}, which the table does not have`)
}

function decisionOf(name: string): Decision {
  const decision = byName.get(name)
  if (decision === undefined) throw new Error(`There is no decision ${name}`)
  return decision
}

function sideOf({ yes, no }: Decision, verdict: string): Outcome {
  return verdict === 'yes' ? yes : no
}
