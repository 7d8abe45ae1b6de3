// Tells @hono/node-server that the answer is written. Its own `RESPONSE_ALREADY_SENT` is a Response whose header says so; this
// one is only what it reads of that, because reading a real one costs a tenth of a whole request.

const fields: ReadonlyMap<string, string> = new Map([['x-hono-already-sent', 'true']])

/** What `fetch` returns to node-server when nothing is left to write. */
export const alreadySent = {
  status: 200,
  body: null,
  headers: Object.create(Headers.prototype, {
    has: { value: (name: string) => fields.has(name) },
    [Symbol.iterator]: { value: () => fields[Symbol.iterator]() },
  }) as Headers, // as far as node-server reads it
} as const
