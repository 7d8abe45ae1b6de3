// Installs what database tests and benchmarks need beside the project's own packages: each in its own folder of tools/, so that
// `npm ci` neither compiles nor fetches a server.
import { exec, execFile } from 'node:child_process'
import { existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folder of a package of tools/, installed from its lockfile. Throws with npm's words where that fails. */
const installTool = async (name) => {
  const folder = `${root}tools/${name}`
  process.stderr.write(`Installing tools/${name}, which may take some minutes the first time …\n`)
  try {
    // A command line, not a file and arguments: npm is a .cmd file on Windows, which only a shell starts.
    await promisify(exec)('npm ci --no-audit --no-fund', { cwd: folder })
  } catch (error) {
    const { stderr = '' } = error // what exec rejects with carries what was printed
    throw new Error(`npm ci in tools/${name} failed: ${stderr.slice(-1_500)}`, { cause: error })
  }
  return folder
}

/** Where a package of tools/ is, which is installed unless it is there. */
export const toolPath = async (name) => {
  const folder = `${root}tools/${name}/node_modules`
  // npm's own record, written at the end
  return existsSync(`${folder}/.package-lock.json`) ? folder : `${await installTool(name)}/node_modules`
}

/** Makes `drizzle-orm/better-sqlite3` work, which looks for its driver among the project's own packages. */
export const installBetterSqlite3 = async () => {
  const folder = `${await toolPath('better-sqlite3')}/better-sqlite3`
  // Compiled for another version of Node, perhaps.
  if (!(await isLoadable(folder))) await installTool('better-sqlite3')
  if (!(await isLoadable(folder))) throw new Error(`tools/better-sqlite3 cannot be loaded by Node ${process.version}`)
  const link = `${root}node_modules/better-sqlite3`
  if (!existsSync(link) || realpathSync(link) !== realpathSync(folder)) {
    rmSync(link, { recursive: true, force: true })
    symlinkSync(folder, link, 'junction')
  }
  return folder
}

/** In a process of its own: what fails to load here would never load again. */
const isLoadable = async (folder) => {
  const open = `new (require(${JSON.stringify(folder)}))(':memory:')`
  return await promisify(execFile)(process.execPath, ['--eval', open]).then(
    () => true,
    () => false,
  )
}
