// The part of a URL that says its parameters.

/** With its question mark; nothing where there are none. */
export function searchOf(parameters: URLSearchParams): string {
  return parameters.size === 0 ? '' : `?${parameters}`
}
