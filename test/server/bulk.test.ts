// Lists of rows in one request: each with a result of its own, or all of them or none.
import { beforeEach, describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from './dialects.ts'
import { base } from './fixture.ts'
import { everything, ordersUrl, servingOrders } from './orders.ts'

const strict = { headers: { prefer: 'handling=strict' } } as const
const note = (slug: string, more: object = {}) => ({ slug, owner: 'ann', ...more })

describe.each(dialects)('$name', (dialect) => {
  const api = servingOrders(dialect)
  const slugs = async () => (await api.sql('SELECT slug FROM notes ORDER BY id')).map(({ slug }) => slug)

  describe('POST of an array', () => {
    test('makes a row of each item, and says of each what became of it', async () => {
      const { status, body } = await api.post('/o/Note', [note('four'), note('one'), { owner: 'ann' }, note('five')])
      expect([status, body.map((each: { status: number }) => each.status)]).toEqual([200, [201, 409, 422, 201]])
      const [first, second, third] = body
      const there = await api.get(first.location)
      expect([there.body.slug, there.headers.get('etag')]).toEqual(['four', first.etag])
      expect(second.problem).toMatchObject({ code: 'not-unique', errors: [{ pointer: '#/slug', detail: 'is taken' }] })
      expect(third.problem).toMatchObject({ status: 422, errors: [{ pointer: '#/slug', detail: 'is required' }] })
      expect(await slugs()).toEqual(['one', 'two', 'three', 'four', 'five'])
    })

    test('with Prefer: return=representation shows the rows', async () => {
      const asked = { headers: { prefer: 'return=representation' } }
      const { body, headers } = await api.post('/o/Note', [note('four'), note('five')], asked)
      expect(body.map(({ data }: { data: { slug: string } }) => data.slug)).toEqual(['four', 'five'])
      expect(headers.get('preference-applied')).toBe('return=representation')
    })

    test('with Prefer: handling=strict makes all of them or none, and says which was refused', async () => {
      const before = await api.dump()
      const refused = await api.post('/o/Note', [note('four'), note('five'), note('four')], strict)
      expect([refused.status, refused.body.code]).toEqual([409, 'not-unique'])
      expect(refused.body.errors).toEqual([{ pointer: '#/2/slug', detail: 'is taken' }])
      expect(await api.dump()).toBe(before)
      const invalid = await api.post('/o/Note', [note('four'), { owner: 1 }, 5], strict)
      expect([invalid.status, invalid.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
        422,
        ['#/1/owner', '#/1/slug', '#/2'],
      ])
      expect(await api.dump()).toBe(before)
      const { status, body, headers } = await api.post('/o/Note', [note('four'), note('five')], strict)
      expect([status, headers.get('preference-applied')]).toEqual([200, 'handling=strict'])
      expect((await api.get(body[1].location)).body.slug).toBe('five')
    })

    test('all or none with Prefer: return=minimal has no content', async () => {
      const asked = { headers: { prefer: 'handling=strict, return=minimal' } }
      const { status, text, headers } = await api.post('/o/Note', [note('four'), note('five')], asked)
      expect([status, text, headers.get('preference-applied')]).toEqual([204, '', 'return=minimal, handling=strict'])
    })

    test('an item may refer to one before it, and to none behind it', async () => {
      const chain = [note('a', { id: 500 }), note('b', { id: 501, aboutId: 500 })]
      expect((await api.post('/o/Note', chain, strict)).status).toBe(200)
      const backwards = [note('c', { id: 503, aboutId: 504 }), note('d', { id: 504 })]
      const { status, body } = await api.post('/o/Note', backwards, strict)
      expect([status, body.errors]).toEqual([409, [{ pointer: '#/0/aboutId', detail: 'refers to no o.Note' }]])
      expect(body.detail).toBe('#/0/aboutId refers to no o.Note.')
    })

    test('each item is under the create rule', async () => {
      const items = [note('four'), note('five', { owner: 'bob' })]
      const each = await api.post('/o/Note', items, { as: everything('ann') })
      expect(each.body.map(({ status }: { status: number }) => status)).toEqual([201, 403])
      expect(await slugs()).toEqual(['one', 'two', 'three', 'four'])
      const before = await api.dump()
      const all = await api.post('/o/Note', [note('six'), note('seven', { owner: 'bob' })], {
        ...strict,
        as: everything('ann'),
      })
      expect([all.status, all.body.errors[0].pointer, await api.dump()]).toEqual([403, '#/1', before])
    })

    test('needs the permission before anything is looked at', async () => {
      const { status, body } = await api.post('/o/Note', [5], { as: 'ann' })
      expect([status, body.permissions]).toEqual([403, ['o.add_note']])
    })

    test('of more than the model takes is 422, and of nothing is nothing', async () => {
      const items = Array.from({ length: 51 }, (_, index) => note(`n${index}`))
      const { status, body } = await api.post('/o/Note', items)
      expect([status, body.code]).toEqual([422, 'too-many-items'])
      expect(await slugs()).toHaveLength(3)
      expect((await api.post('/o/Note', [])).body).toEqual([])
    })

    test('is 422 where the model takes no lists', async () => {
      const { status, body } = await api.post('/o/Line', [{ orderId: 1, product: 'x' }])
      const detail = 'must be a JSON object: o.Line takes no lists of rows'
      expect([status, body.errors]).toEqual([422, [{ pointer: '#', detail }]])
    })
  })

  describe('PATCH of an array', () => {
    test('changes the row that each item names by its key', async () => {
      const { status, body } = await api.patch('/o/Note', [
        { id: 1, place: 9, info: { a: null, d: 4 } },
        { id: 77, place: 9 },
        { place: 9 },
        { id: 3, place: 100 },
        { id: 2, slug: 'zwei' },
      ])
      expect([status, body.map((each: { status: number }) => each.status)]).toEqual([200, [200, 404, 422, 422, 200]])
      expect((await api.get('/o/Note/1')).body).toMatchObject({ place: 9, info: { b: { c: 2 }, d: 4 } })
      expect(body[2].problem.errors).toEqual([{ pointer: '#/id', detail: 'is required: it says which row is meant' }])
      expect([body[4].location, await slugs()]).toEqual([`${ordersUrl}/o/Note/2`, ['one', 'zwei', 'three']])
    })

    test('with the tag of a row changes it only in that state', async () => {
      const tag = (await api.get('/o/Note/1')).headers.get('etag')
      const { body } = await api.patch('/o/Note', [
        { id: 1, _etag: tag, place: 5 },
        { id: 1, _etag: tag, place: 6 },
        { id: 3, _etag: 'x', place: 6 },
        { id: 3, _etag: '*', place: 7 },
      ])
      expect(body.map(({ status }: { status: number }) => status)).toEqual([200, 412, 422, 200])
      expect((await api.get('/o/Note/1')).body.place).toBe(5)
    })

    test('needs a tag where the model asks for a condition', async () => {
      const { body } = await api.patch('/o/Person', [{ id: 1, name: 'Anna' }])
      expect(body[0]).toMatchObject({ status: 428, problem: { code: 'condition-required' } })
      expect((await api.patch('/o/Person', [{ id: 1, _etag: '*', name: 'Anna' }])).body[0].status).toBe(200)
    })

    test('all or none says which item was refused', async () => {
      const before = await api.dump()
      const items = [
        { id: 1, place: 4 },
        { id: 2, place: 4 },
      ]
      const { status, body } = await api.patch('/o/Note', items, { ...strict, as: everything('ann') })
      expect([status, body.errors[0].pointer, await api.dump()]).toEqual([403, '#/1', before])
    })

    test('that is no array is 422, and a merge patch of the list itself is 415', async () => {
      expect((await api.patch('/o/Note', { id: 1 })).status).toBe(422)
      const headers = { 'content-type': 'application/merge-patch+json' }
      expect((await api.patch('/o/Note', [{ id: 1 }], { headers })).status).toBe(415)
    })
  })

  describe('DELETE of a list', () => {
    test('A056 needs a filter, and the switch', async () => {
      const before = await api.dump()
      for (const path of ['/o/Note', '/o/Note?where={}', '/o/Note?limit=1', '/o/Note?nothing=1', '/o/Note?sort=id']) {
        expect([path, (await api.delete(path)).status]).toEqual([path, 400])
      }
      const { status, headers } = await api.delete('/o/Line?qty=1')
      expect([status, headers.get('allow')]).toEqual([405, expect.not.stringContaining('DELETE')])
      expect((await api.delete('/o/Person?name=Ann')).status).toBe(428)
      expect(await api.dump()).toBe(before)
    })

    test('deletes the rows that hold, as far as the caller may', async () => {
      const { status, body } = await api.delete('/o/Note?id__in=2&id__in=3&id__in=99', { as: everything('ann') })
      expect([status, body.map((each: { status: number }) => each.status)]).toEqual([200, [403, 204]])
      expect([body[0].location, await slugs()]).toEqual([`${ordersUrl}/o/Note/2`, ['one', 'two']])
      expect((await api.delete('/o/Note?owner=bob')).body).toEqual([{ status: 204, location: `${ordersUrl}/o/Note/2` }])
    })

    test('of rows that need a condition takes If-Match: *', async () => {
      const { status, body } = await api.delete('/o/Person?name=Ann', { headers: { 'if-match': '*' } })
      expect([status, body]).toEqual([200, [{ status: 204, location: `${ordersUrl}/o/Person/1` }]])
    })

    test('all or none keeps everything where one may not go', async () => {
      const before = await api.dump()
      const { status, body } = await api.delete('/o/Note?owner=ann', strict)
      expect([status, body.code, await api.dump()]).toEqual([409, 'foreign-key', before])
    })
  })
})

describe.each(dialects.slice(0, 1))('keys of several parts with $name', (dialect) => {
  const api = servingOn(dialect, ({ stocks }) => ({
    apps: [menuOver(dialect, { Stock: model(stocks, { bulk: true, references: { crustCode: 'crust' } }) })],
  }))

  test('name the row of an item, and select rows', async () => {
    const { body } = await api.patch('/menu/Stock', [
      { shopId: 1, crustCode: 'thn', quantity: 9 },
      { shopId: 1, quantity: 9 },
    ])
    expect([body[0].status, body[0].location]).toEqual([200, `${base}/menu/Stock/1,thn`])
    expect(body[1].problem.errors[0].pointer).toBe('#/crustCode')
    const where = encodeURIComponent(
      JSON.stringify({
        or: [
          { shopId: 1, crustCode: 'thn' },
          { shopId: 9, crustCode: 'thn' },
        ],
      }),
    )
    const deleted = await api.delete(`/menu/Stock?where=${where}`)
    expect(deleted.body).toEqual([{ status: 204, location: `${base}/menu/Stock/1,thn` }])
  })
})

describe.each(dialects.slice(0, 1))('OPTIONS with $name', (dialect) => {
  const api = servingOrders(dialect)

  test('names PATCH and DELETE only where lists are taken', async () => {
    expect((await api.ask('OPTIONS', '/o/Note')).headers.get('allow')).toMatch(/PATCH.*DELETE|DELETE.*PATCH/)
    expect((await api.ask('OPTIONS', '/o/Line')).headers.get('allow')).not.toMatch(/PATCH|DELETE/)
  })
})

describe.each(dialects.slice(0, 1))('with what the service does around writes, on $name', (dialect) => {
  const told: unknown[] = []
  const api = servingOrders(dialect, {
    rule: ({ superuser, name }) => superuser || { owner: name },
    on: {
      'o.Note': {
        beforeCreate: ({ values }) => ({ ...values, place: 7 }),
        committed: ({ action, row }) => void told.push([action, row['slug']]),
      },
    },
  })
  beforeEach(() => void told.splice(0))

  test('hooks are told of the items that were done, and of no others', async () => {
    await api.post('/o/Note', [note('four'), note('one'), note('five')])
    expect(told).toEqual([
      ['create', 'four'],
      ['create', 'five'],
    ])
    expect((await api.sql(`SELECT place FROM notes WHERE slug = 'five'`))[0]).toEqual({ place: 7 })
    told.splice(0)
    await api.post('/o/Note', [note('six'), note('one')], strict)
    expect(told).toEqual([])
    await api.post('/o/Note', [note('six'), note('seven')], strict)
    expect(told).toHaveLength(2)
    await api.delete('/o/Note?slug=six')
    expect(told.at(-1)).toEqual(['delete', 'six'])
  })

  test('the rule of the service gives new rows their values and is asked of every item', async () => {
    const { body } = await api.post('/o/Note', [{ slug: 'mine' }, { slug: 'theirs', owner: 'bob' }], {
      as: everything('ann'),
    })
    expect(body.map(({ status }: { status: number }) => status)).toEqual([201, 403])
    expect((await api.get(body[0].location)).body.owner).toBe('ann')
    const updated = await api.patch('/o/Note', [{ id: 2, place: 1 }], { as: everything('ann') })
    expect(updated.body[0].status).toBe(404)
    expect((await api.delete('/o/Note?owner=bob', { as: everything('ann') })).body).toEqual([])
  })
})
