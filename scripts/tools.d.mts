// The types of tools.mjs, for the tests that import it.

/** Where a package of tools/ is, which is installed unless it is there. @throws Error with npm's words where that fails. */
export function toolPath(name: string): Promise<string>

/** Makes `drizzle-orm/better-sqlite3` work; gives the driver's folder. @throws Error where it can neither be installed nor loaded. */
export function installBetterSqlite3(): Promise<string>
