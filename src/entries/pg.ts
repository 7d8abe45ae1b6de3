// `slumberjs/pg`: tables for PostgreSQL.

export { pgTables as slumberTables } from '../server/index.ts'
