// Path templates: what is malformed, which values become which path, and that the path is read as the values again.
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { PathTemplate, type PathParams, type PathValues } from '../../../src/http/routing/path.ts'

describe('a template is malformed', () => {
  test.each([
    ['', 0, 'slash'],
    ['blog', 0, 'slash'],
    ['//evil.example', 1, 'empty'],
    ['/a//b', 3, 'empty'],
    ['/a/../b', 3, 'dot'],
    ['/a/.', 3, 'dot'],
    ['/a/:', 4, 'name'],
    ['/a/:1', 4, 'name'],
    ['/a/:é', 4, 'name'],
    ['/a/:b-c', 5, 'whole segment'],
    ['/a/v:b', 3, 'whole segment'],
    ['/a/:b.json', 5, 'whole segment'],
    ['/a/:b{[0-9]+}.json', 13, 'whole segment'],
    ['/a/:b{[0-9]{2}', 5, 'not closed'],
    ['/a/:b{', 5, 'not closed'],
    ['/a/:b}', 5, 'whole segment'],
    ['/a/b{c}', 3, '"{"'],
    ['/:a/:a', 4, 'twice'],
    ['/:a/:b?/c', 7, 'last segment'],
    ['/:a?b', 4, 'last segment'],
    ['/:__proto__', 1, 'name'],
    ['/a/:b{[}', 3, 'character class'],
    ['/a/:b{(}', 3, 'group'],
    ['/a/:b{x)|(?:y}', 3, 'Unmatched'],
    ['/a/:b{}', 3, 'empty text'],
    ['/a/:b{[0-9]*}', 3, 'empty text'],
    ['/a/:b{(x|y)}', 3, '(?:'],
    ['/a/:b{(?<x>y)}', 3, '(?:'],
    ['/a/:b{^x}', 3, 'whole value'],
    ['/a/:b{x$}', 3, 'whole value'],
    ['/a%20b', 1, 'itself'],
    ['/a/*', 3, '"*"'],
    ['/a?b=c', 1, '"?"'],
    ['/a#b', 1, '"#"'],
    ['/a\\b', 1, '"\\\\"'],
    ['/a\n', 1, '"\\n"'],
    ['/\ud800', 1, 'surrogate'],
  ])('%j at %i', (path, at, word) => {
    const making = () => new PathTemplate(path)
    expect(making).toThrow(TypeError)
    expect(making).toThrow(`malformed at ${at}: `)
    expect(making).toThrow(word)
  })
})

describe('fill', () => {
  const fill = (path: string, values: Parameters<PathTemplate['fill']>[0]) => new PathTemplate(path).fill(values)

  test.each<[string, Record<string, string | number | undefined>, string]>([
    ['/', {}, '/'],
    ['/blog/', {}, '/blog/'],
    ['/blog/:id{[0-9]+}', { id: 3 }, '/blog/3'],
    ['/blog/:id/', { id: 'a b' }, '/blog/a%20b/'],
    ['/:year/:slug', { slug: 'é;=?#%', year: 2026 }, '/2026/%C3%A9%3B%3D%3F%23%25'],
    ['/blog/:slug?', {}, '/blog'],
    ['/blog/:slug?', { slug: undefined }, '/blog'],
    ['/blog/:slug?', { slug: 'x' }, '/blog/x'],
    ['/:page?', {}, '/'],
    ['/a/:toString?', {}, '/a'],
    ['/:page{[0-9]+}?', { page: 0 }, '/0'],
    ['/files/:path{.+}', { path: 'a b/c/50%' }, '/files/a%20b/c/50%25'],
    ['/files/:path{.+}', { path: 'a\nb' }, '/files/a%0Ab'],
    ['/files/:path{.+}/edit', { path: 'a/edit' }, '/files/a/edit/edit'],
    ['/:day{[0-9]{4}/[0-9]{2}}/:slug', { day: '2026/11', slug: 'x' }, '/2026/11/x'],
    ['/k/:kind{news|blog}', { kind: 'blog' }, '/k/blog'],
    ['/käse/@1/a|b (c)+$', {}, '/k%C3%A4se/@1/a%7Cb%20(c)+$'],
    ['/:constructor/:toString', { constructor: 'a', toString: 'b' }, '/a/b'],
    ['/:name{\\p{L}{2,4}}', { name: 'Äß' }, '/%C3%84%C3%9F'],
    ['/:emoji{.}', { emoji: '🍕' }, '/%F0%9F%8D%95'],
    ['/:odd{\\x7b+}', { odd: '{{' }, '/%7B%7B'],
  ])('%j of %j', (path, values, expected) => {
    expect(fill(path, values)).toBe(expected)
  })

  test('a number of any length', () => {
    expect(fill('/blog/:id', { id: 12345678901234567890n })).toBe('/blog/12345678901234567890')
  })

  test.each<[string, string, Record<string, unknown>, string]>([
    ['a missing one', '/:a/:b', { a: 'x' }, '"b"'],
    ['an undefined one', '/:a', { a: undefined }, '"a"'],
    ['an inherited one', '/:toString', {}, '"toString"'],
    ['an unknown one', '/:a', { a: 'x', b: 'y' }, '"b"'],
    ['an unknown one without parameters', '/a', { a: 'x' }, '"a"'],
    ['an empty one', '/:a', { a: '' }, '"a"'],
    ['an optional, empty one', '/:a?', { a: '' }, '"a"'],
    ['null', '/:a', { a: null }, '"a"'],
    ['an object', '/:a', { a: { toString: () => 'x' } }, 'object'],
    ['NaN', '/:a', { a: Number.NaN }, 'NaN'],
    ['infinity', '/:a', { a: Number.POSITIVE_INFINITY }, 'Infinity'],
    ['a dot segment', '/:a', { a: '.' }, '"."'],
    ['a dot segment in a rest', '/:a{.+}', { a: 'b/../c' }, 'b/../c'],
    ['an empty segment in a rest', '/:a{.+}', { a: 'b//c' }, 'b//c'],
    ['a slash before a rest', '/:a{.+}', { a: '/evil.example' }, '/evil.example'],
    ['a slash behind a rest', '/:a{.+}', { a: 'b/' }, 'b/'],
    ['a slash', '/:a', { a: 'b/c' }, 'one segment'],
    ['a backslash', '/:a', { a: 'b\\c' }, '"a"'],
    ['NUL', '/:a', { a: 'b\0c' }, '"a"'],
    ['half a surrogate pair', '/:a', { a: '\ud800' }, '"a"'],
    ['what the pattern does not match', '/:a{[0-9]+}', { a: '3x' }, '[0-9]+'],
    ['what a part of an alternative matches', '/:a{news|blog}', { a: 'newsx' }, 'news|blog'],
    ['what would be read otherwise', '/:a{.+}/:b{.+}', { a: 'x', b: 'y/z' }, 'read'],
    ['what would be read as one value', '/:a{.+}/:b?', { a: 'x', b: 'y' }, 'read'],
  ])('refuses %s', (_, path, values, word) => {
    const filling = () => fill(path, values as never)
    expect(filling).toThrow(TypeError)
    expect(filling).toThrow(word)
  })

  test('an error shows a hundred characters of a value', () => {
    expect(() => fill('/:a{x}', { a: 'y'.repeat(1e6) })).toThrow(/^.{1,200}$/)
  })
})

describe('read', () => {
  test.each<[string, string, Record<string, string> | undefined]>([
    ['/blog/:id{[0-9]+}', '/blog/3', { id: '3' }],
    ['/blog/:id{[0-9]+}', '/blog/3x', undefined],
    ['/blog/:id', '/blog', undefined],
    ['/blog/:id', '/blog/', undefined],
    ['/blog/:id', '/blog/3/', undefined],
    ['/blog/:slug?', '/blog', {}],
    ['/blog/:slug?', '/blog/', undefined],
    ['/:page?', '/', {}],
    ['/files/:path{.+}', '/files/a/b', { path: 'a/b' }],
    ['/files/:path{.+}', '/files/a/', undefined],
    ['/a.b', '/axb', undefined],
  ])('%j of %j', (path, target, expected) => {
    const read = new PathTemplate(path).read(target)
    expect(read === undefined ? undefined : { ...read }).toEqual(expected)
  })

  test('parameters have nothing that was not in the path', () => {
    const read = new PathTemplate('/:a/:b?').read('/x')
    expect(Object.entries(read ?? {})).toEqual([['a', 'x']])
    expect(read?.['constructor']).toBeUndefined()
    expect('__proto__' in (read ?? {})).toBe(false)
  })
})

test.each([
  ['/', '/', ['/']],
  ['/blog/:id{[0-9]+}', '/blog/{id}', ['/blog/{id}']],
  ['/blog/:id/käse/', '/blog/{id}/k%C3%A4se/', ['/blog/{id}/k%C3%A4se/']],
  ['/blog/:slug?', '/blog{/slug}', ['/blog', '/blog/{slug}']],
  ['/:page?', '/{page}', ['/', '/{page}']],
  ['/files/:path{.+}', '/files/{+path}', ['/files/{path}']],
])('%j as a URI template and for OpenAPI', (path, uriTemplate, openApiPaths) => {
  const template = new PathTemplate(path)
  expect(template.uriTemplate).toBe(uriTemplate)
  expect(template.openApiPaths).toEqual(openApiPaths)
})

test('names and patterns', () => {
  const template = new PathTemplate('/:year{[0-9]{4}}/:slug')
  expect(template.names).toEqual(['year', 'slug'])
  expect(template.patternOf('year')).toBe('[0-9]{4}')
  expect(template.patternOf('slug')).toBeUndefined()
  expect(template.patternOf('month')).toBeUndefined()
})

test('the types of parameters', () => {
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- there are no parameters
  expectTypeOf<keyof PathParams<'/blog'>>().toEqualTypeOf<never>()
  expectTypeOf<PathValues<'/blog'>>().toEqualTypeOf<Readonly<Record<string, never>>>()
  expectTypeOf<PathParams<'/blog/:id{[0-9]+}/:slug?'>>().toEqualTypeOf<{
    readonly id: string
    readonly slug?: string
  }>()
  expectTypeOf<PathParams<'/:year/:slug'>>().toEqualTypeOf<{ readonly year: string; readonly slug: string }>()
  expectTypeOf<PathParams<'/:page?'>>().toEqualTypeOf<{ readonly page?: string }>()
  expectTypeOf<PathParams<'/:p{.+}?'>>().toEqualTypeOf<{ readonly p?: string }>()
  expectTypeOf<PathParams<'/f/:path{.+}/edit'>>().toEqualTypeOf<{ readonly path: string }>()
  expectTypeOf<PathParams<'/:day{[0-9]{2,4}/:[0-9]{2}}/x/:t{a/:b}/:u'>>().toEqualTypeOf<{
    readonly day: string
    readonly t: string
    readonly u: string
  }>()
  expectTypeOf<PathParams<string>>().toEqualTypeOf<Readonly<Record<string, string>>>()
  expectTypeOf<PathValues<'/:id/:slug?'>>().toEqualTypeOf<{
    readonly id: string | number | bigint
    readonly slug?: string | number | bigint | undefined
  }>()
  // Both count braces alike.
  expect(new PathTemplate('/:day{[0-9]{2,4}/:[0-9]{2}}/x/:t{a/:b}/:u').names).toEqual(['day', 't', 'u'])
})

describe('properties', () => {
  test('a template of any text is made or is a TypeError', () => {
    const unit = fc.constantFrom(
      '/',
      ':',
      '{',
      '}',
      '?',
      '(',
      ')',
      '[',
      '\\',
      '*',
      '+',
      '|',
      'a',
      'b',
      '1',
      '.',
      '%',
      'é',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit })), (text) => {
        for (const path of [text, `/${text}`]) {
          try {
            expect(new PathTemplate(path).names.every((name) => /^\w+$/.test(name))).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError)
          }
        }
      }),
    )
  })

  test('what fill gives is a path that URLs leave alone, or a TypeError', () => {
    const template = new PathTemplate('/a/:rest{.+}/:one')
    fc.assert(
      fc.property(fc.record({ rest: fc.string({ unit: 'binary' }), one: fc.string({ unit: 'binary' }) }), (values) => {
        let path: string
        try {
          path = template.fill(values)
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError)
          return
        }
        expect(new URL(path, 'http://h').pathname).toBe(path)
        expect({ ...template.read(decodeURIComponent(path)) }).toEqual(values)
      }),
    )
  })
})
