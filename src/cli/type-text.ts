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

/** An interface with its members, each already a text with its newline. */
export function interfaceOf(name: string, members: readonly string[], base?: string): string {
  const head = `export interface ${name}${base === undefined ? '' : ` extends ${base}`} {`
  return members.length === 0 ? `${head}}\n` : `${head}\n${members.join('')}}\n`
}
