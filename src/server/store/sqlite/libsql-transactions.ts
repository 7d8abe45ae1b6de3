// Works around libsql: a BEGIN or COMMIT that is refused stays unfinished in its connection, which then never lets go of what it
// has locked or seen. Statements sent as a script are finished whatever becomes of them. (@libsql/client 0.18, libsql 0.5)

import type { Transaction, TransactionMode } from '@libsql/client'
import { lockTimeout, patiently } from './patience.ts'
import type { SqliteDatabase } from '../database.ts'

/** As much of libsql's client as Drizzle uses for transactions. */
interface TransactionClient {
  readonly protocol: string
  transaction: (mode?: TransactionMode) => Promise<Transaction>
}

const mended = new WeakSet<TransactionClient>()

/** Makes the write transactions of a database's client begin and end by scripts; any other driver is left as it is. */
export function mendTransactions(database: SqliteDatabase): void {
  const client = clientOf(database)
  if (client === undefined || mended.has(client)) return
  mended.add(client)
  const begin = client.transaction.bind(client)
  client.transaction = async (mode = 'write') => (mode === 'write' ? await beginImmediate(begin) : await begin(mode))
}

/** The client of a local file: Drizzle keeps it in `$client`, which the type of a database of any driver does not know. */
function clientOf(database: SqliteDatabase): TransactionClient | undefined {
  const { $client: client } = database as { readonly $client?: Partial<TransactionClient> }
  const isLocal = client?.protocol === 'file' && typeof client.transaction === 'function'
  return isLocal ? (client as TransactionClient) : undefined // both members are there
}

async function beginImmediate(begin: TransactionClient['transaction']): Promise<Transaction> {
  const transaction = await begin('deferred') // takes no lock, and so is never refused
  try {
    await transaction.executeMultiple('COMMIT; BEGIN IMMEDIATE')
  } catch (error) {
    transaction.close()
    throw error
  }
  transaction.commit = async () => {
    // In the rollback mode a COMMIT waits for readers; it may be repeated, and what it meant to write is still there.
    await patiently(() => transaction.executeMultiple('COMMIT'), performance.now() + lockTimeout)
    transaction.close()
  }
  return transaction
}
