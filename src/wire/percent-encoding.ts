// Percent-encoding of what must not stand where text goes: in a URI, in a header field. Never throws, whatever the data holds.

/**
 * A URI reference in which everything that RFC 3986 lets no URI hold is percent-encoded. `%` stays: it is encoded already.
 *
 * @example
 * encodeUriReference('/é?a=b c')  // '/%C3%A9?a=b%20c'
 */
export function encodeUriReference(text: string): string {
  return isUri.test(text) ? text : percentEncode(text, outsideUri)
}

/**
 * A header field value in which everything that may not stand there (RFC 9110 §5.5) is percent-encoded: line breaks and other
 * controls, and what is beyond the octets of Latin-1.
 *
 * @example
 * encodeFieldValue('a\r\nset-cookie: b')  // 'a%0D%0Aset-cookie: b'
 */
export function encodeFieldValue(text: string): string {
  return isField.test(text) ? text : percentEncode(text, outsideField)
}

// Most texts are right as they are, and that is asked quickest without `u`.
const isUri = /^[!#-;=?-[\]_a-z~]*$/
const isField = /^[\t -~\u0080-\u00ff]*$/
const outsideUri = /[^!#-;=?-[\]_a-z~]/gu
const outsideField = /[^\t -~\u0080-\u00ff]/gu

/** Percent-encodes the UTF-8 of each character that `outside` (with the flags `gu`) matches; lone surrogates become U+FFFD. */
export function percentEncode(text: string, outside: RegExp): string {
  return text.toWellFormed().replaceAll(outside, (character) => encodeURIComponent(character))
}

/**
 * The value of an extended parameter such as `title*` or `filename*`, without its charset (RFC 8187 §3.2.1): there are fewer
 * characters in it than `encodeURIComponent` leaves.
 *
 * @example
 * encodeExtendedValue("Müller's")  // 'M%C3%BCller%27s'
 */
export function encodeExtendedValue(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
