// `slumberjs/mysql`: tables for MySQL and MariaDB.

export { mysqlTables as slumberTables } from '../server/index.ts'
