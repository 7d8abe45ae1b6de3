// Whether an answer shows what was asked for: later writes, and what they hold, go where an instance says that it is.

import type { ModelDocument } from '../wire/index.ts'
import { keyAt, type Tree } from './encode.ts'
import { UnexpectedAnswer } from './errors.ts'
import type { HalObject } from './hal.ts'

/** One segment, which is no step in the path. */
const segment = /^(?!(?:\.|%2e){1,2}$)[^/?#\\\s]+$/i

/** @throws UnexpectedAnswer where an object does not lie below its model. */
export function assertIsOf({ url }: ModelDocument, { _links: { self } }: HalObject): void {
  if (!self.href.startsWith(`${url}/`) || !segment.test(self.href.slice(url.length + 1))) refuse(url, self.href)
}

/**
 * @param asked the key in its JSON form, or a part of it; other members, and conditions, are not looked at.
 * @throws UnexpectedAnswer where an object has another one.
 */
export function assertKey(model: ModelDocument, { _links: { self } }: HalObject, asked: Tree): void {
  const { key, fields, url } = model
  const own = keyIn(model, self.href)
  for (const name of key) {
    const value = asked[name] ?? (key.length === 1 ? asked['pk'] : undefined)
    const isPlain = /^(?:string|number)$/.test(typeof value) // of other types there are several spellings
    if (!isPlain || !/^(?:string|integer|bigint|uuid)$/.test(fields[name]?.type ?? '')) continue
    // A database may find what differs in case, accents and leading zeros.
    const same = { sensitivity: 'base', numeric: true } as const
    if (String(value).trim().localeCompare(String(own[name]).trim(), 'en', same) !== 0) refuse(url, self.href)
  }
}

/** The key that a URL holds; nothing of it where it cannot be read. */
export function keyIn(model: ModelDocument, url: string): Tree {
  return keyAt(model, url) ?? {}
}

function refuse(url: string, self: string): never {
  throw new UnexpectedAnswer({ request: { method: 'GET', url }, status: 200 }, `shows ${self}, which was not asked for`)
}
