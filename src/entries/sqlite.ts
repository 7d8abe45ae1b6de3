// `slumberjs/sqlite`: columns and tables for SQLite.

export { sqliteRemoteForeignKey as remoteForeignKey, type RemoteForeignKeyOptions } from '../refs/index.ts'
export { sqliteRowRules as rowRules, sqliteTables as authTables } from '../auth/index.ts'
export { sqliteTables as slumberTables } from '../server/index.ts'
