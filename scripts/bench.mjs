// `npm run bench -- <name>`: builds the package and the benchmarks, then runs bench/run.ts with the arguments.
import { execSync, spawnSync } from 'node:child_process'
import { prepareBench } from './prepare-bench.mjs'
import { installBetterSqlite3 } from './tools.mjs'

execSync('npm run --silent build', { stdio: 'inherit' })
if (!prepareBench()) process.exit(1)
if (process.argv[2] === 'types' || process.argv[2] === 'auth') {
  // No contest of servers: a compiler's own figures, and what is over bare cryptography.
  const { status } = spawnSync(process.execPath, [`bench/.build/${process.argv[2]}/measure.js`], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
try {
  await installBetterSqlite3()
} catch (error) {
  console.error(`${error.message}\nWhat is measured over better-sqlite3 is skipped.`)
}
// Ctrl-C reaches the benchmark too, which clears up before it ends; until then this process waits for it.
process.on('SIGINT', () => undefined)
const run = spawnSync(process.execPath, ['bench/.build/run.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(run.status ?? 1)
