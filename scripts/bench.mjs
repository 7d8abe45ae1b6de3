// `npm run bench -- <name>`: builds the package and the benchmarks, then runs bench/run.ts with the arguments.
import { execSync, spawnSync } from 'node:child_process'
import { prepareBench } from './prepare-bench.mjs'

execSync('npm run --silent build', { stdio: 'inherit' })
if (!prepareBench()) process.exit(1)
const run = spawnSync(process.execPath, ['bench/.build/run.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(run.status ?? 1)
