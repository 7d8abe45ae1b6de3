// Installs the packages of a folder with a lockfile of its own (tools/, bench/), unless they are there already.
// They live apart so that the root's `npm ci` stays small and quick.
import { execSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

/** Runs `npm ci` in the folder when its lockfile is newer than what npm last installed from it. */
export const install = (folder) => {
  const installed = `${folder}/node_modules/.package-lock.json` // npm's own record, written at the end
  const lockfile = `${folder}/package-lock.json`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return
  // No install scripts: esbuild's only saves a few milliseconds per start, and nothing else here has one.
  execSync('npm ci --ignore-scripts --no-audit --no-fund', { cwd: folder, stdio: 'inherit' })
}
