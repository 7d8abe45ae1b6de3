// A list of any length in constant memory: return an iterable, and it is written while it comes.

import { csv, json, ndjson, resource, router } from 'slumberjs/http'

export class Measurements extends resource('/measurements') {
  override produces = [json, ndjson, csv]

  async *rows(): AsyncGenerator<object> {
    const { signal } = this.exchange.request // aborted when the client has gone
    for (let id = 1; id <= 1_000_000 && !signal.aborted; id++) yield { id, celsius: (id * 7) % 40 }
  }
  GET(): unknown {
    return this.rows() // a cursor of a database is one too; its `return()` is called when the client has gone
  }
}

export const laboratory = router([Measurements])
