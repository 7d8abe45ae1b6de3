// Conditions and caching: a class says what its state is called, and since when it is so; 304, 412 and 428 follow.

import { NO_CONTENT, resource, router, type Answer, type Caching, type StatusConstant } from 'slumberjs/http'
import { z } from 'zod'

const PriceForm = z.object({ price: z.number().positive() })
const row = { price: 7.5, version: 1, changed: new Date('2026-01-31T12:00:00Z') }
let last: Promise<unknown> = Promise.resolve()

export class Price extends resource('/price') {
  override caching: Caching = { visibility: 'public', maxAge: 60, staleWhileRevalidate: 30, groups: ['menu'] }
  override requiresCondition = ['PUT']

  override entityTag(): string {
    return `v${row.version}` // a strong tag; `{ opaque: 'v1', weak: true }` is a weak one
  }
  override lastModified(): Date {
    return row.changed
  }
  GET(): unknown {
    return { price: row.price }
  }
  async PUT(): Promise<StatusConstant> {
    const { price } = await this.data(PriceForm)
    Object.assign(row, { price, version: row.version + 1, changed: new Date() })
    return NO_CONTENT
  }

  /** Around all from `exists` to the end of the handler: the transaction of a database, or here, one write after the other. */
  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    if (this.exchange.method !== 'PUT') return rest()
    const turn = last.then(rest)
    last = turn.catch(() => undefined)
    return turn
  }
}

export const menu = router([Price])
