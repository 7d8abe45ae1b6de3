// Content-Disposition (RFC 6266): a file name that stays in its quotes, and that is only a name where it is saved.

import { encodeExtendedValue } from '../../wire/index.ts'

/**
 * The field value that offers content as a file. A name beyond plain ASCII comes twice, for old recipients with `_` in the
 * places of what they may get wrong. Path separators, controls and marks that turn the direction of writing become `_`:
 * a recipient must not be led to another folder, or shown another ending than the one it saves (RFC 6266 §4.3).
 * Never throws, whatever the name holds; an empty name is left out.
 *
 * @example
 * contentDisposition('menu.pdf')            // 'attachment; filename="menu.pdf"'
 * contentDisposition('Menü.pdf', 'inline')  // `inline; filename="Men_.pdf"; filename*=UTF-8''Men%C3%BC.pdf`
 */
export function contentDisposition(filename: string, type: 'attachment' | 'inline' = 'attachment'): string {
  const name = safeName(filename)
  if (name === '') return type
  const fallback = name.replaceAll(outsidePlain, '_')
  const extended = fallback === name ? '' : `; filename*=UTF-8''${encodeExtendedValue(name)}`
  return `${type}; filename="${fallback}"${extended}`
}

const unsafe = /[\p{Cc}/\\\u2028-\u202e\u2066-\u2069]/gu
/** Some recipients take `\` and `%41` in the quotes for escapes, others do not (RFC 6266, appendix D). */
const outsidePlain = /[^ !#$&-~]/gu

function safeName(filename: string): string {
  const name = filename.toWellFormed().replaceAll(unsafe, '_').trim()
  return name === '.' || name === '..' ? '_' : name
}
