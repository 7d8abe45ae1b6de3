// Text and attribute values for XML and HTML alike, so that no data becomes markup and every parser accepts the result.

/** What XML 1.0 §2.2 does not let in, not even as a reference: controls, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/**
 * Text between tags. A parser gives back the same text, but for the characters that XML forbids: each is U+FFFD then.
 *
 * @example
 * escapeText('<b> & \0')  // '&lt;b&gt; &amp; \ufffd'
 */
export function escapeText(text: string): string {
  // A bare CR would be read as LF (XML §2.11), and `]]>` must not stand in text (§2.4).
  return allowed(text).replaceAll(/[&<>\r]/g, referenceTo)
}

/**
 * A value between quotes of either kind. Bare blanks other than the space would be read as spaces (XML §3.3.3).
 *
 * @example
 * `<a title="${escapeAttribute('"')}">`  // <a title="&quot;">
 */
export function escapeAttribute(text: string): string {
  return allowed(text).replaceAll(/[&<>"'\t\n\r]/g, referenceTo)
}

/** The text with U+FFFD in place of what no markup can hold. */
export function allowed(text: string): string {
  return text.replaceAll(forbidden, '\ufffd')
}

function referenceTo(character: string): string {
  return references[character] ?? character
}
