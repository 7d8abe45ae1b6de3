// The long run of the fuzz test of the resource layer, and of the invariants of the model server: `npm run fuzz`, or with so
// many runs: `npm run fuzz -- 100000`.

import { spawnSync } from 'node:child_process'

const [runs = '20000'] = process.argv.slice(2)
const { status } = spawnSync('npx', ['vitest', 'run', 'test/http/fuzz.test.ts', 'test/server/invariants'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { FUZZ_SEED: String(Date.now() % 2 ** 31), ...process.env, FUZZ_RUNS: runs },
})
process.exit(status ?? 1)
