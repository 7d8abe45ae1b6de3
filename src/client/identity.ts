// Whether an answer shows what was asked for: later writes, and what they hold, go where an instance says that it is.

import type { ModelDocument } from '../wire/index.ts'
import { UnexpectedAnswer, type Sent } from './errors.ts'
import { keyParts, type Tree } from './values.ts'

/** The answer that something came with: its links are relative to the URL of that, and errors name it. */
export interface Origin {
  readonly request: Sent
  readonly status: number
}

/** The key of an instance in its JSON form, from its URL; undefined where it is the URL of something else. */
export function keyAt({ key, fields, url: base }: ModelDocument, url: string): Tree | undefined {
  const types = key.map((name) => fields[name]?.type ?? 'string')
  const parts = url.startsWith(`${base}/`) ? keyParts(url.slice(base.length + 1), types) : undefined
  return parts && Object.fromEntries(key.map((name, index) => [name, parts[index]] as const))
}

/**
 * @param asked the key in its JSON form, or a part of it; other members, and conditions, are not looked at.
 * @throws UnexpectedAnswer where an object does not lie below its model, or has another key.
 */
export function assertShows(origin: Origin, url: string, model: ModelDocument, asked: Tree = {}): void {
  const own = keyAt(model, url)
  if (own !== undefined && model.key.every((name) => isAsked(model, own, asked, name))) return
  throw new UnexpectedAnswer(origin, `shows ${url}, which was not asked for`)
}

function isAsked({ key, fields }: ModelDocument, own: Tree, asked: Tree, name: string): boolean {
  const value = asked[name] ?? (key.length === 1 ? asked['pk'] : undefined)
  if (value === own[name] || !(typeof value === 'string' || typeof value === 'number')) return true
  // Of other types there are several spellings.
  if (!/^(?:string|integer|bigint|uuid)$/.test(fields[name]?.type ?? '')) return true
  // A database may find what differs in case, accents and leading zeros.
  const same = { sensitivity: 'base', numeric: true } as const
  return String(value).trim().localeCompare(String(own[name]).trim(), 'en', same) === 0
}
