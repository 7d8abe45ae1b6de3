// What is wrong with the content is told with a pointer each, in our words, and leaves the database as it was.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { pizzas, shops } from './tables.ts'

const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, { exclude: ['recipe'], readOnly: ['maxExtraToppings'] }),
      Closed: model(shops, { exclude: ['slug', 'owner'], readOnly: ['name'], references: {} }),
    }),
  ],
})

let before = ''
beforeEach(async () => {
  before = await api.dump()
})
afterEach(async () => {
  if ((await api.dump()) !== before) throw new Error('a refusal has changed the database')
})

interface Fault {
  readonly pointer: string
  readonly detail: string
}

async function faultsOf(path: string, json: unknown, method = 'POST'): Promise<Record<string, string>> {
  const { status, body } = await api.ask(method, path, { json })
  expect([status, body.code]).toEqual([422, 'invalid-content'])
  return Object.fromEntries(body.errors.map(({ pointer, detail }: Fault) => [pointer, detail] as const))
}

describe('H116 members', () => {
  test('that are missing, null, unknown or read-only are told all at once', async () => {
    const faults = await faultsOf('/menu/Pizza', { price: null, nothing: 1, maxExtraToppings: 3, 'a/b~c': 1 })
    expect(faults).toMatchObject({
      '#/name': 'is required',
      '#/price': 'must not be null',
      '#/maxExtraToppings': 'is read-only',
    })
    expect(faults['#/nothing']).toBe('is not known')
    expect(Object.keys(faults)).toContain('#/a~1b~0c')
  })

  test('that are not known are told with those there are, once', async () => {
    const { body } = await api.patch('/menu/Pizza/1', { nothing: 1, none: 2 })
    expect(body.detail).toBe(
      '#/nothing is not known; #/none is not known; there are: id, name, forSale, price, exclusiveToId.',
    )
  })

  test('are told up to twenty of them, in a small answer however many there are', async () => {
    const wide = Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`x${index}`, 0]))
    const { status, text, body } = await api.post('/menu/Pizza', wide)
    expect([status, body.errors.length, text.length < 5_000]).toEqual([422, 20, true])
    expect(body.detail).toMatch(/^#\/x0 is not known; .*price, exclusiveToId; and more\.$/)
    const exact = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`x${index}`, 0]))
    const all = (await api.patch('/menu/Pizza/1', exact)).body
    expect(all.errors).toHaveLength(20)
    expect(all.detail).not.toContain('and more')
  })

  test.each(['x', '\u{1}', '语', '~', '😀'])('with long names of %j are cut', async (letter) => {
    const long = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [letter.repeat(2_000) + index, 0]))
    const { text, body } = await api.post('/menu/Pizza', long)
    expect(Buffer.byteLength(text)).toBeLessThan(20_000)
    expect(body.errors[0].pointer).toBe('#') // at what is around it: the name is too long to be told
    expect(body.detail).toContain('and more')
  })

  test.each(['recipe', 'toString', 'valueOf', 'hasOwnProperty', '_links'])('%s is not known', async (name) => {
    expect((await faultsOf('/menu/Pizza/1', { [name]: 'x' }, 'PATCH'))[`#/${name}`]).toMatch(/^is not known/)
    expect((await faultsOf('/menu/Shop/1', { [name]: 'x' }, 'PATCH'))[`#/${name}`]).toMatch(/^is not known/)
  })

  test.each([
    ['whole', 1.5, 'must be an integer'],
    ['whole', '1', 'must be an integer'],
    ['whole', 2 ** 53, 'must be an integer from -9007199254740991 to 9007199254740991'],
    ['real', '1.5', 'must be a number'],
    ['decimal', 'x', 'must be a decimal number'],
    ['decimal', '1234567890123456', 'at most 15 digits'],
    ['decimal', '0.1234567890123456', 'at most 15 digits'],
    ['big', 1.5, 'must be an integer'],
    ['huge', '9223372036854775808', 'at most 64 bits'],
    ['flag', 1, 'must be true or false'],
    ['word', 1, 'must be a string'],
    ['word', ['a'], 'must be a string'],
    ['word', { $ne: 'a' }, 'must be a string'],
    ['word', 'a\0b', 'U+0000'],
    ['word', 'a\ud800', 'well-formed'],
    ['size', 'xl', 'must be one of: s, m, l'],
    ['at', '2026-01-31', 'date and time'],
    ['at', '2026-02-30T00:00:00Z', 'date and time'],
    ['at', '9999-12-31T23:59:59-12:00', 'date and time'],
    ['at', '0000-01-01T00:00:00+12:00', 'date and time'],
    ['at', '2026-01-31T12:00:00.0001Z', 'must have at most 3 fraction digits'],
    ['bytes', '*', 'base64'],
    ['city', 'x', 'URL of an instance'],
  ])('%s does not take %j', async (name, value, detail) => {
    expect((await faultsOf('/menu/Sample', { [name]: value }))[`#/${name}`]).toContain(detail)
    expect((await faultsOf('/menu/Sample/1', { [name]: value }, 'PATCH'))[`#/${name}`]).toContain(detail)
  })

  test('a column of whole seconds takes no part of one', async () => {
    const faults = await faultsOf('/menu/Price', { pizzaId: 1, date: '2026-01-31T12:00:00.5Z' })
    expect(faults).toEqual({ '#/date': 'must be whole seconds, which is what the database keeps' })
  })

  test('that are too long are counted in characters', async () => {
    expect(await faultsOf('/menu/Crust', { code: 'x', name: '12345678901' })).toEqual({
      '#/name': 'must have at most 10 characters',
    })
    const { status } = await api.post('/menu/Crust', { code: 'x', name: '\u{1F355}'.repeat(10) })
    expect(status).toBe(201)
    await api.delete('/menu/Crust/x')
  })

  test('that are computed are read-only, and passed over as they are', async () => {
    expect(await faultsOf('/menu/Shop/1', { webAddress: 'http://evil.example/' }, 'PATCH')).toEqual({
      '#/webAddress': 'is read-only',
    })
    expect(await faultsOf('/menu/Shop', { name: 'x', slug: 'x', webAddress: 'x' })).toEqual({
      '#/webAddress': 'is read-only',
    })
    expect(await faultsOf('/menu/Shop/77', { name: 'x', slug: 'x', webAddress: 'x' }, 'PUT')).toEqual({
      '#/webAddress': 'is read-only',
    })
    expect((await api.patch('/menu/Shop/1', { webAddress: 'http://www.example.com/alta-moda/' })).status).toBe(200)
  })

  test('that are read-only are passed over in any spelling of what is stored', async () => {
    const { madeAt } = (await api.get('/menu/Price/1')).body
    expect(madeAt).toBe('1970-01-01T00:00:00.000Z')
    expect(await faultsOf('/menu/Pizza/1', { maxExtraToppings: 4 }, 'PATCH')).toEqual({
      '#/maxExtraToppings': 'is read-only',
    })
    expect((await api.patch('/menu/Pizza/1', { maxExtraToppings: 3 })).status).toBe(200)
  })
})

test('what the database needs and nobody may give is told without its hidden name', async () => {
  const { status, body, text } = await api.post('/menu/Closed', { city: null })
  expect([status, body.code]).toEqual([403, 'forbidden'])
  expect(text).not.toContain('slug')
})

test('a CHECK of the database is 422', async () => {
  const { status, body } = await api.patch('/menu/Pizza/1', { price: '-1' })
  expect([status, body.detail]).toEqual([422, 'The database refuses these values.'])
})

describe('H115 constraints', () => {
  const conflict = async (method: string, path: string, json?: unknown): Promise<unknown> => {
    const { status, body } = await api.ask(method, path, json === undefined ? {} : { json })
    return [status, body.code, body.detail, body.errors]
  }

  test('a name that is taken is 409 and named', async () => {
    const taken = [
      409,
      'not-unique',
      'There is already a row with this name.',
      [{ pointer: '#/name', detail: 'is taken' }],
    ]
    expect(await conflict('POST', '/menu/Pizza', { name: 'Marinara', price: '1' })).toEqual(taken)
    expect(await conflict('PATCH', '/menu/Pizza/1', { name: 'Marinara' })).toEqual(taken)
    expect(await conflict('PUT', '/menu/Pizza/9', { name: 'Marinara', price: '1' })).toEqual(taken)
  })

  test('a set that is taken is 409, and all of it is named', async () => {
    expect(await conflict('POST', '/menu/SizePrice', { priceId: 1, size: 's', amount: '1' })).toEqual([
      409,
      'not-unique',
      'There is already a row with this priceId, size.',
      [
        { pointer: '#/priceId', detail: 'is taken' },
        { pointer: '#/size', detail: 'is taken' },
      ],
    ])
  })

  test('a hidden unique field is not named', async () => {
    await api.sql(
      `CREATE TRIGGER take BEFORE UPDATE OF active ON shop BEGIN UPDATE shop SET owned_by = 'clerk' WHERE id = 2; END`,
    )
    const hidden = await conflict('PATCH', '/menu/Closed/2', { active: true })
    await api.sql('DROP TRIGGER take')
    expect(hidden).toEqual([409, 'not-unique', 'There is already such a row.', undefined])
  })

  test('a reference to nothing is 409 and named', async () => {
    const dangling = [
      409,
      'foreign-key',
      '#/exclusiveToId refers to no menu.Shop.',
      [{ pointer: '#/exclusiveToId', detail: 'refers to no menu.Shop' }],
    ]
    expect(await conflict('POST', '/menu/Pizza', { name: 'x', price: '1', exclusiveToId: 99 })).toEqual(dangling)
    expect(await conflict('PATCH', '/menu/Pizza/1', { exclusiveToId: 99 })).toEqual(dangling)
    const twice = '#/shopId refers to no menu.Shop; #/crustCode refers to no menu.Crust.'
    expect(await conflict('PUT', '/menu/Stock/9,no', {})).toMatchObject([409, 'foreign-key', twice, { length: 2 }])
  })

  test('a row that others refer to is not deleted: 409 and another reason', async () => {
    expect(await conflict('DELETE', '/menu/Shop/1')).toEqual([
      409,
      'foreign-key',
      'Other rows refer to this one.',
      undefined,
    ])
  })

  test('what a trigger refuses is 422 without its words', async () => {
    await api.sql(`CREATE TRIGGER refuse BEFORE UPDATE ON crust BEGIN SELECT RAISE(ABORT, 'secret-dough'); END`)
    const { status, body } = await api.patch('/menu/Crust/thn', { name: 'x' })
    await api.sql('DROP TRIGGER refuse')
    expect([status, body.detail]).toEqual([422, 'The database refuses these values.'])
  })
})

test.each([
  ['', 400],
  ['{', 400],
  ['{"name":"a","name":"b"}', 400],
  ['{"__proto__":{}}', 400],
  ['['.repeat(100), 400],
  ['\ufeff{}', 400],
])('content that is no JSON for us is refused before anything is looked up: %s', async (body, status) => {
  const refused = await api.ask('POST', '/menu/Pizza', { body, headers: { 'content-type': 'application/json' } })
  expect(refused.status).toBe(status)
})

test('H119 content of another type is 415 with what is understood', async () => {
  const { status, headers } = await api.ask('POST', '/menu/Pizza', {
    body: 'a=1',
    headers: { 'content-type': 'text/plain' },
  })
  expect([status, headers.get('accept')]).toEqual([415, 'application/json'])
})
