// Fields that make a careless parser slow, of a length at which anything but linear time would not end within that of a test.
import { describe, expect, test } from 'vitest'
import { serving } from './fixture.ts'

const api = serving()

const fields = [
  'authorization',
  'accept',
  'accept-encoding',
  'accept-language',
  'content-digest',
  'content-encoding',
  'content-type',
  'cookie',
  'forwarded',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'link',
  'origin',
  'prefer',
  'range',
  'traceparent',
  'want-content-digest',
]

const parts = [
  String.raw`\"`,
  String.raw`"\\`,
  '"',
  '" "',
  'a="b",',
  ',a ',
  ', ',
  ' ',
  'a',
  'a-',
  '0',
  'a;',
  ';q=0.1',
  '*/*,',
  'W/"',
  '<',
  '<>;',
  'bytes=0-',
  '(',
  '=:',
  'Sun, 06 Nov 1994 08:49:37 GMT',
]

describe.each(fields)('A063 a long %s', (name) => {
  test.each(parts)('of %j is read in a time that grows with its length', async (part) => {
    for (const first of ['', '"']) {
      const value = `${first}${part.repeat(Math.ceil(300_000 / part.length))}!`
      const headers = { authorization: 'Test admin', [name]: value }
      expect((await api.ask('QUERY', '/menu/Pizza', { body: '{}', headers })).status).toBeLessThan(500)
    }
  })
})
