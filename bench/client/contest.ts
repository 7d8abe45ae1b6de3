// What a call through the client costs the process that makes it, over the platform's fetch, a pool of undici, and in the same process;
// and what references cost that are asked for together.
import type { CallersContest } from '../frame/callers.ts'

const cpu = { unit: 'client CPU µs/call', lanes: 8 } as const
const time = { unit: 'µs/call', lanes: 1 } as const

export const contest: CallersContest = {
  server: 'server',
  comparisons: [
    { name: 'get, over fetch', ours: 'slumber', reference: 'fetch', target: 0.85, ...cpu },
    { name: 'get, over undici', ours: 'slumber-undici', reference: 'undici', target: 0.6, ...cpu },
    { name: 'get, cached', ours: 'cached', reference: 'slumber', target: 30, ...cpu },
    { name: 'get, in the same process', ours: 'in-process', reference: 'slumber', target: 3, ...time },
    {
      name: '1,000 orders with remote shops',
      ours: 'together',
      reference: 'one-by-one',
      target: 20,
      ...time,
      calls: 20,
      isLonger: true,
    },
  ],
}
