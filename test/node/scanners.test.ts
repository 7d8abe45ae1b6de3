// The scanners of Host and path against the URL standard: what they let through, it reads the same way.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorityJudge, parseAuthority } from '../../src/node/authority.ts'
import { parseAbsoluteTarget, pathFault } from '../../src/node/target.ts'

const piece = fc.constantFrom(
  '/',
  '//',
  '.',
  '..',
  '%2e',
  '%2E',
  '%2f',
  '%5c',
  '%00',
  '%41',
  '%zz',
  '%',
  '\\',
  '#',
  '?',
  'a',
  'é',
)
const path = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`)

describe('pathFault', () => {
  test('what it lets through has the same path to a URL parser as to a reader of the text', () => {
    fc.assert(
      fc.property(path, (target) => {
        if (pathFault(target) !== undefined) return
        const [text = ''] = target.split('?')
        const { pathname, hash } = new URL(`http://h${target}`)
        expect(pathname).toBe(encodeURI(text).replaceAll('%25', '%'))
        expect(hash).toBe('')
      }),
      { numRuns: 5_000 },
    )
  })

  test('takes time in proportion to the length', () => {
    const started = performance.now()
    pathFault(`/${'.%2e'.repeat(250_000)}`)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('parseAuthority', () => {
  const character = fc.constantFrom(...Array.from('aZ09.-_~:@/?#[]%!$&,; \\'), '::1', '1.2.3.4', '0x7f', 'xn--')

  test('what it takes is the same host and port to a URL parser', () => {
    fc.assert(
      fc.property(fc.array(character, { maxLength: 8 }), (characters) => {
        const authority = parseAuthority(characters.join(''))
        if (authority === undefined) return
        const url = new URL(`http://${characters.join('')}/`)
        expect(url.hostname).toBe(authority.host)
        expect(Number(url.port || 80)).toBe(authority.port ?? 80)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each(['h', 'Example.ORG', 'h:0', 'h:65535', '127.0.0.1:80', '[::1]', '[::1]:8080', '[2001:db8::1]'])(
    'takes %s',
    (text) => {
      expect(parseAuthority(text)).toBeDefined()
    },
  )

  test.each([
    '',
    ':',
    'h:65536',
    'h:+1',
    'h: 1',
    '[::1',
    '[]',
    '[::1%25eth0]',
    '127.1',
    '0x7f000001',
    '2130706433',
    '①②⑦.0.0.1',
    'b\u00fccher',
  ])('does not take %j', (text) => {
    expect(parseAuthority(text)).toBeUndefined()
  })
})

describe('authorityJudge', () => {
  test('an entry without a port stands for every port, one with a port for that alone', () => {
    const judge = authorityJudge(['Any.example', 'one.example:8080', 'web.example:80', '[::1]'])
    const ours = ['any.example', 'ANY.example:9', 'one.example:8080', 'web.example', 'web.example:80', '[::1]:3000']
    expect(ours.map((text) => judge(text, 80))).toEqual(ours.map(() => 'ours'))
    const foreign = ['one.example', 'one.example:80', 'web.example:443', 'any.example.', 'xany.example', '[::2]']
    expect(foreign.map((text) => judge(text, 80))).toEqual(foreign.map(() => 'foreign'))
    expect(judge('a@any.example', 80)).toBe('malformed')
  })

  test('remembers what was ours for one default port only', () => {
    const judge = authorityJudge(['web.example:80'])
    expect([judge('web.example', 80), judge('web.example', 443), judge('web.example', 80)]).toEqual([
      'ours',
      'foreign',
      'ours',
    ])
  })
})

test('parseAbsoluteTarget takes scheme, authority and the rest apart', () => {
  expect(parseAbsoluteTarget('HTTP://u@h:1/a?b')).toEqual({ scheme: 'http', authority: 'u@h:1', target: '/a?b' })
  expect(parseAbsoluteTarget('http://h?b=/c')).toEqual({ scheme: 'http', authority: 'h', target: '/?b=/c' })
  expect(parseAbsoluteTarget('http://h')).toEqual({ scheme: 'http', authority: 'h', target: '*' })
  expect(parseAbsoluteTarget('mailto:a@b')).toBeUndefined()
  expect(parseAbsoluteTarget('://h/')).toBeUndefined()
})
