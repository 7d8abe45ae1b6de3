// `npm run verify`: builds the package, packs it as npm would publish it, and asks the tools in tools/ whether it is
// right: publint and attw (exports and types resolve), knip (nothing unused), size-limit (the client stays small).
// Last, the benchmarks compile against the built package. Every step runs; one that fails fails the whole.
import { execSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { prepareBench } from './prepare-bench.mjs'
import { install } from './install.mjs'

const tool = (file, ...options) => [resolve('tools/node_modules', file), ...options]

const runs = (name, options, cwd = '.') => {
  console.log(`\n— ${name}`)
  const { status, error } = spawnSync(process.execPath, options, { cwd, stdio: 'inherit' })
  if (error) throw error
  return status === 0
}

install('tools')
execSync('npm run build', { stdio: 'inherit' })
const folder = mkdtempSync(join(tmpdir(), 'slumberjs-pack-'))
try {
  execSync(`npm pack --silent --pack-destination "${folder}"`, { stdio: ['ignore', 'ignore', 'inherit'] })
  const tarball = join(folder, readdirSync(folder)[0])
  const passed = {
    publint: runs('publint', tool('publint/src/cli.js', '--strict', tarball)),
    attw: runs(
      'attw',
      tool('@arethetypeswrong/cli/dist/index.js', '--profile', 'esm-only', '--format', 'table-flipped', tarball),
    ),
    knip: runs('knip', tool('knip/bin/knip.js')),
    // size-limit finds its plugins in the package.json of the folder it runs in.
    size: runs('size-limit', tool('size-limit/bin.js', '--config', '../.size-limit.json'), 'tools'),
    bench: prepareBench(),
  }
  const failed = Object.keys(passed).filter((name) => !passed[name])
  console.log(failed.length === 0 ? '\nverified' : `\nfailed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
