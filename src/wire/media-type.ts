// Media types (RFC 9110 §8.3.1), and the two scanners for list elements and quoted strings that other field values share.

export interface MediaType {
  /** Lower case. */
  readonly type: string
  /** Lower case. */
  readonly subtype: string
  /** Names in lower case, values as given, without their quotes. */
  readonly parameters: ReadonlyMap<string, string>
}

/**
 * Reads one media type or media range; undefined for a syntax error, to which a parameter given twice counts.
 *
 * @example
 * parseMediaType('Text/HTML; Charset="utf-8"')
 * // { type: 'text', subtype: 'html', parameters: Map { 'charset' => 'utf-8' } }
 */
export function parseMediaType(text: string): MediaType | undefined {
  const start = skipBlanks(text, 0)
  const solidus = endOfToken(text, start)
  const end = endOfToken(text, solidus + 1)
  if (solidus === start || text[solidus] !== '/' || end === solidus + 1) return undefined
  const parameters = parseParameters(text, end)
  if (parameters === undefined) return undefined
  const type = text.slice(start, solidus).toLowerCase()
  return { type, subtype: text.slice(solidus + 1, end).toLowerCase(), parameters }
}

/**
 * The media type without its parameters.
 *
 * @example
 * essence({ type: 'application', subtype: 'json', parameters: new Map() })  // 'application/json'
 */
export function essence({ type, subtype }: MediaType): string {
  return `${type}/${subtype}`
}

/** `*( OWS ";" OWS [ parameter ] )` to the end of the text (§5.6.6): an empty parameter is allowed, blanks around `=` are not. */
function parseParameters(text: string, start: number): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>()
  for (let at = skipBlanks(text, start); at < text.length; at = skipBlanks(text, at)) {
    if (text[at] !== ';') return undefined
    at = skipBlanks(text, at + 1)
    if (at === text.length || text[at] === ';') continue
    const equals = endOfToken(text, at)
    if (equals === at || text[equals] !== '=') return undefined
    const name = text.slice(at, equals).toLowerCase()
    const value = readValue(text, equals + 1)
    if (value === undefined || parameters.has(name)) return undefined
    parameters.set(name, value.text)
    at = value.end
  }
  return parameters
}

interface Piece {
  readonly text: string
  /** The index behind it. */
  readonly end: number
}

function readValue(text: string, start: number): Piece | undefined {
  if (text[start] === '"') return readQuotedString(text, start)
  const end = endOfToken(text, start)
  return end === start ? undefined : { text: text.slice(start, end), end }
}

/** Reads the quoted string whose opening quote is at `start` (§5.6.4); undefined where it does not end or holds controls. */
export function readQuotedString(text: string, start: number): Piece | undefined {
  let value = ''
  let from = start + 1
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '"') return { text: value + text.slice(from, at), end: at + 1 }
    if (character === '\\') {
      value += text.slice(from, at)
      at += 1
      from = at
    }
    if (!isText(text.charCodeAt(at))) return undefined // NaN behind a last backslash is none either
  }
  return undefined
}

/**
 * The index of the comma that ends the list element which `start` is in, or the text's length; quoted commas do not count (§5.6.1).
 *
 * @example
 * endOfElement('text/csv;p="a,b", text/html', 0)  // 16
 */
export function endOfElement(text: string, start: number): number {
  let isQuoted = false
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    else if (character === '\\' && isQuoted) at += 1
    else if (character === ',' && !isQuoted) return at
  }
  return text.length
}

/** The index behind the token characters (§5.6.2) that begin at `start`. */
export function endOfToken(text: string, start: number): number {
  let at = start
  while (at < text.length && isTokenCharacter(text.charCodeAt(at))) at += 1
  return at
}

/** The index behind the optional blanks (OWS, §5.6.3) that begin at `start`. */
export function skipBlanks(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 0x20 && unit !== 0x09) break
  }
  return at
}

function isTokenCharacter(unit: number): boolean {
  if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39)) return true
  return "!#$%&'*+-.^_`|~".includes(String.fromCharCode(unit))
}

/** HTAB, SP, VCHAR or obs-text: what a quoted string may hold, the quote and the backslash being escaped. */
function isText(unit: number): boolean {
  return unit === 0x09 || (unit >= 0x20 && unit !== 0x7f && unit <= 0xff)
}
