// `npm run test:drizzle1`: the conformance tests of the model server over Drizzle 1.0, whose version tools/drizzle-1 names.

import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { install } from './install.mjs'

const folder = 'tools/drizzle-1'
install(folder)
const asked = process.argv.slice(2)
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'databases', ...(asked.length > 0 ? asked : ['test/server/conformance'])],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, DRIZZLE_FOLDER: resolve(folder) },
  },
)
process.exit(status ?? 1)
