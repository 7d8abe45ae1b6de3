// `npm run test:drizzle1`: the tests of the model server over Drizzle 1.0, whose version tools/drizzle-1 names. What cannot pass is
// left out and said, with the reason. Files may be named: `npm run test:drizzle1 -- test/server/conformance`.

import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { install } from './install.mjs'

/** Tests by their names. */
const known = {
  'there is a sample of every class of column':
    'Drizzle 1.0 has kinds of column that 0.45 has not. Besides the `bytea` of PostgreSQL they are not served: `bigint({ mode: "string" })` of PostgreSQL and MySQL, and the blobs of MySQL. ' +
    'A table that has one of these is refused when its service is made, with the name of the column.',
}

const folder = 'tools/drizzle-1'
install(folder)
const asked = process.argv.slice(2)
const names = `^(?!.*(?:${Object.keys(known).join('|')}))`
const files = asked.length > 0 ? asked : ['test/server']
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'databases', '--testNamePattern', names, ...files],
  { stdio: 'inherit', env: { ...process.env, DRIZZLE_FOLDER: resolve(folder) } },
)
console.log('\nKnown, and left out:')
for (const [name, reason] of Object.entries(known)) console.log(`  ${name}: ${reason}`)
process.exit(status ?? 1)
