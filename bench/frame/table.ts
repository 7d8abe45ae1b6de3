// The printed outcome of a contest.
import type { Outcome, Peak, Result } from './contest.ts'

/** Prints a line per scenario and contestant: the cost of a request, and the reference's cost over ours; and below, peaks of memory. */
export const printTable = (name: string, ours: string, outcomes: readonly Outcome[]): void => {
  const unit = new Set(outcomes.flatMap(({ results }) => results.map((result) => result.unit)))
  console.log(`\n${name}: ${[...unit].join(', ')} (median); ratio = reference / ${ours}, above 1 ${ours} is cheaper\n`)
  console.log(line(['scenario', 'contestant', 'µs', 'q1', 'median', 'q3', 'target']))
  for (const { scenario, cost, results } of outcomes) {
    for (const [contestant, median] of Object.entries(cost)) {
      const result = results.find(({ reference }) => reference === contestant)
      console.log(line([scenario, contestant, median.toFixed(1), ...ratioCells(result)]))
    }
  }
  const peaks = outcomes.flatMap((outcome) => outcome.peaks)
  if (peaks.length > 0) console.log(`\n${line(['scenario', 'contestant', 'peak MB', '', '', '', 'limit'])}`)
  for (const peak of peaks) {
    console.log(line([peak.scenario, peak.contestant, String(peak.value), '', '', '', limitCell(peak)]))
  }
  console.log()
}

const limitCell = ({ limit, met }: Peak): string => (limit === null ? '' : `< ${limit} ${met ? 'met' : 'NOT MET'}`)

const ratioCells = (result: Result | undefined): string[] => {
  if (result === undefined) return []
  const { ratio, target, met } = result
  const verdict = target === null ? '' : `≥ ${target} ${met ? 'met' : 'NOT MET'}`
  return [ratio.q1.toFixed(2), ratio.median.toFixed(2), ratio.q3.toFixed(2), verdict]
}

const WIDTHS = [36, 14, 11, 8, 8, 8, 0]

/** The first two columns stand left, the numbers right, the verdict after two spaces. */
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => {
      const width = WIDTHS[index] ?? 0
      return index < 2 ? cell.padEnd(width) : width === 0 ? `  ${cell}` : cell.padStart(width)
    })
    .join('')
    .trimEnd()
