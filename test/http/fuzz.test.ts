// Whatever is asked, every end of the decision table is reached and no other, every answer is well formed, and what is refused
// changes nothing. Repeat a run with FUZZ_SEED=<the seed in the test's name>; `npm run fuzz` is the long run.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { app } from './fuzz/more-resources.ts'
import { dump, reset } from './fuzz/data.ts'
import { outcomesOf, reachable } from './fuzz/outcomes.ts'
import { requestOf, steps } from './fuzz/requests.ts'
import type { Sent, Step } from './fuzz/targets.ts'
import { expectWellFormed } from './fuzz/well-formed.ts'
import { seed } from '../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 700)

const counts = new Map(reachable.map((outcome) => [outcome, 0]))
const varies = new Map<string, string>()

async function send(sent: Sent): Promise<Response> {
  const response = await app.fetch(requestOf(sent), sent.peer === undefined ? {} : { peer: sent.peer })
  const octets = Buffer.from(await response.arrayBuffer())
  for (const outcome of outcomesOf(response.headers.get('x-slumber-trace') ?? '', response.status)) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  expectWellFormed(sent, response, octets)
  expectSameVary(sent, response)
  return response
}

/** RFC 9110 §12.5.5: the same for all answers of a resource, but for what only some of them look at. */
function expectSameVary({ path }: Sent, { headers }: Response): void {
  const names = headers.get('vary')?.split(', ') ?? []
  const always = names.filter((name) => name !== 'prefer' && !name.startsWith('access-control-')).toSorted()
  const key = `${new URL(`http://h${path}`).pathname} ${path.includes('format=')}`
  expect(String(always)).toBe(varies.get(key) ?? String(always))
  varies.set(key, String(always))
}

/** Long repetitions cut, so that a counterexample can be read. */
function shown(run: fc.RunDetails<[Step[]]>): string {
  return fc.defaultReportMessage(run)?.replaceAll(/(.{1,4})\1{20,}/g, '$1…') ?? ''
}

const isSafe = ({ method }: Sent): boolean => ['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(method)
const isRefusal = ({ status }: Response): boolean => status >= 400 || status === 304 || status === 307 || status === 308

async function take({ requests, atOnce = false }: Step): Promise<void> {
  for (const together of atOnce ? [requests] : requests.map((request) => [request])) {
    const before = dump()
    const responses = await Promise.all(together.map(send))
    if (together.every((sent, index) => isSafe(sent) || isRefusal(responses[index]!))) expect(dump()).toBe(before)
  }
}

// H042: safe methods change nothing; H212, H219, H276: of every answer, see well-formed.ts.
test(`H042 H212 H219 H276 every end of the table is reached, and no other (seed ${seed})`, async () => {
  const property = fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 15, size: 'max' }), async (taken) => {
    reset()
    for (const step of taken) await take(step)
  })
  const run = await fc.check(property, { numRuns, seed })
  if (run.failed) throw new Error(shown(run), { cause: run.errorInstance })
  const rare = [...counts].filter(([outcome, count]) => count < 20 && reachable.includes(outcome))
  expect(rare).toEqual([])
}, 3_600_000)
