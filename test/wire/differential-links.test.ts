// Link headers against `http-link-header`, which others wrote, in both directions.
import * as fc from 'fast-check'
import LinkHeader from 'http-link-header'
import { expect, test } from 'vitest'
import { formatLinks, parseLinks, type Link } from '../../src/wire/index.ts'

/** Its links in our words; it writes types in lower case, which is what they mean. */
const theirsOf = (text: string): readonly Link[] =>
  LinkHeader.parse(text).refs.map((reference) => {
    // A title* is an object here, whatever the types say.
    const extended = reference['title*'] as unknown as { readonly value: string } | undefined
    const title = extended?.value ?? reference['title']
    const type = reference['type']
    return {
      target: reference.uri,
      rel: reference.rel,
      ...(title === undefined ? {} : { title }),
      ...(type === undefined ? {} : { type }),
    }
  })

const target = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.stringMatching(/^\/[!#-;=?-[\]_a-z~]*$/),
)
const rel = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9.-]*$/), fc.webUrl())
const type = fc.constantFrom('text/html', 'application/hal+json', 'text/csv; header="present"', 'a/b;c=","')
const anyText = fc.string({ unit: 'grapheme', minLength: 1 })

test('H193 what is written here is read there', () => {
  const links = fc.array(
    fc.record(
      { target, rel, title: fc.oneof(fc.string({ minLength: 1 }), anyText), type },
      { requiredKeys: ['target', 'rel'] },
    ),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(links, (list) => {
      expect(theirsOf(formatLinks(list))).toEqual(list)
    }),
  )
})

test('H195 the links of a service are read there as they are meant', () => {
  const links = ['service-desc', 'describedby', 'collection', 'item', 'alternate', 'type'].map((relation) => ({
    target: `/slumber/${relation}?a=b,c;d`,
    rel: relation,
    title: `Über ${relation}, "quoted"; and so on`,
    type: 'application/hal+json',
  }))
  expect(theirsOf(formatLinks(links))).toEqual(links)
  expect(parseLinks(formatLinks(links))).toEqual(links)
  expect(LinkHeader.parse(formatLinks(links)).rel('service-desc')).toHaveLength(1)
})

test('H193 what is written there is read here', () => {
  const references = fc.array(
    fc.record(
      {
        uri: target,
        rel: fc.array(rel, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
        title: fc.string({ minLength: 1 }),
        type,
      },
      { requiredKeys: ['uri', 'rel'] },
    ),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(references, (list) => {
      const header = new LinkHeader()
      for (const reference of list) header.set(reference)
      // It percent-encodes titles, and decodes none: what counts is what it reads itself.
      expect(parseLinks(header.toString())).toEqual(theirsOf(header.toString()))
    }),
  )
})

test('what others write in all the ways of the grammar is read alike', () => {
  const blanks = fc.constantFrom('', ' ', '\t', '  ')
  const token = fc.stringMatching(/^[a-z0-9!#$%&'*+.^_`|~-]+$/)
  const quoted = fc.string({ minLength: 1 }).map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`)
  const value = fc.oneof(token, quoted)
  const parameter = fc.oneof(
    fc.tuple(fc.constantFrom('title', 'TITLE', 'x-other', 'hreflang'), value),
    fc.tuple(
      fc.constantFrom('title*', 'Title*'),
      anyText.map((text) => `UTF-8'en'${encodeURIComponent(text).replaceAll(/['()*]/g, '%2A')}`),
    ),
    fc.tuple(
      fc.constant('rel'),
      rel.map((text) => `"${text}"`),
    ),
    fc.tuple(fc.constant('type'), fc.constantFrom('text/html', '"text/html"')),
  )
  const link = fc
    .tuple(target, fc.constantFrom('next', '"next"', '"next last"'), fc.array(parameter, { maxLength: 4 }))
    .map(([uri, relation, list]) => [`<${uri}>`, `rel=${relation}`, ...list.map((pair) => pair.join('='))])
  fc.assert(
    fc.property(fc.array(link, { minLength: 1, maxLength: 4 }), blanks, blanks, (links, before, after) => {
      const written = (gap: string) => links.map((parts) => parts.join(`${gap};${after}`)).join(`${gap},${after}`)
      // RFC 8288 §3: `*( OWS ";" OWS link-param )`: there, blanks behind a token become part of it.
      expect(parseLinks(written(before))).toEqual(theirsOf(written('')))
    }),
    { numRuns: 500 },
  )
})
