// The driver's own error inside what Drizzle and the driver's layers have put around it.

export interface DriverError {
  readonly code: string
  readonly message: string
  /** A member that some driver's errors have: `constraint`, say. */
  readonly member: (name: string) => string
}

/** The first error on the way of causes that has a code; without one, the innermost. */
export function driverError(error: unknown): DriverError {
  const thrown = thrownByDriver(error)
  const members = new Map<string, unknown>(thrown instanceof Error ? Object.entries(thrown) : [])
  const member = (name: string): string => {
    const value = members.get(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  return { code: member('code'), message: thrown instanceof Error ? thrown.message : '', member }
}

/** Drizzle wraps what the driver threw as the cause, and libsql what SQLite's binding threw. */
export function thrownByDriver(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error || !(error.cause instanceof Error)) return error
  return thrownByDriver(error.cause)
}

/** Of Node's sockets: nobody is there, or no longer. */
const socketCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
] as const

export function isOfSocket(code: string): boolean {
  return (socketCodes as readonly string[]).includes(code) || code === 'EHOSTUNREACH' || code === 'ENETUNREACH'
}
