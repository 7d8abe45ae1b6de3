// Negotiation: the rules of section D of the HTTP checklist, as far as they are about choosing.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { negotiate } from '../../../src/http/negotiation/negotiate.ts'

const offersOf = (...types: string[]) => types.map((mediaType) => ({ mediaType }))
const json = 'application/json'
const html = 'text/html'
const xml = 'application/xml'
/** The fixture of the checklist: JSON is the server's default. */
const fixture = offersOf(json, html, xml)
const choose = (accept: string | null, offers = fixture) => negotiate(accept, offers)?.mediaType

/** The quality an Accept header gives a type: that of the reference which neither order of offers prefers. */
const qualityOf = (accept: string, mediaType: string): number | undefined =>
  [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1].find((quality) => {
    const withReference = `${accept}, x/reference;q=${quality}`
    const [first, last] = [offersOf(mediaType, 'x/reference'), offersOf('x/reference', mediaType)]
    return choose(withReference, first) === mediaType && choose(withReference, last) === 'x/reference'
  })

test('H064 without Accept the server default is chosen', () => {
  expect(choose(null)).toBe(json)
})

test('H065 an exact type wins', () => {
  expect(choose('application/xml')).toBe(xml)
})

test('H066 */* is the server default', () => {
  expect(choose('*/*')).toBe(json)
})

test('H068 the most specific range decides the quality of a type', () => {
  expect(choose('application/*;q=1, application/json;q=0.1, text/html;q=0.5')).toBe(xml)
})

test('H069 q=0 excludes, even under a wildcard', () => {
  expect(choose('application/json;q=0, */*')).toBe(html)
  expect(choose('application/json;q=0.000, */*', offersOf(json))).toBeUndefined()
})

test('H070 type/*;q=0 excludes the whole type', () => {
  expect(choose('application/*;q=0, */*;q=0.1')).toBe(html)
})

test('H071 the worked example of RFC 9110 §12.5.1', () => {
  const accept = 'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5'
  const types = ['text/plain;format=flowed', 'text/plain', html, 'image/jpeg', 'text/plain;format=fixed']
  expect(types.map((type) => qualityOf(accept, type))).toEqual([1, 0.7, 0.3, 0.5, 0.4])
  expect(qualityOf(accept, 'text/html;level=3')).toBe(0.3)
})

test('H075 type, subtype and parameter names in any case, blanks around semicolons', () => {
  expect(choose('APPLICATION/XML ; Q=1')).toBe(xml)
  expect(choose('TEXT/html;LEVEL=1', offersOf(json, 'Text/HTML; Level=1'))).toBe('Text/HTML; Level=1')
})

test('H076 a quoted comma or semicolon does not split the list', () => {
  expect(choose('text/csv;p="a,b;q=1", application/xml;q=0.3')).toBe(xml)
  expect(choose('text/csv;p="a, text/html;q=1, \\", text/html", application/xml;q=0.3')).toBe(xml)
})

test('H078 two Accept lines are one list', () => {
  const headers = new Headers()
  headers.append('accept', 'text/csv')
  headers.append('accept', 'application/xml')
  expect(choose(headers.get('accept'))).toBe(xml)
})

test('H079 suffix types are not implied', () => {
  expect(choose('application/json', offersOf('application/hal+json'))).toBeUndefined()
})

test('H080 a malformed range or quality is ignored', () => {
  expect(choose('foo;;=, application/xml;q=abc, text/html;q=0.1')).toBe(html)
})

test('H081 a browser gets HTML, ties go to the order of the server', () => {
  const chrome =
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
  expect(choose(chrome)).toBe(html)
  expect(choose('application/xml, text/html')).toBe(html)
  expect(choose('application/xml;q=0.5, text/html;q=0.5', offersOf(xml, html))).toBe(xml)
})

describe('nothing acceptable', () => {
  test.each(['text/csv', 'text/html;q=0', 'text/html;level=1', 'image/*', '*/*;q=0'])('%s', (accept) => {
    expect(choose(accept)).toBeUndefined()
  })

  test('no offers', () => {
    expect(choose(null, [])).toBeUndefined()
    expect(choose('*/*', [])).toBeUndefined()
  })
})

describe('an Accept without a well-formed range counts as absent', () => {
  test.each(['', ' ', ',', 'foo', 'text', 'text/', '*', '*/json', '*/*;q=2', 'text/html;q=', 'a/b;p="open, text/html'])(
    '%j',
    (accept) => {
      expect(choose(accept)).toBe(json)
    },
  )
})

test.each(['1.001', '0.1234', '-1', '+0.5', '.5', '1e-1', '00.5', '2', '0,5', 'NaN', 'Infinity'])(
  'q=%s is malformed',
  (quality) => {
    expect(choose(`text/html;q=${quality}, application/xml;q=0.001`)).toBe(xml)
  },
)

test.each(['0.', '0.0', '0', '0.000'])('q=%s is zero', (quality) => {
  expect(choose(`text/html;q=${quality}, application/xml;q=0.001`)).toBe(xml)
})

describe('parameters', () => {
  const offers = offersOf('text/html; charset=utf-8', 'text/html;level=1', 'text/html;level=1;v=a')

  test('a range without parameters includes offers with them', () => {
    expect(choose('text/html', offers)).toBe('text/html; charset=utf-8')
  })

  test('more parameters are more specific', () => {
    expect(choose('text/html;q=0.1, text/html;level=1;q=0.2, text/html;level=1;v=a;q=0.3', offers)).toBe(
      'text/html;level=1;v=a',
    )
    expect(choose('text/html, text/html;level=1;v=a;q=0.1, text/html;level=1;q=0', offers.slice(1))).toBe(
      'text/html;level=1;v=a',
    )
  })

  test('values of charset in any case, other values as they are', () => {
    expect(choose('text/html;charset="UTF-8"', offers)).toBe('text/html; charset=utf-8')
    expect(choose('text/html;level=1;v=A', offers)).toBeUndefined()
  })

  test('an offer is UTF-8 without saying so, and nothing else', () => {
    expect(choose('application/json;charset=utf-8')).toBe(json)
    expect(choose('application/json; charset="UTF-8", text/html;q=0.9')).toBe(json)
    expect(choose('application/json;charset=utf-8;q=0, */*')).toBe(html)
    expect(choose('application/json;charset=utf-16')).toBeUndefined()
    expect(choose('text/html;charset=utf-8', offersOf('text/html;charset=iso-8859-1'))).toBeUndefined()
    expect(choose('application/json;charset=utf-8;v=2')).toBeUndefined()
  })

  test('q is the weight wherever it stands', () => {
    expect(choose('text/html;q=0.1;level=1, application/json;q=0.5', [...offers, { mediaType: json }])).toBe(json)
  })
})

test('a quality may be quoted as any value of a parameter may', () => {
  expect(choose('text/html;q="0.1", application/xml;q=0.2')).toBe(xml)
  expect(choose('text/html;q="0.5", application/xml;q=0.2')).toBe(html)
  expect(choose('text/html;q="0.5 ", application/xml;q=0.2')).toBe(xml)
})

describe('the more specific decides, wherever it stands and whatever its weight', () => {
  test.each([
    ['*/*;q=0.9', 'text/*;q=0.1', 'text/html', 0.1],
    ['text/*;q=0.9', 'text/html;q=0.1', 'text/html', 0.1],
    ['*/*;q=0.9', 'text/html;q=0.1', 'text/html', 0.1],
    ['text/html;q=0.9', 'text/html;level=1;q=0.1', 'text/html;level=1', 0.1],
    ['text/html;a=1;q=0.9', 'text/html;a=1;b=2;q=0.1', 'text/html;a=1;b=2', 0.1],
    // A type says more than any number of parameters of a wildcard.
    ['text/*;a=1;b=2;q=0.9', 'text/html;q=0.1', 'text/html;a=1;b=2', 0.1],
    ['*/*;a=1;b=2;q=0.9', 'text/*;q=0.1', 'text/html;a=1;b=2', 0.1],
    // The weight is no parameter.
    ['text/html;q=0.1;a=1', 'text/html;a=1;q=0.3', 'text/html;a=1', 0.3],
  ])('%s and %s for %s', (less, more, mediaType, quality) => {
    expect(qualityOf(`${less}, ${more}`, mediaType)).toBe(quality)
    expect(qualityOf(`${more}, ${less}`, mediaType)).toBe(quality)
  })
})

test('a wildcard includes its own type only, and a part of a name is not a name', () => {
  expect(choose('text/*, application/xml;q=0.1', offersOf(json, xml))).toBe(xml)
  expect(choose('application/x, text/htm, text/html+xml')).toBeUndefined()
  expect(choose('html/text')).toBeUndefined()
  expect(choose('*/html')).toBe(json)
  expect(choose('*/html, */json;q=0, application/xml;q=0.1')).toBe(xml)
})

test('the least weight is a weight', () => {
  expect(choose('text/html;q=0.001')).toBe(html)
  expect(choose('text/html;q=0.001, application/xml;q=0.002')).toBe(xml)
  expect(choose('text/html;q=1.000, application/json;q=0.999')).toBe(html)
})

test('an offer that is no media type is never acceptable', () => {
  expect(choose('*/*', offersOf('json', 'text/', html))).toBe(html)
})

test('long fields are read at once', () => {
  const start = performance.now()
  for (const accept of [
    '*/*,'.repeat(20_000),
    `text/html${';'.repeat(100_000)}`,
    `a/b;p="${'\\\\'.repeat(50_000)}`,
    ','.repeat(100_000),
  ]) {
    choose(accept)
  }
  expect(performance.now() - start).toBeLessThan(2000)
})

test('of two equally specific ranges the higher quality counts', () => {
  expect(choose('text/html;q=0, text/html, application/json;q=0.5')).toBe(html)
  expect(choose('text/html, text/html;q=0, application/json;q=0.5')).toBe(html)
})

test('the offer itself comes back, with all that it has', () => {
  const offers = [{ mediaType: json }, { mediaType: html, write: () => '' }]
  expect(negotiate('text/html', offers)).toBe(offers[1])
})

test('more headers than are kept, and longer ones, are answered alike', () => {
  const long = `${'x/y,'.repeat(99)}text/html`
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 600; index++) expect(choose(`x/y${index}, application/xml`)).toBe(xml)
    expect(choose(long)).toBe(html)
  }
})

describe('properties', () => {
  const unit = fc.constantFrom('text', 'html', '*', '/', ';', 'q=', '0', '1', '.', ',', '"', '\\', ' ', '=', 'é')
  const anyAccept = fc.oneof(fc.string(), fc.string({ unit }))

  test('never throws, and chooses an offer or none', () => {
    fc.assert(
      fc.property(anyAccept, fc.array(anyAccept), (accept, types) => {
        const offers = offersOf(...types)
        expect([undefined, ...offers]).toContain(negotiate(accept, offers))
      }),
    )
  })

  test('for exact types it is the highest quality, then the server order', () => {
    const qualities = fc.tuple(...fixture.map(() => fc.integer({ min: 0, max: 1000 })))
    fc.assert(
      fc.property(qualities, fc.boolean(), (thousandths, isReversed) => {
        const ranges = fixture.map(({ mediaType }, index) => `${mediaType};q=${(thousandths[index] ?? 0) / 1000}`)
        const highest = Math.max(...thousandths)
        const expected = highest === 0 ? undefined : fixture[thousandths.indexOf(highest)]
        expect(negotiate((isReversed ? ranges.toReversed() : ranges).join(','), fixture)).toBe(expected)
      }),
    )
  })
})

test('a hundred ranges are looked at, and no more', () => {
  expect(choose(`${'a/b,'.repeat(99)}text/html`)).toBe(html)
  expect(choose(`${'a/b,'.repeat(100)}text/html`)).toBeUndefined()
  const started = performance.now()
  for (let count = 0; count < 20; count++) choose('a/b,'.repeat(5_700))
  expect((performance.now() - started) / 20).toBeLessThan(200)
})
