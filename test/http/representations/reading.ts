// How these tests read what was written: bodies as text, XML by a parser that stops at the first doubt, hostile texts.
import { DOMParser, type Document, type Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import type { Body, Representation, WriteContext } from '../../../src/http/representations/representation.ts'

export const context: WriteContext = { url: new URL('http://h/pizzas/?page=2'), title: 'Pizzas' }

/** What a representation makes of content, as the body of a response. */
export function written({ write }: Representation, content: unknown): Body {
  if (write === undefined) throw new Error('The representation does not write.')
  return write(content, context)
}

/** The same as text. */
export async function textOf(representation: Representation, content: unknown): Promise<string> {
  return await new Response(written(representation, content)).text()
}

/** Parses XML 1.0; throws at any error or warning. */
export function parseXml(text: string): Document {
  return new DOMParser({
    onError: (_level, message) => {
      // It takes U+FFFD for a sign of the wrong encoding. Here it is what it is.
      if (!message.startsWith('Unicode replacement character')) throw new SyntaxError(message)
    },
    // The parser's own way is that of XML 1.1, which knows more ends of lines than XML 1.0 §2.11.
    normalizeLineEndings: (source) => source.replaceAll(/\r\n?/g, '\n'),
  }).parseFromString(text, 'application/xml')
}

export function elementsIn(parent: Element | Document): readonly Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
}

/** What means something to a parser, a spreadsheet or a browser, and single characters that are trouble in markup. */
const words =
  `< > & " ' ]]> <!-- --> <script> </title> &lt; &#0; <?x?> = + - @ {{ \${ javascript: http:// / a , ;`.split(' ')
const characters = [
  '\ud800',
  '\udfff',
  ...' \0\r\n\t\v\f\u001f\u007f\u0085\u2028\u2029\ufffe\uffff\ufeff\u202e'.split(''),
]

/** Texts of any UTF-16 code units, lone surrogates and controls among them, and of what means something. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ unit: fc.constantFrom(...words, ...characters) }),
)

const names = ['__proto__', 'constructor', 'item', 'i', 'link', 'member', 'value', 'xml', 'xmlns', 'a:b', 'é', '', '7']

/** JSON values with hostile texts and names, `__proto__` and the names that our vocabularies use among them. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    hostileText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(hostileText, fc.constantFrom(...names)), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value

/** What parsers of markup give back: the text, with U+FFFD for each character that XML does not know (§2.2). */
export function asMarkupText(text: string): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0
    const isKnown =
      [0x9, 0xa, 0xd].includes(point) ||
      (point >= 0x20 && point < 0xd800) ||
      (point >= 0xe000 && point < 0xfffe) ||
      point >= 0x10000
    return isKnown ? character : '\ufffd'
  }).join('')
}
