// Rate limits, and writes that a client may safely try again.

import { CREATED, memoryStore, resource, router, type Answer, type RateLimit } from 'slumberjs/http'

let made = 0

export class Payments extends resource('/payments') {
  override rateLimit: RateLimit[] = [
    { name: 'burst', count: 5, window: 1, by: 'address' }, // asked before anybody is known
    { name: 'hourly', count: 100 }, // per caller and hour
  ]
  override idempotency = { required: true } // without Idempotency-Key: 400

  POST(): Answer {
    made++
    return CREATED({ payment: made }, { location: `/payments/${made}` })
  }
}

/** One store for one process. Several processes share `redisStore(client)`, or `databaseStore(db)` of `slumberjs/server`. */
export const bank = router([Payments], { defaults: { sharedStore: memoryStore({ max: 10_000 }) } })
