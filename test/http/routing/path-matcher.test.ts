// The matcher: which resource a path belongs to, and what hostile paths get.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PathMatcher } from '../../../src/http/routing/path-matcher.ts'
import { PathTemplate } from '../../../src/http/routing/path.ts'

const matcherOf = (...paths: readonly string[]): PathMatcher<string> => {
  const matcher = new PathMatcher<string>()
  for (const path of paths) matcher.add(path, path)
  return matcher
}

/** The template that matched with its parameters as text, or the answer that is none. */
const answer = (matcher: PathMatcher<string>, pathname: string): string | undefined => {
  const found = matcher.match(pathname)
  return typeof found === 'object' ? `${found.value} ${JSON.stringify(found.params)}` : found
}

const site = matcherOf(
  '/',
  '/articles/',
  '/articles/:id{[0-9]+}',
  '/blog/new',
  '/blog/:id{[0-9]+}/:slug?',
  '/blog/:slug',
  '/files/:path{.+}',
  '/k/:kind{news|blog}',
  '/@1/:x',
  '/käse/:art',
  '/:day{[0-9]{4}/[0-9]{2}}/:slug',
  '/:year/:slug',
)

describe('match', () => {
  test.each([
    ['/', '/ {}'],
    ['/articles/', '/articles/ {}'],
    ['/articles', undefined],
    ['/articles/7', '/articles/:id{[0-9]+} {"id":"7"}'],
    ['/articles/x', '/:year/:slug {"year":"articles","slug":"x"}'],
    ['/blog/new', '/blog/new {}'],
    ['/blog/3', '/blog/:id{[0-9]+}/:slug? {"id":"3"}'],
    ['/blog/3/x', '/blog/:id{[0-9]+}/:slug? {"id":"3","slug":"x"}'],
    ['/blog/3/x/y', undefined],
    ['/blog/three', '/blog/:slug {"slug":"three"}'],
    ['/files/a/b.c', '/files/:path{.+} {"path":"a/b.c"}'],
    ['/files/a/', undefined],
    ['/k/news', '/k/:kind{news|blog} {"kind":"news"}'],
    ['/k/newsx', '/:year/:slug {"year":"k","slug":"newsx"}'],
    ['/@1/y', '/@1/:x {"x":"y"}'],
    ['/k%C3%A4se/brie', '/käse/:art {"art":"brie"}'],
    ['/2026/11/x', '/:day{[0-9]{4}/[0-9]{2}}/:slug {"day":"2026/11","slug":"x"}'],
    ['/2026/x', '/:year/:slug {"year":"2026","slug":"x"}'],
    ['/2026/', undefined],
    ['/2026/x/', undefined],
    ['', undefined],
    ['*', undefined],
    ['blog/3', undefined],
    ['http://h/blog/3', undefined],
  ])('%j', (pathname, expected) => {
    expect(answer(site, pathname)).toBe(expected)
  })

  test.each([
    ['/blog/%61%20%c3%a9%25', '/blog/:slug {"slug":"a é%"}'],
    ['/blog/a;b=c%3B', '/blog/:slug {"slug":"a;b=c;"}'],
    ['/blog/%252F', '/blog/:slug {"slug":"%2F"}'],
    ['/blog/a+b', '/blog/:slug {"slug":"a+b"}'],
    ['/blog/%33', '/blog/:id{[0-9]+}/:slug? {"id":"3"}'],
    ['/%62log/n%65w', '/blog/new {}'],
    ['/files/a%20b/...', '/files/:path{.+} {"path":"a b/..."}'],
    ['/files/a%0D%0Ab', '/files/:path{.+} {"path":"a\\r\\nb"}'],
  ])('paths are compared decoded: %j', (pathname, expected) => {
    expect(answer(site, pathname)).toBe(expected)
  })

  test.each([
    ['bad percent-encoding', '/blog/%zz'],
    ['a percent sign at the end', '/blog/%'],
    ['not UTF-8', '/blog/%ff'],
    ['overlong UTF-8', '/blog/%c0%af'],
    ['an encoded surrogate', '/blog/%ed%a0%80'],
    ['an encoded slash', '/blog/a%2Fb'],
    ['an encoded slash in a rest', '/files/..%2f..%2fetc'],
    ['an encoded backslash', '/files/..%5C..%5cetc'],
    ['NUL', '/blog/%00'],
    ['dot segments', '/files/../etc'],
    ['encoded dot segments', '/files/%2e%2E/etc'],
    ['a dot segment at the end', '/blog/.'],
    ['a backslash', '/blog\\new'],
    ['what no URI holds', '/blog/a b'],
    ['a line break', '/blog/a\r\nb'],
    ['a path of no resource', '/a/b/c/d/%zz'],
  ])('malformed: %s', (_, pathname) => {
    expect(site.match(pathname)).toBe('malformed')
  })

  test.each(['//', '//evil.example', '/blog//3', '/files//etc', '/files/a//b', '/files/a//', '///', '/2026//'])(
    'an empty segment never matches: %j',
    (pathname) => {
      expect(site.match(pathname)).toBeUndefined()
      expect(matcherOf('/:all{.+}', '/:any?').match(pathname)).toBeUndefined()
    },
  )

  test('no prototype among the parameters', () => {
    const found = matcherOf('/:a/:b?', '/x/y/z').match('/q')
    if (typeof found !== 'object') expect.unreachable()
    expect(Object.getPrototypeOf(Object.getPrototypeOf(found.params))).toBeNull()
    expect(['constructor', 'toString', '__proto__', 'b'].filter((name) => name in found.params)).toEqual([])
    expect(Object.hasOwn(found.params, 'a')).toBe(true)
  })

  test('a value may be undefined', () => {
    const matcher = new PathMatcher<undefined>()
    matcher.add('/a', undefined)
    expect(matcher.match('/a')).toEqual({ value: undefined, params: {} })
  })

  test('an empty matcher matches nothing', () => {
    expect(matcherOf().match('/')).toBeUndefined()
  })
})

describe('the first added wins', () => {
  test.each([
    [['/blog/new', '/blog/:slug', '/:a/:b'], '/blog/new'],
    [['/blog/:slug', '/blog/new', '/:a/:b'], '/blog/:slug'],
    [['/:a/:b', '/blog/:slug', '/blog/new'], '/:a/:b'],
    [['/:all{.+}', '/:a/:b', '/blog/new'], '/:all{.+}'],
    [['/blog/:a{[0-9]+}', '/:all{.+}', '/blog/:slug'], '/:all{.+}'],
    [['/blog/new/:x?', '/blog/new'], '/blog/new/:x?'],
  ])('%j', (paths, expected) => {
    const found = matcherOf(...paths).match('/blog/new')
    expect(typeof found === 'object' && found.value).toBe(expected)
  })
})

describe('add refuses', () => {
  test.each([
    ['/blog', '/blog'],
    ['/blog/:id{[0-9]+}', '/blog/:number{[0-9]+}'],
    ['/blog/:id?', '/blog/:slug?'],
  ])('the same path twice: %j and %j', (one, other) => {
    expect(() => matcherOf(one, other)).toThrow(TypeError)
    expect(() => matcherOf(one, other)).toThrow('the same path')
  })

  test.each([
    ['/blog', '/blog/'],
    ['/blog/:id', '/blog/:id?'],
    ['/blog/:id{[0-9]+}', '/blog/:id'],
    ['/a.b/:id', '/a+b/:id'],
  ])('but not %j and %j', (one, other) => {
    expect(() => matcherOf(one, other)).not.toThrow()
  })

  test('a malformed path, and __proto__', () => {
    expect(() => matcherOf('blog')).toThrow(TypeError)
    expect(() => matcherOf('/:__proto__')).toThrow(TypeError)
  })
})

describe('matchOtherSlash', () => {
  test.each([
    ['/articles', '/articles/'],
    ['/articles/7/', '/articles/7'],
    ['/blog/3/', '/blog/3'],
    ['/files/a%20b/', '/files/a%20b'],
    ['/', undefined],
    ['', '/'],
    ['/nothing', undefined],
    ['/articles//', undefined],
    ['/%zz', undefined],
    ['/\\evil.example/', undefined],
    ['/\t/evil.example/', undefined],
  ])('%j', (pathname, expected) => {
    expect(site.matchOtherSlash(pathname)).toBe(expected)
  })

  test.each(['//evil.example', '//evil.example/', '//', '/%2Fevil.example/', '/%5Cevil.example/', '/./evil.example/'])(
    'no path begins with two slashes: %j',
    (pathname) => {
      expect(matcherOf('/', '/:all{.+}', '/:a/:b/').matchOtherSlash(pathname)).toBeUndefined()
    },
  )
})

describe('properties', () => {
  const literal = fc.constantFrom('a', 'blog', 'a.b', 'käse', '@1', 'a|b', '(x)', '$', '~-_')
  const text = fc
    .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[a%. ;:@&=+$,?#é/]+$/))
    .map((value) => value.toWellFormed().replaceAll(/[\0\\/]/g, '_'))
    .map((value) => (/^\.{0,2}$/.test(value) ? 'x' : value))
  const parameter = fc.oneof(
    fc.tuple(fc.constant(''), text),
    fc.tuple(fc.constant('{[0-9]{1,10}}'), fc.nat().map(String)),
    fc.tuple(fc.constant('{news|blog}'), fc.constantFrom('news', 'blog')),
  )
  const rest = fc.array(text, { minLength: 1, maxLength: 4 }).map((values) => ['{.+}', values.join('/')] as const)

  /** A template with values for it: one rest at most, since two would share slashes. */
  const filled = fc
    .tuple(fc.array(fc.oneof(literal, parameter), { maxLength: 5 }), fc.option(rest), fc.constantFrom('', '/', '/end'))
    .map(([segments, last, end]) => {
      const values: Record<string, string> = {}
      const parts = (last === null ? segments : [...segments, last]).map((segment, index) => {
        if (typeof segment === 'string') return segment
        values[`p${index}`] = segment[1]
        return `:p${index}${segment[0]}`
      })
      return { path: parts.length === 0 ? '/' : `/${parts.join('/')}${end}`, values }
    })

  test('what was filled in is matched, among other templates', () => {
    fc.assert(
      fc.property(filled, fc.array(filled, { maxLength: 8 }), ({ path, values }, others) => {
        const matcher = matcherOf(path)
        for (const other of others) {
          try {
            matcher.add(other.path, other.path)
          } catch {
            // the same path as one before
          }
        }
        const found = matcher.match(new PathTemplate(path).fill(values))
        expect(found).toEqual({ value: path, params: values })
      }),
    )
  })

  test('it is the first of the templates that read the path', () => {
    const paths = fc.uniqueArray(
      fc.constantFrom(
        '/a',
        '/a/b',
        '/:x',
        '/:x/b',
        '/a/:x',
        '/:x/:y',
        '/:x{a|b}/:y?',
        '/:x{.+}',
        '/a/:x?',
        '/:x{.+}/b',
      ),
    )
    const pathname = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })
      .map((segments) => `/${segments.join('/')}`)
    fc.assert(
      fc.property(paths, pathname, (list, target) => {
        const first = list.find((path) => new PathTemplate(path).read(target) !== undefined)
        const found = matcherOf(...list).match(target)
        expect(typeof found === 'object' ? found.value : found).toBe(first)
      }),
    )
  })

  test('no path throws, whatever it holds, and no parameter holds a separator', () => {
    const unit = fc.constantFrom(
      '/',
      '%',
      '2',
      'F',
      '5',
      'C',
      '0',
      '.',
      '\\',
      'blog',
      'files',
      'a',
      'é',
      '\ud800',
      '\t',
    )
    const open = matcherOf('/:a', '/:a/:b', '/files/:path{.+}')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit })), (tail) => {
        for (const pathname of [tail, `/${tail}`, `/files/${tail}`]) {
          const found = open.match(pathname)
          if (typeof found === 'object') {
            const segments = Object.values(found.params).flatMap((value) => value.split('/'))
            expect(segments.filter((segment) => /^\.{0,2}$|[\0\\]/.test(segment))).toEqual([])
            if (found.params['path'] === undefined) expect(segments).toHaveLength(Object.keys(found.params).length)
          }
          expect(open.matchOtherSlash(pathname) ?? '/').toMatch(/^\/(?:$|[^/\\\t])/)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('a long path takes no long time', () => {
    const start = performance.now()
    for (const piece of ['a', '/a', '%20', '/.', '%', '/', 'é']) answer(site, `/files/${piece.repeat(100_000)}`)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
