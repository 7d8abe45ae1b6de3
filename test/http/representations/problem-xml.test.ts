// Problem documents as XML, by RFC 9457 appendix B.
import type { Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeProblemXml } from '../../../src/http/representations/problem-xml.ts'
import { asMarkupText, elementsIn, hostileValue, parseXml } from './reading.ts'

/** Appendix B: children that are all named `i` are a list, other children an object; without children it is text. */
function valueOf(element: Element): unknown {
  const children = elementsIn(element)
  if (children.length === 0) return element.textContent
  if (children.every(({ tagName }) => tagName === 'i')) return children.map(valueOf)
  return { members: children.map((child) => [child.getAttribute('name') ?? child.tagName, valueOf(child)]) }
}

/** The format has no types and no null. */
function expected(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map((inner) => expected(inner))
  if (value === null) return ''
  if (typeof value !== 'object') return asMarkupText(typeof value === 'string' ? value : JSON.stringify(value))
  const members = Object.entries(value).filter(([, inner]) => inner !== null)
  if (members.length === 0) return ''
  return { members: members.map(([name, inner]) => [asMarkupText(name), expected(inner)]) }
}

test('the example of appendix B', () => {
  const document = {
    type: 'https://example.com/probs/out-of-credit',
    title: 'You do not have enough credit.',
    detail: 'Your current balance is 30, but that costs 50.',
    instance: 'https://example.net/account/12345/msgs/abc',
    balance: 30,
    accounts: ['https://example.net/account/12345', 'https://example.net/account/67890'],
    status: 403,
  }
  expect(writeProblemXml(document)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807">' +
      '<type>https://example.com/probs/out-of-credit</type><title>You do not have enough credit.</title>' +
      '<detail>Your current balance is 30, but that costs 50.</detail>' +
      '<instance>https://example.net/account/12345/msgs/abc</instance><status>403</status><balance>30</balance>' +
      '<accounts><i>https://example.net/account/12345</i><i>https://example.net/account/67890</i></accounts></problem>',
  )
})

test('the standard members come first, as the schema wants them, and faults are a list', () => {
  const problem = {
    7: 'a',
    code: 'x',
    title: 'T',
    errors: [{ pointer: '#/a', detail: 'Bad.' }],
    status: 422,
    type: 'u:',
  }
  expect(writeProblemXml(problem)).toContain(
    '<title>T</title><status>422</status><type>u:</type><member name="7">a</member><code>x</code>' +
      '<errors><i><pointer>#/a</pointer><detail>Bad.</detail></i></errors></problem>',
  )
})

test('everything is in the namespace, and extensions come back from a parser', () => {
  fc.assert(
    fc.property(hostileValue, (extension) => {
      const root = parseXml(writeProblemXml({ title: 'T', status: 400, extension })).documentElement
      const all = root === null ? [] : [root, ...root.getElementsByTagName('*')]
      expect(new Set(all.map(({ namespaceURI }) => namespaceURI))).toEqual(new Set(['urn:ietf:rfc:7807']))
      expect(root === null ? undefined : valueOf(root)).toEqual(expected({ title: 'T', status: 400, extension }))
    }),
    { numRuns: 400 },
  )
})
