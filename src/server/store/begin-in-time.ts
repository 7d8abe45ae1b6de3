// Transactions wait for a connection of a pool, and drivers let them wait for ever: an operation that asks the service itself would.

import type { Driver } from './dialect.ts'
import { busyProblem } from './refusal.ts'
import { lockTimeout } from './sqlite/patience.ts'

/** `begin`, with Problem 503 where it has not begun in time; what begins later does nothing. */
export function beginInTime(begin: Driver['transact']): Driver['transact'] {
  return (run) =>
    new Promise((resolve, reject) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        reject(busyProblem())
      }, lockTimeout)
      const begun = begin(async (transaction) => {
        clearTimeout(timer)
        if (isLate) throw busyProblem()
        return await run(transaction)
      })
      begun.finally(() => clearTimeout(timer)).then(resolve, reject)
    })
}
