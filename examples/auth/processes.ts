// A service that runs as several processes: nonces, counts and idempotency keys are in a store that all of them share.

import { signed, type KeyRecord } from 'slumberjs/auth'
import { CREATED, resource, router, type Answer, type Router, type SharedStore } from 'slumberjs/http'

export const url = 'http://localhost:8003/payments' // of all of them, behind one address

/** `payments(redisStore(new Redis({ maxRetriesPerRequest: 1, commandTimeout: 500 })), keys)`, or over `databaseStore(db)`. */
export function payments(sharedStore: SharedStore, keys: Readonly<Record<string, KeyRecord>>): Router {
  const schemes = [signed({ url, keys, store: sharedStore })]
  return router([Payments], { defaults: { sharedStore, schemes } })
}

class Payments extends resource('/payments') {
  override rateLimit = { count: 100 } // per caller and hour, in all processes together
  override idempotency = {}

  POST(): Answer {
    const id = crypto.randomUUID()
    return CREATED({ payment: id }, { location: `/payments/${id}` })
  }
}
