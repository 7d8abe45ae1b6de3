// `URL.parse`, which Node 20 and browsers before 2024 do not have.

/** Undefined where the text is no URL, or none relative to the base. */
export function parseUrl(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}
