// base64url without padding (RFC 4648 §5) over bytes and over the UTF-8 of text, on every platform that has `atob`.

/** Bytes to base64url. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** base64url to bytes; undefined where `encodeBase64Url` writes no bytes like this, so that there is one spelling of each. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat(-text.length & 3)
  const bytes = decodeBase64(padded)
  return bytes !== undefined && encodeBase64(bytes) === padded ? bytes : undefined
}

/** Bytes to base64 (RFC 4648 §4), the wire form of a column of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** base64 to bytes; undefined where the text is not base64, to which its padding belongs (§3.2) and blanks do not (§3.3). */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The UTF-8 of a text as base64url. */
export function textToBase64Url(text: string): string {
  return encodeBase64Url(new TextEncoder().encode(text))
}

/** The text whose UTF-8 this is; undefined where it is not base64url of valid UTF-8. */
export function base64UrlToText(encoded: string): string | undefined {
  const bytes = decodeBase64Url(encoded)
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
