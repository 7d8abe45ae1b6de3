// `slumberjs/pg`: tables for PostgreSQL.

export { pgTables as authTables } from '../auth/index.ts'
export { pgTables as slumberTables } from '../server/index.ts'
