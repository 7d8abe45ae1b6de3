// What a check of the database refuses: its name is told to callers who may see all that it mentions, else to the log alone.
import { beforeEach, describe, expect, test } from 'vitest'
import { jsonLogger, model, type FieldRule } from 'slumberjs/server'
import { dialects } from './dialects.ts'
import { everything, servingOrders } from './orders.ts'

const isHr: FieldRule = ({ name }) => name === 'hr'
/** Nobody gives the place: a hook does. */
const on = { beforeCreate: () => ({ place: 4711 }) }

describe.each(dialects)('a check that does not hold ($name)', (dialect) => {
  const logged: string[] = []
  const logger = jsonLogger({ level: 'warn', write: (line) => logged.push(line) })
  const api = servingOrders(dialect, { logger }, ({ notes }) => ({
    Closed: model(notes, { exclude: ['place', 'aboutId'], on }),
    Secret: model(notes, { exclude: ['aboutId'], fields: { place: { read: isHr, write: isHr } }, on }),
  }))
  beforeEach(() => {
    logged.length = 0
  })

  test('is told by its name, with the columns that it mentions', async () => {
    const { status, body } = await api.post('/o/Note', { slug: 'swordfish', owner: 'admin', place: 4711 })
    expect([status, body.detail, body.errors]).toEqual([
      422,
      'The database refuses these values: its check "notes_place" does not hold.',
      [{ pointer: '#/place', detail: 'is not what the check allows' }],
    ])
    expect(logged).toEqual([])
  })

  test('is told to the log alone where nobody sees what it mentions, without values', async () => {
    const { body, text } = await api.post('/o/Closed', { slug: 'swordfish', owner: 'admin' })
    expect(body.detail).toBe('The database refuses these values.')
    expect(text).not.toContain('place')
    const [entry] = logged.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(entry).toMatchObject({ level: 'warn', model: 'o.Closed', action: 'insert', constraint: 'notes_place' })
    expect(logged.join('')).not.toMatch(/swordfish|4711/)
  })

  test('is not told to callers who may not see what it mentions', async () => {
    const json = { slug: 'swordfish', owner: 'x' }
    const hidden = await api.ask('POST', '/o/Secret', { json, as: everything('ann') })
    expect([hidden.status, hidden.body.detail]).toEqual([422, 'The database refuses these values.'])
    expect(hidden.text).not.toContain('place')
    const seen = await api.ask('POST', '/o/Secret', { json, as: everything('hr') })
    expect(seen.text).toContain('notes_place')
  })

  test('is none of the log’s where all is well', async () => {
    expect((await api.post('/o/Note', { slug: 'four', owner: 'admin', place: 4 })).status).toBe(201)
    expect((await api.post('/o/Note', { slug: 'four', owner: 'admin' })).status).toBe(409)
    expect(logged).toEqual([])
  })
})
