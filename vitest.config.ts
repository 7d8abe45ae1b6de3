// Three projects: `source` runs the TypeScript of src/ as it stands; `databases` does so over real database servers, which
// are found or started first; `built` holds the tests that start compiled programs (the command, the examples, two processes over one database). What a
// project needs is made ready only when one of its tests is selected.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const entry = (name: string) => fileURLToPath(new URL(`./src/entries/${name}.ts`, import.meta.url))

const BUILT = ['test/examples/**/*.test.ts', 'test/cli/**/*.test.ts', 'test/processes/**/*.test.ts']
const DATABASES = ['test/server/**/*.test.ts', 'test/auth/databases/**/*.test.ts']

/** `npm run test:drizzle1` runs tests over the Drizzle that is installed in another folder. */
const drizzleFolder = process.env['DRIZZLE_FOLDER']
const otherDrizzle: Plugin = {
  name: 'other-drizzle',
  enforce: 'pre',
  resolveId(source) {
    const found = /^drizzle-orm(?:\/(.+))?$/.exec(source)
    if (drizzleFolder === undefined || found === null) return null
    return `${drizzleFolder}/node_modules/drizzle-orm/${found[1] ?? 'index'}.js`
  },
}

export default defineConfig({
  plugins: [otherDrizzle],
  resolve: {
    alias: [
      { find: /^slumberjs$/, replacement: entry('client') },
      { find: /^slumberjs\/([a-z]+)$/, replacement: entry('$1') },
    ],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    setupFiles: 'test/seed.ts',
    // Many tests wait, for a database or a clock: two at once on two cores. PostgreSQL takes 100 connections, a file up to ten.
    maxWorkers: Math.min(Math.max(availableParallelism(), 2), 8),
    projects: [
      {
        extends: true,
        test: { name: 'source', include: ['test/**/*.test.ts'], exclude: [...BUILT, ...DATABASES] },
      },
      {
        extends: true,
        test: { name: 'databases', include: DATABASES, globalSetup: 'test/server/dialects/setup.ts' },
      },
      {
        extends: true,
        test: { name: 'built', include: BUILT, globalSetup: ['test/global-setup.ts', 'test/server/dialects/setup.ts'] },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
})
