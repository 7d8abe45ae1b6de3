// JSON Patch and merge patch, versions, dates and conditions, and fields that not everybody may write.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialects } from './dialects.ts'
import { everything, servingOrders } from './orders.ts'

const jsonPatch = { headers: { 'content-type': 'application/json-patch+json' } } as const
const any = { 'if-match': '*' } as const
const inOrder = (statuses: readonly number[]) => statuses.toSorted((a, b) => a - b)

describe.each(dialects)('$name', (dialect) => {
  const api = servingOrders(dialect)
  const patch = (path: string, operations: unknown, asked = {}) =>
    api.patch(path, operations, { ...jsonPatch, ...asked })

  test('a JSON Patch changes what its operations say, and is answered as any PATCH', async () => {
    const { status, body, headers } = await patch('/o/Note/1', [
      { op: 'test', path: '/id', value: 1 },
      { op: 'replace', path: '/slug', value: 'eins' },
      { op: 'remove', path: '/place' },
      { op: 'add', path: '/info/b/d', value: [1] },
      { op: 'copy', from: '/id', path: '/aboutId' },
    ])
    expect([status, body]).toEqual([
      200,
      { id: 1, slug: 'eins', owner: 'ann', place: null, info: { a: 1, b: { c: 2, d: [1] } }, aboutId: 1 },
    ])
    expect(headers.get('etag')).toBe((await api.get('/o/Note/1')).headers.get('etag'))
  })

  test('a JSON Patch that is sent as something else is told what it is', async () => {
    const { status, body } = await api.patch('/o/Note/1', [{ op: 'replace', path: '/slug', value: 'eins' }])
    const detail = 'must be a JSON object; a JSON Patch is sent as application/json-patch+json'
    expect([status, body.errors]).toEqual([422, [{ pointer: '#', detail }]])
  })

  test('a JSON Patch happens as a whole or not at all, and its faults point at its operations', async () => {
    const before = await api.dump()
    const refused = async (...operations: readonly unknown[]) => {
      const { status, body } = await patch('/o/Note/1', operations)
      expect(await api.dump()).toBe(before)
      return [status, body.code, body.errors?.[0]?.pointer]
    }
    const first = { op: 'replace', path: '/slug', value: 'eins' }
    expect(await refused(first, { op: 'test', path: '/place', value: 7 })).toEqual([409, 'patch-test-failed', '#/1'])
    expect(await refused(first, { op: 'remove', path: '/slug' })).toEqual([422, 'invalid-content', '#/1'])
    expect(await refused(first, { op: 'replace', path: '/id', value: 5 })).toEqual([409, 'key-mismatch', '#/1'])
    expect(await refused(first, { op: 'add', path: '/nothing', value: 5 })).toEqual([422, 'invalid-content', '#/1'])
    expect(await refused(first, { op: 'replace', path: '/slug', value: 'two' })).toEqual([409, 'not-unique', '#/1'])
    const looking = { op: 'test', path: '/slug', value: 'two' }
    const taken = { op: 'replace', path: '/slug', value: 'two' }
    expect(await refused(taken, looking)).toEqual([409, 'not-unique', '#/0']) // what only looks makes no fault
    expect(await refused(first, { op: 'move', from: '/slug', path: '/info' })).toEqual([422, 'invalid-content', '#/1'])
    const row = { id: 1, slug: 'two', owner: 'ann', place: null, info: null, aboutId: null }
    expect(await refused({ op: 'replace', path: '', value: row })).toEqual([409, 'not-unique', '#/0'])
    expect(await refused(first, { op: 'add', path: '', value: 5 })).toEqual([422, 'invalid-content', '#'])
    expect((await refused({ op: 'unknown', path: '/slug' }))[0]).toBe(400)
  })

  test.each([
    [{ op: 'test', path: '/place', value: 7 }, 'The value there is 1.'],
    [{ op: 'test', path: '/info', value: 7 }, 'The value there is {"a":1,"b":{"c":2}}.'],
    [
      { op: 'remove', path: '/palce' },
      '"remove" cannot be done there: the document has no "palce"; there are: id, slug, owner, place, info, aboutId.',
    ],
    [
      { op: 'replace', path: '/info/b/d', value: 1 },
      '"replace" cannot be done there: "#/info/b" has no "d"; there are: c.',
    ],
    [{ op: 'add', path: '/slug/x', value: 1 }, '"add" cannot be done there: "#/slug" has no "x"; it is "one".'],
  ])('a JSON Patch that does not fit is told what is there: %j', async (operation, detail) => {
    expect((await patch('/o/Note/1', [operation])).body.errors[0].detail).toBe(detail)
  })

  test('of what is there no more is told than somebody reads', async () => {
    const info = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${index}`, 'x'.repeat(50)]))
    await api.patch('/o/Note/1', { info })
    const { body } = await patch('/o/Note/1', [{ op: 'remove', path: '/info/m' }])
    expect(body.errors[0].detail).toMatch(/ m17, and 12 more\.$/)
    const { text } = await patch('/o/Note/1', [{ op: 'test', path: '/info', value: 1 }])
    expect(text.length).toBeLessThan(500)
  })

  test('a JSON Patch that does not fit is not told of what the caller may not see', async () => {
    const { text } = await patch('/o/Person/1', [{ op: 'remove', path: '/x' }], {
      headers: { ...jsonPatch.headers, ...any },
      as: everything('ann'),
    })
    expect(text).toContain('there are: id, name, level')
    expect(text).not.toMatch(/salary|secret/)
  })

  test('A043 for a patch hidden fields do not exist', async () => {
    const refused = async (...operations: readonly unknown[]) =>
      (
        await patch('/o/Person/1', operations, {
          headers: { ...jsonPatch.headers, ...any },
          as: everything('ann'),
        })
      ).status
    const before = await api.dump()
    expect(await refused({ op: 'test', path: '/salary', value: 100 })).toBe(422)
    expect(await refused({ op: 'test', path: '/secret', value: 'abc' })).toBe(422)
    expect(await refused({ op: 'copy', from: '/secret', path: '/name' })).toBe(422)
    expect(await refused({ op: 'add', path: '/salary', value: 5 })).toBe(422)
    expect(await refused({ op: 'replace', path: '/level', value: 5 })).toBe(422)
    expect(await refused({ op: 'add', path: '/__proto__/x', value: 5 })).toBe(400)
    expect(await refused({ op: 'add', path: '/constructor/prototype/x', value: 5 })).toBe(400)
    expect(await api.dump()).toBe(before)
    expect(await refused({ op: 'add', path: '/secret', value: 'new' })).toBe(200)
    expect(await api.sql('SELECT secret FROM people')).toMatchObject([{ secret: 'new' }])
  })

  describe('fields under rules', () => {
    const as = everything('ann')

    test('that may not be read are not known, those that may only be read are read-only', async () => {
      const { body } = await api.patch(
        '/o/Person/1',
        { salary: 5, level: 9, nothing: 1, shout: 'x' },
        { as, headers: any },
      )
      expect(body.errors).toEqual([
        { pointer: '#/salary', detail: 'is not known' },
        { pointer: '#/level', detail: 'is read-only' },
        { pointer: '#/nothing', detail: 'is not known' },
        { pointer: '#/shout', detail: 'is read-only' },
      ])
      expect(body.detail).not.toContain('salary,')
    })

    test('PUT takes what GET gave, and keeps what its caller cannot see', async () => {
      const { body } = await api.get('/o/Person/1', { as })
      expect(body).not.toHaveProperty('salary')
      expect((await api.put('/o/Person/1', { ...body, name: 'Anna', shout: 'ANN' }, { as, headers: any })).status).toBe(
        204,
      )
      expect(await api.sql('SELECT name, salary, secret, level FROM people')).toMatchObject([
        { name: 'Anna', salary: 100, secret: 'abc', level: 3 },
      ])
      expect((await api.put('/o/Person/1', { name: 'A', level: 4 }, { as, headers: any })).status).toBe(422)
    })

    test('are written by those who may', async () => {
      const { status, body } = await api.patch('/o/Person/1', { salary: 5 }, { as: everything('hr'), headers: any })
      expect([status, body.salary]).toEqual([200, 5])
    })
  })

  test('a write without the condition that the model asks for is 428', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const asked = method === 'DELETE' ? {} : { json: { name: 'Anna' } }
      expect((await api.ask(method, '/o/Person/1', asked)).body.code).toBe('condition-required')
    }
    expect((await api.put('/o/Person/50', { name: 'New' }, { headers: { 'if-none-match': '*' } })).status).toBe(201)
    expect((await api.delete('/o/Person/50', { headers: any })).status).toBe(204)
  })

  test('a version is the tag of its row, counted up by each write, and nobody else writes it', async () => {
    const tag = async () => (await api.get('/o/Order/1')).headers.get('etag')
    expect(await tag()).toBe('"1"')
    const first = await api.patch('/o/Order/1', { customer: 'x' }, { headers: { 'if-match': '"1"' } })
    expect([first.body.version, first.headers.get('etag')]).toEqual([2, '"2"'])
    expect((await api.patch('/o/Order/1', { customer: 'y' }, { headers: { 'if-match': '"1"' } })).status).toBe(412)
    expect((await api.patch('/o/Order/1', { version: 7 })).body.errors[0].detail).toBe('is read-only')
    await api.patch('/o/Order/1', {})
    expect(await tag()).toBe('"2"')
    expect((await api.put('/o/Order/1', { number: 'A1', version: 2 })).status).toBe(204)
    expect(await tag()).toBe('"3"')
  })

  test('of parallel writes for one version one is let through', async () => {
    const write = (customer: string) => api.patch('/o/Order/1', { customer }, { headers: { 'if-match': '"1"' } })
    const statuses = (await Promise.all(['a', 'b', 'c', 'd'].map(write))).map(({ status }) => status)
    expect(inOrder(statuses)).toEqual([200, 412, 412, 412])
  })

  test('of parallel PUTs to one new key one creates and the others replace', async () => {
    const put = (slug: string) => api.put('/o/Note/70', { slug, owner: 'ann' })
    const statuses = (await Promise.all(['a', 'b', 'c'].map(put))).map(({ status }) => status)
    expect(inOrder(statuses)).toEqual([201, 204, 204])
    const create = (slug: string) =>
      api.put('/o/Note/71', { slug, owner: 'ann' }, { headers: { 'if-none-match': '*' } })
    const created = (await Promise.all(['d', 'e', 'f'].map(create))).map(({ status }) => status)
    expect(inOrder(created)).toEqual([201, 412, 412])
  })

  test('H160 If-Unmodified-Since is decided by the date column', async () => {
    await api.sql(
      `UPDATE people SET changed_at = ${dialect.kind === 'sqlite' ? 1767225600 : `'2026-01-01 00:00:00${dialect.kind === 'pg' ? '+00' : ''}'`}`,
    )
    const read = await api.get('/o/Person/1')
    const date = read.headers.get('last-modified') ?? ''
    const asked = (since: string) => ({ headers: { 'if-unmodified-since': since } })
    expect((await api.patch('/o/Person/1', { name: 'A' }, asked('Mon, 01 Jan 2018 00:00:00 GMT'))).status).toBe(412)
    expect((await api.patch('/o/Person/1', { name: 'A' }, asked(date))).status).toBe(200)
  })

  test('a chosen key is kept, and the next generated one does not collide with it', async () => {
    expect((await api.post('/o/Note', { id: 900, slug: 'a', owner: 'ann' })).body.id).toBe(900)
    expect((await api.put('/o/Note/901', { slug: 'b', owner: 'ann' })).status).toBe(201)
    const generated = await api.post('/o/Note', { slug: 'c', owner: 'ann' })
    expect([generated.status, generated.body.id > 901]).toEqual([201, true])
  })
})

const value = fc.oneof(fc.constantFrom('one', 'x', null, 5, -1, 100, true), fc.jsonValue({ maxDepth: 2 }))
const names = ['id', 'slug', 'owner', 'place', 'info', 'aboutId', 'nothing'] as const
const members = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 })
const items = fc.array(
  fc.record(
    {
      id: fc.constantFrom(1, 7, 8),
      slug: fc.constantFrom('one', 'x', 'y', 'z', 5),
      owner: fc.constantFrom('ann', 'ann', 'ann', 'bob'),
      place: fc.constantFrom(1, null, 100),
      aboutId: fc.constantFrom(1, 7, 8, null),
    },
    { requiredKeys: ['owner', 'slug'], noNullPrototype: true },
  ),
  { maxLength: 4 },
)

describe('for any content', () => {
  const api = servingOrders(dialects[0]!)

  /** Runs what is undone afterwards by making the rows anew. */
  const restored = async (before: readonly Readonly<Record<string, unknown>>[]) => {
    await api.sql('UPDATE notes SET about_id = NULL')
    await api.sql('DELETE FROM notes')
    const text = (each: unknown) =>
      each === null ? 'NULL' : typeof each === 'string' ? `'${each.replaceAll("'", "''")}'` : JSON.stringify(each)
    for (const row of before) await api.sql(`INSERT INTO notes VALUES (${Object.values(row).map(text).join(', ')})`)
    await api.sql(`UPDATE sqlite_sequence SET seq = 200 WHERE name = 'notes'`)
  }

  test('a merge patch and the JSON Patch that says the same come to the same', async () => {
    const before = await api.sql('SELECT * FROM notes ORDER BY id')
    const flat = members.filter(
      (each) => typeof each['info'] !== 'object' || each['info'] === null || Array.isArray(each['info']),
    )
    const property = fc.asyncProperty(flat, async (given) => {
      const dump = await api.dump()
      const merged = await api.patch('/o/Note/1', given)
      const afterMerge = await api.dump()
      if (merged.status >= 400) expect(afterMerge).toBe(dump)
      await restored(before)
      const operations = Object.entries(given).map(([name, each]) => ({ op: 'add', path: `/${name}`, value: each }))
      const patched = await api.patch('/o/Note/1', operations, jsonPatch)
      expect([patched.status, patched.body.code]).toEqual([merged.status, merged.body.code])
      expect(await api.dump()).toBe(afterMerge)
      if (merged.status < 400) expect(patched.body).toEqual(merged.body)
      await restored(before)
    })
    await fc.assert(property, { numRuns: 80 })
  })

  test('a list that is all or none comes to what single writes one after the other come to', async () => {
    const before = await api.sql('SELECT * FROM notes ORDER BY id')
    await restored(before)
    const property = fc.asyncProperty(items, async (given) => {
      const dump = await api.dump()
      const as = everything('ann')
      const all = await api.post('/o/Note', given, { as, headers: { prefer: 'handling=strict' } })
      const afterAll = await api.dump()
      await restored(before)
      const statuses: number[] = []
      for (const item of given) statuses.push((await api.post('/o/Note', item, { as })).status)
      const isWhole = statuses.every((status) => status === 201)
      expect([all.status === 200, afterAll]).toEqual([isWhole, isWhole ? await api.dump() : dump])
      if (!isWhole && !statuses.includes(422)) expect(all.status).toBe(statuses.find((status) => status !== 201))
      await restored(before)
      const each = await api.post('/o/Note', given, { as })
      expect(each.body.map(({ status }: { status: number }) => status)).toEqual(statuses)
      await restored(before)
    })
    await fc.assert(property, { numRuns: 40 })
  })
})
