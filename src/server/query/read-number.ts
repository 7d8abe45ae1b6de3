// A number among the parameters of a list.

import { badParameter } from './faults.ts'

/**
 * @param text undefined or null where it is not given.
 * @throws Problem 400
 */
export function readNumber(
  parameter: string,
  text: string | null | undefined,
  { standard, from, to }: { readonly standard: number; readonly from: number; readonly to: number },
): number {
  if (text === null || text === undefined) return standard
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (number >= from && number <= to) return number
  throw badParameter(parameter, `must be a number from ${from} to ${to}`)
}
