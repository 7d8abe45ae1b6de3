// Rows created, replaced, changed and removed, over every database.
import { describe, expect, test } from 'vitest'
import { dialects, servingOn } from '../dialects.ts'
import { base } from '../fixture.ts'

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect)
  const pizza = { name: 'Bianca', price: '8' }

  describe('create', () => {
    test('H109 answers 201 with Location and the row as GET shows it', async () => {
      const { status, headers, body } = await api.post('/menu/Pizza', pizza)
      const location = headers.get('location') ?? ''
      expect([status, location]).toEqual([201, `${base}/menu/Pizza/${body.id}`])
      expect(body).toMatchObject({ name: 'Bianca', forSale: true, maxExtraToppings: null, exclusiveToId: null })
      expect(Number(body.price)).toBe(8)
      const there = await api.get(location)
      expect([there.body, there.headers.get('etag')]).toEqual([body, headers.get('etag')])
    })

    test('gives a hidden column its default', async () => {
      const { body } = await api.post('/menu/Pizza', pizza)
      expect(await api.sql(`SELECT recipe FROM pizza WHERE id = ${body.id}`)).toEqual([{ recipe: 'secret-dough' }])
    })

    test('makes the default that the program makes', async () => {
      const before = Date.now()
      const { body } = await api.post('/menu/Price', { pizzaId: 2, date: '2026-01-31T12:00:00+02:00' })
      expect(Date.parse(body.date)).toBe(Date.UTC(2026, 0, 31, 10))
      expect(Date.parse(body.madeAt)).toBeGreaterThanOrEqual(before)
    })

    test('keeps a chosen key, and those generated later do not collide with it', async () => {
      const first: number = (await api.post('/menu/Pizza', pizza)).body.id
      const chosen = await api.post('/menu/Pizza', { id: first + 1, name: 'Chosen', price: '1' })
      expect([chosen.status, chosen.headers.get('location')]).toEqual([201, `${base}/menu/Pizza/${first + 1}`])
      const next = await api.post('/menu/Pizza', { name: 'Next', price: '1' })
      expect([next.status, next.body.id]).toEqual([201, first + 2])
    })

    test('takes keys of text, of several columns and without a default', async () => {
      expect((await api.post('/menu/Crust', { code: 'xyz', name: 'X' })).headers.get('location')).toBe(
        `${base}/menu/Crust/xyz`,
      )
      expect((await api.post('/menu/Stock', { shopId: 3, crustCode: 'thn' })).headers.get('location')).toBe(
        `${base}/menu/Stock/3,thn`,
      )
      expect((await api.get('/menu/Stock/3,thn')).body).toEqual({ shopId: 3, crustCode: 'thn', quantity: 0 })
      expect((await api.post('/menu/Category', { id: 9, name: 'x' })).body).toEqual({
        id: 9,
        name: 'x',
        parentId: null,
      })
    })

    test('lets a row refer to itself in the statement that makes it', async () => {
      expect((await api.post('/menu/Category', { id: 9, name: 'Self', parentId: 9 })).status).toBe(201)
    })

    test('takes any text that is Unicode', async () => {
      for (const name of ["'", '"; --', '\\', '%_', '🍕', 'ä\u0308', '\t\n', ' a ', '\u{10FFFF}', '\uFEFF']) {
        const { status, body, headers } = await api.post('/menu/Shop', { name, slug: encodeURIComponent(name) })
        expect([status, body.name]).toEqual([201, name])
        expect((await api.get(headers.get('location') ?? '')).body.name).toBe(name)
        expect(await api.get(`/menu/Shop?name=${encodeURIComponent(name)}`)).toMatchObject({ body: [{ name }] })
      }
    })
  })

  describe('replace', () => {
    test('H104 puts what is left out back to its default, and leaves hidden columns', async () => {
      await api.sql(`UPDATE pizza SET recipe = 'old' WHERE id = 3`)
      expect((await api.put('/menu/Pizza/3', { name: 'Speciale', price: 13, forSale: false })).status).toBe(204)
      const { body } = await api.get('/menu/Pizza/3')
      expect([body.forSale, body.maxExtraToppings, body.exclusiveToId, Number(body.price)]).toEqual([
        false,
        null,
        null,
        13,
      ])
      expect(await api.sql('SELECT recipe FROM pizza WHERE id = 3')).toEqual([{ recipe: 'old' }])
      await api.put('/menu/Pizza/3', { name: 'Speciale', price: 13 })
      expect((await api.get('/menu/Pizza/3')).body.forSale).toBe(true)
    })

    test.each(['/menu/Shop/1', '/menu/Pizza/3', '/menu/Stock/1,thn', '/menu/Sample/1', '/menu/Sample/4'])(
      'of %s takes back what GET gave, and nothing is changed',
      async (path) => {
        const before = await api.dump()
        const { body, headers } = await api.get(path)
        const { status, text } = await api.put(path, body, { headers: { 'if-match': headers.get('etag') ?? '' } })
        expect([status, text]).toEqual([204, ''])
        expect(await api.dump()).toBe(before)
      },
    )

    test('creates where there is nothing, also below a generated key', async () => {
      expect((await api.put('/menu/Pizza/77', pizza)).headers.get('location')).toBe(`${base}/menu/Pizza/77`)
      expect((await api.put('/menu/Stock/3,thk', { quantity: 2 })).body).toMatchObject({ quantity: 2 })
      expect((await api.put('/menu/Crust/abc', { code: 'abc', name: 'A' })).status).toBe(201)
    })

    test('H043 is idempotent', async () => {
      await api.put('/menu/Pizza/77', pizza)
      const once = await api.dump()
      expect((await api.put('/menu/Pizza/77', pizza)).status).toBe(204)
      expect(await api.dump()).toBe(once)
    })
  })

  describe('change', () => {
    test('writes what is given and nothing else', async () => {
      const { status, body, headers } = await api.patch('/menu/Pizza/3', { price: '14' })
      expect([status, Number(body.price), body.name, body.exclusiveToId]).toEqual([200, 14, 'Moda Speciale', 1])
      expect(headers.get('etag')).toBe((await api.get('/menu/Pizza/3')).headers.get('etag'))
    })

    test('to what is there already is a success, as one that finds nothing to change', async () => {
      const before = await api.dump()
      for (const json of [{}, { name: 'Moda Speciale' }]) {
        expect((await api.patch('/menu/Pizza/3', json)).status).toBe(200)
        expect((await api.patch('/menu/Pizza/99', json)).status).toBe(404)
      }
      expect(await api.dump()).toBe(before)
    })

    test('H203 goes into the JSON of a column', async () => {
      const patch = async (json: unknown): Promise<unknown> => (await api.patch('/menu/Sample/1', { json })).body.json
      expect(await patch({ a: null, b: { c: [1, null, 'x'] } })).toEqual({ b: { c: [1, null, 'x'] } })
      expect(await patch(['x', null])).toEqual(['x', null])
      expect(await patch('text')).toBe('text')
      expect(await patch({ deep: { a: 1.5, b: true, c: {} } })).toEqual({ deep: { a: 1.5, b: true, c: {} } })
    })

    test('empties what may be empty', async () => {
      const { body } = await api.patch('/menu/Sample/1', { whole: null, word: null, at: null, json: null, huge: null })
      expect(body).toMatchObject({ whole: null, word: null, at: null, json: null, huge: null, flag: false })
    })
  })

  test('H043 remove answers 204, then 404', async () => {
    expect((await api.delete('/menu/Stock/1,thk')).status).toBe(204)
    const once = await api.dump()
    expect((await api.delete('/menu/Stock/1,thk')).status).toBe(404)
    expect(await api.dump()).toBe(once)
  })
})
