// No input yields a 500 over any database, and what is refused changes nothing. FUZZ_SEED and FUZZ_RUNS make other and longer runs.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import { base } from '../fixture.ts'
import { requests, type Made } from '../requests.ts'
import { seed } from '../../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 120)

/** Columns of the SQLite tables that the requests are made for; not all databases have the like. */
const missing = ['city', 'big', 'bytes']

/** Without them, so that more than the refusal of what is unknown is looked at. */
const requestsHere = requests.map((made): Made => {
  if (typeof made.body !== 'string' || !made.body.startsWith('{"')) return made
  try {
    const members = Object.entries(JSON.parse(made.body)).filter(([name]) => !missing.includes(name))
    return { ...made, body: JSON.stringify(Object.fromEntries(members)) }
  } catch {
    return made // broken on purpose
  }
})

const safe = ['GET', 'HEAD', 'OPTIONS', 'QUERY']

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, ({ crusts }) => ({
    apps: [
      menuOver(dialect, {
        Crust: model(crusts, {
          access: { read: { code: { ne: 'thk' } }, create: (user) => ({ name: { ne: user.name } }) },
        }),
      }),
    ],
  }))

  test(`no input yields a 500, and a refusal leaves the database as it was (seed ${seed})`, async () => {
    const statuses = new Set<number>()
    let before = await api.dump()
    const property = fc.asyncProperty(requestsHere, async ({ method, path, ...asked }) => {
      const { status } = await api.ask(method, path === '' ? base : path, asked) // which looks for 500s
      statuses.add(status)
      const after = await api.dump()
      if (safe.includes(method) || status >= 400) expect(after).toBe(before)
      before = after
    })
    await fc.assert(property, { numRuns, seed })
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404, 409, 422]))
  }, 600_000)
})
