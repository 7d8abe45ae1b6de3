// No input yields a 500, and what is refused changes nothing. Repeat a run with FUZZ_SEED=<the seed in the test's name>.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { model, operation } from 'slumberjs/server'
import { z } from 'zod'
import { base, menu, serving } from './fixture.ts'
import { requests } from './requests.ts'
import { crusts } from './tables.ts'
import { seed } from '../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 3_000)

const order = {
  input: z.object({ size: z.enum(['s', 'm', 'l']), note: z.string().max(5).optional() }),
  run: () => ({ ok: true }),
}
const api = serving({
  apps: [
    menu({
      Crust: model(crusts, {
        access: { read: { code: { ne: 'thk' } }, create: (user) => ({ name: { ne: user.name } }) },
        operations: {
          order: operation.instance({ POST: order, DELETE: { run: () => undefined } }),
          best: operation.model({ GET: { run: () => [] }, PUT: order }, { public: true }),
        },
      }),
    }),
  ],
})

const safe = ['GET', 'HEAD', 'OPTIONS', 'QUERY']

test(`no input yields a 500, and a refusal leaves the database as it was (seed ${seed})`, async () => {
  const statuses = new Set<number>()
  let before = await api.dump()
  const property = fc.asyncProperty(requests, async ({ method, path, ...asked }) => {
    const { status } = await api.ask(method, path === '' ? base : path, asked) // `expectSound` is in there
    statuses.add(status)
    const after = await api.dump()
    if (safe.includes(method) || status >= 400) expect(after).toBe(before)
    before = after
  })
  await fc.assert(property, { numRuns, seed })
  const common = [200, 201, 204, 308, 400, 403, 404, 405, 409, 412, 415, 422]
  expect([...statuses]).toEqual(expect.arrayContaining(common))
}, 180_000)
