// The printed outcome of a contest.
import type { Outcome, Result } from './contest.ts'

/** Prints a line per scenario and contestant: the cost of a request, and the reference's cost over ours. */
export const printTable = (name: string, ours: string, outcomes: readonly Outcome[]): void => {
  console.log(
    `\n${name}: server CPU µs per request (median); ratio = reference / ${ours}, above 1 ${ours} is cheaper\n`,
  )
  console.log(line(['scenario', 'contestant', 'µs', 'q1', 'median', 'q3', 'target']))
  for (const { scenario, cost, results } of outcomes) {
    for (const [contestant, median] of Object.entries(cost)) {
      const result = results.find(({ reference }) => reference === contestant)
      console.log(line([scenario, contestant, median.toFixed(1), ...ratioCells(result)]))
    }
  }
}

const ratioCells = (result: Result | undefined): string[] => {
  if (result === undefined) return []
  const { ratio, target, met } = result
  const verdict = target === null ? '' : `≥ ${target} ${met ? 'met' : 'NOT MET'}`
  return [ratio.q1.toFixed(2), ratio.median.toFixed(2), ratio.q3.toFixed(2), verdict]
}

const WIDTHS = [34, 12, 9, 8, 8, 8, 0]

/** The first two columns stand left, the numbers right, the verdict after two spaces. */
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => {
      const width = WIDTHS[index] ?? 0
      return index < 2 ? cell.padEnd(width) : width === 0 ? `  ${cell}` : cell.padStart(width)
    })
    .join('')
    .trimEnd()
