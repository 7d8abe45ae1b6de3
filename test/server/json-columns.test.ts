// A column of JSON holds what was sent, or refuses it.
import { describe, expect, test } from 'vitest'
import { dialects } from './dialects.ts'
import { servingOrders } from './orders.ts'

describe.each(dialects)('a column of JSON ($name)', (dialect) => {
  const api = servingOrders(dialect)

  test.each([
    ['by itself', '1e400', '#/info'],
    ['inside', '{"a":[1,-1e999]}', '#/info/a/1'],
  ])('refuses a number that no program holds, %s: it would come back as null', async (_, json, pointer) => {
    const headers = { 'content-type': 'application/json' }
    const body = `{"slug":"large","owner":"ann","info":${json}}`
    const refused = await api.ask('POST', '/o/Note', { body, headers })
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ pointer, detail: 'must not be a number as large as that' }],
    ])
    const stored = await api.post('/o/Note', { slug: 'large', owner: 'ann', info: { a: [1, -1e99] } })
    expect([stored.status, stored.body.info]).toEqual([201, { a: [1, -1e99] }])
  })

  test('rounds an integer beyond 2^53, as JavaScript does, whoever has written it: sent or stored, in a row or a list', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = `{"slug":"large","owner":"ann","info":{"a":9007199254740993}}`
    const sent = await api.ask('POST', '/o/Note', { body, headers })
    expect(sent.text).toContain('{"a":9007199254740992}')
    await api.sql(`UPDATE notes SET info = '{"a":9007199254740993}' WHERE slug = 'large'`)
    expect((await api.get(sent.headers.get('location') ?? '')).text).toContain('"info":{"a":9007199254740992}')
    expect((await api.get('/o/Note?slug=large')).text).toContain('"info":{"a":9007199254740992}')
  })
})
