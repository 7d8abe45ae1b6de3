// A SQLite database in memory for a mock service. It is one connection: what comes while a transaction has it waits for its end.

import { createClient, type Client, type Transaction, type TransactionMode } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import type { SqliteDatabase } from '../../server/index.ts'

export interface MemoryDatabase {
  readonly database: SqliteDatabase
  /** Runs statements beside the service. */
  run(statements: string): Promise<void>
  rows(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): void
}

export function memoryDatabase(): MemoryDatabase {
  const client = oneAtATime(createClient({ url: ':memory:' }))
  return {
    database: drizzle({ client }),
    run: (statements) => client.executeMultiple(statements),
    rows: async (statement) => (await client.execute(statement)).rows.map((row) => ({ ...row })),
    close: () => client.close(),
  }
}

/** libsql refuses what it is asked while a transaction has its only connection. */
function oneAtATime(client: Client): Client {
  let last: Promise<unknown> = Promise.resolve()
  const turn = async <Result>(
    run: () => Promise<Result>,
    ended: (result: Result) => Promise<void>,
  ): Promise<Result> => {
    const before = last
    let end = (): void => undefined
    last = new Promise<void>((resolve) => (end = resolve))
    await before
    try {
      const result = await run()
      void ended(result).then(end)
      return result
    } catch (error) {
      end()
      throw error
    }
  }
  const atOnce = (): Promise<void> => Promise.resolve()
  const execute = client.execute.bind(client) as (...input: unknown[]) => ReturnType<Client['execute']> // it has overloads
  const begin = (client as Transacting).transaction.bind(client)
  const [batch, script] = [client.batch.bind(client), client.executeMultiple.bind(client)]
  return Object.assign(client, {
    execute: (...input: unknown[]) => turn(() => execute(...input), atOnce),
    batch: (...input: Parameters<Client['batch']>) => turn(() => batch(...input), atOnce),
    executeMultiple: (statements: string) => turn(() => script(statements), atOnce),
    transaction: (mode: TransactionMode = 'write') => turn(() => begin(mode), whenEnded),
  })
}

/** Without its deprecated form. */
interface Transacting {
  transaction(mode: TransactionMode): Promise<Transaction>
}

/** Each of these gives the connection back. */
function whenEnded(transaction: Transaction): Promise<void> {
  return new Promise((resolve) => {
    const [commit, rollback, close] = [
      transaction.commit.bind(transaction),
      transaction.rollback.bind(transaction),
      transaction.close.bind(transaction),
    ]
    transaction.commit = () => commit().finally(resolve)
    transaction.rollback = () => rollback().finally(resolve)
    transaction.close = () => {
      close()
      resolve()
    }
  })
}
