// No content of a list, a patch or a row with the rows it owns yields a 500, and what is refused changes nothing.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dialects } from './dialects.ts'
import { everything, servingOrders } from './orders.ts'
import { seed } from '../seed.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 400)

const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items)
const odd = fc.oneof(
  some<unknown>(null, true, -1, 2 ** 53, 1e300, '', '\0', '\ud800', 'x'.repeat(50), [], {}, [[]], { a: { b: null } }),
  fc.jsonValue({ maxDepth: 2 }),
)
const id = some(1, 2, 3, 4, 99)
const word = some('one', 'two', 'tea', 'jam', 'new', 'x')
const right = {
  id,
  slug: word,
  owner: some('ann', 'bob'),
  place: some(1, 99, 100),
  info: fc.jsonValue({ maxDepth: 2 }),
  aboutId: id,
  _etag: some('*', '"x"', 'x', 'W/"x"'),
}
const line = fc.record({ id, product: word, qty: some(1, 2), orderId: id }, { requiredKeys: [], noNullPrototype: true })
const lines = fc.oneof({ weight: 5, arbitrary: fc.array(fc.oneof(line, odd), { maxLength: 3 }) }, odd)
const order = fc.record(
  { number: word, customer: word, lines, version: some(1, 2) },
  { requiredKeys: [], noNullPrototype: true },
)
const note = fc.record(right, { requiredKeys: [], noNullPrototype: true })
const strange = fc
  .tuple(note, fc.dictionary(fc.oneof(some(...Object.keys(right)), fc.string({ maxLength: 4 })), odd, { maxKeys: 2 }))
  .map(([a, b]) => ({ ...a, ...b }))
const list = fc.array(fc.oneof({ weight: 4, arbitrary: note }, { weight: 2, arbitrary: strange }, odd), {
  maxLength: 4,
})
const pointer = some(
  '',
  '/',
  '/slug',
  '/info',
  '/info/a',
  '/info/-',
  '/id',
  '/nothing',
  '/place',
  '/lines',
  '/__proto__',
  'x',
)
const operation = fc.record(
  { op: some('add', 'remove', 'replace', 'move', 'copy', 'test', 'odd'), path: pointer, from: pointer, value: odd },
  { requiredKeys: ['op', 'path'], noNullPrototype: true },
)

const made = fc.oneof(
  fc.tuple(
    some('POST', 'PATCH'),
    some('/o/Note', '/o/Order', '/o/Person', '/o/Line'),
    list,
    fc.constant('application/json'),
  ),
  fc.tuple(
    some('POST'),
    some('/o/Order'),
    fc.oneof(order, fc.array(order, { maxLength: 3 })),
    fc.constant('application/json'),
  ),
  fc.tuple(
    some('PUT', 'PATCH'),
    some('/o/Order/1', '/o/Order/2', '/o/Order/9'),
    order,
    fc.constant('application/json'),
  ),
  fc.tuple(
    some('PATCH'),
    some('/o/Note/1', '/o/Note/2', '/o/Order/1', '/o/Person/1'),
    fc.oneof(fc.array(operation, { maxLength: 4 }), odd),
    fc.constant('application/json-patch+json'),
  ),
)

const api = servingOrders(dialects[0]!)

test(`no content of a write yields a 500, and a refusal leaves the database as it was (seed ${seed})`, async () => {
  const statuses = new Set<number>()
  let before = await api.dump()
  const asked = fc.tuple(
    made,
    some('handling=strict', 'handling=lenient'),
    some('admin', everything('ann'), 'ann o.add_order'),
  )
  const property = fc.asyncProperty(asked, async ([[method, path, json, type], prefer, as]) => {
    const headers = { prefer, 'content-type': type, 'if-match': '*' }
    const { status } = await api.ask(method, path, { json, headers, as })
    statuses.add(status)
    const after = await api.dump()
    if (status >= 400) expect(after).toBe(before)
    before = after
  })
  await fc.assert(property, { numRuns, seed })
  expect([...statuses]).toEqual(expect.arrayContaining([200, 403, 409, 412, 422]))
}, 60_000)
