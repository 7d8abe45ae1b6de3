// What mysql2 answers: a list of which the first is the rows, or the header of a statement without rows.

/** A number of the header: it comes as text where it is no safe integer. */
export function numberOf(result: unknown, member: 'affectedRows' | 'insertId' | 'step'): bigint {
  const [first] = Array.isArray(result) ? (result as readonly unknown[]) : []
  const value = (first as Readonly<Record<string, unknown>> | undefined)?.[member]
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint') return BigInt(value)
  throw new TypeError(`The driver of MySQL does not say "${member}".`)
}

export function rowsIn(result: unknown): readonly Readonly<Record<string, unknown>>[] {
  const [rows] = Array.isArray(result) ? (result as readonly unknown[]) : []
  return Array.isArray(rows) ? (rows as readonly Readonly<Record<string, unknown>>[]) : []
}
