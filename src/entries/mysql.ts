// `slumberjs/mysql`: tables for MySQL and MariaDB.

export { mysqlRowRules as rowRules, mysqlTables as authTables } from '../auth/index.ts'
export { mysqlTables as slumberTables } from '../server/index.ts'
