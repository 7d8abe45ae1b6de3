// References to instances on other services.

export type { RemoteForeignKeyOptions } from './column/describe.ts'
export { remoteForeignKey as sqliteRemoteForeignKey } from './column/sqlite.ts'
