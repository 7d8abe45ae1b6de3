// Password hashes by argon2id (RFC 9106), where the optional package @node-rs/argon2 is installed.

import type { PasswordHashing } from './hashing.ts'

/** RFC 9106 §3.1: KiB of memory, passes over it, lanes. */
export interface Argon2Cost {
  readonly m?: number
  readonly t?: number
  readonly p?: number
}

/** As much of the package as is used; who does not use it need not have its types. */
interface Argon2 {
  hashRaw(password: string, options: Readonly<Record<string, unknown>>): Promise<Buffer>
}

const packageName: string = '@node-rs/argon2'
let loading: Promise<Argon2 | undefined> | undefined

/** Undefined where it is not installed. */
function load(): Promise<Argon2 | undefined> {
  loading ??= (import(packageName) as Promise<Argon2>).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return loading
}

/** What is installed and cannot be loaded is a fault. Vite has a module of its own for optional packages, which throws without a code. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isUnknown = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  return isUnknown || error.message.startsWith(`Could not resolve "${packageName}"`)
}

export async function hasArgon2(): Promise<boolean> {
  return (await load()) !== undefined
}

/** KiB of memory above which a stored hash is taken for a broken one. */
const mostMemory = 2 ** 18

/**
 * Unless given 19 MiB and two passes, as OWASP recommends.
 *
 * @throws RangeError for parameters that are none (RFC 9106 §3.1), and for more than 256 MiB.
 */
export function argon2id({ m = 19_456, t = 2, p = 1 }: Argon2Cost = {}): PasswordHashing {
  if (!arePossible(m, t, p)) {
    throw new RangeError(
      'argon2id() takes m (KiB), t and p for at most 256 MiB, with m of at least 8 · p (RFC 9106 §3.1).',
    )
  }
  return hashing(m, t, p)
}

/** Of a stored hash. Undefined for what is no prefix of argon2id's. */
export function argon2idOf(prefix: string): PasswordHashing | undefined {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$$/.exec(prefix)
  if (match === null) return undefined
  const [m = 0, t = 0, p = 0] = match.slice(1).map(Number)
  return arePossible(m, t, p) ? hashing(m, t, p) : undefined
}

function arePossible(m: number, t: number, p: number): boolean {
  return [m, t, p].every((each) => Number.isInteger(each) && each > 0) && m >= 8 * p && m <= mostMemory && t < 1_000
}

function hashing(m: number, t: number, p: number): PasswordHashing {
  // 2: argon2id; 1: version 19
  const options = { algorithm: 2, version: 1, memoryCost: m, timeCost: t, parallelism: p, outputLen: 32 }
  return {
    prefix: `$argon2id$v=19$m=${m},t=${t},p=${p}$`,
    derive: async (password, salt) => {
      const argon2 = await load()
      if (argon2 === undefined) {
        throw new Error(`There are hashes of argon2id, for which the package ${packageName} must be installed.`)
      }
      return await argon2.hashRaw(password, { ...options, salt })
    },
  }
}
