// XML: any value comes back from an independent parser, whatever its texts and names hold.
import type { Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Entity, Page } from '../../../src/http/representations/hypermedia.ts'
import { xml } from '../../../src/http/representations/xml.ts'
import { asMarkupText, elementsIn, hostileText, hostileValue, parseXml, textOf } from './reading.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What the documentation of `xml` says, read backwards. Objects are lists of pairs: two names may become one by U+FFFD. */
function valueOf(element: Element): unknown {
  if (element.getAttribute('nil') === 'true') return null
  const children = elementsIn(element).filter(({ tagName }) => tagName !== 'link')
  const text = element.textContent ?? ''
  const type = element.getAttribute('type')
  if (type === 'number') return Number(text)
  if (type === 'boolean') return text === 'true'
  if (type === 'list') return children.map(valueOf)
  if (type !== 'object' && elementsIn(element).length === 0) return text
  return { members: children.map((child) => [child.getAttribute('name') ?? child.tagName, valueOf(child)]) }
}

/** The same form of a JSON value. */
function expected(value: unknown): unknown {
  if (typeof value === 'string') return asMarkupText(value)
  if (Array.isArray(value)) return value.map(expected)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return { members: Object.entries(value).map(([name, inner]) => [asMarkupText(name), expected(inner)]) }
}

const rootOf = (text: string): Element => {
  const root = parseXml(text).documentElement
  if (root === null) throw new Error('There is no root.')
  return root
}

describe('a value', () => {
  test('is written without a blank that was not there', async () => {
    const pizza = { id: 1, title: 'A & B', isHot: true, cut: null, tags: ['x', 2], none: [], more: {}, '2nd': '' }
    expect(await textOf(xml, pizza)).toBe(
      `${declaration}<value><id type="number">1</id><title>A &amp; B</title><isHot type="boolean">true</isHot>` +
        '<cut nil="true"/><tags type="list"><item>x</item><item type="number">2</item></tags><none type="list"></none>' +
        '<more type="object"></more><member name="2nd"></member></value>',
    )
  })

  test('comes back from a parser, with U+FFFD for what XML does not know', async () => {
    await fc.assert(
      fc.asyncProperty(hostileValue, async (value) => {
        expect(valueOf(rootOf(await textOf(xml, value)))).toEqual(expected(value))
      }),
      { numRuns: 400 },
    )
  })

  test('is what JSON would make of it', async () => {
    const at = new Date(0)
    expect(await textOf(xml, { at, of: undefined, run: () => 1, on: Number.NaN })).toBe(
      `${declaration}<value><at>1970-01-01T00:00:00.000Z</at><on nil="true"/></value>`,
    )
    expect(await textOf(xml, undefined)).toBe(`${declaration}<value nil="true"/>`)
  })

  test.each(['a', '_', 'a-b.c9', 'Item', 'lin'])('%j is the name of an element', async (name) => {
    expect(await textOf(xml, { [name]: '' })).toBe(`${declaration}<value><${name}></${name}></value>`)
  })

  test.each([
    '',
    '9',
    '-a',
    'a b',
    'a:b',
    'xml',
    'XMLthing',
    'a>',
    'link',
    'member',
    'été',
    '日本',
    'a\u{10000}',
    'a\ud800',
    'a\n',
  ])('%j is the name of a member', async (name) => {
    const [member] = elementsIn(rootOf(await textOf(xml, { [name]: 1 })))
    expect([member?.tagName, member?.getAttribute('name')]).toEqual(['member', asMarkupText(name)])
  })

  test('may be 64 levels deep, and no deeper', async () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
    expect(elementsIn(rootOf(await textOf(xml, nested(64))))).toHaveLength(1)
    await expect(textOf(xml, nested(65))).rejects.toThrow(TypeError)
  })
})

describe('links', () => {
  const entity = new Entity(
    { id: 1, link: 'own' },
    { self: { href: '/1?a=1&b' }, x: { href: '/{y}', templated: true } },
    '"t"',
  )

  test('of an entity stand before its members', async () => {
    expect(await textOf(xml, entity)).toBe(
      `${declaration}<value><link rel="self" href="/1?a=1&amp;b"/><link rel="x" href="/{y}" templated="true"/>` +
        '<id type="number">1</id><member name="link">own</member></value>',
    )
  })

  test('of a page stand before its items', async () => {
    const page = new Page([entity, entity], { next: { href: '?page=2', title: 'On' } })
    const children = elementsIn(rootOf(await textOf(xml, page)))
    expect(children.map(({ tagName }) => tagName)).toEqual(['link', 'item', 'item'])
    expect(children[0]?.getAttribute('title')).toBe('On')
    expect(children[2] === undefined ? undefined : elementsIn(children[2]).map(({ tagName }) => tagName)).toEqual([
      'link',
      'link',
      'id',
      'member',
    ])
  })

  test('come back, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (rel, href, title) => {
        const [link] = elementsIn(rootOf(await textOf(xml, new Entity({}, { [rel]: { href, title } }, '"t"'))))
        expect(['rel', 'href', 'title'].map((name) => link?.getAttribute(name))).toEqual(
          [rel, href, title].map(asMarkupText),
        )
      }),
    )
  })
})

test('an iterable is a list, as an array would be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileValue), async (items) => {
      expect(await textOf(xml, items.values())).toBe(await textOf(xml, items))
    }),
    { numRuns: 50 },
  )
  expect(await textOf(xml, new Set([new Entity({ id: 1 }, { self: { href: '/1' } }, '"t"')]))).toBe(
    `${declaration}<value type="list"><item><link rel="self" href="/1"/><id type="number">1</id></item></value>`,
  )
})
