// What a database refuses without naming a column: the developer finds the constraint's name in the log, the caller no word of it.
import { beforeEach, describe, expect, test } from 'vitest'
import { jsonLogger } from 'slumberjs/server'
import { dialects } from './dialects.ts'
import { servingOrders } from './orders.ts'

describe.each(dialects)('a check that does not hold ($name)', (dialect) => {
  const logged: string[] = []
  const api = servingOrders(dialect, { logger: jsonLogger({ level: 'warn', write: (line) => logged.push(line) }) })
  beforeEach(() => {
    logged.length = 0
  })

  test('is told to the log by its name, without values', async () => {
    const { status, text } = await api.post('/o/Note', { slug: 'swordfish', owner: 'admin', place: 4711 })
    expect(status).toBe(422)
    expect(text).not.toContain('notes_place')
    const [entry] = logged.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(entry).toMatchObject({ level: 'warn', model: 'o.Note', action: 'insert', constraint: 'notes_place' })
    expect(logged.join('')).not.toMatch(/swordfish|4711/)
  })

  test('is none of the log’s where all is well', async () => {
    expect((await api.post('/o/Note', { slug: 'four', owner: 'admin', place: 4 })).status).toBe(201)
    expect((await api.post('/o/Note', { slug: 'four', owner: 'admin' })).status).toBe(409)
    expect(logged).toEqual([])
  })
})
