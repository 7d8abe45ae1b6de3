// Logging: one printable line of JSON an entry, without secrets.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonLogger, redact, silentLogger, type LogFields, type LogLevel } from '../../src/wire/index.ts'

const logging = (options: { readonly level?: LogLevel; readonly fields?: LogFields } = {}) => {
  const lines: string[] = []
  return { lines, logger: jsonLogger({ ...options, write: (line) => void lines.push(line) }) }
}

describe('lines', () => {
  test('have time, level, fields and message', () => {
    const { lines, logger } = logging({ fields: { service: 'pizzas' } })
    logger.info({ status: 200 }, 'request')
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'info',
      service: 'pizzas',
      status: 200,
      message: 'request',
    })
  })

  test.each([
    ['debug', 'debug info warn error'],
    ['info', 'info warn error'],
    ['warn', 'warn error'],
    ['error', 'error'],
    [undefined, 'info warn error'],
  ] as const)('from the level %s on', (level, expected) => {
    const { lines, logger } = logging(level === undefined ? {} : { level })
    for (const at of ['debug', 'info', 'warn', 'error'] as const) logger[at]({}, 'x')
    expect(lines.map((line) => JSON.parse(line).level).join(' ')).toBe(expected)
  })

  test('A041 a line break or an escape sequence in a value is escaped', () => {
    const user = 'ada\r\n{"level":"error","message":"forged"}\u001b[2J\u009b31m\u0085\u2028\u2029\u202egnp.exe\u007f'
    const { lines, logger } = logging()
    logger.warn({ user, nested: [{ [user]: user }], error: new Error(user) }, user)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\{[ -~]*\}\n$/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      user,
      nested: [{ [user]: user }],
      error: { message: user },
      message: user,
    })
  })

  test('whatever is logged is one line that can be read', () => {
    fc.assert(
      fc.property(
        fc.anything({ withDate: true, withBigInt: true, withMap: true, withSet: true }),
        fc.string({ unit: 'binary' }),
        (value, text) => {
          const { lines, logger } = logging()
          logger.error({ value, text }, text)
          expect(lines.join('').match(/[\n\r\u0085\u2028\u2029]/g)).toEqual(['\n'])
          expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: text, text: redact(text) })
        },
      ),
    )
  })
})

describe('secrets', () => {
  test('are taken out by name, at any depth', () => {
    const given = {
      user: 'ada',
      password: 'secret',
      headers: new Headers({ authorization: 'Basic secret', cookie: 'a=secret', accept: '*/*' }),
      list: [{ apiKey: 'secret', 'X-Api-Key': 'secret', API_KEY: 'secret' }],
      map: new Map([['set-cookie', 'secret']]),
      nested: { accessToken: 'secret', clientSecret: { a: 'secret' }, private_key: ['secret'], passphrase: 'secret' },
      error: Object.assign(new Error('failed', { cause: { credentials: 'secret' } }), { token: 'secret' }),
    }
    const text = JSON.stringify(redact(given))
    expect(text).not.toContain('secret')
    expect(redact(given)).toMatchObject({
      user: 'ada',
      password: '[redacted]',
      headers: { accept: '*/*', authorization: '[redacted]' },
      list: [{ apiKey: '[redacted]' }],
      nested: { clientSecret: '[redacted]' },
    })
  })

  test('are taken out of the userinfo of URLs, wherever these stand', () => {
    expect(redact('http://ada:secret@h:80/a?b#c')).toBe('http://redacted@h:80/a?b#c')
    expect(redact('fetch of postgres://ada:se@cret@h/x failed, and of http://eve@h')).toBe(
      'fetch of postgres://redacted@h/x failed, and of http://redacted@h',
    )
    expect(redact(new URL('http://ada:secret@h/'))).toBe('http://redacted@h/')
    expect(JSON.stringify(redact(new Error('http://ada:secret@h/')))).not.toContain('secret')
  })

  test.each([
    'http://h/~ada@b',
    'see http://h or mail ada@example.com',
    '://',
    'a://b',
    'http://h?a=@',
    'ada@h',
    'x ://@ y',
  ])('other text is left as it is: %s', (text) => {
    expect(redact(text)).toBe(text.replace('://@', '://redacted@'))
  })

  test('are taken out of the errors of Drizzle, which end with the values of the query', () => {
    const { lines, logger } = logging()
    const error = new Error('Failed query: insert into users values (?, ?)\nparams: ada,$scrypt$x\n    at home')
    logger.error({ error: new Error('outer', { cause: error }) }, 'a handler failed')
    expect(lines.join('')).toContain('insert into users')
    expect(lines.join('')).not.toMatch(/scrypt|ada/)
  })

  test('the search takes linear time', () => {
    for (const text of ['://'.repeat(200_000), `://${'a@'.repeat(300_000)}`, 'a://b@'.repeat(100_000)]) {
      expect(redact(text)).toEqual(expect.any(String))
    }
  })
})

describe('other values', () => {
  test('are told so that JSON can hold them', () => {
    const error = redact(new TypeError('no', { cause: new Error('why') }))
    expect(error).toMatchObject({
      name: 'TypeError',
      message: 'no',
      stack: expect.any(String),
      cause: { message: 'why' },
    })
    expect(redact(10n)).toBe('10')
    expect(redact(new Uint8Array(1000))).toBe('[1000 octets]')
    expect(redact({ a: [1, null, true, undefined] })).toEqual({ a: [1, null, true, undefined] })
    const date = new Date()
    expect(redact({ date })).toEqual({ date })
  })

  test('circles and depths end', () => {
    const circle: Record<string, unknown> = { name: 'a' }
    circle['self'] = circle
    expect(JSON.stringify(redact(circle))).toContain('"[deep]"')
    expect(redact({ a: { b: 'c' } }, 1)).toEqual({ a: '[deep]' })
  })

  test('the object given is not changed', () => {
    const given = { password: 'secret' }
    redact(given)
    expect(given.password).toBe('secret')
  })
})

test('the silent logger takes everything and says nothing', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) expect(silentLogger[level]({}, 'x')).toBeUndefined()
})
