// Computed properties that say their type: documents and schemas tell it, and JSON shows them as columns of that type are shown.
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { pizzas } from './tables.ts'

const moment = new Date('2026-01-31T12:00:00Z')
const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        properties: {
          code: { type: 'bigint', value: ({ id }) => BigInt(id) + 2n ** 64n },
          seenAt: { type: 'date-time', nullable: true, value: ({ id }) => (id === 1 ? moment : null) },
          stamp: { type: 'bytes', value: ({ id }) => new Uint8Array([id, 255]) },
          label: ({ name }) => `${name}!`,
        },
      }),
    }),
  ],
})

const shown = { code: '18446744073709551617', seenAt: '2026-01-31T12:00:00.000Z', stamp: 'Af8=' }

describe('a computed property with a type', () => {
  test('is told as such by the model document, and read-only', async () => {
    const { fields } = (await api.get('/menu/Pizza/-/model')).body
    const computed = { kind: 'property', readOnly: true, required: false }
    expect(fields.code).toMatchObject({ ...computed, type: 'bigint', nullable: false })
    expect(fields.seenAt).toMatchObject({ ...computed, type: 'date-time', nullable: true })
    expect(fields.label).toMatchObject({ ...computed, type: 'json', nullable: true })
  })

  test('is told by the JSON Schema', async () => {
    const { properties } = (await api.get('/menu/Pizza/-/schema')).body
    expect(properties.code).toEqual({ title: 'Code', type: 'string', format: 'int64', readOnly: true })
    expect(properties.seenAt).toMatchObject({ type: ['string', 'null'], format: 'date-time' })
    expect(properties.label).toEqual({ title: 'Label', readOnly: true })
  })

  test('is shown as a column of that type is, and may be sent back', async () => {
    const { body } = await api.get('/menu/Pizza/1')
    expect(body).toMatchObject({ ...shown, label: 'Margherita!' })
    expect((await api.get('/menu/Pizza/2')).body.seenAt).toBeNull()
    expect((await api.put('/menu/Pizza/1', body)).status).toBe(204)
    expect((await api.patch('/menu/Pizza/1', { stamp: 'AAA=' })).status).toBe(422)
  })
})
