// What the tests of the conformance suite ask and expect in the same words.
import type { Table } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Answer, Asked } from '../fixture.ts'

interface Asks {
  get(path: string, asked?: Asked): Promise<Answer>
  dump(): Promise<string>
}

/** The keys of what a list gives, in its order. */
export async function keysOf(api: Asks, path: string, asked?: Asked): Promise<unknown[]> {
  const { status, body, text } = await api.get(path, asked)
  if (status !== 200) throw new Error(`${path} is ${status}: ${text}`)
  return body.map((row: Readonly<Record<string, unknown>>) => row['id'] ?? row['code'])
}

export function linkOf({ headers }: Answer, rel: string): string | undefined {
  return new RegExp(`<([^>]*)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]
}

export async function tagOf(api: Asks, path: string): Promise<string> {
  return (await api.get(path)).headers.get('etag') ?? ''
}

/** The text of an answer without what is new in every one. */
export const lastingText = ({ text }: Answer): string => text.replaceAll(/"requestId":"[\w-]+"/g, '')

export const ifMatch = (tag: string): Asked => ({ headers: { 'if-match': tag } })

/** Words of databases, their drivers and our own SQL, which are for the log alone. */
const driverWords =
  /sqlite|libsql|postgres|mysql|maria|drizzle|violates|duplicate (?:key|entry)|\bER_|errno|sqlstate|constraint|incorrect|out of range for|select |insert into|update \w+ set|params:|secret-dough|node_modules/i

/** A refusal says the status and the code, nothing of the database's words, and nothing is changed by it. */
export async function expectRefused(
  api: Asks,
  ask: () => Promise<Answer>,
  expected: { readonly status: number; readonly code?: string; readonly pointers?: readonly string[] },
): Promise<void> {
  const before = await api.dump()
  const { status, body, text } = await ask()
  expect(text).not.toMatch(driverWords)
  expect({ status, code: body?.code }).toEqual({ status: expected.status, code: expected.code ?? body?.code })
  if (expected.pointers !== undefined) {
    const errors: readonly { readonly pointer: string }[] = body.errors ?? []
    expect(errors.map(({ pointer }) => pointer)).toEqual(expected.pointers)
  }
  expect(await api.dump()).toBe(before)
}

/** As much of any of Drizzle's databases as the operations of the suite use. */
export interface Updating {
  update(table: Table): { set(values: object): PromiseLike<unknown> }
}
