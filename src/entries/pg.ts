// `slumberjs/pg`: tables for PostgreSQL.

export { pgRowRules as rowRules, pgTables as authTables } from '../auth/index.ts'
export { pgTables as slumberTables } from '../server/index.ts'
