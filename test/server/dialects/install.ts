// What the database tests need beside the project's own packages is installed as it is for the benchmarks.
export { installBetterSqlite3, toolPath } from '../../../scripts/tools.mjs'
