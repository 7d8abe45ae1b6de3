// Makes the benchmarks ready to run: their packages, the built slumberjs under its own name, and the compiled code.
import { spawnSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { install } from './install.mjs'

/** Installs and compiles bench/ into bench/.build; wants `npm run build` first. False where it does not compile. */
export const prepareBench = () => {
  install('bench')
  // bench/ is a package of its own, so the name slumberjs does not lead to the package around it.
  const link = 'bench/node_modules/slumberjs'
  rmSync(link, { recursive: true, force: true }) // it may lead to where the package was before it was moved
  symlinkSync(resolve('.'), link, 'junction')
  rmSync('bench/.build', { recursive: true, force: true })
  const compile = ['node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json']
  return spawnSync(process.execPath, compile, { stdio: 'inherit' }).status === 0
}
