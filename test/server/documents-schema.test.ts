// The JSON Schema of a model is true: what GET gives is valid under it, and so is everything that a write takes.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { dialects, menuOver, servingOn, type DialectApi } from './dialects.ts'

/** Formats are annotations (JSON Schema §7.2.1), and so are keywords that begin with `x-`. */
function validator(schema: object): Readonly<Record<'row' | 'create' | 'replace' | 'patch', ValidateFunction>> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(schema, 'schema')
  const of = (name: string): ValidateFunction => ajv.getSchema(`schema${name}`) as ValidateFunction // `$defs` are there
  const [create, replace, patch] = ['create', 'replace', 'patch'].map((name) => of(`#/$defs/${name}`))
  return { row: of(''), create: create!, replace: replace!, patch: patch! }
}

const schemaOf = async (api: DialectApi, name: string) => validator((await api.get(`/menu/${name}/-/schema`)).body)

const values = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, -1, 2.5, 1e20, '', '1', '2.5', 's', 'xl', 'NaN', 'x'.repeat(50)),
  fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31T12:00:00', '2026-02-31', 'AQI=', [], [1], {}, { a: [null] }),
  fc.string({ maxLength: 12 }),
  fc.integer(),
)

const fields = ['whole', 'real', 'decimal', 'huge', 'flag', 'word', 'size', 'at', 'json', 'nothing'] as const

/** What a schema says is of the columns, not of the driver. */
const kinds = dialects.filter(({ kind }, index) => dialects.findIndex((other) => other.kind === kind) === index)

describe.each(kinds)('S3 the JSON Schema over $name', (dialect) => {
  const api = servingOn(dialect)

  test('is that of all rows', async () => {
    const { apps } = (await api.get('/-/contract')).body
    for (const name of Object.keys(apps.menu.models)) {
      const { row, replace, patch } = await schemaOf(api, name)
      const { body: rows } = await api.get(`/menu/${name}`)
      expect(rows.length).toBeGreaterThan(0)
      for (const each of rows) {
        const verdicts = [row, replace, patch].map((validate) => validate(each) || validate.errors)
        expect([name, ...verdicts]).toEqual([name, true, true, true])
      }
    }
  })

  test('takes whatever a write takes', { timeout: 60_000 }, async () => {
    const { row, create, patch } = await schemaOf(api, 'Sample')
    const members = fc.dictionary(fc.constantFrom(...fields), values, { maxKeys: 2 })
    let id = 1_000
    await fc.assert(
      fc.asyncProperty(members, async (content) => {
        const made = { id: id++, ...content }
        const created = await api.post('/menu/Sample', made)
        if (created.status === 201) expect([create(made), row(created.body)]).toEqual([true, true])
        else expect(created.status).toBe(422)
        const changed = await api.patch('/menu/Sample/1', content)
        if (changed.status === 200) expect([patch(content), row(changed.body)]).toEqual([true, true])
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('refuses what is missing and what is not there', async () => {
    const { create, replace, patch } = await schemaOf(api, 'Pizza')
    expect([create({}), create({ name: 'x' }), create({ name: 'x', price: '1' })]).toEqual([false, false, true])
    expect([replace({ name: 'x' }), replace({ name: 'x', price: 1 }), patch({})]).toEqual([false, true, true])
    expect([create, replace, patch].map((validate) => validate({ name: 'x', price: 1, recipe: 'x' }))).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe.each(kinds.filter(({ kind }) => kind === 'pg'))('of rows that a row owns, over $name', (dialect) => {
  const api = servingOn(dialect, ({ prices, sizePrices }) => ({
    apps: [
      menuOver(dialect, {
        Price: model(prices, { references: { pizzaId: { inverse: 'prices' } }, owns: ['sizes'] }),
        SizePrice: model(sizePrices, { references: { priceId: { name: 'price', inverse: 'sizes' } } }),
      }),
    ],
  }))

  test('the model document names the columns that go without saying in them', async () => {
    const { body } = await api.get('/menu/Price/-/model')
    const sizes = {
      href: expect.stringContaining('/sizes') as string,
      model: expect.stringMatching(/SizePrice$/) as string,
    }
    expect(body.dataArrays).toEqual({ sizes: { ...sizes, owned: ['priceId'] } })
  })

  test('the schema needs neither their key nor their reference', async () => {
    const { create } = await schemaOf(api, 'Price')
    const price = { pizzaId: 1, date: '2031-01-01T00:00:00Z' }
    const whole = { ...price, sizes: [{ size: 's', amount: '5' }] }
    expect([create(whole), (await api.post('/menu/Price', whole)).status]).toEqual([true, 201])
    expect([create({ ...price, sizes: [{ size: 's' }] }), create({ ...price, sizes: {} })]).toEqual([false, false])
  })
})
