// The three numbers a series of runs is reduced to.

/** First quartile, median and third quartile. */
export interface Quartiles {
  readonly q1: number
  readonly median: number
  readonly q3: number
}

/** Quartiles with linear interpolation between neighbours, rounded to three places. */
export const quartiles = (values: readonly number[]): Quartiles => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => {
    const position = share * (sorted.length - 1)
    const below = sorted[Math.floor(position)] ?? Number.NaN
    const above = sorted[Math.ceil(position)] ?? Number.NaN
    return round(below + (above - below) * (position % 1), 3)
  }
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) }
}

/** To so many decimal places. */
export const round = (value: number, places: number): number => Number(value.toFixed(places))
