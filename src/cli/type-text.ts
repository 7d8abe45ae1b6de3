// Pieces of TypeScript text. What services say is put into code here, so names are quoted and comments cannot end early.

/** Columns of a line. */
export const lineWidth = 120

/** A text as a literal. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

/** A name as a member: as it is where it can be, else quoted. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)
}

/** A comment above a member; nothing where there is nothing to say. */
export function comment(sentences: readonly string[], indent = ''): string {
  const text = sentences.join(' ').replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim()
  return text === '' ? '' : `${indent}/** ${text} */\n`
}

/** `readonly name: A | B`, the alternatives on lines of their own where one line is too short. */
export function member(
  name: string,
  alternatives: readonly string[],
  { optional = false, indent = '  ' }: { readonly optional?: boolean; readonly indent?: string } = {},
): string {
  const start = `${indent}readonly ${memberName(name)}${optional ? '?' : ''}:`
  const types = [...new Set(alternatives)]
  const line = `${start} ${types.join(' | ')}`
  if (line.length <= lineWidth || types.length === 1) return `${line}\n`
  const nextLine = `${indent}  ${types.join(' | ')}`
  if (nextLine.length <= lineWidth) return `${start}\n${nextLine}\n`
  return `${start}\n${types.map((type) => `${indent}  | ${type}\n`).join('')}`
}

/**
 * An interface with its members, each already a text with its newline.
 *
 * @param allowed names that stand in the compiler's messages about the interface.
 */
export function interfaceOf(
  name: string,
  members: readonly string[],
  { base, allowed = [] }: { readonly base?: string | undefined; readonly allowed?: readonly string[] } = {},
): string {
  const head = typeHead(`interface ${name}`, `${base === undefined ? '' : ` extends ${base}`} {`, allowed)
  return members.length === 0 ? `${head}}\n` : `${head}\n${members.join('')}}\n`
}

/** What is allowed is a parameter that nothing but messages is made of: `PizzaFilter<"id" | "name">` says more than `PizzaFilter`. */
export function typeHead(start: string, end: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return `export ${start}${end}`
  const names = allowed.map(literal)
  const line = `export ${start}<_Allowed = ${names.join(' | ')}>${end}`
  if (line.length <= lineWidth) return line
  const next = `  _Allowed = ${names.join(' | ')},`
  const lines = next.length <= lineWidth ? next : `  _Allowed =\n${names.map((name) => `    | ${name}`).join('\n')},`
  return `export ${start}<\n${lines}\n>${end}`
}
