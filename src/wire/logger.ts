// What the package logs through: an interface that pino satisfies as it is, a writer of JSON lines, and the redaction of secrets.

export type LogFields = Readonly<Record<string, unknown>>

/** Structured logging: fields first, then a constant message. A pino logger is one. */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  /** Whether entries of a level go anywhere; without it they do. */
  isLevelEnabled?(level: LogLevel): boolean
}

const levels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof levels)[number]

const secretNames: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'cookie',
  'credential',
  'apikey',
  'privatekey',
  'signature',
]

/**
 * A copy in which the value of every member whose name speaks of a secret (at any depth) is `[redacted]`,
 * errors are their name, message and stack, the userinfo of URLs is cut, and octets are counted.
 *
 * @example
 * redact({ user: 'ada', headers: { Authorization: 'Basic …' } })  // { user: 'ada', headers: { Authorization: '[redacted]' } }
 */
export function redact(value: unknown, depth = 6): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof URL) return redactText(value.href)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} octets]`
  if (depth === 0) return '[deep]'
  if (value instanceof Error) return redactError(value, depth)
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1))
  const entries = value instanceof Headers || value instanceof Map ? [...value.entries()] : Object.entries(value)
  return Object.fromEntries(
    entries.map(([name, item]) => [name, isSecret(String(name)) ? '[redacted]' : redact(item, depth - 1)]),
  )
}

/** Writes each entry as one line of JSON, all of it printable: no value can forge a second line or speak to the terminal. */
export function jsonLogger(options: {
  readonly write: (line: string) => void
  readonly level?: LogLevel
  readonly fields?: LogFields
}): Logger {
  const least = levels.indexOf(options.level ?? 'info')
  const at =
    (level: LogLevel) =>
    (fields: LogFields, message: string): void => {
      if (levels.indexOf(level) < least) return
      const given = redact({ ...options.fields, ...fields }) as LogFields // redact keeps an object an object
      const entry = { time: new Date().toISOString(), level, ...given, message }
      options.write(`${JSON.stringify(entry).replaceAll(unprintable, escapeUnit)}\n`)
    }
  const isLevelEnabled = (level: LogLevel): boolean => levels.indexOf(level) >= least
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), isLevelEnabled }
}

/** What JSON leaves as it is although it is no text: DEL and the C1 controls (CSI is one), line and bidirectional controls. */
const unprintable = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** What is logged where no logger is given: errors alone, to the console, so that no 500 goes without a trace. */
export const defaultLogger: Logger = jsonLogger({
  level: 'error',
  // oxlint-disable-next-line no-console -- the one place on every platform where somebody looks
  write: (line) => console.error(line.trimEnd()),
})

/** Logs nothing. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  isLevelEnabled: () => false,
}

function nothing(): void {}

function isSecret(name: string): boolean {
  const plain = name.toLowerCase().replaceAll('-', '').replaceAll('_', '')
  return secretNames.some((secret) => plain.includes(secret))
}

/** Cuts the userinfo of every URL in a text: what stands between `://` and the last `@` of the authority. */
function redactText(text: string): string {
  let result = ''
  let from = 0
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', from)) {
    const start = at + 3
    const end = endOfAuthority(text, start)
    const sign = text.slice(start, end).lastIndexOf('@')
    result += text.slice(from, start) + (sign === -1 ? '' : 'redacted')
    from = sign === -1 ? start : start + sign
  }
  return result + text.slice(from)
}

function endOfAuthority(text: string, start: number): number {
  let end = start
  while (end < text.length && !isBehindAuthority(text, end)) end += 1
  return end
}

function isBehindAuthority(text: string, at: number): boolean {
  return text.charCodeAt(at) <= 0x20 || '/?#"\'<>`'.includes(text.charAt(at))
}

function redactError(error: Error, depth: number): unknown {
  const message = withoutParameters(error.message)
  const stack =
    error.stack === undefined ? {} : { stack: redactText(error.stack.replace(error.message, () => message)) }
  const cause = error.cause === undefined ? {} : { cause: redact(error.cause, depth - 1) }
  return { name: error.name, message: redactText(message), ...stack, ...cause }
}

/** Drizzle writes the values of a failed query behind its text: password hashes, anybody's data. */
function withoutParameters(message: string): string {
  const at = message.indexOf('\nparams: ')
  return at === -1 ? message : `${message.slice(0, at)}\nparams: [redacted]`
}
