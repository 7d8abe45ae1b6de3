// HTML: pages that a person can read, in which no data ever becomes markup. The pages are well-formed XML, so that a strict
// parser can say what is an element and what is text.
import type { Document, Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Entity, Page } from '../../../src/http/representations/hypermedia.ts'
import { html } from '../../../src/http/representations/html.ts'
import { writeProblemHtml } from '../../../src/http/representations/problem-html.ts'
import { asMarkupText, context, hostileText, hostileValue, parseXml, textOf } from './reading.ts'

const all = (document: Document, name = '*'): readonly Element[] => [...document.getElementsByTagName(name)]

async function pageOf(content: unknown): Promise<Document> {
  return parseXml(await textOf(html, content))
}

async function bodyOf(content: unknown): Promise<string> {
  return /<\/h1>(.*)<\/body>/s.exec(await textOf(html, content))?.[1] ?? ''
}

/** What a page may consist of: nothing that runs, loads or sends. */
const elements = new Set(
  'html head meta title body h1 p nav ul ol li a code dl dt dd table thead tbody tr th td'.split(' '),
)
const attributes = new Set(['charset', 'name', 'content', 'rel', 'href', 'scope'])

function expectHarmless(document: Document): void {
  for (const element of all(document)) {
    expect(elements).toContain(element.tagName)
    for (const { name } of element.attributes) expect(attributes).toContain(name)
  }
  for (const anchor of all(document, 'a')) {
    expect(new URL(anchor.getAttribute('href') ?? '', context.url).protocol).toMatch(/^https?:$/)
  }
}

/** All names and texts of a JSON value, as a reader finds them from the top. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object') return [typeof value === 'string' ? value : JSON.stringify(value)]
  if (value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)])
}

describe('a page', () => {
  test('has a title and the members', async () => {
    expect(await textOf(html, { id: 1, title: 'A < B', none: null, tags: ['x', true] })).toBe(
      '<!DOCTYPE html>\n<html><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>' +
        '<title>Pizzas</title></head><body><h1>Pizzas</h1><dl><dt>id</dt><dd>1</dd><dt>title</dt><dd>A &lt; B</dd>' +
        '<dt>none</dt><dd></dd><dt>tags</dt><dd><ul><li>x</li><li>true</li></ul></dd></dl></body></html>\n',
    )
  })

  test('shows a list of objects as a table of all their members', async () => {
    expect(await bodyOf([{ a: 1 }, { b: 'x', a: { c: 2 } }])).toBe(
      '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>' +
        '<tr><td>1</td><td></td></tr><tr><td><dl><dt>c</dt><dd>2</dd></dl></td><td>x</td></tr></tbody></table>',
    )
    expect(await bodyOf([])).toBe('<ul></ul>')
  })

  test('of entities has their links beside them, and its own above', async () => {
    const rows = [1, 2].map((id) => new Entity({ id }, { self: { href: `/p/${id}`, title: `Nr ${id}` } }, '"t"'))
    expect(await bodyOf(new Page(rows, { prev: { href: '?page=1' }, next: { href: '?page=3' } }))).toBe(
      '<nav><ul><li><a rel="prev" href="?page=1">prev</a></li><li><a rel="next" href="?page=3">next</a></li></ul></nav>' +
        '<table><thead><tr><th scope="col">id</th><th></th></tr></thead><tbody>' +
        '<tr><td>1</td><td><nav><ul><li><a rel="self" href="/p/1">self: Nr 1</a></li></ul></nav></td></tr>' +
        '<tr><td>2</td><td><nav><ul><li><a rel="self" href="/p/2">self: Nr 2</a></li></ul></nav></td></tr></tbody></table>',
    )
    expect(await bodyOf(new Entity({ id: 1 }, { up: { href: '..' } }, '"t"'))).toBe(
      '<nav><ul><li><a rel="up" href="..">up</a></li></ul></nav><dl><dt>id</dt><dd>1</dd></dl>',
    )
  })

  test('of an iterable is a list that is streamed', async () => {
    expect(await bodyOf(new Set([{ a: 1 }, 'x', new Entity({ b: 2 }, { up: { href: '/' } }, '"t"')]))).toBe(
      '<ol><li><dl><dt>a</dt><dd>1</dd></dl></li><li>x</li>' +
        '<li><nav><ul><li><a rel="up" href="/">up</a></li></ul></nav><dl><dt>b</dt><dd>2</dd></dl></li></ol>',
    )
  })
})

describe('links', () => {
  test.each(['/a', '../b?c=1#d', 'http://o.example/', 'HTTPS://o.example', '//o.example/', '', 'a/b:c'])(
    '%j is one that can be followed',
    async (href) => {
      const document = await pageOf(new Entity({}, { item: { href } }, '"t"'))
      expect(all(document, 'a').map((anchor) => anchor.getAttribute('href'))).toEqual([href])
    },
  )

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:1',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:http://h/x',
    'file:///etc',
    'http://[',
    'http://o.example:\u000b',
  ])('%j is text only', async (href) => {
    const document = await pageOf(new Entity({ href }, { item: { href } }, '"t"'))
    expect(all(document, 'a')).toEqual([])
    expect(all(document, 'code').map(({ textContent }) => textContent)).toEqual([asMarkupText(href)])
  })

  test('a template is text', async () => {
    expect(await bodyOf(new Entity({}, { find: { href: '/p{?q}', templated: true } }, '"t"'))).toContain(
      '<li>find <code>/p{?q}</code></li>',
    )
  })

  test('in the data only absolute URLs can be followed', async () => {
    const values = [
      'https://o.example/?a=1&b=2',
      'http://x',
      '/a',
      'a',
      'mailto:a@b.c',
      'javascript:alert(1)',
      'http://[',
    ]
    const document = await pageOf(values)
    expect(all(document, 'a').map((anchor) => anchor.getAttribute('href'))).toEqual(values.slice(0, 2))
    expect(all(document, 'li').map(({ textContent }) => textContent)).toEqual(values)
  })
})

describe('hostile data', () => {
  test('never becomes markup, and is all there', async () => {
    await fc.assert(
      fc.asyncProperty(hostileValue, async (value) => {
        const document = await pageOf({ value })
        expectHarmless(document)
        const shown = all(document, 'body')[0]?.textContent ?? ''
        for (const text of textsIn(value)) expect(shown).toContain(asMarkupText(text))
      }),
      { numRuns: 400 },
    )
  })

  test('in titles and links stays in its place', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (rel, href, title) => {
        const content = new Page([new Entity({}, { [rel]: { href, title } }, '"t"')], { [rel]: { href } })
        const document = parseXml(await new Response(html.write?.(content, { ...context, title })).text())
        expectHarmless(document)
        expect(all(document, 'title')[0]?.textContent).toBe(asMarkupText(title))
        expect(all(document, 'h1')[0]?.textContent).toBe(asMarkupText(title))
      }),
      { numRuns: 400 },
    )
  })
})

describe('a problem', () => {
  test('is a page with its status, its words and its further members', () => {
    const page = writeProblemHtml({ title: 'Not Found', status: 404, detail: 'No <b>.', code: 'x', requestId: 'r' })
    expect(page).toContain('<title>404 Not Found</title>')
    expect(page).toContain(
      '<h1>404 Not Found</h1><p>No &lt;b&gt;.</p><dl><dt>code</dt><dd>x</dd><dt>requestId</dt><dd>r</dd></dl></body>',
    )
    expect(writeProblemHtml({ title: 'Gone', status: 410 })).toContain('<h1>410 Gone</h1></body>')
  })

  test('holds no markup but its own', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileValue, (title, detail, extension) => {
        const document = parseXml(writeProblemHtml({ title, detail, status: 400, extension }))
        expectHarmless(document)
        expect(all(document, 'p')[0]?.textContent).toBe(asMarkupText(detail))
      }),
    )
  })
})
