// A service for tests of idempotency keys, which adds a row per request that reaches it, and the words for its answers.

import { Exchange } from '../../../src/http/exchange.ts'
import { beginOnce, type FirstUse, type Idempotency } from '../../../src/http/remembered/idempotency.ts'
import type { Principal } from '../../../src/http/principal.ts'
import { Problem } from '../../../src/http/problems/problem.ts'
import { memoryStore } from '../../../src/http/remembered/memory-store.ts'
import type { SharedStore } from '../../../src/http/remembered/shared-store.ts'
import { silentLogger, type Logger } from '../../../src/wire/index.ts'

export const ada: Principal = { name: 'ada', superuser: false, can: () => false }
const KEY = '"8e03978e-40d5-43e8-bc93-6894a57f9324"'

export interface Sent {
  readonly method?: string
  readonly url?: string
  readonly key?: string | null
  readonly type?: string
  readonly body?: string
  readonly principal?: Principal
  readonly logger?: Logger
}

export const exchangeOf = (sent: Sent): Exchange => {
  const { method = 'POST', url = 'http://h/articles/', key = KEY, type = 'application/json', body = '{}' } = sent
  const headers = { 'content-type': type, ...(key === null ? {} : { 'idempotency-key': key }) }
  const request = new Request(url, { method, headers })
  const info = sent.principal === undefined ? {} : { principal: sent.principal }
  const exchange = new Exchange(request, info, sent.logger ?? silentLogger)
  exchange.content = new TextEncoder().encode(body)
  return exchange
}

/** A service of one collection, and a clock in seconds. Its answers are 201 with the number of the row, or what `answers` says. */
export const service = (setting: Idempotency = {}, answers: (row: number) => Response = created) => {
  let now = 0
  const store = memoryStore({ now: () => now })
  const rows: string[] = []
  const send = async (sent: Sent = {}): Promise<Response | Problem> => {
    const exchange = exchangeOf(sent)
    const use = await beginOnce(exchange, setting, store)
    if (use instanceof Response || use instanceof Problem) return use
    rows.push(sent.body ?? '{}')
    const answer = answers(rows.length)
    return use === undefined ? answer : await use.settle(answer)
  }
  return { send, rows, store, setting, pass: (seconds: number) => void (now += seconds * 1_000) }
}

export const created = (row: number): Response =>
  Response.json({ row }, { status: 201, headers: { location: `/articles/${row}/` } })

/** What an attempt came to, in a few words. */
export const told = async (answer: Response | Problem): Promise<string> =>
  answer instanceof Problem ? `${answer.status} ${answer.code}` : `${answer.status} ${await answer.text()}`

export const firstUse = async (store: SharedStore, setting: Idempotency = {}, sent: Sent = {}): Promise<FirstUse> => {
  const use = await beginOnce(exchangeOf(sent), setting, store)
  if (use === undefined || use instanceof Response || use instanceof Problem) throw new Error('Not the first use.')
  return use
}
