// The Link header: what is written cannot leave its place, what is read may be anything.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatLinks, parseLinks, type Link } from '../../src/wire/index.ts'

describe('writing', () => {
  test('links are separated by commas, and rel is quoted', () => {
    const links = [
      { target: '/articles/?page=1', rel: 'prev' },
      { target: '/articles/?page=3', rel: 'next' },
    ]
    expect(formatLinks(links)).toBe('</articles/?page=1>; rel="prev", </articles/?page=3>; rel="next"')
    expect(formatLinks([])).toBe('')
  })

  test.each<[string, Link, string]>([
    ['a title', { target: '/a', rel: 'up', title: 'All, of; it' }, '</a>; rel="up"; title="All, of; it"'],
    ['quotes and backslashes', { target: '/a', rel: 'up', title: '"\\' }, '</a>; rel="up"; title="\\"\\\\"'],
    ['a type', { target: '/a', rel: 'up', type: 'a/b; c="d"' }, '</a>; rel="up"; type="a/b; c=\\"d\\""'],
    ['a title beyond ASCII', { target: '/a', rel: 'up', title: 'Käse' }, `</a>; rel="up"; title*=UTF-8''K%C3%A4se`],
    [
      'CR, LF and NUL in a title',
      { target: '/a', rel: 'up', title: 'a\r\nb\0' },
      `</a>; rel="up"; title*=UTF-8''a%0D%0Ab%00`,
    ],
    [
      "the characters of RFC 8187's own syntax",
      { target: '/a', rel: 'up', title: "é'(*)" },
      `</a>; rel="up"; title*=UTF-8''%C3%A9%27%28%2A%29`,
    ],
    ['half a surrogate pair', { target: '/a', rel: 'up', title: '\ud800' }, `</a>; rel="up"; title*=UTF-8''%EF%BF%BD`],
    [
      'a target that would end early',
      { target: '/a>; rel="x", <b', rel: 'up' },
      '</a%3E;%20rel=%22x%22,%20%3Cb>; rel="up"',
    ],
    [
      'a target beyond ASCII',
      { target: '/é\r\n\0🍕\ud800', rel: 'up' },
      '</%C3%A9%0D%0A%00%F0%9F%8D%95%EF%BF%BD>; rel="up"',
    ],
    [
      'an encoded target stays',
      { target: 'http://[::1]:8/a%2Fb?c=d&e=(f)#g', rel: 'up' },
      '<http://[::1]:8/a%2Fb?c=d&e=(f)#g>; rel="up"',
    ],
    ['several relation types', { target: '/a', rel: 'up http://x/"é' }, '</a>; rel="up http://x/%22%C3%A9"'],
  ])('%s', (_, link, expected) => {
    expect(formatLinks([link])).toBe(expected)
  })
})

describe('reading', () => {
  test.each<[string, readonly Link[]]>([
    ['</a>; rel="next"', [{ target: '/a', rel: 'next' }]],
    [
      '</a>;rel=next,</b>;rel=prev',
      [
        { target: '/a', rel: 'next' },
        { target: '/b', rel: 'prev' },
      ],
    ],
    ['</a,b;c>; title="x, <y>; \\"z\\""; REL=next', [{ target: '/a,b;c', rel: 'next', title: 'x, <y>; "z"' }]],
    ['< >; rel = "next" ; foo; bar=', [{ target: ' ', rel: 'next' }]],
    ['<>; rel=self', [{ target: '', rel: 'self' }]],
    [
      '</a>; rel="next http://x/Y"',
      [
        { target: '/a', rel: 'next' },
        { target: '/a', rel: 'http://x/Y' },
      ],
    ],
    ['</a>; rel=http://x/y; type=text/html', [{ target: '/a', rel: 'http://x/y', type: 'text/html' }]],
    ['</a>; rel=one; rel=two', [{ target: '/a', rel: 'one' }]],
    [`</a>; rel=up; title="K"; title*=utf-8'de'K%C3%A4se`, [{ target: '/a', rel: 'up', title: 'Käse' }]],
    [`</a>; rel=up; title="K"; title*=UTF-8''%ff`, [{ target: '/a', rel: 'up', title: 'K' }]],
    [`</a>; rel=up; title="K"; title*=iso-8859-1''%e4`, [{ target: '/a', rel: 'up', title: 'K' }]],
    [' , ,</a>; rel=up,, ', [{ target: '/a', rel: 'up' }]],
  ])('%j', (text, expected) => {
    expect(parseLinks(text)).toEqual(expected)
  })

  test.each([
    ['no brackets', '/a; rel=next'],
    ['no relation type', '</a>'],
    ['an empty relation type', '</a>; rel=" "'],
    ['another context', '</a>; rel=next; anchor="/b"'],
    ['junk behind the target', '</a> rel=next'],
    ['junk behind a value', '</a>; rel="next" x'],
    ['junk with a quoted comma', 'x="a, </b>; rel=up"'],
    ['a name that is no token', '</a>; (rel)=next'],
  ])('a malformed link is left out, not its neighbours: %s', (_, malformed) => {
    const good = { target: '/good', rel: 'ok' }
    expect(parseLinks(`</good>; rel=ok, ${malformed}, </good>; rel=ok`)).toEqual([good, good])
  })

  test.each(['</a', '</a>; rel="next', '</a>; rel="next\\', '<', ''])('nothing is read from %j', (text) => {
    expect(parseLinks(text)).toEqual([])
  })
})

describe('properties', () => {
  const anyText = fc.string({ unit: 'binary' })
  const reference = fc.stringMatching(/^[!#-;=?-[\]_a-z~]*$/)
  const links: fc.Arbitrary<readonly Link[]> = fc.array(
    fc.record(
      {
        target: reference,
        rel: fc.stringMatching(/^[a-z][a-z0-9.-]*$/),
        title: anyText.map((text) => text.toWellFormed()),
        type: fc.constantFrom('text/html', 'text/csv; header="present"'),
      },
      { requiredKeys: ['target', 'rel'] },
    ),
  )

  test('what was written is read', () => {
    fc.assert(
      fc.property(links, (list) => {
        expect(parseLinks(formatLinks(list))).toEqual(list)
      }),
    )
  })

  test('whatever the data holds, the field value is printable ASCII and holds one link for each given', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ target: anyText, title: anyText, type: anyText })), (list) => {
        const text = formatLinks(list.map((link) => ({ ...link, rel: 'item' })))
        expect(text).toMatch(/^[ -~]*$/)
        expect(parseLinks(text)).toHaveLength(list.length)
        expect(new Headers({ link: text }).get('link')).toBe(text)
      }),
    )
    fc.assert(
      fc.property(anyText, (rel) => {
        expect(formatLinks([{ target: '/', rel }])).toMatch(/^[ -~]*$/)
      }),
    )
  })

  test('whatever is read, each link has one relation type and no more targets than brackets', () => {
    const unit = fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', ' ', 'rel', 'title*', "UTF-8''", '%', 'a', 'é')
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit })), (text) => {
        const read = parseLinks(text)
        expect(read.filter(({ rel }) => !/^[^ \t]+$/.test(rel))).toEqual([])
        expect(new Set(read.map(({ target }) => target)).size).toBeLessThan(text.split('<').length)
      }),
    )
  })

  test('a million relation types are a million links', () => {
    expect(parseLinks(`<>; rel="${'a '.repeat(1_000_000)}"`)).toHaveLength(1_000_000)
  })
})
