// Header fields in the form Node writes quickest: one flat list of names and values. An object that was copied and added to
// costs a quarter of the whole answer more.

/** The fields that make up a Response, lines of `Set-Cookie` one by one: they must not be joined (RFC 9110 §5.3). */
export function fieldsOf(headers: HeadersInit | undefined): string[] {
  const fields: string[] = []
  if (headers === undefined) return fields
  if (headers instanceof Headers || Array.isArray(headers)) {
    for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers)) fields.push(name, value)
  } else {
    for (const name in headers) fields.push(name, headers[name] ?? '')
  }
  return fields
}

/** Whether a field is in a list. `name` is in lower case. */
export function hasField(fields: readonly string[], name: string): boolean {
  for (let index = 0; index < fields.length; index += 2) {
    const field = fields[index] ?? ''
    if (field.length === name.length && field.toLowerCase() === name) return true
  }
  return false
}
